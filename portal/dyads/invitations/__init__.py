"""Invitations: a service user asks their worker, or a worker asks a service user.

The link in the e-mail is the key to the inviter's name and greeting; the database has its hash.
*Not now* is a real answer that can be changed later, *no* is one that is told kindly, and silence
is named as what it is after three weeks (Williams 2019; friction 8 of the product page).
"""
