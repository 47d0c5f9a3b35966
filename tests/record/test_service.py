"""Approving, opening and taking back, as everybody who could come by."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.models import Opening
from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotAllowed, NotVisible
from portal.core.work import unit_of_work
from portal.record import service
from portal.record.models import RecordPage
from portal.record.shapes import Asking, PageBody, RecordWish
from portal.search.service import search
from portal.vault.models import Part
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson
from tests.record.conftest import NOW, WORDS, Pair

Verb = Callable[[Viewer, UUID], object]
LATER = NOW + timedelta(days=3)


def test_an_approved_page_opens_for_both_and_stays_as_it_was(pair: Pair) -> None:
    goal = pair.goal("Out early", why="The light")
    pair.share_goals(goal)
    wish = RecordWish(words="Ring først", goals=frozenset([str(goal)]))
    page_id = pair.approve(wish)
    pair.unshare(Part.GOALS)
    for person in (pair.ingrid, pair.anna):
        sheet = pair.page(person, page_id).sheet
        assert sheet is not None
        assert [each.title for each in sheet.sections] == ["In my own words", "Goal: Out early"]
        assert "The light" not in repr(sheet)
        assert "Ingrid approved this page on Sunday 22 November 2026" in sheet.lead


def test_a_page_holds_everything_that_was_ticked(pair: Pair) -> None:
    pair.agree()
    pair.say("The sea")
    goal = pair.goal("Out early", why="The light", pieces=("Ring the bus",))
    entry, kept = pair.entry("It is quiet"), pair.keep("The letter")
    pair.share_goals(goal)
    pair.share_life(entry)
    ids = frozenset([str(goal)])
    wish = RecordWish(
        words="My words",
        with_matters=True,
        with_agreement=True,
        goals=ids,
        whys=ids,
        pieces=ids,
        life=frozenset([str(entry)]),
        kept=frozenset([str(kept)]),
    )
    found = pair.preview(wish)
    assert [each.title for each in found.sheet.sections] == [
        "What matters to me",
        "In my own words",
        "Goal: Out early",
        "How it is",
        "On our list for the meeting",
        "How we use the portal",
    ]
    for words in ("The sea", "The light", "Ring the bus (Anna)", "It is quiet", "The letter"):
        assert words in repr(found.sheet)
    assert found.tells_matters
    assert found.fits
    assert not found.lacks


def test_a_page_without_anything_is_refused_kindly(pair: Pair) -> None:
    with pytest.raises(FieldError, match="Tick something"):
        pair.preview(RecordWish())


def test_on_either_database_a_page_goes_all_its_ways(app_on_each: Flask) -> None:
    pair = Pair(People(app_on_each))
    pair.agree()
    pair.ask()
    goal, entry, kept = pair.goal("Out early"), pair.entry("It is quiet"), pair.keep("The letter")
    pair.share_goals(goal)
    pair.share_life(entry)
    pair.share_matters(pair.say("The sea"))
    ids = [frozenset([str(each)]) for each in (goal, entry, kept)]
    wish = RecordWish(
        "My words",
        with_matters=True,
        with_agreement=True,
        goals=ids[0],
        life=ids[1],
        kept=ids[2],
    )
    assert len(pair.preview(wish).sheet.sections) == 6
    assert not pair.preview(wish).tells_matters
    found = [pair.approve(wish, NOW + timedelta(minutes=number)) for number in range(31)]
    first = pair.pages(pair.anna)
    assert [each.id for each in first.pages] == found[:0:-1]
    with pair.anna.viewing(NOW) as viewer:
        assert [each.id for each in service.pages_of(viewer, pair.id, first.older).pages] == [
            found[0]
        ]
    assert first.ask.standing is Asking.MADE
    for path in ("/your-turn", f"/people/{pair.id}", f"/record/{found[-1]}"):
        assert pair.anna.client.get(path).status_code == 200
    pair.ask(LATER)
    assert "Anna asks for a page for the record" in pair.ingrid.client.get("/").text
    pair.not_now(LATER)
    pair.take_back(found[-1])
    assert pair.page(pair.anna, found[-1]).sheet is None


def test_what_is_not_shared_cannot_be_put_on_a_page_by_its_id(pair: Pair) -> None:
    alone = pair.goal("A private one")
    found = pair.preview(replace_goals(WORDS, alone))
    assert "A private one" not in repr(found.sheet)
    assert found.lacks


def replace_goals(wish: RecordWish, *ids: UUID) -> RecordWish:
    return RecordWish(words=wish.words, goals=frozenset(map(str, ids)))


def test_what_changed_since_the_look_asks_for_another(pair: Pair) -> None:
    pair.say("The sea")
    wish = RecordWish(with_matters=True)
    seen = pair.preview(wish).seen
    pair.say("The forest")
    with (
        pytest.raises(FieldError, match="look at it once more"),
        pair.ingrid.viewing(NOW) as viewer,
    ):
        service.approve(viewer, pair.id, wish, seen=seen, once="a")
    assert pair.pages(pair.ingrid).pages == ()


def test_a_page_that_was_looked_at_yesterday_is_looked_at_again(pair: Pair) -> None:
    seen = pair.preview(now=NOW - timedelta(days=1)).seen
    with pytest.raises(FieldError), pair.ingrid.viewing(NOW) as viewer:
        service.approve(viewer, pair.id, WORDS, seen=seen, once="a")


def test_more_than_one_page_is_said_and_never_approved(pair: Pair) -> None:
    ids = [pair.keep(f"Line {number} " + "word " * 50) for number in range(38)]
    wish = RecordWish(kept=frozenset(map(str, ids)))
    found = pair.preview(wish)
    assert not found.fits
    with pytest.raises(FieldError, match="more than one page"), pair.ingrid.viewing(NOW) as viewer:
        service.approve(viewer, pair.id, wish, seen=found.seen, once="a")


def test_the_same_press_twice_approves_one_page(pair: Pair) -> None:
    assert pair.approve(once="press") == pair.approve(once="press")
    assert len(pair.pages(pair.anna).pages) == 1


def test_pages_stand_newest_first_and_go_on(pair: Pair) -> None:
    found = [pair.approve(now=NOW + timedelta(minutes=n)) for n in range(33)]
    with pair.anna.viewing(LATER) as viewer:
        first = service.pages_of(viewer, pair.id)
        rest = service.pages_of(viewer, pair.id, first.older)
    assert [each.id for each in (*first.pages, *rest.pages)] == found[::-1]
    assert rest.older is None


def test_only_the_two_see_a_page(pair: Pair) -> None:
    page_id = pair.approve()
    strangers = (
        pair.people.worker("Per"),
        pair.people.owner("Kari"),
        pair.people.administrator(),
    )
    of_page: tuple[Verb, ...] = (service.page_for, service.take_back)
    of_pair: tuple[Verb, ...] = (
        service.pages_of,
        service.ask,
        service.answer_not_now,
        service.offered_for,
    )
    for person in strangers:
        asked = [(verb, page_id) for verb in of_page] + [(verb, pair.id) for verb in of_pair]
        for verb, about in asked:
            with pytest.raises(NotVisible), person.viewing(NOW) as viewer:
                verb(viewer, about)


def test_another_worker_of_the_same_owner_sees_nothing_and_holds_no_key(pair: Pair) -> None:
    page_id, per = pair.approve(), pair.people.worker("Per")
    pair.people.dyad(pair.ingrid, per, NOW)
    with pytest.raises(NotVisible), per.viewing(NOW) as viewer:
        service.page_for(viewer, page_id)
    assert not opens_by_key(pair, per, page_id)


def opens_by_key(pair: Pair, person: SomePerson, page_id: UUID) -> bool:
    """Whether somebody's keys open a page, whatever the portal lets them see."""
    with person.viewing(NOW) as viewer:
        viewer.box.prefetch((pair.id, Part.DYAD))
        row = db.session.get_one(RecordPage, page_id)
        try:
            return viewer.box.open(row, PageBody).sheet is not None
        except NotVisible:
            return False


