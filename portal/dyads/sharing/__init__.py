"""Sharing: who sees what, on one page, a part and a pair at a time (frictions 26, 31 and 48).

Everything starts private, and a part that is shared with one worker is not shared with another.
"""
