"""Notices: content-free nudges by e-mail, kept few.

Its words: a *notice* is one thing to tell one person; a *letter* is one e-mail, into which all that
is to be told by then is folded; an *asked* kind is one the person has set or agreed to themselves,
every other is *unsolicited*. Notices and letters are rows: they are written in the same transaction
as their cause, claimed by jobs, and say nothing but "there is something new for you".

Sources: humane rules 9 to 11 and frictions 18 and 19 of the product page; Strand 2017 on feeling
overwhelmed; OWASP ASVS 5.0, 14.2.
"""
