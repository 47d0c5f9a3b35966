"""Messages between the two people of a dyad, without silence that could be misread.

The slice's words:

*thread*
    everything the two have written to each other; one for each dyad.
*message*
    words, a *knock* (one tap, no words), the agreed *hello*, or the fixed question
    "How did you mean this?". Each has a number; each carries the hash of the one before.
*held*
    the ten minutes in which its author can take a message back. Nobody else sees it before.
*bundle*
    what came in from the owner and has no answer yet. It is opened by one press and closed by
    one answer.
*state*
    where a message stands, in plain words: exactly one at any time.

Source: the harm in the ReConnect study came from silence that nobody had agreed on (Strand 2017,
"Waiting for the other", "Feeling overwhelmed"). Frictions 1-3, 5-7, 9-11, 13-17 of the product
page.
"""
