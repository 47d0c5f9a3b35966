"""The people around a part: what they are called, and who sees what is shared of it."""

from portal.access.service import grants_of
from portal.dyads.service import dyads_of
from portal.toolbox.shapes import People
from portal.vault.models import Part
from portal.vault.viewer import Viewer

BESIDE = {Part.GOALS: (Part.LIFE_DOMAINS,)}
"""Parts whose pages show words of another one: a goal says in which part of life it lies."""


def people_around(viewer: Viewer, part: Part, *also: Part) -> People:
    """The people around one of the viewer's own parts (three queries).

    Afterwards that part (and those named in ``also``) opens with the viewer's box, and a draft on a
    form of theirs.
    """
    seeing = (card.grantee_id for card in grants_of(viewer) if card.part is part)
    own = (part, *also)
    beside = (each for one in own for each in BESIDE.get(one, ()))
    parts = (*own, *beside, Part.DRAFTS)
    dyads = dyads_of(viewer, opening=parts)
    if not dyads:
        viewer.box.prefetch(*((viewer.person_id, each) for each in parts))
    return People(viewer.person_id, viewer.name, dyads, frozenset(seeing))
