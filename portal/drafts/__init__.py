"""Words that were typed and not yet sent. Nobody loses them to a time-out or an error.

Two kinds: a *draft* is saved while its writer is signed in, under their own key; a *late draft*
came in when the session had ended or something broke, sealed to the writer's public key.
Source: WCAG 2.2.5 and 3.3.7; frictions 11 and 37 of the product page.
"""
