"""Who may see what: grants, what is visible to a viewer, and the log of openings.

A *grant* is the owner's decision that one person may see one part; without it the rows are not
listed, and without the wrapped key that comes with it they do not open.
"""
