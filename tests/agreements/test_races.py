"""Two people press at the same moment, on each database: one agreement, no words lost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID

import pytest
from flask import Flask

from portal.agreements import service
from portal.agreements.service.standing import standing_of
from portal.agreements.shapes import How, Question, RoundState, Starter
from portal.core.errors import Conflict, PortalError
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson

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


def answered(owner: SomePerson, worker: SomePerson, dyad_id: UUID, **owners: object) -> None:
    for person, values in ((owner, owners), (worker, {})):
        with person.viewing() as viewer:
            service.start_round(viewer, dyad_id)
            service.finish_answers(viewer, dyad_id, values)
