"""Help now: whom to call and what to do, in one press from every page, signed in or not.

The portal is not for emergencies (Friction 11): the page shows the service's own numbers and says
plainly that nobody watches the portal at night.
"""
