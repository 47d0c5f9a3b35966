"""Reading goals: what the viewer may see, opened and put in order.

Lists load tuples, not entities, and open no more than the page shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import BadRequest, NotVisible
from portal.core.web import page_token, read_token
from portal.goals.models import Activity, Goal, Offer
from portal.goals.rules import pieces as rules
from portal.goals.service import statements
from portal.goals.shapes.bodies import ActivityBody, GoalBody, HowOften, OfferBody
from portal.goals.shapes.pages import GoalCard, OfferCard, Piece
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

SCAN = 1000
"""How many goals one page opens at most to find those it shows."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Place = tuple[datetime, UUID]
Wanted = Callable[[GoalCard], bool]
Names = Callable[[UUID], str]


@dataclass(slots=True)
class Whole:
    """A goal with its pieces and the ideas offered for it, each in the order they were made."""

    goal: GoalCard
    pieces: list[Piece] = field(default_factory=list)
    offers: list[OfferCard] = field(default_factory=list)


def open_keys(viewer: Viewer, owner_id: UUID) -> None:
    """Open the keys of an owner's goals, in one query for the whole page."""
    viewer.box.prefetch((owner_id, Part.GOALS))


def all_goals(viewer: Viewer, owner_id: UUID) -> list[GoalCard]:
    """The owner's goals that the viewer may see, last changed first, up to 1,000 of them."""
    return [_card(viewer, row) for row in _goal_rows(viewer, owner_id, None)]


def scan_goals(
    viewer: Viewer, owner_id: UUID, *, wanted: Wanted, size: int, before: Place | None
) -> tuple[list[GoalCard], Place | None]:
    """Up to `size` goals that are wanted, last changed first, and where the next page begins.

    States are sealed, so the page opens goals in order until it is full.
    """
    found: list[GoalCard] = []
    rows = _goal_rows(viewer, owner_id, before)
    for row in rows:
        card = _card(viewer, row)
        if not wanted(card):
            continue
        if len(found) == size:
            return found, _place(found[-1])
        found.append(card)
    return found, (rows[-1].changed_at, rows[-1].id) if len(rows) == SCAN else None


def page_with_all(
    viewer: Viewer,
    owner_id: UUID,
    *,
    wanted: Wanted,
    size: int,
    names: Names,
    before: Place | None = None,
) -> tuple[list[Whole], Place | None]:
    """The next `size` goals by last change, those of them that are wanted, with all they hold.

    One query. Also says where the next page begins, None after the last.
    """
    params = _params(viewer, owner_id, size + 1) | _before(before)
    statement = statements.OLDER_GOALS_WITH_ALL if before else statements.GOALS_WITH_ALL
    rows = db.session.execute(statement, params).all()
    page = _goals_among(viewer, rows)
    older = _place(page[size - 1]) if len(page) > size else None
    return _filled(viewer, [card for card in page[:size] if wanted(card)], rows, names), older


def own_with_all(
    viewer: Viewer, *, wanted: Wanted, size: int, names: Names
) -> tuple[list[Whole], dict[str, UUID]]:
    """Of the viewer's `size` goals last changed those that are wanted, with all they hold.

    And the viewer's reminders that ask whether to go on, by the key of their cause. One query.
    """
    params = _params(viewer, viewer.person_id, size)
    rows = db.session.execute(statements.GOALS_WITH_ALL_THAT_ASKS, params).all()
    page = [card for card in _goals_among(viewer, rows) if wanted(card)]
    asking = {
        row.kind.removeprefix(statements.ASKS): row.id
        for row in rows
        if row.kind.startswith(statements.ASKS)
    }
    return _filled(viewer, page, rows, names), asking


def one_with_all(viewer: Viewer, owner_id: UUID, goal_id: UUID, names: Names) -> Whole:
    """One goal of an owner that the viewer may see, with all it holds; or NotVisible. One query."""
    params = {"viewer_id": viewer.person_id, "owner_id": owner_id, "goal_id": goal_id}
    rows = db.session.execute(statements.ONE_WITH_ALL, params).all()
    goals = [_card(viewer, row) for row in rows if row.kind == "goal"]
    if not goals:
        raise NotVisible
    return _filled(viewer, goals, rows, names)[0]


