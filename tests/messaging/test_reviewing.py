"""When a pair is asked to look at its agreement again: answers late twice, or a long silence."""

from datetime import datetime, timedelta

from flask import Flask

from portal.agreements import service as agreements
from portal.agreements.shapes import Why
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from portal.messaging import service
from portal.messaging.shapes import Outcome
from tests.messaging.conftest import MONDAY_NIGHT, WEDNESDAY_READING, Two

LATER = MONDAY_NIGHT + timedelta(weeks=3)
MUCH_LATER = MONDAY_NIGHT + timedelta(weeks=9)


def ask(app: Flask, at: datetime) -> int:
    with unit_of_work(app):
        return service.ask_for_reviews(at)


def why_asked(two: Two, at: datetime) -> Why | None:
    with two.as_ingrid(at) as viewer:
        review = agreements.agreement_for(viewer, two.dyad_id).review
    return review.why if review else None


def test_one_late_answer_asks_nobody_and_two_do_once(two: Two, app: Flask) -> None:
    two.write("Slept badly.")
    assert ask(app, LATER) == 0
    two.write("Slept badly again.", at=MONDAY_NIGHT + timedelta(hours=1))
    assert ask(app, LATER) == 1
    assert why_asked(two, LATER) is Why.LATE_ANSWERS
    assert ask(app, LATER) == 0


def test_promised_days_that_went_by_are_late_answers(two: Two, app: Flask) -> None:
    for days in (0, 5):
        at = WEDNESDAY_READING + timedelta(days=days)
        two.write("Slept badly.", at=at - timedelta(hours=1))
        two.open_as_anna(at)
        with two.as_anna(at) as viewer:
            by_on = (at + timedelta(days=2)).date()
            service.answer_in_one_press(viewer, two.dyad_id, Outcome.ANSWERS_BY, by_on=by_on)
    assert ask(app, WEDNESDAY_READING + timedelta(days=6)) == 0
    assert ask(app, LATER) == 1
    assert why_asked(two, LATER) is Why.LATE_ANSWERS


def test_late_answers_count_no_more_once_both_kept_the_agreement(two: Two, app: Flask) -> None:
    for hour in range(2):
        two.write("Slept badly.", at=MONDAY_NIGHT + timedelta(hours=hour))
    ask(app, LATER)
    for person in (two.as_ingrid, two.as_anna):
        with person(LATER) as viewer:
            agreements.keep_agreement(viewer, two.dyad_id)
    assert ask(app, LATER + timedelta(weeks=3)) == 0


def test_a_long_silence_is_asked_about(two: Two, app: Flask) -> None:
    assert ask(app, LATER) == 0
    assert ask(app, MUCH_LATER) == 1
    assert why_asked(two, MUCH_LATER) is Why.LONG_SILENCE


def test_nobody_is_asked_about_a_pair_that_has_ended(two: Two, app: Flask) -> None:
    with two.as_ingrid(LATER) as viewer:
        end_dyad(viewer, two.dyad_id)
    assert ask(app, MUCH_LATER) == 0
