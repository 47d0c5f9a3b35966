"""What an owner does with a goal. Only the owner edits a goal (Friction 30)."""

import enum
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from portal.core.clock import local_day
from portal.core.web import place_token, read_place
from portal.goals.models import Goal
from portal.goals.rules import goals as rules
from portal.goals.service import reading, writing
from portal.goals.service.formers import keep_former
from portal.goals.service.nudges import nudge_goal
from portal.goals.shapes.bodies import GoalBody, GoalState, Horizon, Movement, PieceState
from portal.goals.shapes.pages import GoalCard, GoalPage, GoalsPage, Piece
from portal.life_domains.service import for_goals, named_domain
from portal.life_domains.shapes import OwnDomain
from portal.toolbox.service import id_of_press, people_around, with_kept, write_once
from portal.toolbox.shapes import People
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

PAGE = 20


class Shelf(enum.Enum):
    """Which goals a page shows: the open ones, those reached, or those let go."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let-go"


_ON_SHELF = {
    Shelf.OPEN: rules.OPEN_STATES,
    Shelf.REACHED: frozenset({GoalState.REACHED}),
    Shelf.LET_GO: frozenset({GoalState.LET_GO}),
}


def goals_page(
    viewer: Viewer, shelf: Shelf, before: str | None = None, domain_key: str | None = None
) -> GoalsPage:
    """A page of the viewer's own goals, last changed first; perhaps those of one life domain.

    The first page of the open ones has every goal that is on now, and the newest of the others.
    """
    people = people_around(viewer, Part.GOALS)
    domain = named_domain(viewer, domain_key) if domain_key else None
    place = read_place(before)
    if shelf is Shelf.OPEN and place is None:
        return _first_page(viewer, people, domain)
    states = _ON_SHELF[shelf] - {GoalState.NOW}
    found = reading.scan_goals(
        viewer,
        viewer.person_id,
        wanted=lambda card: card.body.state in states and _lies_in(domain, card),
        size=PAGE,
        before=place,
    )
    return _page(people, found, place_token(found.older), domain)


def _lies_in(domain: OwnDomain | None, card: GoalCard) -> bool:
    return domain is None or card.body.domain == domain.key


def _first_page(viewer: Viewer, people: People, domain: OwnDomain | None) -> GoalsPage:
    found = reading.all_goals(viewer, viewer.person_id)
    cards = [card for card in found.goals if _lies_in(domain, card)]
    now = [card for card in cards if card.body.state is GoalState.NOW]
    rest = [card for card in cards if card.body.state in (GoalState.IDEA, GoalState.RESTING)]
    shown = rest[:PAGE]
    is_more = len(rest) > PAGE or len(found.goals) == reading.SCAN
    last = shown[-1] if is_more and shown else None
    older = place_token((last.changed_at, last.id)) if last else None
    return _page(people, found._replace(goals=[*now, *shown]), older, domain)


def _page(
    people: People, found: reading.Cards, older: str | None, domain: OwnDomain | None
) -> GoalsPage:
    groups = tuple(
        (state, tuple(card for card in found.goals if card.body.state is state))
        for state in rules.IN_ORDER
    )
    return GoalsPage(
        groups=tuple(group for group in groups if group[1]),
        older=older,
        shared_with=people.who_sees,
        has_many_now=rules.has_many_now(card.body.state for card in found.goals),
        domain=domain,
        for_all=found.for_all,
    )


def goal_page(viewer: Viewer, goal_id: UUID) -> GoalPage:
    """One of the viewer's own goals with its pieces, offers and history; or NotVisible."""
    people = people_around(viewer, Part.GOALS)
    whole = reading.one_with_all(viewer, viewer.person_id, goal_id, people.name_of)
    by_state = {state: [p for p in whole.pieces if p.body.state is state] for state in PieceState}
    return GoalPage(
        goal=whole.goal,
        open_pieces=tuple(by_state[PieceState.OPEN]),
        done_pieces=tuple(sorted(by_state[PieceState.DONE], key=_done_at, reverse=True)),
        set_aside=(*by_state[PieceState.RESTING], *by_state[PieceState.LET_GO]),
        offers=tuple(offer for offer in whole.offers if offer.answer is None),
        answered=tuple(offer for offer in whole.offers if offer.answer),
        shared_with=people.who_sees if whole.goal.is_shared else (),
        people=with_kept(viewer, people, goal_id),
        today=local_day(viewer.now, viewer.zone),
        domains=tuple(for_goals(whole.domains.values(), now=whole.goal.body.domain)),
        encouragement=rules.encouragement_for(whole.goal.body, whole.for_all),
    )


def _done_at(piece: Piece) -> datetime:
    return piece.last_done.at if piece.last_done else piece.made_at


def add_goal(viewer: Viewer, body: GoalBody, *, once: str | None) -> UUID:
    """A new goal, which only its owner sees. The same press twice makes one goal."""
    goal_id = id_of_press(viewer, once)
    row = Goal(id=goal_id, owner_id=viewer.person_id)
    key = writing.own_key(viewer, Audience.ONLY_ME)
    viewer.box.seal(row, rules.begun(body, viewer.now), key, now=viewer.now)
    write_once(row)
    return goal_id


def change_words(viewer: Viewer, goal_id: UUID, words: GoalBody) -> bool:
    """Other words for a goal; its history and its audience stay.

    Says whether a former title or why was kept.
    """
    before = _change(viewer, goal_id, lambda body: rules.with_words(body, words, viewer.now))
    return keep_former(viewer, goal_id, before, words)


def move_goal(viewer: Viewer, goal_id: UUID, horizon: Horizon) -> None:
    """Put a goal off, or bring it nearer. Its pieces keep their days."""
    _change(viewer, goal_id, lambda body: rules.put_off(body, horizon, viewer.now))


def say_movement(viewer: Viewer, goal_id: UUID, movement: Movement) -> None:
    """Say how a goal goes just now; it is kept with its date."""
    _change(viewer, goal_id, lambda body: rules.moved(body, movement, viewer.now))


def put_in_state(viewer: Viewer, goal_id: UUID, state: GoalState) -> None:
    """Start a goal, let it rest, reach it or let it go. Its reminders wait while it rests."""
    _change(viewer, goal_id, lambda body: rules.put_in_state(body, state, viewer.now))


def bring_back(viewer: Viewer, goal_id: UUID) -> None:
    """A goal that was let go, reached or at rest, as it was before."""
    _change(
        viewer,
        goal_id,
        lambda body: rules.put_in_state(body, rules.state_before(body), viewer.now),
    )


def _change(viewer: Viewer, goal_id: UUID, change: Callable[[GoalBody], GoalBody]) -> GoalBody:
    """Change a goal of the viewer's own; gives what it said until then."""
    row, body, audience = writing.own_goal(viewer, goal_id)
    changed = change(body)
    if changed == body:
        return body
    writing.keep_goal(viewer, row, changed, audience)
    if changed.state is not body.state:
        nudge_goal(viewer, row, changed)
    return body
