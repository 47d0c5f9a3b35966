"""The night list: what an owner puts down in the evening so that they can sleep (friction 10).

It is the owner's alone and part of nothing that can be shared. In the morning, by their own clock,
the first page shows it once.
"""
