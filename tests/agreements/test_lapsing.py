"""A yes that lapsed is said to whoever gave it, on their first page as on the agreement's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal.agreements import service
from portal.agreements.shapes import How, Question, Turn
from portal.core.db import db
from portal.dyads.service import end_dyad
from portal.notifications.models import Notice
from portal.notifications.shapes import NoticeKind, NoticeState
from tests.agreements.pair import NOW, Pair
from tests.fixtures.pages import opened
from tests.fixtures.people import SomePerson


@pytest.fixture(autouse=True)
def _on_that_day() -> Iterator[None]:
    """Pages are opened on the day on which it all happens: they tell of it for four weeks."""
    with time_machine.travel(NOW, tick=False):
        yield


def has_lapsed(person: SomePerson, pair: Pair) -> bool:
    with person.viewing(NOW) as viewer:
        found = service.cards_of(viewer)[pair.id].has_lapsed
        now_open = service.agreement_for(viewer, pair.id).round
    assert now_open is not None
    assert now_open.has_lapsed is found
    return found


def waiting_for(person: SomePerson) -> list[str]:
    """The notices of an agreement that wait for somebody, by what they say of the round."""
    with person.viewing(NOW):
        keys = db.session.scalars(
            select(Notice.dedupe_key).where(
                Notice.person_id == person.id,
                Notice.kind == NoticeKind.AGREEMENT_WAITING,
                Notice.state == NoticeState.WAITING,
            )
        ).all()
    return [key.rsplit(":", 1)[1] for key in keys]


def settle(person: SomePerson, pair: Pair, question: Question, number: int = 0) -> None:
    with person.viewing(NOW) as viewer:
        service.settle(viewer, pair.id, question, How.KEPT, number=number)


def test_who_said_yes_to_a_draft_is_told_that_it_changed(pair: Pair) -> None:
    pair.both_answer({}, {})
    pair.accept(pair.owner)
    assert waiting_for(pair.owner) == []
    settle(pair.worker, pair, Question.TALKING)
    assert (has_lapsed(pair.owner, pair), has_lapsed(pair.worker, pair)) == (True, False)
    assert waiting_for(pair.owner) == ["changed"]
    page = opened(pair.owner.client.get("/"))
    assert "You had said yes. Since then Anna changed something" in page
    pair.accept(pair.worker)
    assert "Anna changed something since your yes" in opened(pair.owner.client.get("/"))
    pair.accept(pair.owner)
    with pair.owner.viewing(NOW) as viewer:
        assert not service.cards_of(viewer)[pair.id].has_lapsed


def test_who_changes_what_they_said_yes_to_is_told_nothing(pair: Pair) -> None:
    pair.both_answer({}, {})
    pair.accept(pair.worker)
    settle(pair.worker, pair, Question.TALKING)
    assert not has_lapsed(pair.worker, pair)
    assert "changed" not in waiting_for(pair.worker)


@pytest.mark.parametrize("first", ["owner", "worker"])
def test_who_said_yes_to_the_ready_made_one_reads_that_the_other_would_rather_answer(
    pair: Pair, first: str
) -> None:
    one, other = (pair.owner, pair.worker) if first == "owner" else (pair.worker, pair.owner)
    with one.viewing(NOW) as viewer:
        service.accept_defaults(viewer, pair.id)
    with other.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    assert (has_lapsed(one, pair), has_lapsed(other, pair)) == (True, False)
    assert waiting_for(one) == ["changed"]
    name = "Anna" if first == "owner" else "Ingrid"
    front = "/" if first == "owner" else "/your-turn"
    said = f"You had said yes. {name} would rather answer the eight questions first."
    assert said in opened(one.client.get(front))
    page = opened(one.client.get(f"/dyads/{pair.id}/agreement"))
    assert "You had said yes to the ready-made agreement." in page
    assert "so your yes no longer counts" in page
    assert "no longer counts" not in opened(other.client.get(f"/dyads/{pair.id}/agreement"))


def test_handing_answers_in_or_a_new_yes_says_something_newer(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.accept_defaults(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        service.finish_answers(viewer, pair.id)
        assert service.cards_of(viewer)[pair.id].turn is Turn.THEIR_ANSWERS
    assert not has_lapsed(pair.owner, pair)


def test_a_second_yes_to_the_ready_made_one_counts_again(pair: Pair) -> None:
    for _time in range(2):
        with pair.owner.viewing(NOW) as viewer:
            service.accept_defaults(viewer, pair.id)
        assert not has_lapsed(pair.owner, pair)
        with pair.worker.viewing(NOW) as viewer:
            service.start_round(viewer, pair.id)
        assert has_lapsed(pair.owner, pair)


@pytest.mark.parametrize("is_light", [True, False])
def test_whose_round_is_set_aside_reads_so_and_is_told(pair: Pair, is_light: bool) -> None:
    with pair.owner.viewing(NOW) as viewer:
        if is_light:
            service.accept_defaults(viewer, pair.id)
        else:
            service.start_round(viewer, pair.id)
            service.finish_answers(viewer, pair.id)
    with pair.worker.viewing(NOW) as viewer:
        service.set_aside_round(viewer, pair.id)
    assert waiting_for(pair.owner) == ["changed"]
    said = "Anna set the last round of questions aside on 23 November. Nothing is agreed yet."
    page = f"/dyads/{pair.id}/agreement"
    assert said in opened(pair.owner.client.get(page))
    assert "set the last round of questions aside" not in opened(pair.worker.client.get(page))
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    assert "set the last round of questions aside" not in opened(pair.owner.client.get(page))


@pytest.mark.parametrize("first", ["owner", "worker"])
def test_a_round_set_aside_is_told_on_the_first_page_for_four_weeks(pair: Pair, first: str) -> None:
    one, other = (pair.owner, pair.worker) if first == "owner" else (pair.worker, pair.owner)
    front, others_front = ("/", "/your-turn") if first == "owner" else ("/your-turn", "/")
    name = "Anna" if first == "owner" else "Ingrid"
    said = f"{name} set the last round of questions aside on 23 November."
    with one.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    with other.viewing(NOW) as viewer:
        service.set_aside_round(viewer, pair.id)
    page = opened(one.client.get(front))
    assert f"{said} Nothing is agreed yet. Either of you can begin again at any time." in page
    assert "set the last round of questions aside" not in opened(other.client.get(others_front))
    with one.viewing(NOW + timedelta(weeks=5)) as viewer:
        assert service.cards_of(viewer)[pair.id].set_aside_at is None
    with one.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    assert "set the last round of questions aside" not in opened(one.client.get(front))


def test_a_round_set_aside_beside_an_agreement_that_stands_says_so(pair: Pair) -> None:
    pair.both_answer({}, {})
    for each in (pair.owner, pair.worker):
        pair.accept(each)
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        service.set_aside_round(viewer, pair.id)
    said = (
        "Ingrid set the last round of questions aside on 23 November. "
        "What you two agreed stays as it is."
    )
    for path in ("/your-turn", "/people", f"/people/{pair.id}"):
        assert said in opened(pair.worker.client.get(path)), path
    with pair.worker.viewing(NOW) as viewer:
        assert service.cards_of(viewer)[pair.id].turn is Turn.NOTHING


def test_who_did_nothing_in_a_round_gets_no_notice_of_its_end(pair: Pair) -> None:
    with pair.owner.viewing(NOW) as viewer:
        service.start_round(viewer, pair.id)
        service.set_aside_round(viewer, pair.id)
    assert waiting_for(pair.worker) == []


def test_who_sets_a_round_aside_after_their_yes_lapsed_reads_nothing_of_it(pair: Pair) -> None:
    pair.both_answer({}, {})
    pair.accept(pair.owner)
    settle(pair.worker, pair, Question.TALKING)
    with pair.owner.viewing(NOW) as viewer:
        service.set_aside_round(viewer, pair.id)
        assert service.agreement_for(viewer, pair.id).set_aside_at is None
    said = {}
    for weeks in (0, 3, 5):
        with pair.worker.viewing(NOW + timedelta(weeks=weeks)) as viewer:
            said[weeks] = service.agreement_for(viewer, pair.id).set_aside_at
    assert said == {0: NOW, 3: NOW, 5: None}


def test_the_end_of_a_pair_is_no_setting_aside_by_anybody(pair: Pair) -> None:
    pair.both_answer({}, {})
    pair.accept(pair.owner)
    settle(pair.worker, pair, Question.TALKING)
    assert has_lapsed(pair.owner, pair)
    with pair.worker.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    with pair.owner.viewing(NOW) as viewer:
        assert service.agreement_for(viewer, pair.id).set_aside_at is None
