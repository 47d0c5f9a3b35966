"""A draft that does not open is as good as none: its page is there, and the log has its id."""

import logging

import pytest
from sqlalchemy import update

from portal.core.db import db
from portal.core.row_ids import new_id
from portal.core.work import unit_of_work
from portal.drafts.models import Draft
from portal.drafts.service import draft_words, keep_draft, keep_late
from portal.drafts.shapes import DraftBody
from portal.search.service import search
from portal.vault.models import Audience, Part
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


def test_words_that_were_moved_to_another_form_do_not_come_back_there(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    ingrid = people.owner()
    kept(ingrid, "more walks")
    with unit_of_work(ingrid.app):
        db.session.execute(update(Draft).values(place="/night"))
    with ingrid.viewing() as viewer, caplog.at_level(logging.ERROR):
        assert draft_words(viewer, "/night") is None
        [hit] = search(viewer, "walks").hits
        assert hit.path == PLACE
    assert "draft of another form" in caplog.text


def test_words_from_before_places_were_kept_with_them_come_back(people: People) -> None:
    ingrid = people.owner()
    with ingrid.viewing() as viewer:
        row = Draft(id=new_id(), owner_id=ingrid.id, place=PLACE)
        key = viewer.box.own_key(Part.DRAFTS, Audience.ONLY_ME, now=viewer.now)
        viewer.box.seal(row, DraftBody({"title": ["more walks"]}), key, now=viewer.now)
        db.session.add(row)
    with ingrid.viewing() as viewer:
        assert draft_words(viewer, PLACE) == {"title": ["more walks"]}
    with unit_of_work(ingrid.app):
        db.session.execute(update(Draft).values(place="//elsewhere.example.org"))
    with ingrid.viewing() as viewer:
        assert [hit.path for hit in search(viewer, "walks").hits] == ["/"]
