"""What all parts of the toolbox have in common, so that each slice need only bring its own nouns.

A *tool* is one part of the owner's portal seen from outside: what lies in it, how a worker would
see it, how it looks on paper, how an item moves between *only me* and shared. Each slice describes
its own in ``tool.py``; the pages here serve them all (decision 81).
"""
