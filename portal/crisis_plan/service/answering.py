"""A worker's word on a plan that is shared with them: read and agreed, or seen otherwise.

It is written under the key that the owner shares, so it goes when the sharing of its section ends
for everybody; what was said stands with its date, and a disagreement may stand beside the plan.
"""

from uuid import UUID

from portal.access.openings import note_opened
from portal.core.errors import NotVisible
from portal.crisis_plan.models import PlanRow
from portal.crisis_plan.service import pages, reading
from portal.crisis_plan.shapes import Answer, Kind, PlanBody, ShownPlan
from portal.dyads.service import dyad_for
from portal.toolbox import service as toolbox
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def plan_to_answer(viewer: Viewer, dyad_id: UUID) -> ShownPlan:
    """The plan of a pair's owner as far as it is shared with the viewer; or NotVisible."""
    dyad = dyad_for(viewer, dyad_id, opening=(Part.CRISIS_PLAN, Part.DRAFTS))
    if dyad.is_owner or not dyad.may_write:
        raise NotVisible
    viewer.box.shared_key(dyad.owner_id, Part.CRISIS_PLAN)
    note_opened(viewer, dyad.owner_id, Part.CRISIS_PLAN)
    return pages.shown_to(viewer, dyad, None)


def answer_plan(
    viewer: Viewer, dyad_id: UUID, text: str, *, agrees: bool, about: UUID | None, once: str | None
) -> None:
    """Say that one has read and agrees, or how one sees it otherwise; ``about`` one section or all.

    The same press twice says it once. NotVisible for a section that is not shared.
    """
    dyad = dyad_for(viewer, dyad_id, opening=Part.CRISIS_PLAN)
    if dyad.is_owner or not dyad.may_write:
        raise NotVisible
    key = viewer.box.shared_key(dyad.owner_id, Part.CRISIS_PLAN)
    sections = reading.sections_in(reading.pieces_of(viewer, dyad.owner_id))
    if not sections or (about is not None and about not in {each.id for each in sections}):
        raise NotVisible
    row = PlanRow(id=toolbox.id_of_press(viewer, once), owner_id=dyad.owner_id)
    answer = Answer(agrees=agrees, name=viewer.name, about=about)
    viewer.box.seal(row, PlanBody(Kind.ANSWER, text, answer=answer), key, now=viewer.now)
    toolbox.write_once(row)
