"""What could stand on a page for the record: what the worker sees already, and what matters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from portal.agreements.service import version_for
from portal.agreements.shapes import VersionPage
from portal.core.clock import local_day
from portal.core.dates import Local
from portal.core.errors import NotVisible
from portal.core.rows import read
from portal.dyads.service import dyad_for, dyad_key
from portal.dyads.shapes import DyadCard
from portal.goals.models import Activity, Goal
from portal.goals.rules.pieces import day_shown
from portal.goals.shapes.bodies import (
    ActivityBody,
    Doer,
    Encouragement,
    GoalBody,
    GoalState,
    HowOften,
    PieceState,
)
from portal.goals.words import HORIZONS, HOW_OFTEN, STATES
from portal.life_domains.models import EntryRow
from portal.life_domains.service.reading import domains_in
from portal.life_domains.shapes import EntryBody
from portal.meetings.models import Kept
from portal.meetings.service.coming import moments
from portal.meetings.shapes import KeptBody
from portal.record.service import statements
from portal.record.shapes import Offered, OfferedGoal, OfferedLine
from portal.vault.models import Part
from portal.vault.viewer import Viewer
from portal.what_matters.service import sentence_in

OPENING = (Part.GOALS, Part.LIFE_DOMAINS, Part.WHAT_MATTERS, Part.DRAFTS)


def offered_for(viewer: Viewer, dyad_id: UUID) -> Offered:
    """What the viewer could put on a page for one of their pairs; or NotVisible. Four queries.

    Raises Conflict when the pair has ended, or the worker's keys are not the pinned ones.
    """
    dyad = dyad_for(viewer, dyad_id, opening=OPENING)
    if not dyad.is_owner:
        raise NotVisible
    dyad_key(viewer, dyad)
    wanted = {"owner_id": dyad.owner_id, "worker_id": dyad.worker_id, "dyad_id": dyad.id}
    over_at = moments(viewer)["over_at"]
    rows = read(statements.OFFERED, wanted | {"over_at": over_at})
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    matters = sentence_in(viewer, sorted(by_kind[statements.OWN_MATTER], key=_made))
    shown = sentence_in(viewer, sorted(by_kind[statements.MATTER], key=_made))
    return Offered(
        dyad=dyad,
        matters=matters,
        is_matters_alone=matters != shown,
        agreement=_agreement(viewer, dyad),
        goals=_goals(viewer, dyad, by_kind),
        life=_life(viewer, dyad, rows, by_kind[statements.ENTRY]),
        kept=_kept(viewer, by_kind[statements.KEPT]),
    )


def _agreement(viewer: Viewer, dyad: DyadCard) -> VersionPage | None:
    try:
        return version_for(viewer, dyad.id, dyad=dyad)
    except NotVisible:
        return None


def _goals(
    viewer: Viewer, dyad: DyadCard, by_kind: dict[str, list[Any]]
) -> tuple[OfferedGoal, ...]:
    """Shared goals that were not let go, last changed first."""
    inside: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(by_kind[statements.PIECE], key=_made):
        inside[row.of_id].append(row)

    def opened(row: Any) -> OfferedGoal | None:
        body = viewer.box.open(row, GoalBody, table=Goal)
        if body.state is GoalState.LET_GO:
            return None
        note = str(STATES[body.state])
        if body.state in (GoalState.NOW, GoalState.IDEA):
            note = f"{note} · {HORIZONS[body.horizon]}"
        pieces = () if _is_left_alone(body) else _pieces(viewer, dyad, inside[row.id])
        return OfferedGoal(row.id, body.title, note, body.why, pieces)

    rows = sorted(by_kind[statements.GOAL], key=lambda row: (row.changed_at, row.id), reverse=True)
    return tuple(goal for goal in viewer.box.each(rows, opened) if goal)


def _is_left_alone(body: GoalBody) -> bool:
    """Whether the owner asks for no pushing on a goal: a worker sees none of its pieces then."""
    return body.encouragement is Encouragement.LEAVE_ALONE


def _pieces(viewer: Viewer, dyad: DyadCard, rows: Iterable[Any]) -> tuple[str, ...]:
    """The pieces that stand, each with who does it and when."""
    bodies = viewer.box.each(rows, lambda row: viewer.box.open(row, ActivityBody, table=Activity))
    local = Local(viewer.zone, viewer.language, viewer.now)
    return tuple(_said(body, dyad, local) for body in bodies if body.state is PieceState.OPEN)


def _said(body: ActivityBody, dyad: DyadCard, local: Local) -> str:
    doers = {Doer.ME: dyad.owner_name, Doer.WORKER: dyad.worker_name, Doer.OTHER: body.doer_name}
    parts = [doers[body.doer]]
    day = day_shown(body, local.today)
    if body.repeat is not HowOften.ONCE:
        parts.append(str(HOW_OFTEN[body.repeat]))
    elif day is not None and day >= local.today:
        parts.append(local.plain_day(day))
    about = ", ".join(part for part in parts if part)
    return f"{body.text} ({about})" if about else body.text


def _life(
    viewer: Viewer, dyad: DyadCard, rows: Sequence[Any], entries: Iterable[Any]
) -> tuple[OfferedLine, ...]:
    """The newest shared words of each part of life, under the name that the worker knows."""
    newest: dict[UUID, OfferedLine] = {}

    def opened(row: Any) -> tuple[Any, EntryBody]:
        return row, viewer.box.open(row, EntryBody, table=EntryRow)

    _arrangement, domains = domains_in(viewer, dyad.owner_id, rows)
    names = {each.id: str(each.name) for each in domains}
    waiting = (row for row in sorted(entries, key=lambda row: row.place))
    for row, body in viewer.box.each(waiting, opened):
        if body.status and not body.is_away and row.of_id not in newest:
            on = local_day(row.made_at, viewer.zone)
            newest[row.of_id] = OfferedLine(row.id, body.status, names.get(row.of_id, ""), on)
    return tuple(newest[each.id] for each in domains if each.id in newest)


def _kept(viewer: Viewer, rows: Sequence[Any]) -> tuple[OfferedLine, ...]:
    """What is kept for the next meeting, in the owner's order."""

    def opened(row: Any) -> OfferedLine:
        return OfferedLine(row.id, viewer.box.open(row, KeptBody, table=Kept).line)

    return tuple(viewer.box.each(sorted(rows, key=lambda row: (row.place, row.id)), opened))


def _made(row: Any) -> tuple[Any, UUID]:
    return row.made_at, row.id
