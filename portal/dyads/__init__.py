"""The pairs: one service user and one worker who have agreed to use the portal together.

Its words: an *invitation* is a letter that asks somebody to become a pair; a *dyad* is the pair; a
*pin* is what one of the two remembers of the other's public keys, so that nobody can take the
other's place; a worker's *room* is how many pairs they take on.

Sources: Strand 2017 (either side may bring the other in); frictions 8, 18, 26 and 48 of the product
page (a real "not now", a cap that the worker sets, everything private until shared, nothing crosses
from one worker to another by itself).
"""
