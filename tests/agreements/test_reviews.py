"""Looking again: when a review is asked for, and what each can say to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from portal.agreements import service
from portal.agreements.shapes import (
    ReviewReply,
    Side,
    Starter,
    Turn,
    Why,
)
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from tests.agreements.pair import NOW, Pair
from tests.fixtures.agreed import Agree


def ask_due(app: Flask, at: datetime) -> int:
    with unit_of_work(app):
        return service.ask_for_due_reviews(at)


def test_the_review_is_asked_for_once_on_its_day(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    assert ask_due(app, NOW + timedelta(weeks=3)) == 0
    assert ask_due(app, NOW + timedelta(weeks=4)) == 1
    assert ask_due(app, NOW + timedelta(weeks=4)) == 0
    with pair.worker.viewing(NOW) as viewer:
        assert service.cards_of(viewer)[pair.id].turn is Turn.REVIEW


def test_when_both_keep_it_the_next_review_is_set(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    later = NOW + timedelta(weeks=4)
    ask_due(app, later)
    with pair.owner.viewing(later) as viewer:
        assert service.keep_agreement(viewer, pair.id) is False
        assert service.cards_of(viewer)[pair.id].turn is Turn.NOTHING
    with pair.worker.viewing(later) as viewer:
        assert service.keep_agreement(viewer, pair.id) is True
        page = service.agreement_for(viewer, pair.id)
    assert page.review is None
    assert page.terms is not None
    assert page.terms.review_on == (NOW + timedelta(weeks=12)).date()


def test_wishing_to_talk_is_shown_to_the_other_one(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    ask_due(app, NOW + timedelta(weeks=4))
    with pair.owner.viewing(NOW) as viewer:
        service.talk_about_agreement(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        review = service.agreement_for(viewer, pair.id).review
    assert review is not None
    assert review.theirs is ReviewReply.TALK


def test_another_reason_asks_once_the_two_have_settled_in(
    pair: Pair, agree: Agree, app: Flask
) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    later = NOW + timedelta(weeks=3)
    with unit_of_work(app):
        assert service.ask_for_review(pair.id, Why.LATE_ANSWERS, NOW) is False
        assert service.ask_for_review(pair.id, Why.LATE_ANSWERS, later) is True
        assert service.ask_for_review(pair.id, Why.LONG_SILENCE, later) is False
    with pair.owner.viewing(NOW) as viewer:
        review = service.agreement_for(viewer, pair.id).review
    assert review is not None
    assert review.why is Why.LATE_ANSWERS


def test_the_end_of_a_trial_is_said_as_such_and_kept_for_good(
    pair: Pair, agree: Agree, app: Flask
) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {})
    with pair.owner.viewing(NOW) as viewer:
        service.try_side(viewer, pair.id, Side.OWNER)
    pair.accept(pair.owner)
    pair.accept(pair.worker)
    ask_due(app, NOW + timedelta(weeks=4))
    for person in (pair.owner, pair.worker):
        with person.viewing(NOW + timedelta(weeks=4)) as viewer:
            review = service.agreement_for(viewer, pair.id).review
            assert review is not None
            assert review.why is Why.TRIAL_ENDS
            service.keep_agreement(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        assert service.terms_for(viewer, pair.id).try_until is None


def try_workers_answers(pair: Pair) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {})
    with pair.owner.viewing(NOW) as viewer:
        service.try_side(viewer, pair.id, Side.WORKER)
    pair.accept(pair.owner)
    pair.accept(pair.worker)


def test_the_end_of_a_trial_is_asked_about_over_another_reason_once(pair: Pair, app: Flask) -> None:
    try_workers_answers(pair)
    with unit_of_work(app):
        assert service.ask_for_review(pair.id, Why.LATE_ANSWERS, NOW + timedelta(weeks=3))
    with pair.owner.viewing(NOW + timedelta(weeks=3)) as viewer:
        service.keep_agreement(viewer, pair.id)
    ends = NOW + timedelta(weeks=4)
    assert (ask_due(app, ends), ask_due(app, ends)) == (1, 0)
    with pair.owner.viewing(ends) as viewer:
        review = service.agreement_for(viewer, pair.id).review
        assert service.cards_of(viewer)[pair.id].turn is Turn.REVIEW
    assert review is not None
    assert (review.why, review.mine) == (Why.TRIAL_ENDS, None)


def test_a_trial_goes_on_when_both_keep_the_agreement_before_its_end(
    pair: Pair, app: Flask
) -> None:
    try_workers_answers(pair)
    early = NOW + timedelta(weeks=3)
    with unit_of_work(app):
        service.ask_for_review(pair.id, Why.LATE_ANSWERS, early)
    for person in (pair.owner, pair.worker):
        with person.viewing(early) as viewer:
            service.keep_agreement(viewer, pair.id)
    with pair.owner.viewing(early) as viewer:
        terms = service.terms_for(viewer, pair.id)
        assert service.agreement_for(viewer, pair.id).review is None
    ends = NOW + timedelta(weeks=4)
    assert terms.try_until == terms.review_on == ends.date()
    assert ask_due(app, ends) == 1


def test_nothing_is_asked_of_a_pair_that_has_ended(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    assert ask_due(app, NOW + timedelta(weeks=4)) == 0
