"""The agreement in a browser without scripts: pages, presses, refusals with words kept."""

from __future__ import annotations

import re
from datetime import time, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.agreements import service
from portal.agreements.shapes import Starter, Why
from portal.core.clock import Window
from portal.core.db import db
from tests.agreements.pair import revision
from tests.fixtures.agreed import Agree
from tests.fixtures.pages import hidden_in
from tests.fixtures.people import People, SomePerson


class Pages:
    """Two people with a dyad, and their browsers."""

    def __init__(self, people: People) -> None:
        self.owner, self.worker = people.owner("Ingrid"), people.worker("Anna")
        self.id: UUID = people.dyad(self.owner, self.worker)
        self.at = f"/dyads/{self.id}/agreement"

    def get(self, person: SomePerson, path: str = "") -> str:
        answer = person.client.get(self.at + path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def press(self, person: SomePerson, path: str, page: str = "", **words: object) -> TestResponse:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(person, page))
        assert token is not None
        data = {"csrf_token": token[1], **words}
        return person.client.post(self.at + path, data=data)


@pytest.fixture
def pages(people: People) -> Pages:
    return Pages(people)


FORM = {
    "purpose": "Mornings",
    "other_readers": "",
    "record": "",
    "reading_days": ["1", "3"],
    "reading_from": "10:00",
    "reading_until": "11:00",
    "answer_within": "3",
    "depth": "short",
    "who_starts": "worker",
    "hello_every_weeks": "2",
    "hello_weekday": "4",
    "how_often": "",
    "kept_for_talking": "Money",
    "absence": "",
    "nights": "",
    "worrying": "",
    "review_weeks": "4",
    "not_working": "",
}


def test_the_owner_decides_about_the_portals_words_and_not_about_the_record(pages: Pages) -> None:
    for person in (pages.owner, pages.worker):
        with person.viewing() as viewer:
            service.start_round(viewer, pages.id)
    mine, theirs = pages.get(pages.owner, "/answers"), pages.get(pages.worker, "/answers")
    for page in (mine, theirs):
        assert "What goes from here into Anna’s record" in page
    assert "Anna keeps a record of the work in any case." in mine
    assert "Ingrid decides what is copied from here." in theirs
    assert "Your own record you keep as your work asks." in theirs


def test_the_ready_made_agreement_takes_two_presses_each(pages: Pages) -> None:
    assert "Say yes to this" in pages.get(pages.owner)
    assert pages.press(pages.owner, "/defaults").status_code == 303
    shown = pages.get(pages.worker)
    assert "Ingrid says yes to this" in shown
    revision = re.search(r'name="revision" value="(\d+)"', shown)
    assert revision is not None
    assert pages.press(pages.worker, "/acceptance", revision=revision[1]).status_code == 303
    assert "What you two agreed" in pages.get(pages.owner)