def these_with_all(
    viewer: Viewer, owner_id: UUID, goal_ids: Sequence[UUID], names: Names
) -> list[Whole]:
    """Some goals of an owner that the viewer may see, last changed first. One query."""
    params = {"viewer_id": viewer.person_id, "owner_id": owner_id, "goal_ids": list(goal_ids)}
    rows = db.session.execute(statements.THESE_WITH_ALL, params).all()
    return _filled(viewer, _goals_among(viewer, rows), rows, names)


def the_one(pieces: Sequence[Piece], piece_id: UUID) -> Piece:
    """The piece with an id, or NotVisible."""
    for piece in pieces:
        if piece.id == piece_id:
            return piece
    raise NotVisible


def place_token(place: Place | None) -> str | None:
    """Where a page of goals ends, as a short token for ``?before=``."""
    if place is None:
        return None
    return f"{(place[0] - EPOCH) // timedelta(microseconds=1)}.{page_token(place[1])}"


def read_place(token: str | None) -> Place | None:
    """The place of a token; None without one. A malformed one is a bad request."""
    if not token:
        return None
    moment, _, row = token.partition(".")
    row_id = read_token(row)
    if row_id is None or not moment.isdecimal() or len(moment) > 17:
        raise BadRequest
    return EPOCH + timedelta(microseconds=int(moment)), row_id


def _place(card: GoalCard) -> Place:
    return card.changed_at, card.id


def _params(viewer: Viewer, owner_id: UUID, size: int) -> dict[str, Any]:
    return {"viewer_id": viewer.person_id, "owner_id": owner_id, "size": size}


def _before(place: Place | None) -> dict[str, Any]:
    return {"before_at": place[0], "before_id": place[1]} if place else {}


def _goal_rows(viewer: Viewer, owner_id: UUID, before: Place | None) -> Sequence[Any]:
    statement = statements.OLDER_GOALS if before else statements.GOALS
    params = _params(viewer, owner_id, SCAN) | _before(before)
    return db.session.execute(statement, params).all()


def _goals_among(viewer: Viewer, rows: Sequence[Any]) -> list[GoalCard]:
    """The goals among rows of several kinds, last changed first."""
    cards = [_card(viewer, row) for row in rows if row.kind == "goal"]
    return sorted(cards, key=_place, reverse=True)


def _filled(
    viewer: Viewer, goals: Sequence[GoalCard], rows: Sequence[Any], names: Names
) -> list[Whole]:
    """Goals with the pieces and offers among the rows; those of other goals stay closed."""
    wholes = {card.id: Whole(card) for card in goals}
    today = local_day(viewer.now, viewer.zone)
    for row in sorted(rows, key=lambda each: (each.made_at, each.id)):
        whole = wholes.get(row.goal_id)
        if whole is None or row.kind == "goal":
            continue
        if row.kind == "piece":
            whole.pieces.append(_piece(viewer, row, today))
        else:
            whole.offers.append(_offer(viewer, row, whole.goal.body, names))
    return list(wholes.values())


def _card(viewer: Viewer, row: Any) -> GoalCard:
    body = viewer.box.open(row, GoalBody, table=Goal)
    is_shared = row.audience is Audience.SHARED
    return GoalCard(row.id, row.owner_id, body, is_shared, row.made_at, row.changed_at)


def _piece(viewer: Viewer, row: Any, today: date) -> Piece:
    body = viewer.box.open(row, ActivityBody, table=Activity)
    day = rules.day_shown(body, today)
    passed = day is not None and day < today and body.repeat is HowOften.ONCE
    return Piece(row.id, row.goal_id, body, row.made_at, day, passed)


def _offer(viewer: Viewer, row: Any, goal: GoalBody, names: Names) -> OfferCard:
    text = viewer.box.open(row, OfferBody, table=Offer).text
    answer = next((each for each in goal.answers if each.offer_id == row.id), None)
    name = names(row.author_id)
    return OfferCard(row.id, row.goal_id, row.author_id, name, text, row.made_at, answer)
