"""Two change the list of a meeting at the same moment, on each database."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask

from portal.core.errors import PortalError
from portal.meetings import service
from tests.fixtures.people import People, SomePerson
from tests.fixtures.together import met_before


@pytest.fixture
def people(app_on_each: Flask) -> People:
    return People(app_on_each)


def move(person: SomePerson, kept_id: UUID, *, up: bool) -> None:
    with person.viewing() as viewer:
        service.move_kept(viewer, kept_id, up=up)


def take_off(person: SomePerson, kept_id: UUID) -> None:
    with person.viewing() as viewer:
        service.take_off(viewer, kept_id)


def lines(person: SomePerson, dyad_id: UUID) -> list[str]:
    with person.viewing() as viewer:
        return [each.line for each in service.meetings_for(viewer, dyad_id).kept]


def test_two_moves_at_once_give_every_line_a_place_of_its_own(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        one, _two, three = (service.keep(viewer, dyad_id, line=each) for each in "abc")
    with met_before(people.app, 2, "UPDATE kept_things"), ThreadPoolExecutor(2) as pool:
        both = [pool.submit(move, ingrid, one, up=False), pool.submit(move, ingrid, three, up=True)]
        for each in both:
            each.result()
    assert lines(ingrid, dyad_id) in (["b", "c", "a"], ["c", "a", "b"])


def test_a_line_moved_while_it_is_taken_off_is_gone(people: People) -> None:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        one, _two = (service.keep(viewer, dyad_id, line=each) for each in "ab")
    begin = "UPDATE kept_things", "DELETE FROM kept_things"
    with met_before(people.app, 2, *begin), ThreadPoolExecutor(2) as pool:
        moving, going = pool.submit(move, ingrid, one, up=False), pool.submit(take_off, ingrid, one)
        going.result()
        assert moving.exception() is None or isinstance(moving.exception(), PortalError)
    assert lines(ingrid, dyad_id) == ["b"]
