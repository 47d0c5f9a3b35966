"""Reading goals: what the viewer may see, opened and put in order.

Lists load tuples, not entities, and open no more than the page shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from portal.core.clock import local_day
from portal.core.errors import NotVisible
from portal.core.rows import read
from portal.core.web import Place
from portal.goals.models import Activity, Goal, Offer, Wish
from portal.goals.rules import pieces as rules
from portal.goals.service import statements
from portal.goals.service.naming import DomainNames, names_in
from portal.goals.shapes.bodies import (
    ActivityBody,
    Encouragement,
    GoalBody,
    HowOften,
    OfferBody,
    WishBody,
)
from portal.goals.shapes.pages import GoalCard, OfferCard, Piece
from portal.life_domains.service import domains_by_key
from portal.life_domains.shapes import OwnDomain
from portal.night.rules import REACH
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

SCAN = 1000
"""How many goals one page opens at most to find those it shows."""

Wanted = Callable[[GoalCard], bool]
Names = Callable[[UUID], str]


@dataclass(slots=True)
class Whole:
    """A goal with its pieces and the ideas offered for it, each in the order they were made.

    ``for_all``: how much others may push on all of the owner's goals. ``domains``: the owner's life
    domains by key, as far as the viewer may know them; only where one goal is read.
    """

    goal: GoalCard
    for_all: Encouragement | None
    pieces: list[Piece] = field(default_factory=list)
    offers: list[OfferCard] = field(default_factory=list)
    domains: dict[str, OwnDomain] = field(default_factory=dict)


class Cards(NamedTuple):
    """Some goals, where the next page begins (None after the last), and the wish for all goals."""

    goals: list[GoalCard]
    older: Place | None
    for_all: Encouragement | None


class Wholes(NamedTuple):
    """The same, with all that the goals hold."""

    goals: list[Whole]
    older: Place | None
    for_all: Encouragement | None


class OwnToday(NamedTuple):
    """What one query brings to the owner's first page.

    ``asking``: the reminders that ask whether to go on, by the key of their cause. ``matters`` and
    ``night``: the rows of what matters, as they were made, and of what was put down last night.
    """

    goals: list[Whole]
    asking: dict[str, UUID]
    matters: list[Any]
    night: list[Any]


def open_keys(viewer: Viewer, owner_id: UUID) -> None:
    """Open the keys of an owner's goals and of the names beside them, in one query."""
    viewer.box.prefetch((owner_id, Part.GOALS), (owner_id, Part.LIFE_DOMAINS))


def all_goals(viewer: Viewer, owner_id: UUID) -> Cards:
    """The owner's goals that the viewer may see, last changed first, up to 1,000 of them."""
    rows = _goal_rows(viewer, owner_id, None)
    names = names_in(viewer, owner_id, rows)
    goals = list(_cards(viewer, rows, names))
    return Cards(goals, None, _wish_in(viewer, rows))


def scan_goals(
    viewer: Viewer, owner_id: UUID, *, wanted: Wanted, size: int, before: Place | None
) -> Cards:
    """Up to `size` goals that are wanted, last changed first.

    States are sealed, so the page opens goals in order until it is full.
    """
    found: list[GoalCard] = []
    all_rows = _goal_rows(viewer, owner_id, before)
    names = names_in(viewer, owner_id, all_rows)
    for_all = _wish_in(viewer, all_rows)
    for card in _cards(viewer, all_rows, names):
        if not wanted(card):
            continue
        if len(found) == size:
            return Cards(found, _place(found[-1]), for_all)
        found.append(card)
    rows = _in_order(all_rows)
    older = (rows[-1].changed_at, rows[-1].id) if len(rows) == SCAN else None
    return Cards(found, older, for_all)


def page_with_all(
    viewer: Viewer,
    owner_id: UUID,
    *,
    wanted: Wanted,
    size: int,
    names: Names,
    before: Place | None = None,
) -> Wholes:
    """The next `size` goals by last change, those of them that are wanted, with all they hold.

    One query.
    """
    params = _params(viewer, owner_id, size + 1) | _before(before)
    statement = statements.OLDER_GOALS_WITH_ALL if before else statements.GOALS_WITH_ALL
    rows = read(statement, params)
    domains = names_in(viewer, owner_id, rows)
    page = list(_cards(viewer, rows, domains))
    older = _place(page[size - 1]) if len(page) > size else None
    goals = [card for card in page[:size] if wanted(card)]
    for_all = _wish_in(viewer, rows)
    return Wholes(_filled(viewer, goals, rows, names, for_all), older, for_all)


def own_for_today(viewer: Viewer, *, wanted: Wanted, size: int, names: Names) -> OwnToday:
    """Of the viewer's `size` goals last changed those that are wanted, with all they hold.

    And what else the first page needs. One query. The goals' domains have no names here.
    """
    params = _params(viewer, viewer.person_id, size) | {"night_from": viewer.now - REACH}
    rows = read(statements.GOALS_FOR_TODAY, params)
    cards = _cards(viewer, rows, _nameless)
    page = [card for card in cards if wanted(card)]
    matters = [row for row in rows if row.kind == statements.MATTER]
    asking = {
        row.kind.removeprefix(statements.ASKS): row.id
        for row in rows
        if row.kind.startswith(statements.ASKS)
    }
    matters.sort(key=lambda row: row.made_at)
    night = [row for row in rows if row.kind == statements.NIGHT]
    return OwnToday(_filled(viewer, page, rows, names, None), asking, matters, night)


