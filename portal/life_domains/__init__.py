"""Life domains: the parts of a life that a goal can lie in, under plain names of our own.

Sources: the domains of ReConnect (Strand 2017) and the breadth of DIALOG, in our own words;
no wording, anchor or scale is taken over from an instrument.
"""
