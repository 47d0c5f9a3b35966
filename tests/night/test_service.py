"""The night list: kept until the morning, taken up, let go, and never anybody else's."""

from datetime import time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.agreements.shapes import NoAgreement
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.work import unit_of_work
from portal.drafts.service import draft_words
from portal.dyads.sharing.parts import SHAREABLE
from portal.home import service as home
from portal.meetings import service as meetings
from portal.messaging import service as messages
from portal.night import service
from portal.night.models import NightRow
from portal.night.shapes import Standing
from portal.notifications.service import change_choices
from portal.notifications.shapes import NoticeChoices
from portal.toolbox.service import TOOLS
from portal.vault.models import Audience, DataKey, Part, WrappedKey
from tests.fixtures.people import People
from tests.night.conftest import LETTER, MORNING, NIGHT, Pair


def test_a_line_keeps_until_ones_own_morning(pair: Pair) -> None:
    with pair.ingrid.viewing(NIGHT) as viewer:
        change_choices(viewer, NoticeChoices(time(22), time(6, 30)))
    pair.put_down()
    (line,) = pair.page(NIGHT).here
    assert not line.is_morning
    assert line.body.until.isoformat() == "2026-11-24T05:30:00+00:00"


def test_the_same_press_puts_one_line_down(pair: Pair) -> None:
    for _ in range(2):
        with pair.ingrid.viewing(NIGHT) as viewer:
            service.put_down(viewer, LETTER, once="a" * 32)
    assert pair.here() == [LETTER]


def test_the_first_page_shows_last_night_in_the_morning_and_then_no_more(pair: Pair) -> None:
    pair.put_down("An old thing", NIGHT - timedelta(days=1))
    pair.put_down()
    pair.put_down("The lamp")

    def shown(hours: float) -> list[str]:
        with pair.ingrid.viewing(MORNING + timedelta(hours=hours)) as viewer:
            return [line.body.text for line in home.owner_home(viewer).today.night]

    assert shown(-8) == []
    assert shown(0) == shown(8) == [LETTER, "The lamp"]
    assert shown(12) == []


def test_a_line_goes_below_what_stands_in_the_box_and_nothing_is_sent(pair: Pair) -> None:
    night_id = pair.put_down()
    with pair.ingrid.viewing(MORNING) as viewer:
        messages.bring_words(viewer, pair.dyad_id, "Begun before.")
    for _ in range(2):
        with pair.ingrid.viewing(MORNING) as viewer:
            home.write_night_line(viewer, night_id, pair.dyad_id)
    with pair.ingrid.viewing(MORNING) as viewer:
        words = draft_words(viewer, messages.draft_place(pair.dyad_id))
        assert messages.thread_for(viewer, pair.dyad_id).lines == ()
    assert words is not None
    assert words["text"] == [f"Begun before.\n\n{LETTER}"]
    assert [line.body.standing for line in pair.page().gone] == [Standing.TAKEN_UP]


def test_nothing_is_written_before_the_two_have_agreed(people: People) -> None:
    ingrid, per = people.owner("Ingrid"), people.worker("Per")
    pair = Pair(ingrid, per, people.dyad(ingrid, per))
    night_id = pair.put_down()
    assert pair.page().to_write == ()
    with pytest.raises(NoAgreement), ingrid.viewing(MORNING) as viewer:
        home.write_night_line(viewer, night_id, pair.dyad_id)
    assert pair.here() == [LETTER]


def test_a_line_is_kept_for_the_meeting_once(pair: Pair) -> None:
    night_id = pair.put_down()
    for _ in range(2):
        with pair.ingrid.viewing(MORNING) as viewer:
            service.keep_for_meeting(viewer, night_id, pair.dyad_id)
    with pair.anna.viewing(MORNING) as viewer:
        kept = meetings.meetings_for(viewer, pair.dyad_id).kept
    assert [each.line for each in kept] == [LETTER]
    assert pair.here() == []


