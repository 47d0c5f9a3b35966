"""Two people press at the same moment, on each database: one agreement, no words lost."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.agreements import service
from portal.agreements.service.standing import standing_of
from portal.agreements.shapes import How, Question, RoundState, Starter
from portal.core.db import db
from portal.core.errors import Conflict, PortalError
from portal.notifications.models import Notice
from portal.notifications.shapes import NoticeState
from portal.vault.viewer import Viewer
from tests.fixtures.application import MakeApp
from tests.fixtures.people import People, SomePerson
from tests.fixtures.together import meanwhile

Verb = Callable[[Viewer], object]


@pytest.fixture
def two(app_on_each: Flask) -> tuple[SomePerson, SomePerson, UUID]:
    people = People(app_on_each)
    owner, worker = people.owner(), people.worker()
    return owner, worker, people.dyad(owner, worker)


def at_once(*presses: tuple[SomePerson, Verb]) -> list[object]:
    """Let several people press together; each outcome is what the verb gave, or its refusal."""
    start, outcomes = Barrier(len(presses)), [None] * len(presses)

    def press(place: int, person: SomePerson, verb: Verb) -> None:
        start.wait()
        try:
            with person.viewing() as viewer:
                found = verb(viewer)
            outcomes[place] = found  # type: ignore[call-overload]  # outcomes of any kind
        except PortalError as problem:
            outcomes[place] = problem  # type: ignore[call-overload]  # as above

    threads = [Thread(target=press, args=(place, *each)) for place, each in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(outcomes)


def round_in(viewer: Viewer, dyad_id: UUID) -> tuple[RoundState, int]:
    now_open = standing_of(viewer, dyad_id).round
    assert now_open is not None
    return now_open.state, now_open.revision


def test_two_starting_at_once_share_one_round(two: tuple[SomePerson, SomePerson, UUID]) -> None:
    owner, worker, dyad_id = two
    at_once(*((each, lambda v: service.start_round(v, dyad_id)) for each in (owner, worker)))
    with owner.viewing() as viewer:
        assert service.answers_for(viewer, dyad_id).round_number == 1


def test_two_handing_in_at_once_meet_side_by_side(
    two: tuple[SomePerson, SomePerson, UUID],
) -> None:
    owner, worker, dyad_id = two
    with owner.viewing() as viewer:
        service.start_round(viewer, dyad_id)
    both = at_once(*((each, lambda v: service.finish_answers(v, dyad_id)) for each in two[:2]))
    assert both == [None, None]
    with worker.viewing() as viewer:
        assert round_in(viewer, dyad_id)[0] is RoundState.LOOKING


def test_two_accepting_at_once_make_one_agreement(
    two: tuple[SomePerson, SomePerson, UUID],
) -> None:
    owner, worker, dyad_id = two
    answered(owner, worker, dyad_id)
    made = at_once(*((e, lambda v: service.accept(v, dyad_id, revision=0)) for e in two[:2]))
    assert sorted(map(str, made)) == ["False", "True"]
    with owner.viewing() as viewer:
        assert [line.version for line in service.versions_of(viewer, dyad_id)] == [1]


def test_two_settling_one_point_at_once_do_not_overwrite_each_other(
    two: tuple[SomePerson, SomePerson, UUID],
) -> None:
    owner, worker, dyad_id = two
    answered(owner, worker, dyad_id, who_starts=Starter.OWNER)

    def settling(how: How) -> Verb:
        return lambda v: service.settle(v, dyad_id, Question.STARTING, how, number=0)

    made = at_once((owner, settling(How.OWNERS)), (worker, settling(How.WORKERS)))
    assert sum(isinstance(each, Conflict) for each in made) == 1
    with owner.viewing() as viewer:
        assert round_in(viewer, dyad_id) == (RoundState.LOOKING, 1)


@pytest.mark.parametrize("second", [service.answer, service.finish_answers])
def test_a_second_tab_neither_takes_handing_in_back_nor_loses_words(
    two: tuple[SomePerson, SomePerson, UUID], second: Callable[..., None]
) -> None:
    owner, _worker, dyad_id = two
    with owner.viewing() as viewer:
        service.start_round(viewer, dyad_id)
        service.answer(viewer, dyad_id, {"nights": "Before."})
    first = service.finish_answers if second is service.answer else service.answer
    tab = Tab(lambda: at_once((owner, lambda v: second(v, dyad_id, {"purpose": "Second."}))))
    with owner.viewing() as viewer:
        first(viewer, dyad_id, tab.opened_before({"record": "First."}))
    refused = isinstance(tab.outcomes()[0], Conflict)
    with owner.viewing() as viewer:
        page = service.answers_for(viewer, dyad_id)
    assert page.is_done
    assert refused is (second is service.answer)
    kept = (page.answers.nights, page.answers.record, page.answers.purpose == "Second.")
    assert kept == ("Before.", "First.", not refused)
    with owner.viewing() as viewer:
        service.reopen_answers(viewer, dyad_id)
        assert service.answers_for(viewer, dyad_id).answers.record == "First."


@pytest.mark.postgres
def test_who_hands_in_while_the_round_is_set_aside_is_told(
    make_app: MakeApp, postgres_url: str
) -> None:
    people = People(make_app(database_url=postgres_url))
    owner, worker = people.owner(), people.worker()
    dyad_id = people.dyad(owner, worker)
    with owner.viewing() as viewer:
        service.start_round(viewer, dyad_id)

    def hand_in() -> None:
        with owner.viewing() as viewer:
            service.finish_answers(viewer, dyad_id)

    with meanwhile(people.app, "SELECT agreements.", hand_in), worker.viewing() as viewer:
        service.set_aside_round(viewer, dyad_id)
    with owner.viewing() as viewer:
        assert service.agreement_for(viewer, dyad_id).set_aside_at is not None
        told = db.session.scalars(
            select(Notice.dedupe_key).where(
                Notice.person_id == owner.id, Notice.state == NoticeState.WAITING
            )
        ).all()
    assert any(key.endswith(":changed") for key in told)


class Tab:
    """Another tab, whose press comes while the first one's words are being taken in."""

    def __init__(self, press: Callable[[], list[object]]) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._press = press
        self._pressed: Future[list[object]] | None = None

    def opened_before(self, words: dict[str, Any]) -> Mapping[str, Any]:
        """The first one's words; the other tab is pressed as soon as they are looked at."""
        return _Watched(words, self._go)

    def outcomes(self) -> list[object]:
        """What became of the press."""
        assert self._pressed is not None
        return self._pressed.result()

    def _go(self) -> None:
        if self._pressed is None:
            self._pressed = self._pool.submit(self._press)
            wait([self._pressed], timeout=1)  # where it must wait for the first, it does


class _Watched(UserDict[str, Any]):
    def __init__(self, words: dict[str, Any], then: Callable[[], None]) -> None:
        super().__init__(words)
        self._then = then

    def keys(self) -> Any:
        """Somebody looks."""
        self._then()
        return super().keys()


def answered(owner: SomePerson, worker: SomePerson, dyad_id: UUID, **owners: object) -> None:
    for person, values in ((owner, owners), (worker, {})):
        with person.viewing() as viewer:
            service.start_round(viewer, dyad_id)
            service.finish_answers(viewer, dyad_id, values)
