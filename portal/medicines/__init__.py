"""Medicines: the owner's own list, what they notice, and what they want to ask.

It is what the owner says, not a record: nothing is checked, counted or ticked off. Others see it
only when the owner shares it or brings a copy. Sources: ReConnect (Strand 2017) and friction 35 of
the product page: the list is there when wanted, and never first.
"""
