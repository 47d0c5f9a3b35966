"""Rounds, private answers, settling, accepting, versions and reviews, with real keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.agreements import hooks, service
from portal.agreements.models import Agreement, RoundAnswers
from portal.agreements.service.standing import standing_of
from portal.agreements.shapes import (
    AnswerWithin,
    Depth,
    HandedInBody,
    How,
    NoAgreement,
    Question,
    ReviewReply,
    Side,
    Starter,
    Turn,
    Why,
)
from portal.core.clock import Window
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from portal.hours.service import change_week
from portal.hours.shapes import STANDARD_WORKING, WeekBody
from portal.notifications.models import Notice
from portal.notifications.shapes import NoticeKind, NoticeState
from portal.vault.viewer import Viewer
from tests.fixtures.agreed import Agree
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TUESDAY = (Window(1, time(10), time(11)),)


class Pair:
    """Ingrid and Anna, a pair without an agreement."""

    def __init__(self, people: People) -> None:
        self.owner, self.worker = people.owner("Ingrid"), people.worker("Anna")
        self.id: UUID = people.dyad(self.owner, self.worker)

    def both_answer(self, owner: Mapping[str, object], worker: Mapping[str, object]) -> None:
        for person, values in ((self.owner, owner), (self.worker, worker)):
            with person.viewing(NOW) as viewer:
                service.start_round(viewer, self.id)
                service.finish_answers(viewer, self.id, values)

    def accept(self, person: SomePerson) -> bool:
        with person.viewing(NOW) as viewer:
            return service.accept(viewer, self.id, revision=revision(viewer, self.id))


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)


def revision(viewer: Viewer, dyad_id: UUID) -> int:
    now_open = standing_of(viewer, dyad_id).round
    assert now_open is not None
    return now_open.revision


def test_there_are_no_terms_before_the_first_agreement(pair: Pair) -> None:
    with pair.owner.viewing() as viewer:
        assert not service.has_agreement(viewer, pair.id)
        with pytest.raises(NoAgreement):
            service.terms_for(viewer, pair.id)
        assert service.terms_of_dyads([pair.id]) == {}


def test_somebody_else_sees_nothing_of_an_agreement(pair: Pair, people: People) -> None:
    for stranger in (people.owner("Kari"), people.worker("Ola")):
        with stranger.viewing() as viewer:
            for verb in (service.terms_for, service.agreement_for, service.versions_of):
                with pytest.raises(NotVisible):
                    verb(viewer, pair.id)
            assert service.cards_of(viewer) == {}


def test_two_presses_accept_the_ready_made_agreement(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        assert service.accept_defaults(viewer, pair.id) is False
    assert pair.accept(pair.worker) is True
    with pair.worker.viewing(NOW) as viewer:
        terms = service.terms_for(viewer, pair.id)
    assert terms.is_light
    assert terms.version == 1
    assert terms.answer_within_days == 2
    assert terms.depth is Depth.SHORT
    assert terms.windows == (Window(0, time(8), time(9)), Window(2, time(8), time(9)))
    assert (terms.who_starts, terms.hello_every_weeks) == (Starter.WORKER, 2)
    assert terms.review_on == date(2026, 12, 21)


def test_the_ready_made_agreement_waits_for_the_other_one(pair: Pair) -> None:
    with pair.worker.viewing(NOW) as viewer:
        service.accept_defaults(viewer, pair.id)
        assert not service.has_agreement(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        assert service.cards_of(viewer)[pair.id].turn is Turn.MY_ACCEPTANCE
        with pytest.raises(Conflict):
            service.accept_defaults(viewer, pair.id)


def test_the_other_one_can_answer_the_questions_instead(pair: Pair) -> None:
    with pair.worker.viewing(NOW) as viewer:
        service.accept_defaults(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        assert service.cards_of(viewer)[pair.id].turn is Turn.MY_ANSWERS


def test_nobody_sees_the_others_answers_before_both_are_done(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.answer(viewer, pair.id, {"purpose": "Mornings"})
        service.finish_answers(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        assert service.answers_for(viewer, pair.id).answers.purpose != "Mornings"
        with pytest.raises(Conflict):
            service.draft_for(viewer, pair.id)
        service.finish_answers(viewer, pair.id)
        points = service.draft_for(viewer, pair.id).points
        assert points[0].owner_lines[0].text == "Mornings"


def test_answers_being_written_do_not_open_for_the_partner(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.answer(viewer, pair.id, {"purpose": "Mornings"})
    with pair.worker.viewing(NOW) as viewer:
        standing_of(viewer, pair.id)
        row = db.session.scalars(select(RoundAnswers)).one()
        with pytest.raises(NotVisible):
            viewer.box.open(row, HandedInBody)


def test_answers_handed_in_are_closed_inside_the_envelope_of_the_two(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.finish_answers(viewer, pair.id, {"purpose": "Mornings outdoors"})
    with pair.worker.viewing(NOW) as viewer:
        standing_of(viewer, pair.id)
        row = db.session.scalars(select(RoundAnswers)).one()
        assert b"Mornings" not in viewer.box.open(row, HandedInBody).locked


def test_answers_can_be_taken_back_until_both_are_done(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.finish_answers(viewer, pair.id, {"purpose": "Mornings"})
        service.reopen_answers(viewer, pair.id)
        service.answer(viewer, pair.id, {"purpose": "Evenings"})
        assert service.answers_for(viewer, pair.id).answers.purpose == "Evenings"
        service.finish_answers(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        service.finish_answers(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer, pytest.raises(Conflict):
        service.reopen_answers(viewer, pair.id)


def test_handing_in_twice_is_refused(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.finish_answers(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer, pytest.raises(Conflict):
        service.finish_answers(viewer, pair.id)


def test_usual_answers_meet_in_every_question(pair: Pair) -> None:
    pair.both_answer({}, {})
    with pair.owner.viewing(NOW) as viewer:
        page = service.draft_for(viewer, pair.id)
    assert {point.how for point in page.points} == {How.MEETS}
    assert page.may_accept


def test_an_open_point_keeps_the_agreement_from_being_accepted(pair: Pair) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {"who_starts": Starter.WORKER})
    with pytest.raises(Conflict):
        pair.accept(pair.owner)


def test_a_point_is_settled_by_picking_one_sides_answer(pair: Pair) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {"who_starts": Starter.WORKER})
    with pair.worker.viewing(NOW) as viewer:
        service.settle(viewer, pair.id, Question.STARTING, How.OWNERS, number=0)
    pair.accept(pair.owner)
    assert pair.accept(pair.worker)
    with pair.owner.viewing(NOW) as viewer:
        terms = service.terms_for(viewer, pair.id)
    assert terms.who_starts is Starter.OWNER
    assert (terms.hello_every_weeks, terms.hello_weekday) == (None, None)


def test_the_owner_can_wish_for_hours_and_the_worker_decides(pair: Pair) -> None:
    pair.both_answer({"windows": TUESDAY}, {})
    with pair.owner.viewing(NOW) as viewer:
        service.settle(viewer, pair.id, Question.READING, How.OWNERS, number=0)
        point = service.draft_for(viewer, pair.id).points[1]
        assert point.value.windows != TUESDAY
        assert point.wish_lines
    with pair.worker.viewing(NOW) as viewer:
        service.settle(viewer, pair.id, Question.READING, How.OWNERS, number=1)
        assert service.draft_for(viewer, pair.id).points[1].value.windows == TUESDAY


def test_two_presses_on_one_point_do_not_overwrite_each_other(pair: Pair) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {"who_starts": Starter.WORKER})
    with pair.worker.viewing(NOW) as viewer:
        service.settle(viewer, pair.id, Question.STARTING, How.WORKERS, number=0)
    with pair.owner.viewing(NOW) as viewer, pytest.raises(Conflict):
        service.settle(viewer, pair.id, Question.STARTING, How.OWNERS, number=0)


def test_settling_takes_acceptances_back(pair: Pair) -> None:
    pair.both_answer({}, {})
    pair.accept(pair.owner)
    with pair.worker.viewing(NOW) as viewer:
        read = revision(viewer, pair.id)
        third = {"kept_for_talking": "Money"}
        service.settle(viewer, pair.id, Question.TALKING, How.THIRD, number=0, third=third)
    with pair.worker.viewing(NOW) as viewer:
        with pytest.raises(Conflict):
            service.accept(viewer, pair.id, revision=read)
        assert not service.draft_for(viewer, pair.id).they_accepted
    assert pair.accept(pair.worker) is False


def test_one_sides_answers_are_tried_for_four_weeks(pair: Pair) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {"worrying": "I phone"})
    with pair.owner.viewing(NOW) as viewer:
        service.try_side(viewer, pair.id, Side.WORKER)
    pair.accept(pair.owner)
    pair.accept(pair.worker)
    with pair.owner.viewing(NOW) as viewer:
        page = service.agreement_for(viewer, pair.id)
    assert page.terms is not None
    assert page.terms.try_until == page.terms.review_on == date(2026, 12, 21)
    assert page.terms.who_starts is Starter.WORKER
    assert page.tried_name == "Anna"


def test_differences_can_be_kept_for_the_meeting_and_messages_open_all_the_same(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(hooks, "after_kept", [lambda _viewer, _dyad, line, _id: told.append(line)])
    pair.both_answer({"who_starts": Starter.OWNER}, {"who_starts": Starter.WORKER})
    with pair.owner.viewing(NOW) as viewer:
        service.keep_for_meeting(viewer, pair.id)
        kept = service.kept_points(viewer, pair.id)
    assert [point.question for point in kept] == [Question.STARTING]
    assert told == ["Who writes first?"]
    pair.accept(pair.owner)
    assert pair.accept(pair.worker)
    with pair.worker.viewing(NOW) as viewer:
        assert service.has_agreement(viewer, pair.id)
        assert [point.question for point in service.kept_points(viewer, pair.id)] == [
            Question.STARTING
        ]


def test_old_terms_stand_until_both_accept_new_ones(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    pair.both_answer({}, {"answer_within": AnswerWithin.FIVE_DAYS})
    pair.accept(pair.worker)
    with pair.owner.viewing(NOW) as viewer:
        assert service.terms_for(viewer, pair.id).answer_within_days == 2
        draft = service.draft_for(viewer, pair.id)
        changed = [entry.question for entry in draft.entries if entry.is_changed]
    assert changed == [Question.ANSWERING]
    pair.accept(pair.owner)
    with pair.owner.viewing(NOW) as viewer:
        terms = service.terms_for(viewer, pair.id)
    assert (terms.version, terms.answer_within_days) == (2, 5)


def test_every_version_stays_readable(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, purpose="First")
    agree(pair.owner, pair.worker, pair.id, NOW, purpose="Second")
    with pair.worker.viewing() as viewer:
        assert [line.version for line in service.versions_of(viewer, pair.id)] == [2, 1]
        first = service.version_for(viewer, pair.id, 1)
        newest = service.version_for(viewer, pair.id)
        with pytest.raises(NotVisible):
            service.version_for(viewer, pair.id, 3)
    assert first.entries[0].lines[0].text == "First"
    assert newest.entries[0].was[0].text == "First"
    assert newest.entries[0].lines[0].text == "Second"


def test_a_round_set_aside_changes_nothing(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.set_aside_round(viewer, pair.id)
        page = service.agreement_for(viewer, pair.id)
    assert page.round is None
    assert page.terms is not None
    with pair.worker.viewing(NOW) as viewer:
        with pytest.raises(Conflict):
            service.set_aside_round(viewer, pair.id)
        service.start_round(viewer, pair.id)
        assert service.cards_of(viewer)[pair.id].turn is Turn.MY_ANSWERS


def test_starting_twice_joins_the_open_round(pair: Pair) -> None:
    for person in (pair.owner, pair.worker):
        with person.viewing(NOW) as viewer:
            service.start_round(viewer, pair.id)
            assert service.answers_for(viewer, pair.id).round_number == 1


def test_the_owner_reads_the_agreement_of_an_ended_pair_and_the_worker_does_not(
    pair: Pair, agree: Agree
) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing() as viewer:
        end_dyad(viewer, pair.id)
    with pair.owner.viewing() as viewer:
        page = service.agreement_for(viewer, pair.id)
        assert page.entries
        assert not page.is_live
        with pytest.raises(Conflict):
            service.start_round(viewer, pair.id)
    with pair.worker.viewing() as viewer:
        with pytest.raises(NotVisible):
            service.agreement_for(viewer, pair.id)
        with pytest.raises(NotVisible):
            service.terms_for(viewer, pair.id)


def test_terms_lie_in_plain_columns_and_words_do_not(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, purpose="Mornings outdoors", windows=TUESDAY)
    with pair.owner.viewing():
        row = db.session.execute(text("SELECT windows, sealed FROM agreements")).one()
    assert row.windows == "1 10:00-11:00"
    assert b"Mornings" not in bytes(row.sealed)


def test_jobs_read_terms_without_a_key(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, windows=TUESDAY)
    with unit_of_work(app):
        assert service.terms_of_dyads([pair.id])[pair.id].windows == TUESDAY


def test_the_essentials_are_a_few_sentences_for_each_side(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW, kept_for_talking="Heavy things.")
    with pair.worker.viewing(NOW) as viewer:
        card = service.agreement_card(viewer, pair.id)
    assert card.sentences == (
        "Answers within 2 working days, short.",
        "You read Monday and Wednesday 08:00–09:00.",
        "You say hello every second week, on Friday.",
        "Kept for talking: Heavy things.",
    )
    assert card.review_sentence == "You two look at it again on 21 December."
    with pair.owner.viewing(NOW) as viewer:
        assert "Anna reads" in service.agreement_card(viewer, pair.id).text


def ask_due(app: Flask, at: datetime) -> int:
    with unit_of_work(app):
        return service.ask_for_due_reviews(at)


def test_the_workers_sentence_on_how_often_to_write_is_theirs(pair: Pair) -> None:
    own = {"how_often": "Twice a week suits me well."}
    pair.both_answer({"how_often": "Every day"}, own)
    with pair.owner.viewing(NOW) as viewer:
        assert service.draft_for(viewer, pair.id).points[4].how is How.DECIDED
    pair.accept(pair.owner)
    pair.accept(pair.worker)
    with pair.owner.viewing(NOW) as viewer:
        service.agreement_card(viewer, pair.id)
        terms, words = service.agreed_for(viewer, pair.id)
    assert terms.version == 1
    assert words.how_often == own["how_often"]


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


def test_another_reason_asks_for_a_review_at_any_time(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with unit_of_work(app):
        assert service.ask_for_review(pair.id, Why.LATE_ANSWERS, NOW) is True
        assert service.ask_for_review(pair.id, Why.LONG_SILENCE, NOW) is False
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


def test_nothing_is_asked_of_a_pair_that_has_ended(pair: Pair, agree: Agree, app: Flask) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    assert ask_due(app, NOW + timedelta(weeks=4)) == 0


def test_accepting_twice_makes_one_agreement(pair: Pair) -> None:
    pair.both_answer({}, {})
    with pair.owner.viewing(NOW) as viewer:
        read = revision(viewer, pair.id)
    for person, is_last in ((pair.owner, False), (pair.owner, False), (pair.worker, True)):
        with person.viewing(NOW) as viewer:
            assert service.accept(viewer, pair.id, revision=read) is is_last
    with pair.worker.viewing(NOW) as viewer, pytest.raises(Conflict):
        service.accept(viewer, pair.id, revision=read)
    with pair.owner.viewing():
        assert len(db.session.scalars(select(Agreement)).all()) == 1


def test_a_second_press_says_the_same_as_the_first(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.accept_defaults(viewer, pair.id)
        assert service.accept_defaults(viewer, pair.id) is False
    with pair.worker.viewing(NOW) as viewer:
        now_open = standing_of(viewer, pair.id).round
        assert now_open is not None
        for _press in range(2):
            assert service.accept(viewer, pair.id, revision=0, round_id=now_open.id) is True
    with pair.owner.viewing() as viewer:
        assert len(service.versions_of(viewer, pair.id)) == 1


def test_a_round_ends_with_the_pair_and_nobody_is_told_of_it(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        waiting = select(Notice.state).where(Notice.kind == NoticeKind.AGREEMENT_WAITING)
        assert db.session.scalars(waiting).all() == [NoticeState.WAITING]
        end_dyad(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        assert standing_of(viewer, pair.id).round is None
        assert db.session.scalars(waiting).all() == [NoticeState.WITHDRAWN]


def test_terms_changed_from_outside_are_noticed(pair: Pair, agree: Agree) -> None:
    agree(pair.owner, pair.worker, pair.id, NOW)
    with pair.owner.viewing() as viewer:
        assert service.agreement_for(viewer, pair.id).is_intact
        db.session.execute(text("UPDATE agreements SET answer_within = '5'"))
    with pair.owner.viewing() as viewer:
        assert not service.agreement_for(viewer, pair.id).is_intact


def test_a_first_round_starts_from_the_workers_own_week(pair: Pair) -> None:
    with pair.worker.viewing() as viewer:
        change_week(viewer, WeekBody(STANDARD_WORKING, TUESDAY))
        service.start_round(viewer, pair.id)
    with pair.owner.viewing() as viewer:
        assert service.answers_for(viewer, pair.id).answers.windows == TUESDAY
