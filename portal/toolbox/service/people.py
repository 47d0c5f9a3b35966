"""The people around a part: what they are called, and who sees what is shared of it."""

from dataclasses import replace
from uuid import UUID

from portal.dyads.service import dyads_and_sights
from portal.meetings.service import copy_marks, kept_marks
from portal.meetings.shapes import KeptFrom
from portal.toolbox.shapes import People
from portal.vault.models import Part
from portal.vault.viewer import Viewer

BESIDE = {Part.GOALS: (Part.LIFE_DOMAINS,)}
"""Parts whose pages show words of another one: a goal says in which part of life it lies."""


def people_around(viewer: Viewer, part: Part, *also: Part) -> People:
    """The people around one of the viewer's own parts (two queries).

    Afterwards that part (and those named in ``also``) opens with the viewer's box, and a draft on a
    form of theirs.
    """
    own = (part, *also)
    beside = (each for one in own for each in BESIDE.get(one, ()))
    parts = (*own, *beside, Part.DRAFTS)
    dyads, seeing = dyads_and_sights(viewer, part, opening=parts)
    if not dyads:
        viewer.box.prefetch(*((viewer.person_id, each) for each in parts))
    return People(viewer.person_id, viewer.name, dyads, seeing)


def with_kept(viewer: Viewer, people: People, item_id: UUID) -> People:
    """The people, and for whose next meeting an item is kept already (at most one query)."""
    dyad_ids = [dyad.id for dyad in people.to_meet]
    return replace(people, kept=kept_marks(viewer, dyad_ids, item_id))


def with_copies(viewer: Viewer, people: People, source: KeptFrom) -> People:
    """The people, and for whose next meeting a dated copy is on the list (at most one query)."""
    dyad_ids = [dyad.id for dyad in people.to_meet]
    return replace(people, copies=copy_marks(viewer, dyad_ids, source))