def one_with_all(viewer: Viewer, owner_id: UUID, goal_id: UUID, names: Names) -> Whole:
    """One goal of an owner that the viewer may see, with all it holds; or NotVisible. One query."""
    params = {"viewer_id": viewer.person_id, "owner_id": owner_id, "goal_id": goal_id}
    rows = read(statements.ONE_WITH_ALL, params)
    goals = _in_order(rows)
    if not goals:
        raise NotVisible
    domains = domains_by_key(viewer, owner_id, rows)
    card = _card(viewer, goals[0], lambda key: domains[key].name if key in domains else "")
    whole = _filled(viewer, [card], rows, names, _wish_in(viewer, rows))[0]
    whole.domains = domains
    return whole


def these_with_all(
    viewer: Viewer, goal_ids: Sequence[UUID], names: Names, reader_id: UUID
) -> list[Whole]:
    """Some of the viewer's goals, last changed first, to be previewed for a reader. One query.

    The names of their life domains are those that the reader may know.
    """
    owner_id = viewer.person_id
    params: dict[str, Any] = {"viewer_id": owner_id, "owner_id": owner_id, "reader_id": reader_id}
    params |= {"goal_ids": list(goal_ids)}
    rows = read(statements.THESE_WITH_ALL, params)
    domains = names_in(viewer, owner_id, rows)
    goals = list(_cards(viewer, rows, domains))
    return _filled(viewer, goals, rows, names, _wish_in(viewer, rows))


def the_one(pieces: Sequence[Piece], piece_id: UUID) -> Piece:
    """The piece with an id, or NotVisible."""
    for piece in pieces:
        if piece.id == piece_id:
            return piece
    raise NotVisible


def _place(card: GoalCard) -> Place:
    return card.changed_at, card.id


def _params(viewer: Viewer, owner_id: UUID, size: int) -> dict[str, Any]:
    return {"viewer_id": viewer.person_id, "owner_id": owner_id, "size": size}


def _before(place: Place | None) -> dict[str, Any]:
    return {"before_at": place[0], "before_id": place[1]} if place else {}


def _goal_rows(viewer: Viewer, owner_id: UUID, before: Place | None) -> Sequence[Any]:
    statement = statements.OLDER_GOALS if before else statements.GOALS
    params = _params(viewer, owner_id, SCAN) | _before(before)
    return read(statement, params)


def _in_order(rows: Sequence[Any]) -> list[Any]:
    """The goals among rows of several kinds, last changed first."""
    goals = [row for row in rows if row.kind == "goal"]
    return sorted(goals, key=lambda row: (row.changed_at, row.id), reverse=True)


def _filled(
    viewer: Viewer,
    goals: Sequence[GoalCard],
    rows: Sequence[Any],
    names: Names,
    for_all: Encouragement | None,
) -> list[Whole]:
    """Goals with the pieces and offers among the rows; those of other goals stay closed."""
    wholes = {card.id: Whole(card, for_all) for card in goals}
    today = local_day(viewer.now, viewer.zone)
    inside = [row for row in rows if row.goal_id in wholes and row.kind != "goal"]
    inside.sort(key=lambda each: (each.made_at, each.id))
    pieces = (row for row in inside if row.kind == "piece")
    offers = (row for row in inside if row.kind != "piece")
    for piece in viewer.box.each(pieces, lambda row: _piece(viewer, row, today)):
        wholes[piece.goal_id].pieces.append(piece)
    for offer in viewer.box.each(
        offers, lambda row: _offer(viewer, row, wholes[row.goal_id].goal.body, names)
    ):
        wholes[offer.goal_id].offers.append(offer)
    return list(wholes.values())


def _wish_in(viewer: Viewer, rows: Sequence[Any]) -> Encouragement | None:
    """How much others may push on all goals, from among rows of several kinds."""
    wishes = (row for row in rows if row.kind == statements.WISH)
    opened = viewer.box.each(wishes, lambda row: viewer.box.open(row, WishBody, table=Wish))
    return next((wish.encouragement for wish in opened), None)


def _cards(viewer: Viewer, rows: Sequence[Any], domains: DomainNames) -> Iterator[GoalCard]:
    """The goals among the rows, last changed first, opened one by one."""
    return viewer.box.each(_in_order(rows), lambda row: _card(viewer, row, domains))


def _card(viewer: Viewer, row: Any, domains: DomainNames) -> GoalCard:
    body = viewer.box.open(row, GoalBody, table=Goal)
    is_shared = row.audience is Audience.SHARED
    name = domains(body.domain)
    return GoalCard(row.id, row.owner_id, body, is_shared, row.made_at, row.changed_at, name)


def _nameless(_key: str) -> str:
    return ""


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
