"""A person's meetings in their own calendar, which asks for them by itself.

Its words: a *feed* is what the calendar is given; its *address* holds a *token*, and whoever has
the address is given the feed. The person makes it, makes another in its place, ends it.

Source: friction 20 (duplicate systems: nothing is typed twice); RFC 5545 and RFC 7986.
"""
