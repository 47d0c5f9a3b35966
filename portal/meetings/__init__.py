"""The next meeting of a pair, and what anybody keeps for it.

Its words: to *offer* a time, to *agree* on it, to *move* it, to *call off*; a *kept thing* stands
on the list of the meeting: a message, a goal, a difference in the agreement, or one's own line.
The owner decides the order. "Since you last met" counts from here.

Source: frictions 15 and 36; Strand 2017, "Goals and Direction" (talk that slides to pills and
calendars).
"""
