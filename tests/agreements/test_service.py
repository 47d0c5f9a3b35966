"""Rounds: private answers, settling, accepting, with real keys."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import delete, select

from portal.agreements import hooks, service
from portal.agreements.models import Agreement, RoundAnswers
from portal.agreements.service.standing import standing_of
from portal.agreements.shapes import (
    AnswerWithin,
    Depth,
    HandedInBody,
    How,
    Question,
    Side,
    Starter,
    Turn,
)
from portal.core.clock import Window
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.dyads.service import end_dyad
from portal.hours.service import change_week
from portal.hours.shapes import STANDARD_WORKING, WeekBody
from portal.meetings import service as meetings
from portal.notifications.models import Notice
from portal.notifications.shapes import NoticeKind, NoticeState
from tests.agreements.pair import NOW, TUESDAY, Pair, revision
from tests.fixtures.agreed import Agree
from tests.fixtures.people import SomePerson


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


def changed_for(person: SomePerson, pair: Pair) -> list[str]:
    """What one reads of a yes of theirs that lapsed: in the draft as on the agreement's page."""
    with person.viewing(NOW) as viewer:
        lapsed = service.draft_for(viewer, pair.id).lapsed
        assert service.agreement_for(viewer, pair.id).lapsed == lapsed
    return list(lapsed)


def test_whose_yes_lapsed_reads_so_and_what_changed_until_they_say_yes_again(pair: Pair) -> None:
    pair.both_answer({}, {})
    pair.accept(pair.owner)
    for question in (Question.TALKING, Question.DEPTH):
        assert changed_for(pair.worker, pair) == []
        with pair.worker.viewing(NOW) as viewer:
            service.settle(viewer, pair.id, question, How.KEPT, number=0)
    labels = ["How full an answer?", "What do we keep for talking?"]
    assert changed_for(pair.owner, pair) == labels
    pair.accept(pair.owner)
    assert changed_for(pair.owner, pair) == []
    with pair.worker.viewing(NOW) as viewer:
        service.settle(viewer, pair.id, Question.WORRY, How.KEPT, number=0)
    assert changed_for(pair.owner, pair) == ["Days away, nights, or a worrying message?"]
    assert changed_for(pair.worker, pair) == []


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


def test_a_trial_takes_what_is_close_too_and_the_draft_says_which(pair: Pair) -> None:
    owner = {"who_starts": Starter.OWNER, "depth": Depth.ACKNOWLEDGE, "record": "Ask me first"}
    worker = {"depth": Depth.SHORT, "windows": TUESDAY, "record": "What the law asks"}
    pair.both_answer(owner, worker)
    with pair.owner.viewing(NOW) as viewer:
        service.try_side(viewer, pair.id, Side.WORKER)
        draft = service.draft_for(viewer, pair.id)
    tried = [each.question for each in draft.entries if each.tried_name == "Anna"]
    assert tried == [Question.DEPTH, Question.STARTING]
    pair.accept(pair.owner)
    pair.accept(pair.worker)
    with pair.worker.viewing(NOW) as viewer:
        page = service.agreement_for(viewer, pair.id)
        assert page.terms is not None
        assert (page.terms.depth, page.terms.windows) == (Depth.SHORT, TUESDAY)
        assert tried == [each.question for each in page.entries if each.tried_name == "Anna"]
        assert page.entries[0].lines[-1].text == "Ask me first"


def test_differences_can_be_kept_for_the_meeting_and_messages_open_all_the_same(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(hooks, "after_kept", [lambda _viewer, _dyad, line, _id: told.append(line)])
    pair.both_answer({"who_starts": Starter.OWNER}, {"who_starts": Starter.WORKER})
    with pair.owner.viewing(NOW) as viewer:
        service.keep_for_meeting(viewer, pair.id)
    assert told == ["Who writes first?"]
    pair.accept(pair.owner)
    assert pair.accept(pair.worker)
    with pair.worker.viewing(NOW) as viewer:
        assert service.has_agreement(viewer, pair.id)
        (kept,) = service.agreement_for(viewer, pair.id).kept
    assert kept.question is Question.STARTING
    assert kept.owner_lines[0].text.startswith("Ingrid")
    assert kept.worker_lines[0].text.startswith("Anna")
    with pair.worker.viewing(NOW) as viewer:
        db.session.execute(delete(RoundAnswers).where(RoundAnswers.author_id == pair.owner.id))
    with pair.worker.viewing(NOW) as viewer:
        page = service.agreement_for(viewer, pair.id)
    assert page.kept == ()
    assert page.terms is not None


def test_a_difference_that_is_settled_after_all_is_off_the_list_of_the_meeting(pair: Pair) -> None:
    pair.both_answer({"who_starts": Starter.OWNER}, {"who_starts": Starter.WORKER})
    with pair.owner.viewing(NOW) as viewer:
        service.keep_for_meeting(viewer, pair.id)
        meetings.keep(viewer, pair.id, line="The buses")
    assert lines_kept(pair) == ["Who writes first?", "The buses"]
    for how, number, kept in ((How.OWNERS, 1, ["The buses"]), (How.KEPT, 2, None)):
        with pair.worker.viewing(NOW) as viewer:
            service.settle(viewer, pair.id, Question.STARTING, how, number=number)
        assert lines_kept(pair) == (kept or ["The buses", "Who writes first?"])


def lines_kept(pair: Pair) -> list[str]:
    """What stands on the meeting's list."""
    with pair.owner.viewing(NOW) as viewer:
        return [each.line for each in meetings.meetings_for(viewer, pair.id).kept]


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


def test_a_first_round_starts_from_the_workers_own_week(pair: Pair) -> None:
    with pair.worker.viewing() as viewer:
        change_week(viewer, WeekBody(STANDARD_WORKING, TUESDAY))
        service.start_round(viewer, pair.id)
    with pair.owner.viewing() as viewer:
        assert service.answers_for(viewer, pair.id).answers.windows == TUESDAY
