"""A draft that does not open is as good as none: its page is there, and the log has its id."""

import logging

import pytest
from sqlalchemy import update

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.drafts.models import Draft
from portal.drafts.service import draft_words, keep_draft, keep_late
from tests.fixtures.people import People, SomePerson

PLACE = "/goals/new"


def kept(person: SomePerson, words: str) -> None:
    with person.viewing() as viewer:
        keep_draft(viewer, PLACE, {"title": [words]})


def damage(person: SomePerson) -> None:
    """Change one bit of every draft behind its writer's back."""
    with unit_of_work(person.app):
        for row in db.session.query(Draft).all():
            changed = bytes([*row.sealed[:-1], row.sealed[-1] ^ 1])
            db.session.execute(update(Draft).where(Draft.id == row.id).values(sealed=changed))


def test_a_page_is_there_though_its_draft_does_not_open(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid = people.owner()
    kept(ingrid, "more walks")
    damage(ingrid)
    with caplog.at_level(logging.ERROR):
        answer = ingrid.client.get(PLACE)
    assert answer.status_code == 200
    assert "more walks" not in answer.text
    assert "sealed row does not open" in caplog.text


def test_words_that_came_late_are_found_beside_a_damaged_draft(people: People) -> None:
    ingrid = people.owner()
    kept(ingrid, "more walks")
    damage(ingrid)
    with ingrid.viewing() as viewer:
        keep_late(ingrid.id, PLACE, {"title": ["fewer buses"]}, viewer.now, may_replace=True)
    with ingrid.viewing() as viewer:
        assert draft_words(viewer, PLACE) == {"title": ["fewer buses"]}


def test_new_words_take_the_place_of_a_damaged_draft(people: People) -> None:
    ingrid = people.owner()
    kept(ingrid, "more walks")
    damage(ingrid)
    kept(ingrid, "more walks by the sea")
    with ingrid.viewing() as viewer:
        assert draft_words(viewer, PLACE) == {"title": ["more walks by the sea"]}
