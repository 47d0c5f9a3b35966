"""Life domains: the parts of a life, under plain names of our own, and how it goes in each.

The owner renames, hides, adds and orders them; a goal can lie in one. What is written of one is an
*entry*: dated, words first. Sources: the domains of ReConnect (Strand 2017), the breadth of DIALOG
and DIALOG+'s choice of at most three to talk about, in our own words; no wording, anchor or scale
is taken over from an instrument, and nothing is added up.
"""
