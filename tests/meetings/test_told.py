"""Whoever a meeting was with learns that it is off; who suggested a time learns of the answer."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from portal.home.service import owner_home, your_turn
from portal.meetings import service
from portal.meetings.shapes import GoneMeeting, LastWord, MeetingPage, Offer, Said
from portal.notifications.rules import OWNER_KINDS, WORKER_KINDS
from portal.notifications.service import gather_due
from portal.notifications.shapes import NoticeKind
from portal.notifications.words import KIND_WORDS
from tests.fixtures.people import People, SomePerson
from tests.meetings.test_service import FRIDAY, NOW, THURSDAY, Pair, notices

ANSWERED, OFF = NoticeKind.MEETING_ANSWERED, NoticeKind.MEETING_CALLED_OFF
EVENING = THURSDAY.replace(hour=22)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _on_that_day() -> Iterator[None]:
    """Pages are opened before the meeting that they tell of."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    """Once on each database: the statements of the first pages join what is off."""
    return app_on_each


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)


def told(app: Flask, kind: NoticeKind) -> list[UUID]:
    return [each.person_id for each in notices(app, kind)]


def call_off(pair: Pair, person: SomePerson, meeting_id: UUID) -> None:
    with person.viewing(NOW) as viewer:
        service.call_off(viewer, meeting_id)


def said(page: MeetingPage) -> list[Said]:
    return [each.said for each in page.gone]


def last_of(pair: Pair, person: SomePerson) -> LastWord | None:
    return pair.page(person).coming[0].last


def test_the_other_one_is_told_that_a_meeting_is_off(app: Flask, pair: Pair) -> None:
    call_off(pair, pair.anna, pair.agree())
    assert told(app, OFF) == [pair.ingrid.id]
    assert pair.page(pair.ingrid).gone == [GoneMeeting("Anna", THURSDAY, Said.CALLED_OFF)]
    assert pair.page(pair.anna).gone == []


def test_what_is_off_stands_there_until_its_day_is_over(pair: Pair) -> None:
    call_off(pair, pair.anna, pair.agree())
    assert said(pair.page(pair.ingrid, EVENING)) == [Said.CALLED_OFF]
    assert said(pair.page(pair.ingrid, EVENING + timedelta(hours=2))) == []


def test_it_stands_on_the_first_page_of_either(pair: Pair) -> None:
    call_off(pair, pair.anna, pair.agree())
    with pair.ingrid.viewing(NOW) as viewer:
        (mine,) = owner_home(viewer).pairs
    assert [each.said for each in mine.coming.gone] == [Said.CALLED_OFF]
    call_off(pair, pair.ingrid, pair.agree())
    with pair.anna.viewing(NOW) as viewer:
        page = your_turn(viewer)
    (theirs,) = page.turns + page.others
    assert [each.said for each in theirs.coming.gone] == [Said.CALLED_OFF]


def test_every_page_of_the_two_says_so_in_words(pair: Pair, people: People) -> None:
    for caller, other, pages in (
        (pair.anna, pair.ingrid, ("/", "/meetings", f"/meetings/{pair.id}")),
        (pair.ingrid, pair.anna, ("/your-turn", "/meetings", f"/people/{pair.id}")),
    ):
        call_off(pair, caller, pair.agree())
        for path in pages:
            page = other.client.get(path).text
            assert "The meeting on Thu" in page, path
            assert "was called off." in page, path


def test_two_that_are_off_beside_one_that_stands_are_one_pair(pair: Pair) -> None:
    for _time in range(2):
        call_off(pair, pair.anna, pair.agree())
    with pair.anna.viewing(NOW) as viewer:
        service.offer_meeting(viewer, pair.id, Offer(FRIDAY, ""))
    with pair.ingrid.viewing(NOW) as viewer:
        (coming,) = service.coming_meetings(viewer)
        (home,) = owner_home(viewer).pairs
    for each in (coming, home.coming):
        assert [gone.said for gone in each.gone] == [Said.CALLED_OFF, Said.CALLED_OFF]
        assert each.meeting is not None
        assert each.meeting.starts_at == FRIDAY


def test_one_at_the_same_time_replaces_what_is_off(pair: Pair) -> None:
    call_off(pair, pair.anna, pair.agree())
    pair.agree()
    assert said(pair.page(pair.ingrid)) == []


def test_who_suggested_a_time_learns_of_the_yes(app: Flask, pair: Pair) -> None:
    pair.agree()
    assert told(app, ANSWERED) == [pair.anna.id]
    assert last_of(pair, pair.anna) == LastWord(Said.YES, pair.ingrid.id, THURSDAY)
    assert last_of(pair, pair.ingrid) is None
    assert "Ingrid said yes to this time." in pair.anna.client.get(f"/meetings/{pair.id}").text


def test_who_suggested_a_time_learns_of_the_no(app: Flask, pair: Pair) -> None:
    pair.offer(pair.anna)
    pair.answer(pair.ingrid, yes=False)
    assert told(app, ANSWERED) == [pair.anna.id]
    assert said(pair.page(pair.anna)) == [Said.NO]
    assert said(pair.page(pair.ingrid)) == []
    assert "Ingrid said no to Thu" in pair.anna.client.get("/your-turn").text
    pair.offer(pair.ingrid, FRIDAY)
    assert said(pair.page(pair.anna)) == []


def test_a_move_that_is_refused_says_so_beside_the_time_that_stands(app: Flask, pair: Pair) -> None:
    meeting_id = pair.agree()
    with pair.ingrid.viewing(NOW) as viewer:
        service.move_meeting(viewer, meeting_id, Offer(FRIDAY, ""))
    assert last_of(pair, pair.anna) is None
    pair.answer(pair.anna, yes=False, seen=FRIDAY)
    assert told(app, ANSWERED) == [pair.ingrid.id]
    assert last_of(pair, pair.ingrid) == LastWord(Said.NO, pair.anna.id, FRIDAY)
    page = pair.ingrid.client.get(f"/meetings/{pair.id}").text
    assert "Anna said no to Fri" in page
    assert "The time above stands." in page


def test_a_suggestion_that_is_taken_back_goes_without_a_notice(app: Flask, pair: Pair) -> None:
    call_off(pair, pair.anna, pair.offer(pair.anna))
    assert told(app, NoticeKind.MEETING_OFFERED) == told(app, OFF) == told(app, ANSWERED) == []
    assert said(pair.page(pair.ingrid)) == [Said.TAKEN_BACK]
    assert "Anna took back the time Thu" in pair.ingrid.client.get(f"/meetings/{pair.id}").text


def test_calling_off_what_the_other_suggested_is_a_no(app: Flask, pair: Pair) -> None:
    call_off(pair, pair.ingrid, pair.offer(pair.anna))
    assert told(app, ANSWERED) == [pair.anna.id]
    assert said(pair.page(pair.anna)) == [Said.NO]


def test_a_time_that_is_suggested_again_is_told_again(app: Flask, pair: Pair) -> None:
    meeting_id = pair.agree()
    for minutes in (0, 5):
        now = NOW + minutes * MINUTE
        with pair.ingrid.viewing(now) as viewer:
            service.move_meeting(viewer, meeting_id, Offer(FRIDAY, ""))
        assert told(app, NoticeKind.MEETING_OFFERED) == [pair.anna.id]
        settle(app)
        with pair.anna.viewing(now + MINUTE) as viewer:
            service.answer_offer(viewer, meeting_id, yes=False, seen=FRIDAY)
        assert told(app, ANSWERED) == [pair.ingrid.id]
        settle(app)


def settle(app: Flask) -> None:
    """What waits is told."""
    with unit_of_work(app):
        while gather_due(NOW + timedelta(hours=1)):
            pass


def test_after_an_end_the_worker_hears_no_more_of_it(app: Flask, pair: Pair) -> None:
    call_off(pair, pair.ingrid, pair.agree())
    assert told(app, OFF) == [pair.anna.id]
    with pair.ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    assert told(app, OFF) == []


def test_people_can_turn_these_notices_off() -> None:
    for kind in (ANSWERED, OFF):
        assert kind in OWNER_KINDS
        assert kind in WORKER_KINDS
        assert KIND_WORDS[kind]