def test_a_line_is_let_go_brought_back_and_deleted(pair: Pair) -> None:
    night_id = pair.put_down()
    with pair.ingrid.viewing(MORNING) as viewer:
        service.let_go(viewer, night_id)
    assert pair.here() == []
    with pair.ingrid.viewing(MORNING) as viewer:
        service.bring_back(viewer, night_id)
    assert pair.here() == [LETTER]
    with pair.ingrid.viewing(MORNING) as viewer:
        with pytest.raises(Conflict):
            service.delete_line(viewer, night_id)
        service.let_go(viewer, night_id)
        service.delete_line(viewer, night_id)
    with unit_of_work(pair.ingrid.app):
        assert db.session.scalars(select(NightRow)).all() == []


def test_what_is_left_stays_on_the_list_and_off_the_first_page(pair: Pair) -> None:
    pair.put_down()
    with pair.ingrid.viewing(MORNING) as viewer:
        service.leave_for_now(viewer)
    with pair.ingrid.viewing(MORNING) as viewer:
        assert home.owner_home(viewer).today.night == ()
    assert pair.here() == [LETTER]


def test_a_long_list_comes_in_pages(pair: Pair) -> None:
    for number in range(service.PAGE + 5):
        pair.put_down(str(number), NIGHT + timedelta(minutes=number))
    with pair.ingrid.viewing(MORNING) as viewer:
        first = service.night_page(viewer)
        rest = service.night_page(viewer, first.older)
    assert (len(first.here), len(rest.here), rest.older) == (service.PAGE, 5, None)
    assert first.here[0].body.text == str(service.PAGE + 4)


def test_the_night_is_a_part_that_nobody_can_share(pair: Pair) -> None:
    pair.put_down()
    assert Part.NIGHT not in SHAREABLE
    assert all(tool.part is not Part.NIGHT for tool in TOOLS)
    with unit_of_work(pair.ingrid.app):
        keys = select(DataKey).where(DataKey.part == Part.NIGHT)
        (key,) = db.session.scalars(keys).all()
        assert key.audience is Audience.ONLY_ME
        held = select(WrappedKey.holder_id).where(WrappedKey.data_key_id == key.id)
        assert db.session.scalars(held).all() == [pair.ingrid.id]


def test_nobody_else_finds_a_line(pair: Pair, people: People) -> None:
    night_id = pair.put_down()
    for other in (pair.anna, people.owner("Kari")):
        for verb in (service.line_for, service.let_go, service.delete_line):
            with other.viewing(MORNING) as viewer, pytest.raises(NotVisible):
                verb(viewer, night_id)
        with other.viewing(MORNING) as viewer, pytest.raises(NotVisible):
            home.write_night_line(viewer, night_id, pair.dyad_id)
    assert pair.here() == [LETTER]


def kept_with(pair: Pair) -> list[UUID | None]:
    return [line.body.kept_with for line in pair.page().gone]


def test_a_line_kept_for_a_meeting_says_for_which_until_it_is_off_that_list(pair: Pair) -> None:
    night_id = pair.put_down()
    with pair.ingrid.viewing(MORNING) as viewer:
        service.keep_for_meeting(viewer, night_id, pair.dyad_id)
    assert kept_with(pair) == [pair.dyad_id]
    with pair.ingrid.viewing(MORNING) as viewer:
        (kept,) = meetings.meetings_for(viewer, pair.dyad_id).kept
        meetings.take_off(viewer, kept.id)
    assert kept_with(pair) == [None]
    assert pair.here() == []


def test_bringing_a_kept_line_back_takes_it_off_the_list_for_the_meeting(pair: Pair) -> None:
    night_id = pair.put_down()
    with pair.ingrid.viewing(MORNING) as viewer:
        service.keep_for_meeting(viewer, night_id, pair.dyad_id)
    with pair.ingrid.viewing(MORNING) as viewer:
        assert service.bring_back(viewer, night_id)
    with pair.anna.viewing(MORNING) as viewer:
        assert meetings.meetings_for(viewer, pair.dyad_id).kept == []
    assert pair.here() == [LETTER]
    with pair.ingrid.viewing(MORNING) as viewer:
        service.let_go(viewer, night_id)
        assert not service.bring_back(viewer, night_id)
