"""Whoever can write to the database can remove or set back; the reader is told, and the log."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.messaging import service
from portal.messaging.models import Message, Thread
from portal.messaging.shapes import Outgoing, Trouble
from tests.messaging.conftest import MONDAY_NIGHT, SOON, Two

LATER = MONDAY_NIGHT + timedelta(hours=1)


@pytest.fixture
def written(two: Two) -> Two:
    """A thread of four messages."""
    for text in ("One.", "Two.", "Three.", "Four."):
        two.write(text)
    return two


def trouble_of(two: Two) -> Trouble | None:
    return two.page_of(two.ingrid, LATER).trouble


def test_an_untouched_thread_has_no_trouble(written: Two) -> None:
    assert trouble_of(written) is None


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_removed_message_is_told_and_logged_with_ids_alone(
    written: Two, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    with unit_of_work(written.ingrid.app):
        db.session.execute(delete(Message).where(Message.number == number))
    with caplog.at_level(logging.ERROR):
        assert trouble_of(written) is not None
    assert "does not fit together" in caplog.text
    assert "Three." not in caplog.text


def test_a_tail_cut_off_with_its_counter_is_told(written: Two) -> None:
    with unit_of_work(written.ingrid.app):
        db.session.execute(delete(Message).where(Message.number >= 3))
        db.session.execute(update(Thread).values(last_number=2))
    assert trouble_of(written) is Trouble.TAIL


def test_a_thread_emptied_whole_is_told(written: Two) -> None:
    with unit_of_work(written.ingrid.app):
        db.session.execute(delete(Message))
    assert trouble_of(written) is not None


def test_an_end_set_back_to_an_earlier_day_is_told(two: Two) -> None:
    two.write("One.")
    with unit_of_work(two.ingrid.app):
        earlier = db.session.scalars(select(Thread)).one()
        kept = {"sealed": earlier.sealed, "last_number": earlier.last_number}
    two.write("Two.")
    with unit_of_work(two.ingrid.app):
        db.session.execute(update(Thread).values(kept))
    assert trouble_of(two) is not None


def test_words_that_were_taken_back_and_put_there_again_are_told(two: Two) -> None:
    two.write("One.")
    number = two.write("Not this.")
    with unit_of_work(two.ingrid.app):
        row = db.session.scalars(select(Message).where(Message.number == number)).one()
        kept = {"sealed": row.sealed, "taken_back_at": None}
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        service.take_back(viewer, two.dyad_id, number)
    with unit_of_work(two.ingrid.app):
        db.session.execute(update(Message).where(Message.number == number).values(kept))
    assert trouble_of(two) is Trouble.CHANGED


def test_two_messages_whose_words_were_swapped_do_not_open_and_it_is_told(written: Two) -> None:
    with unit_of_work(written.ingrid.app):
        rows = db.session.scalars(select(Message).order_by(Message.number)).all()
        first, second = rows[0].sealed, rows[1].sealed
        rows[0].sealed, rows[1].sealed = second, first
    page = written.page_of(written.ingrid, LATER)
    assert page.trouble is Trouble.CHANGED
    assert page.lines[0].body.text == ""


def test_after_trouble_words_can_still_be_written_and_trouble_stays_told(written: Two) -> None:
    with unit_of_work(written.ingrid.app):
        db.session.execute(delete(Message).where(Message.number == 4))
        db.session.execute(update(Thread).values(last_number=3))
    number = written.write("Five.", at=LATER)
    page = written.page_of(written.ingrid, LATER + SOON)
    assert page.lines[-1].number == number
    assert page.trouble is not None


def test_the_page_tells_it_in_plain_words(written: Two) -> None:
    with unit_of_work(written.ingrid.app):
        db.session.execute(delete(Message).where(Message.number == 2))
    page = written.ingrid.client.get(f"/messages/{written.dyad_id}").get_data(as_text=True)
    assert "Something in this thread does not fit together." in page


def test_numbers_have_no_gap_after_a_message_that_was_refused(two: Two) -> None:
    two.write("One.")
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        service.send(viewer, two.dyad_id, Outgoing(text="Two."), once="a")
        db.session.rollback()
    assert two.write("Two again.") == 2
