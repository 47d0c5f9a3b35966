"""Ingrid and Anna, what they share, and pages for the record as each of them meets them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from portal.dyads.service import end_dyad, unshare_part
from portal.goals import service as goals
from portal.goals.shapes.bodies import ActivityBody, Doer, Encouragement, GoalBody, GoalState
from portal.goals.tool import TOOL as GOALS
from portal.life_domains import service as life
from portal.life_domains.rules import id_of
from portal.life_domains.shapes import EntryBody
from portal.life_domains.tool import TOOL as LIFE
from portal.meetings.service import keep
from portal.record import service
from portal.record.shapes import ApprovedPage, Offered, RecordIndex, RecordPreview, RecordWish
from portal.vault.models import Part
from portal.what_matters import service as matters
from portal.what_matters.tool import TOOL as MATTERS
from tests.fixtures.agreed import agree_on
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WORDS = RecordWish(words="Ring meg gjerne før møtet. Æ, ø og å.")


class Pair:
    """A pair with much that is shared, and a little that is not."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.ingrid, self.anna = people.owner(), people.worker()
        self.id = people.dyad(self.ingrid, self.anna, NOW)

    def agree(self) -> None:
        agree_on(self.ingrid, self.anna, self.id, NOW)

    def goal(
        self,
        title: str,
        *,
        why: str = "",
        pieces: tuple[str, ...] = (),
        left_alone: bool = False,
        state: GoalState = GoalState.NOW,
    ) -> UUID:
        alone = Encouragement.LEAVE_ALONE if left_alone else None
        with self.ingrid.viewing(NOW) as viewer:
            body = GoalBody(title=title, why=why, state=state, encouragement=alone)
            goal_id = goals.add_goal(viewer, body, once=uuid4().hex)
            for text in pieces:
                piece = ActivityBody(text=text, doer=Doer.WORKER)
                goals.add_piece(viewer, goal_id, piece, once=uuid4().hex)
        return goal_id

    def entry(
        self, words: str, domain: str = "home", now: datetime = NOW, rating: int | None = None
    ) -> UUID:
        with self.ingrid.viewing(now) as viewer:
            there = id_of(viewer.person_id, domain)
            return life.add_entry(viewer, there, EntryBody(words, rating=rating), once=uuid4().hex)

    def say(self, words: str) -> UUID:
        with self.ingrid.viewing(NOW) as viewer:
            matters.say_what_matters(viewer, words, once=uuid4().hex)
            return matters.lines_of(viewer, viewer.person_id)[0].id

    def keep(self, line: str) -> UUID:
        with self.ingrid.viewing(NOW) as viewer:
            return keep(viewer, self.id, line=line)

    def share_goals(self, *ids: UUID) -> None:
        with self.ingrid.viewing(NOW) as viewer:
            share_items(viewer, GOALS, self.id, ids)

    def share_life(self, *ids: UUID) -> None:
        with self.ingrid.viewing(NOW) as viewer:
            share_items(viewer, LIFE, self.id, ids)

    def share_matters(self, *ids: UUID) -> None:
        with self.ingrid.viewing(NOW) as viewer:
            share_items(viewer, MATTERS, self.id, ids)

    def unshare(self, part: Part) -> None:
        with self.ingrid.viewing(NOW) as viewer:
            unshare_part(viewer, self.id, part)

    def offered(self, now: datetime = NOW) -> Offered:
        with self.ingrid.viewing(now) as viewer:
            return service.offered_for(viewer, self.id)

    def preview(self, wish: RecordWish = WORDS, now: datetime = NOW) -> RecordPreview:
        with self.ingrid.viewing(now) as viewer:
            return service.preview_for(viewer, self.id, wish)

    def approve(
        self, wish: RecordWish = WORDS, now: datetime = NOW, once: str | None = None
    ) -> UUID:
        seen = self.preview(wish, now).seen
        with self.ingrid.viewing(now) as viewer:
            return service.approve(viewer, self.id, wish, seen=seen, once=once or uuid4().hex)

    def take_back(self, page_id: UUID, person: SomePerson | None = None) -> None:
        with (person or self.ingrid).viewing(NOW) as viewer:
            service.take_back(viewer, page_id)

    def ask(self, now: datetime = NOW, person: SomePerson | None = None) -> None:
        with (person or self.anna).viewing(now) as viewer:
            service.ask(viewer, self.id)

    def not_now(self, now: datetime = NOW, person: SomePerson | None = None) -> None:
        with (person or self.ingrid).viewing(now) as viewer:
            service.answer_not_now(viewer, self.id)

    def pages(self, person: SomePerson, now: datetime = NOW) -> RecordIndex:
        with person.viewing(now) as viewer:
            return service.pages_of(viewer, self.id)

    def page(self, person: SomePerson, page_id: UUID) -> ApprovedPage:
        with person.viewing(NOW) as viewer:
            return service.page_for(viewer, page_id)

    def end(self, person: SomePerson) -> None:
        with person.viewing(NOW) as viewer:
            end_dyad(viewer, self.id)


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)
