"""The network map: the people, places, activities and animals around the owner, by closeness.

Six sectors as on a Swedish map, and four circles after the Norwegian intimate, effective, available
and extended network, under names of our own. Kinds of networks from research never name a person.
"""
