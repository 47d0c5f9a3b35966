"""A worker's time: the weekly hours, when they read, days away, and phrases of their own.

The hours are the worker's alone to decide (Friction 24), and the owner sees them before writing
(frictions 3 and 23 of what neighbours' users ask: absence visible before the text box). They are
plain values, because the clocks need them; the line about an absence and the phrases are words.
"""
