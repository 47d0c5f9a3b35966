"""Random people write, share, keep back, offer, unshare and end, against a plain model.

The model is a few sets in memory. No read shows what the model forbids, and no own words are lost.
"""

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from portal.access.service import rotate_stale
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.service import end_dyad, unshare_part
from portal.goals import service
from portal.goals.models import Activity, Goal, Offer
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState, OfferBody
from portal.vault.box import Box
from portal.vault.models import Part
from tests.fixtures.people import People, SomePerson
from tests.goals.conftest import go_along, keep_back, share

WORKERS = st.integers(0, 1)
GOALS = st.integers(0, 5)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@dataclass
class OwnGoal:
    """What the model knows of one goal."""

    id: UUID
    title: str
    pieces: list[str] = field(default_factory=list)
    is_shared: bool = False


class SharingMachine(RuleBasedStateMachine):
    """One owner, two workers, and what each of them may see."""

    maker: ClassVar[People]

    def __init__(self) -> None:
        super().__init__()
        self.owner = self.maker.owner()
        self.workers = [self.maker.worker("Anna"), self.maker.worker("Bjørn")]
        self.dyads = [self.maker.dyad(self.owner, worker) for worker in self.workers]
        self.goals: list[OwnGoal] = []
        self.seeing: set[int] = set()
        self.ended: set[int] = set()
        self.old_boxes: list[Box] = []

    @initialize()
    def begin_with_two_goals(self) -> None:
        """So that there is something to share from the first step on."""
        self.write_a_goal("One")
        self.write_a_goal("Two")

    @rule(words=WORDS)
    def write_a_goal(self, words: str) -> None:
        """A new goal is the owner's alone."""
        title = f"{len(self.goals)} {words}"
        with self.owner.viewing() as viewer:
            body = GoalBody(title=title, state=GoalState.NOW)
            goal_id = service.add_goal(viewer, body, once=uuid4().hex)
        self.goals.append(OwnGoal(goal_id, title))

    @rule(number=GOALS, text=WORDS)
    def add_a_piece(self, number: int, text: str) -> None:
        """A piece goes with its goal."""
        goal = self._goal(number)
        with self.owner.viewing() as viewer:
            service.add_piece(viewer, goal.id, ActivityBody(text=text), once=uuid4().hex)
        goal.pieces.append(text)

    @rule(worker=WORKERS, numbers=st.sets(GOALS))
    def share_some(self, worker: int, numbers: set[int]) -> None:
        """Share exactly some goals with a worker; those left out are the owner's alone again."""
        chosen = {self._goal(number).id for number in numbers}
        with self.owner.viewing() as viewer:
            if worker in self.ended:
                with pytest.raises(NotVisible):
                    share(viewer, self.dyads[worker], *chosen)
                return
            share(viewer, self.dyads[worker], *chosen)
        for goal in self.goals:
            goal.is_shared = goal.id in chosen
        self.seeing.add(worker)

    @precondition(lambda self: self.seeing)
    @rule(worker=WORKERS)
    def unshare(self, worker: int) -> None:
        """End a worker's sight; their box, opened before, stays in the world."""
        self._remember_box(worker)
        with self.owner.viewing() as viewer:
            unshare_part(viewer, self.dyads[worker], Part.GOALS)
        self.seeing.discard(worker)

    @rule(number=GOALS)
    def go_along(self, number: int) -> None:
        """One goal is shared with those who see the shared ones."""
        goal = self._goal(number)
        with self.owner.viewing() as viewer:
            go_along(viewer, goal.id)
        goal.is_shared = True

    @rule(number=GOALS)
    def keep_back(self, number: int) -> None:
        """One goal is the owner's alone again."""
        goal = self._goal(number)
        with self.owner.viewing() as viewer:
            keep_back(viewer, goal.id)
        goal.is_shared = False

    @rule(worker=WORKERS, number=GOALS)
    def offer(self, worker: int, number: int) -> None:
        """A worker offers an idea, if they may see the goal at all."""
        goal, body, dyad_id = self._goal(number), OfferBody(text="An idea"), self.dyads[worker]
        with self.workers[worker].viewing() as viewer:
            if worker in self.seeing and goal.is_shared:
                service.offer_idea(viewer, dyad_id, goal.id, body, once=uuid4().hex)
                return
            with pytest.raises(NotVisible):
                service.offer_idea(viewer, dyad_id, goal.id, body, once=uuid4().hex)

    @rule(worker=WORKERS, by_owner=st.booleans())
    def end(self, worker: int, by_owner: bool) -> None:
        """Either of a pair ends it; when the worker does, the owner signs in afterwards."""
        if worker in self.ended:
            return
        self._remember_box(worker)
        who = self.owner if by_owner else self.workers[worker]
        with who.viewing() as viewer:
            end_dyad(viewer, self.dyads[worker])
        with self.owner.viewing() as viewer:
            rotate_stale(viewer)
        self.ended.add(worker)
        self.seeing.discard(worker)

    @invariant()
    def workers_see_what_the_model_allows(self) -> None:
        """Neither more nor less."""
        for worker, person in enumerate(self.workers):
            assert self._seen_by(worker, person) == self._allowed(worker)

    @invariant()
    def no_own_words_are_lost(self) -> None:
        """The owner reads every goal and every piece they ever wrote."""
        with self.owner.viewing() as viewer:
            for goal in self.goals:
                page = service.goal_page(viewer, goal.id)
                assert page.goal.body.title == goal.title
                assert [piece.body.text for piece in page.open_pieces] == goal.pieces

    @invariant()
    def an_old_box_opens_nothing_that_is_sealed_now(self) -> None:
        """What a worker could open before the end lies under another key."""
        with self.owner.viewing():
            rows = [
                (row.data_key_id, table.__tablename__)
                for table in (Goal, Activity, Offer)
                for row in db.session.scalars(select(table).where(table.owner_id == self.owner.id))
            ]
        for box in self.old_boxes:
            held = {*box._keys, *box._closed}
            assert [each for each in rows if each[0] in held] == []

    def _goal(self, number: int) -> OwnGoal:
        return self.goals[number % len(self.goals)]

    def _remember_box(self, worker: int) -> None:
        if worker in self.seeing:
            with self.workers[worker].viewing() as viewer:
                service.review_page(viewer, self.dyads[worker], service.Since.START)
                self.old_boxes.append(viewer.box)

    def _allowed(self, worker: int) -> dict[str, list[str]] | None:
        if worker not in self.seeing:
            return None
        return {goal.title: goal.pieces for goal in self.goals if goal.is_shared}

    def _seen_by(self, worker: int, person: SomePerson) -> dict[str, list[str]] | None:
        with person.viewing() as viewer:
            try:
                page = service.review_page(viewer, self.dyads[worker], service.Since.START)
            except NotVisible:
                return None
        return {
            each.goal.body.title: [line.piece.body.text for line in each.pieces]
            for each in page.review.goals
        }


def test_random_sharing_shows_no_more_than_a_plain_model_allows(people: People) -> None:
    class Machine(SharingMachine):
        maker = people

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
