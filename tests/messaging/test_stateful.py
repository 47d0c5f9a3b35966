"""Random people write, take back, open and end, against a plain model.

The model is a list of messages a pair. Nobody reads what it forbids, and no own words are lost.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from portal.core.errors import Conflict, NotVisible
from portal.drafts.service import draft_words
from portal.dyads.service import end_dyad
from portal.messaging import service
from portal.messaging.rules.states import UNDO_TIME
from portal.messaging.shapes import Intent, Outgoing, State
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson
from tests.messaging.conftest import MONDAY_NIGHT, agree

PAIRS, SIDES = st.integers(0, 2), st.booleans()
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
PAUSES = st.sampled_from((timedelta(minutes=1), timedelta(minutes=11), timedelta(hours=20)))


@dataclass
class Written:
    """What the model knows of one message."""

    number: int
    text: str
    by_owner: bool
    held_until: timedelta
    is_back: bool = False
    is_opened: bool = False


@dataclass
class TwoWhoWrite:
    """A pair, and everything that the model says they wrote."""

    id: UUID
    owner: SomePerson
    worker: SomePerson
    messages: list[Written] = field(default_factory=list)
    has_ended: bool = False

    def side(self, *, is_owner: bool) -> SomePerson:
        """One of the two."""
        return self.owner if is_owner else self.worker


class WritingMachine(RuleBasedStateMachine):
    """Two owners and two workers in three pairs; one owner has both workers."""

    maker: ClassVar[People]

    def __init__(self) -> None:
        super().__init__()
        ingrid, kari = self.maker.owner("Ingrid"), self.maker.owner("Kari")
        anna, bo = self.maker.worker("Anna"), self.maker.worker("Bo")
        self.pairs = []
        for owner, worker in ((ingrid, anna), (ingrid, bo), (kari, anna)):
            dyad_id = self.maker.dyad(owner, worker, MONDAY_NIGHT)
            agree(owner, worker, dyad_id, MONDAY_NIGHT)
            self.pairs.append(TwoWhoWrite(dyad_id, owner, worker))
        self.everybody = (ingrid, kari, anna, bo)
        self.gone = timedelta()

    @rule(which=PAIRS, by_owner=SIDES, words=WORDS)
    def write(self, which: int, by_owner: bool, words: str) -> None:
        """Somebody writes, while the pair lives."""
        pair = self.pairs[which]
        text = f"{len(pair.messages)} {words}"
        intent = Intent.BE_HEARD if by_owner else None
        outgoing = Outgoing(text=text, intent=intent, depth="" if by_owner else "short")
        with self._as(pair, by_owner) as viewer:
            if pair.has_ended:
                with pytest.raises((Conflict, NotVisible)):
                    service.send(viewer, pair.id, outgoing, once=uuid4().hex)
                return
            number = service.send(viewer, pair.id, outgoing, once=uuid4().hex)
        pair.messages.append(Written(number, text, by_owner, self.gone + UNDO_TIME))

    @rule(which=PAIRS, back=st.integers(1, 3))
    def take_back(self, which: int, back: int) -> None:
        """An author takes one of the newest messages back, if there still is time."""
        pair = self.pairs[which]
        if len(pair.messages) < back:
            return
        message = pair.messages[-back]
        is_in_time = not pair.has_ended and self.gone < message.held_until
        with self._as(pair, message.by_owner) as viewer:
            if is_in_time or (message.is_back and not pair.has_ended):
                service.take_back(viewer, pair.id, message.number)
                message.is_back = True
                return
            with pytest.raises((Conflict, NotVisible)):
                service.take_back(viewer, pair.id, message.number)

    @rule(which=PAIRS)
    def let_go(self, which: int) -> None:
        """The author of the newest message lets it go at once; a worker in the order of writing."""
        pair = self.pairs[which]
        if not pair.messages or pair.has_ended:
            return
        message = pair.messages[-1]
        is_behind = not message.by_owner and any(
            each.held_until > self.gone and not each.by_owner and not each.is_back
            for each in pair.messages[:-1]
        )
        with self._as(pair, message.by_owner) as viewer:
            if is_behind:
                with pytest.raises(Conflict):
                    service.let_go(viewer, pair.id, message.number)
                return
            service.let_go(viewer, pair.id, message.number)
        message.held_until = min(message.held_until, self.gone)

    @rule(which=PAIRS, as_owner=SIDES)
    def open_what_came(self, which: int, as_owner: bool) -> None:
        """Somebody opens all that has arrived."""
        pair = self.pairs[which]
        with self._as(pair, as_owner) as viewer:
            if pair.has_ended and not as_owner:
                with pytest.raises(NotVisible):
                    service.open_waiting(viewer, pair.id)
                return
            service.open_waiting(viewer, pair.id)
        for message in pair.messages:
            if message.by_owner is not as_owner and message.held_until <= self.gone:
                message.is_opened = True

    @rule(pause=PAUSES)
    def wait(self, pause: timedelta) -> None:
        """Time goes by."""
        self.gone += pause

    @rule(which=PAIRS, by_owner=SIDES)
    def end(self, which: int, by_owner: bool) -> None:
        """Either of a pair ends it."""
        pair = self.pairs[which]
        if pair.has_ended:
            return
        with self._as(pair, by_owner) as viewer:
            end_dyad(viewer, pair.id)
        pair.has_ended = True

    @invariant()
    def everybody_reads_what_the_model_allows(self) -> None:
        """Neither more nor less; and nobody but the two reads anything."""
        for pair in self.pairs:
            for person in self.everybody:
                assert self._read(pair, person) == self._allowed(pair, person), person.name

    @invariant()
    def words_taken_back_are_in_their_authors_draft(self) -> None:
        """Nothing that somebody wrote is gone."""
        for pair in self.pairs:
            for by_owner in (True, False):
                back = [m.text for m in pair.messages if m.is_back and m.by_owner is by_owner]
                with self._as(pair, by_owner) as viewer:
                    draft = draft_words(viewer, f"message:{pair.id}") or {"text": [""]}
                assert [text for text in back if text not in draft["text"][0]] == []

    def _read(self, pair: TwoWhoWrite, person: SomePerson) -> list[str] | None:
        with person.viewing(MONDAY_NIGHT + self.gone) as viewer:
            try:
                page = service.thread_for(viewer, pair.id)
            except NotVisible:
                return None
        assert page.trouble is None
        return [line.body.text for line in page.lines if line.state is not State.TAKEN_BACK]

    def _allowed(self, pair: TwoWhoWrite, person: SomePerson) -> list[str] | None:
        if person is pair.worker and pair.has_ended:
            return None
        if person not in (pair.owner, pair.worker):
            return None
        is_owner = person is pair.owner
        return [
            message.text
            for message in pair.messages
            if not message.is_back and (message.by_owner is is_owner or message.is_opened)
        ]

    def _as(self, pair: TwoWhoWrite, is_owner: bool) -> AbstractContextManager[Viewer]:
        return pair.side(is_owner=is_owner).viewing(MONDAY_NIGHT + self.gone)


def test_random_writing_shows_no_more_than_a_plain_model_allows(people: People) -> None:
    class Machine(WritingMachine):
        maker = people

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