def test_looking_at_the_questions_leaves_the_ready_made_agreement_there(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    pages.press(pages.owner, "/answers?step=1", "/answers?step=1", pause="1", **FORM)
    pages.press(pages.worker, "/answers?step=6", "/answers?step=6", pause="1", **FORM)
    shown = pages.get(pages.owner)
    assert "Say yes to this" in shown
    assert "What you answered so far goes then." in shown
    assert pages.press(pages.owner, "/defaults").status_code == 303
    shown = pages.get(pages.worker)
    assert "Ingrid says yes to this" in shown
    assert "Mornings" not in shown
    pages.press(pages.worker, "/rounds")
    assert "Money" in pages.get(pages.worker, "/answers?step=6")
    assert pages.press(pages.worker, "/defaults").status_code == 303
    shown = pages.get(pages.owner)
    number = re.search(r'name="revision" value="(\d+)"', shown)
    assert number is not None
    pages.press(pages.owner, "/acceptance", revision=number[1])
    assert "What you two agreed" in pages.get(pages.worker)


def test_once_somebody_handed_in_the_ready_made_agreement_waits_no_more(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    pages.press(pages.owner, "/answers/handing-in", "/answers")
    assert "Say yes to this" not in pages.get(pages.worker)
    assert pages.press(pages.worker, "/defaults").status_code == 409


def test_setting_a_first_round_aside_says_that_nothing_is_agreed(
    pages: Pages, agree: Agree
) -> None:
    pages.press(pages.owner, "/rounds")
    assert "Leave this for now" in pages.get(pages.owner)
    pages.press(pages.owner, "/rounds/end")
    assert "Nothing is agreed yet." in pages.get(pages.owner)
    agree(pages.owner, pages.worker, pages.id)
    pages.press(pages.owner, "/rounds")
    pages.press(pages.owner, "/rounds/end")
    assert "What stood before it stands." in pages.get(pages.owner)


def round_on(page: str) -> str:
    found = re.search(r'/rounds/end">.*?name="round" value="([^"]+)"', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_setting_a_round_aside_is_another_press_in_the_next_round(
    pages: Pages, agree: Agree
) -> None:
    """Who set the first one aside is not told "done already" of the one that both said yes to."""
    pages.press(pages.owner, "/rounds")
    first = round_on(pages.get(pages.owner))
    assert pages.press(pages.owner, "/rounds/end", round=first).status_code == 303
    assert pages.press(pages.owner, "/rounds/end", round=first).status_code == 303
    pages.press(pages.owner, "/rounds")
    second = round_on(pages.get(pages.owner))
    agree(pages.owner, pages.worker, pages.id)
    assert pages.press(pages.owner, "/rounds/end", round=second).status_code == 409


def test_a_page_of_an_earlier_round_does_not_set_the_present_one_aside(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    first = round_on(pages.get(pages.owner))
    assert pages.press(pages.worker, "/rounds/end", round=first).status_code == 303
    pages.press(pages.worker, "/rounds")
    assert pages.press(pages.owner, "/rounds/end", round=first).status_code == 409
    assert "Leave this for now" in pages.get(pages.owner)


def test_both_answer_on_one_page_each_and_land_side_by_side(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    first = pages.press(pages.owner, "/answers", "/answers", done="1", **FORM)
    assert first.headers["Location"] == pages.at
    second = pages.press(
        pages.worker, "/answers", "/answers", done="1", **FORM | {"who_starts": "owner"}
    )
    assert second.headers["Location"] == pages.at + "/comparison"
    shown = pages.get(pages.owner, "/comparison")
    assert "One answer is worth a talk." in shown
    assert "Settle it together" in shown
    assert "Tuesday and Thursday 10:00–11:00" in shown


def test_days_may_have_other_times_and_an_answer_shows_them_again(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    other = {"reading_3_from": "14:00", "reading_3_until": "15:30"}
    answer = pages.press(pages.owner, "/answers?step=2", "/answers?step=2", **FORM | other)
    assert answer.status_code == 303
    with pages.owner.viewing() as viewer:
        windows = service.answers_for(viewer, pages.id).answers.windows
    assert windows == (Window(1, time(10), time(11)), Window(3, time(14), time(15, 30)))
    page = pages.get(pages.owner, "/answers?step=2")
    assert re.search(r'name="reading_3_until"[^>]*value="15:30"', page)


def test_the_first_ones_words_are_not_on_the_others_pages_yet(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    canary = "Quiet canary mornings"
    pages.press(pages.owner, "/answers", "/answers", done="1", **FORM | {"purpose": canary})
    for path in ("", "/answers"):
        assert canary not in pages.get(pages.worker, path)
    assert pages.worker.client.get(pages.at + "/comparison").status_code == 409


def test_one_question_at_a_time_leads_through_all_eight(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    for step in range(1, 8):
        where = f"/answers?step={step}"
        answer = pages.press(pages.owner, where, where, **FORM)
        assert answer.headers["Location"] == f"{pages.at}/answers?step={step + 1}"
    last = pages.press(pages.owner, "/answers?step=8", "/answers?step=8", done="1", **FORM)
    assert last.headers["Location"] == pages.at
    with pages.owner.viewing() as viewer:
        answers = service.answers_for(viewer, pages.id).answers
    assert (answers.purpose, answers.kept_for_talking) == ("Mornings", "Money")


def test_a_form_with_a_mistake_comes_back_with_every_word(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    wrong = FORM | {"reading_until": "09:00", "kept_for_talking": "Money & <b>rent</b>"}
    answer = pages.press(pages.owner, "/answers", "/answers", done="1", **wrong)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "This should end after it begins." in shown
    assert "Money &amp; &lt;b&gt;rent&lt;/b&gt;" in shown
    assert 'href="#reading_until"' in shown


def test_too_many_words_are_kept_and_said_so(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    long = FORM | {"purpose": "word " * 500}
    answer = pages.press(pages.owner, "/answers", "/answers", done="1", **long)
    assert answer.status_code == 422
    assert "at most 2000 characters" in answer.get_data(as_text=True)


def both_answer(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    pages.press(pages.owner, "/answers", "/answers", done="1", **FORM)
    different = FORM | {"who_starts": "owner"}
    pages.press(pages.worker, "/answers", "/answers", done="1", **different)


def test_a_point_is_settled_by_one_press_or_in_own_words(pages: Pages) -> None:
    both_answer(pages)
    where = "/comparison/starting"
    assert "Anna, with a short hello every second week" in pages.get(pages.owner, where)
    assert "the usual start" not in pages.get(pages.owner, where)
    answer = pages.press(pages.owner, where, where, how="workers", number="0")
    assert answer.headers["Location"] == pages.at + "/comparison"
    third = FORM | {"who_starts": "either", "how": "third", "number": "1"}
    answer = pages.press(pages.worker, where, where, **third)
    assert answer.status_code == 303
    assert "In your own words" in pages.get(pages.owner, "/comparison")


def test_a_press_on_a_point_that_moved_is_a_kind_conflict(pages: Pages) -> None:
    both_answer(pages)
    where = "/comparison/starting"
    pages.press(pages.owner, where, where, how="workers", number="0")
    answer = pages.press(pages.worker, where, where, how="owners", number="0")
    assert answer.status_code == 409
    assert "settled a moment ago" in answer.get_data(as_text=True)


def test_an_unknown_question_is_not_there(pages: Pages) -> None:
    both_answer(pages)
    assert pages.owner.client.get(pages.at + "/comparison/nothing").status_code == 404


@pytest.mark.parametrize("press", ["/trial", "/kept"])
def test_open_points_are_tried_or_kept_and_both_accept(pages: Pages, press: str) -> None:
    both_answer(pages)
    answer = pages.press(pages.worker, press, "/comparison", side="worker")
    assert answer.headers["Location"] == pages.at + "/draft"
    assert ("Nothing is left open." in pages.get(pages.owner, "/comparison")) == (press == "/trial")
    for person in (pages.owner, pages.worker):
        shown = pages.get(person, "/draft")
        revision = re.search(r'name="revision" value="(\d+)"', shown)
        assert revision is not None
        assert pages.press(person, "/acceptance", revision=revision[1]).status_code == 303
    shown = pages.get(pages.owner)
    assert "What you two agreed" in shown
    assert ("You try Anna’s answers" in shown) == (press == "/trial")
    assert ("Kept for the meeting" in shown) == (press == "/kept")
    assert ("Both answers to what you keep" in shown) == (press == "/kept")
    assert ("Anna’s answer, tried for four weeks." in shown) == (press == "/trial")
    for page in (shown, pages.get(pages.owner, "/print")):
        assert re.search(r"20\d\d\.[A-Z]", page) is None  # one sentence, a space, the next


def test_a_draft_that_moved_is_not_accepted(pages: Pages) -> None:
    both_answer(pages)
    pages.press(pages.owner, "/trial", side="worker")
    assert pages.press(pages.owner, "/acceptance", revision="0").status_code == 409
    assert pages.press(pages.owner, "/acceptance", revision="x").status_code == 409


def test_a_yes_that_lapsed_is_said_on_every_page_of_the_draft(pages: Pages) -> None:
    both_answer(pages)
    pages.press(pages.owner, "/trial", side="worker")
    pages.press(pages.worker, "/acceptance", "/draft", revision="1")
    pages.press(pages.owner, "/comparison/talking", "/comparison/talking", how="kept", number="0")
    for path in ("", "/comparison", "/draft"):
        assert "your yes no longer counts" in pages.get(pages.worker, path)
        assert "your yes no longer counts" not in pages.get(pages.owner, path)


def test_a_later_round_shows_what_would_change(pages: Pages, agree: Agree) -> None:
    agree(pages.owner, pages.worker, pages.id, kept_for_talking="Money")
    pages.press(pages.worker, "/rounds")
    changed = {"kept_for_talking": "Money and rent"}
    with pages.worker.viewing() as viewer:
        service.finish_answers(viewer, pages.id, changed)
    answer = pages.press(pages.owner, "/answers/handing-in")
    assert answer.headers["Location"] == pages.at + "/comparison"
    shown = pages.get(pages.owner, "/draft")
    assert "Money and rent" in shown
    assert "Before:" in shown


def test_every_version_and_the_page_for_paper_are_readable(pages: Pages, agree: Agree) -> None:
    agree(pages.owner, pages.worker, pages.id, purpose="First")
    agree(pages.owner, pages.worker, pages.id, purpose="Second")
    assert "Version 1" in pages.get(pages.worker, "/versions")
    assert "First" in pages.get(pages.worker, "/versions/1")
    paper = pages.get(pages.owner, "/print")
    assert "Second" in paper
    assert "116117" in paper
    assert pages.owner.client.get(pages.at + "/versions/9").status_code == 404


def test_a_review_is_answered_by_one_press(pages: Pages, agree: Agree, app: Flask) -> None:
    agree(pages.owner, pages.worker, pages.id)
    with pages.owner.viewing() as viewer:
        service.ask_for_review(pages.id, Why.LONG_SILENCE, viewer.now + timedelta(weeks=3))
    assert "Keep it, change it, or talk about it?" in pages.get(pages.owner)
    assert pages.press(pages.owner, "/review", reply="talk").status_code == 303
    assert "Ingrid would like to talk about it." in pages.get(pages.worker)
    for person in (pages.owner, pages.worker):
        assert pages.press(person, "/review", reply="keep").status_code == 303
    assert "Keep it, change it" not in pages.get(pages.owner)


def test_a_new_round_stands_alone_and_the_review_comes_back_when_it_is_set_aside(
    pages: Pages, agree: Agree
) -> None:
    agree(pages.owner, pages.worker, pages.id)
    with pages.owner.viewing() as viewer:
        service.ask_for_review(pages.id, Why.LONG_SILENCE, viewer.now + timedelta(weeks=3))
    pages.press(pages.owner, "/rounds")
    for person in (pages.owner, pages.worker):
        shown = pages.get(person)
        assert "A new round" in shown
        assert "Keep it, change it" not in shown
    pages.press(pages.owner, "/rounds/end")
    assert "Keep it, change it, or talk about it?" in pages.get(pages.worker)


def test_others_find_no_agreement_here(pages: Pages, people: People, agree: Agree) -> None:
    agree(pages.owner, pages.worker, pages.id)
    for stranger in (people.owner("Kari"), people.worker("Ola"), people.administrator()):
        for path in ("", "/print", "/versions", "/versions/1", "/answers", "/comparison"):
            assert stranger.client.get(pages.at + path).status_code == 404


def test_pages_stay_within_six_queries(pages: Pages, agree: Agree, app: Flask) -> None:
    with app.app_context():
        engine = db.engine
    counts: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_r: counts.append(sql))

    def look(person: SomePerson, path: str) -> None:
        counts.clear()
        pages.get(person, path)
        assert len(counts) <= 6, (path, counts)

    look(pages.owner, "")
    with pages.owner.viewing() as viewer:
        service.start_round(viewer, pages.id)
    look(pages.owner, "/answers")
    look(pages.owner, "")
    for person, starts in ((pages.owner, Starter.OWNER), (pages.worker, Starter.WORKER)):
        with person.viewing() as viewer:
            service.finish_answers(viewer, pages.id, {"who_starts": starts})
    for path in ("", "/comparison", "/comparison/starting", "/draft"):
        look(pages.worker, path)
    with pages.owner.viewing() as viewer:
        service.set_aside_round(viewer, pages.id)
    agree(pages.owner, pages.worker, pages.id)
    for path in ("", "/versions", "/versions/1", "/print"):
        look(pages.owner, path)
    both_answer(pages)
    pages.press(pages.owner, "/kept")
    for person in (pages.owner, pages.worker):
        with person.viewing() as viewer:
            service.accept(viewer, pages.id, revision=revision(viewer, pages.id))
    look(pages.owner, "")


def test_the_numbers_to_call_stand_beside_the_question_and_more_can_be_settled(
    pages: Pages,
) -> None:
    pages.press(pages.owner, "/rounds")
    assert "tel:113" in pages.get(pages.owner, "/answers?step=7")
    ward = "The ward: 22 00 00 00"
    for person, numbers in ((pages.owner, ward), (pages.worker, "")):
        words = FORM | {"numbers": numbers}
        pages.press(person, "/answers", "/answers", done="1", **words)
    assert ward in pages.get(pages.owner, "/comparison/worry")
    draft = pages.get(pages.worker, "/draft")
    assert ward in draft
    assert "tel:113" in draft


def test_numbers_that_nobody_named_are_not_said_to_be_missing(pages: Pages) -> None:
    assert "More numbers to call" not in pages.get(pages.owner)
    assert "tel:113" in pages.get(pages.owner)


def test_words_from_an_old_tab_wait_until_the_answers_are_open_again(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    token = hidden_in(pages.get(pages.owner, "/answers?step=1"))
    assert pages.press(pages.owner, "/answers/handing-in", "/answers").status_code == 303
    words = token | {"purpose": "Typed in an old tab", "other_readers": "", "record": ""}
    answer = pages.owner.client.post(pages.at + "/answers?step=1", data=words)
    assert answer.status_code == 409
    assert "You have handed these answers in." in answer.get_data(as_text=True)
    assert pages.owner.client.get(pages.at + "/answers").status_code == 303
    pages.press(pages.owner, "/answers/reopening")
    assert "Typed in an old tab" in pages.get(pages.owner, "/answers?step=1")


def test_a_question_is_asked_in_the_same_words_wherever_it_stands(pages: Pages) -> None:
    pages.press(pages.owner, "/rounds")
    assert "When does Anna read?" in pages.get(pages.owner, "/answers")
    assert '<h1 class="page-title">When does Anna read?' in pages.get(
        pages.owner, "/answers?step=2"
    )
    for person in (pages.owner, pages.worker):
        pages.press(person, "/answers/handing-in", "/answers")
    assert "When does Anna read?" in pages.get(pages.owner, "/comparison")
