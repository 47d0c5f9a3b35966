"""Pages composed from several slices: the first page, "your turn", people, before a meeting.

Nothing is kept here. What stands on these pages says who waits for whom, since when and until when;
nothing private is in it, and nobody is counted, ranked or called late (frictions 4, 18, 29 and 46).
"""