def test_a_worker_can_neither_approve_nor_take_back(pair: Pair) -> None:
    page_id, seen = pair.approve(), pair.preview().seen
    with pytest.raises(NotVisible), pair.anna.viewing(NOW) as viewer:
        service.preview_for(viewer, pair.id, WORDS)
    with pytest.raises(NotVisible), pair.anna.viewing(NOW) as viewer:
        service.approve(viewer, pair.id, WORDS, seen=seen, once="a")
    with pytest.raises(NotAllowed):
        pair.take_back(page_id, pair.anna)
    with pytest.raises(NotAllowed):
        pair.not_now(person=pair.anna)
    with pytest.raises(NotAllowed):
        pair.ask(person=pair.ingrid)


def test_the_end_takes_the_worker_away_at_once_and_leaves_the_owner_the_pages(pair: Pair) -> None:
    page_id = pair.approve()
    assert opens_by_key(pair, pair.anna, page_id)
    pair.end(pair.anna)
    with pytest.raises(NotVisible):
        pair.page(pair.anna, page_id)
    with pytest.raises(NotVisible):
        pair.pages(pair.anna)
    assert not opens_by_key(pair, pair.anna, page_id)
    assert opens_by_key(pair, pair.ingrid, page_id)
    assert pair.page(pair.ingrid, page_id).sheet is not None
    assert len(pair.pages(pair.ingrid).pages) == 1
    for verb in (pair.preview, pair.not_now):
        with pytest.raises(Conflict):
            verb()


