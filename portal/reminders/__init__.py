"""Reminders: due times, once or in a rhythm, that lead to notices.

Its words: a reminder is *told* when it leads to a notice, *answered* when the person did something
about its cause, and *ignored* when it comes round again unanswered. One that was ignored three
times in a row asks whether it should stop; it never decides by itself.

Sources: humane rule 11 and frictions 33 and 46 of the product page.
"""
