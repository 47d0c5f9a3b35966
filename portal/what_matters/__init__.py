"""What matters to me, and what keeps me well: the owner's own sentence and list.

The sentence stands on the first page and first on every sheet that the owner brings; the list is
offered when things get hard. Source: CommonGround's power statement and personal medicine (Deegan),
under names of our own.
"""
