"""Goals on paper: one goal, or all that are open, with their pieces."""

from uuid import UUID

from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Block, Points, Section, Sheet, Words
from portal.goals.rules.goals import OPEN_STATES
from portal.goals.rules.review import is_to_show
from portal.goals.service import reading
from portal.goals.service.reading import Whole
from portal.goals.words import HORIZONS, STATES
from portal.vault.viewer import Viewer

AT_MOST = 200


def goals_sheet(viewer: Viewer, goal_id: UUID | None) -> Sheet:
    """The viewer's open goals for paper, last changed first, or one goal; or NotVisible."""
    reading.open_keys(viewer, viewer.person_id)
    found = _open_ones(viewer) if goal_id is None else [_the_one(viewer, goal_id)]
    here = Local(viewer.zone, viewer.language, viewer.now)
    return Sheet(
        title=str(_("Goals") if goal_id is None else _("A goal")),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(_section(whole, here) for whole in found),
    )


def goal_line(viewer: Viewer, goal_id: UUID) -> str:
    """What the meeting's list says of a goal: its title."""
    return _the_one(viewer, goal_id).goal.body.title


def _open_ones(viewer: Viewer) -> list[Whole]:
    found = reading.page_with_all(
        viewer,
        viewer.person_id,
        wanted=lambda card: card.body.state in OPEN_STATES,
        size=AT_MOST,
        names=lambda _: "",
    )
    return found.goals


def _the_one(viewer: Viewer, goal_id: UUID) -> Whole:
    whole = reading.one_with_all(viewer, viewer.person_id, goal_id, lambda _: "")
    if whole.goal.owner_id != viewer.person_id:
        raise NotVisible
    return whole


def _section(whole: Whole, here: Local) -> Section:
    body = whole.goal.body
    pieces = [
        f"{piece.body.text} ({here.whole_day(piece.day)})" if piece.day else piece.body.text
        for piece in whole.pieces
        if is_to_show(piece)
    ]
    blocks: list[Block] = [
        *([Words(body.why)] if body.why else []),
        *([Points(tuple(pieces))] if pieces else []),
    ]
    note = f"{STATES[body.state]} · {HORIZONS[body.horizon]}"
    return Section(body.title, tuple(blocks), note)