def test_taking_back_wipes_the_words_and_keeps_the_days(pair: Pair) -> None:
    page_id = pair.approve()
    for _ in range(2):
        pair.take_back(page_id)
    for person in (pair.ingrid, pair.anna):
        page = pair.page(person, page_id)
        assert page.sheet is None
        assert page.taken_back_at == NOW
        assert pair.pages(person).pages[0].taken_back_at == NOW
    with pair.ingrid.viewing(NOW) as viewer:
        assert search(viewer, "gjerne").hits == ()


def test_an_owner_takes_a_page_back_after_the_end_too(pair: Pair) -> None:
    page_id = pair.approve()
    pair.end(pair.ingrid)
    pair.take_back(page_id)
    assert pair.page(pair.ingrid, page_id).sheet is None


def test_both_find_the_words_of_a_page(pair: Pair) -> None:
    page_id = pair.approve()
    for person in (pair.ingrid, pair.anna):
        with person.viewing(NOW) as viewer:
            (hit,) = search(viewer, "gjerne").hits
        assert hit.path == f"/record/{page_id}"
    pair.end(pair.ingrid)
    with pair.anna.viewing(NOW) as viewer:
        assert search(viewer, "gjerne").hits == ()


def test_a_workers_opening_is_noted_by_the_hour_and_the_owners_own_is_not(
    app: Flask, pair: Pair
) -> None:
    page_id = pair.approve()
    for path in ("", "/print", "/pdf"):
        assert pair.ingrid.client.get(f"/record/{page_id}{path}").status_code == 200
    assert openings(app) == []
    for path in ("", "/print", "/pdf"):
        assert pair.anna.client.get(f"/record/{page_id}{path}").status_code == 200
    assert openings(app) == [(pair.anna.id, Part.DYAD)]
    assert "A page for the record" in pair.ingrid.client.get("/sharing/openings").text


def openings(app: Flask) -> list[tuple[UUID, Part]]:
    with unit_of_work(app):
        return [(row.viewer_id, row.part) for row in db.session.scalars(select(Opening))]


def test_the_words_of_a_page_lie_sealed(app: Flask, pair: Pair) -> None:
    page_id = pair.approve()
    with unit_of_work(app):
        row = db.session.get_one(RecordPage, page_id)
        assert b"gjerne" not in row.sealed


def test_a_page_moved_to_another_row_does_not_open(app: Flask, pair: Pair) -> None:
    one, two = pair.approve(), pair.approve()
    with unit_of_work(app):
        rows = [db.session.get_one(RecordPage, each) for each in (one, two)]
        rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed
    with pytest.raises(NotVisible):
        pair.page(pair.ingrid, one)
