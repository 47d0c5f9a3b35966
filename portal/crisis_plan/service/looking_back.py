"""The whole plan on an earlier day beside now. It opens the words that stood then, no others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from portal.access.service import visible
from portal.core.clock import local_day
from portal.core.db import db
from portal.crisis_plan.models import PlanFormer, PlanRow
from portal.crisis_plan.rules.order import PLACES, is_section
from portal.crisis_plan.rules.standing import day_to_show, days_of_change, stood_on
from portal.crisis_plan.service import reading
from portal.crisis_plan.service.reading import Piece
from portal.crisis_plan.shapes import PlanBody, Section, ThenNow, ThenPage, ThenStage
from portal.crisis_plan.words import STAGES
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


class Ended(NamedTuple):
    """When other words took the place of a former; a former is written in that moment."""

    former_id: UUID
    at: datetime


def then_page(viewer: Viewer, asked: date | None) -> ThenPage:
    """The viewer's own plan as it stood when a day ended, beside now; four queries.

    Without a day it is the last but one on which words changed.
    """
    found = [p for p in reading.pieces_of(viewer, viewer.person_id) if is_section(p.body.kind)]
    found.sort(key=lambda piece: PLACES[piece.body.kind])
    ended = _ended(viewer)
    moments = [p.row.made_at for p in found] + [e.at for each in ended.values() for e in each]
    days = days_of_change(local_day(at, viewer.zone) for at in moments)
    on = day_to_show(days, asked)
    if on is None or not found:
        return ThenPage(None, (), days)
    stood = {p.row.id: _standing(viewer, on, p, ended[p.row.id]) for p in found}
    formers = _formers(viewer, [each.former_id for each in stood.values() if each])
    pairs = [_pair(viewer, on, p, ended[p.row.id], stood[p.row.id], formers) for p in found]
    return ThenPage(on, _stages([pair for pair in pairs if pair]), days)


def _ended(viewer: Viewer) -> dict[UUID, list[Ended]]:
    """When the former words of each section ended, oldest first; nothing is opened."""
    rows = visible(PlanFormer, viewer, viewer.person_id)
    plain = rows.with_only_columns(PlanFormer.section_id, PlanFormer.id, PlanFormer.made_at)
    ended: dict[UUID, list[Ended]] = defaultdict(list)
    for section_id, former_id, at in db.session.execute(
        plain.order_by(PlanFormer.made_at, PlanFormer.id)
    ):
        ended[section_id].append(Ended(former_id, at))
    return ended


def _place(viewer: Viewer, on: date, piece: Piece, ended: Sequence[Ended]) -> int | None:
    begun_on = local_day(piece.row.made_at, viewer.zone)
    return stood_on(on, begun_on, [local_day(each.at, viewer.zone) for each in ended])


def _standing(viewer: Viewer, on: date, piece: Piece, ended: Sequence[Ended]) -> Ended | None:
    """The former that stood on a day; None when it was today's words, or none yet."""
    place = _place(viewer, on, piece, ended)
    return None if place is None or place == len(ended) else ended[place]


def _formers(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, PlanFormer]:
    rows = visible(PlanFormer, viewer, viewer.person_id).where(PlanFormer.id.in_(ids))
    return {row.id: row for row in db.session.scalars(rows)}


def _pair(
    viewer: Viewer,
    on: date,
    piece: Piece,
    ended: Sequence[Ended],
    stood: Ended | None,
    formers: Mapping[UUID, PlanFormer],
) -> ThenNow | None:
    now = reading.section_of(piece.row, piece.body, piece.audience)
    then = now if _place(viewer, on, piece, ended) is not None else None
    if stood is not None:
        then = former_section(viewer, formers[stood.former_id])
    if then is None and now.body.is_away:
        return None
    since = ended[-1].at if ended else piece.row.made_at
    return ThenNow(now, then, stood.at if stood else None, since)


def former_section(viewer: Viewer, row: PlanFormer) -> Section:
    """What a section said before, as pages show it."""
    as_row = PlanRow(id=row.section_id, changed_at=row.changed_at)
    return reading.section_of(as_row, viewer.box.open(row, PlanBody), Audience.ONLY_ME)


def _stages(pairs: Sequence[ThenNow]) -> tuple[ThenStage, ...]:
    by_stage = (
        ThenStage(stage, str(name), tuple(pair for pair in pairs if pair.now.stage is stage))
        for stage, name in STAGES.items()
    )
    return tuple(each for each in by_stage if each.pairs)
