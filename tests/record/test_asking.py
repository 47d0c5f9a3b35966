"""A worker asks for a page: once, until a page came of it or the two have met."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from portal.core.db import db
from portal.core.work import unit_of_work
from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.notifications.models import Notice
from portal.record.shapes import Asking
from tests.record.conftest import NOW, Pair

LATER = NOW + timedelta(days=3)


def test_a_worker_asks_once_and_the_owner_says_not_now_once(app: Flask, pair: Pair) -> None:
    told = notices(app)
    for at in (NOW, NOW + timedelta(hours=1)):
        pair.ask(at)
    assert pair.pages(pair.ingrid).ask.standing is Asking.WAITING
    assert pair.pages(pair.ingrid).ask.since == NOW
    for at in (LATER, LATER + timedelta(hours=1)):
        pair.not_now(at)
    found = pair.pages(pair.anna)
    assert (found.ask.standing, found.ask.since) == (Asking.NOT_NOW, LATER)
    assert not found.may_ask
    pair.ask(LATER + timedelta(days=1))
    assert pair.pages(pair.anna).ask.standing is Asking.NOT_NOW
    assert notices(app) == told


def notices(app: Flask) -> int:
    with unit_of_work(app):
        return len(db.session.scalars(select(Notice)).all())


def test_after_not_now_a_worker_asks_again_once_they_have_met(pair: Pair) -> None:
    pair.ask()
    pair.not_now()
    meet(pair, NOW + timedelta(days=1))
    assert pair.pages(pair.anna, LATER).may_ask
    pair.ask(LATER)
    assert pair.pages(pair.ingrid, LATER).ask.is_waiting


def meet(pair: Pair, at: datetime) -> None:
    with pair.anna.viewing(NOW) as viewer:
        meetings.offer_meeting(viewer, pair.id, Offer(at, "room 2"))
    with pair.ingrid.viewing(NOW) as viewer:
        meeting = meetings.meetings_for(viewer, pair.id).coming[0]
        meetings.answer_offer(viewer, meeting.id, yes=True, seen=at)


def test_a_page_answers_an_asking_and_a_worker_can_ask_for_the_next(pair: Pair) -> None:
    pair.ask()
    pair.approve(now=LATER)
    found = pair.pages(pair.anna, LATER)
    assert (found.ask.standing, found.ask.since) == (Asking.MADE, LATER)
    assert found.may_ask
    pair.approve(now=LATER + timedelta(days=1))
    assert pair.pages(pair.anna, LATER).ask.since == LATER
    pair.not_now(LATER)  # an old page was still open: nothing waits any more
    assert pair.pages(pair.anna, LATER).ask.standing is Asking.MADE
