"""Help now: whom to call and what to do, in one press from every page, signed in or not.

Signed in, the owner's own first steps and the people they call come first, from their crisis plan;
then the service's numbers. The portal is not for emergencies (Friction 11): the page says plainly
that nobody watches the portal at night.
"""
