"""Search my words: one box over everything that the viewer may open.

There is no index: what the viewer may see is opened within the session, newest first, and read.
The words that somebody looks for are sent in a form, never in an address, and kept nowhere.
"""
