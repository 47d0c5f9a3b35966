"""People and how they come in: sign-up, sign-in, second factor, recovery code, devices.

Its words: a *person* is anyone with an account; a *device* is a place where somebody is signed in;
the *recovery code* is the printed way back in. Source: docs on security, ASVS 5.0 chapters 6 and 7.
"""
