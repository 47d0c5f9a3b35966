"""The thread in a browser without scripts: every press, every refusal, words kept."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import event

from portal.agreements.shapes import AnswerWithin
from portal.core.db import db
from portal.drafts.service import keep_draft
from portal.dyads.service import end_dyad
from portal.hours.service import add_absence
from portal.hours.shapes import NewAbsence
from portal.messaging import service
from portal.messaging.shapes import Intent, Outcome, Outgoing
from tests.fixtures.agreed import Agree
from tests.messaging.conftest import MONDAY_NIGHT, SOON, WEDNESDAY_READING, Two

Clock = time_machine.Traveller


class _Forms(HTMLParser):
    """The forms of a page: where each goes, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((about.get("action", ""), {}))
        if tag == "input" and about.get("type") == "hidden" and self.forms:
            self.forms[-1][1][about["name"]] = about.get("value", "")


def form_on(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with an action."""
    reader = _Forms()
    reader.feed(page)
    return next(fields for where, fields in reader.forms if where == action)


def press(client: FlaskClient, page_at: str, action: str, **fields: str) -> tuple[int, str]:
    """Open a page, fill in one of its forms, send it, follow; gives status and the page after."""
    page = client.get(page_at).get_data(as_text=True)
    answer = client.post(action, data=form_on(page, action) | fields, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


def text_box(page: str) -> str:
    """What stands in the page's text box."""
    found = re.search(r'<textarea[^>]*name="text"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found.group(1))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The time is Monday night, 21:42 in Oslo, until a test moves on."""
    with time_machine.travel(MONDAY_NIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def address(two: Two) -> str:
    """Where the thread is."""
    return f"/messages/{two.dyad_id}"


def test_the_page_says_who_reads_when_before_the_text_box(
    two: Two, clock: Clock, address: str
) -> None:
    page = two.ingrid.client.get(address).get_data(as_text=True)
    before_box = page[: page.index("<textarea")]
    assert "Anna next reads Wed 25 Nov 08:00." in before_box
    assert "within 2 working days" in before_box
    assert "/help-now" in before_box
    assert "Can this wait until Wed 25 Nov 08:00?" in page


def test_from_a_word_at_night_to_an_answer(two: Two, clock: Clock, address: str) -> None:
    status, page = press(two.ingrid.client, address, address, text="Slept badly.")
    assert status == 200
    assert "It is on its way to Anna." in page
    assert "You can put it down." in page
    assert "You can take it back until 21:52." in page
    clock.move_to(WEDNESDAY_READING)
    closed = two.anna.client.get(address).get_data(as_text=True)
    assert "Slept badly." not in closed
    _, page = press(two.anna.client, address, f"{address}/opening")
    assert "Slept badly." in page
    assert "Ingrid would like: to be heard" in page
    press(two.anna.client, address, f"{address}/answer", press="acknowledged")
    clock.shift(timedelta(minutes=1))
    page = two.ingrid.client.get("/messages").get_data(as_text=True)
    assert "something new" in page
    _, page = press(two.ingrid.client, "/messages", f"{address}/opening")
    assert "“Read, thank you.”" in page
    assert "something new" not in two.ingrid.client.get("/messages").get_data(as_text=True)


def where_opening_leads(client: FlaskClient, address: str) -> str:
    """The place on the page to which the press on *Open* leads."""
    page = client.get(address).get_data(as_text=True)
    fields = form_on(page, f"{address}/opening")
    return client.post(f"{address}/opening", data=fields).location.partition("#")[2]


def test_opening_leads_to_the_first_words_that_were_opened(
    two: Two, clock: Clock, address: str
) -> None:
    first = two.write("One.")
    two.write("Two.", at=MONDAY_NIGHT + SOON)
    clock.move_to(WEDNESDAY_READING)
    assert where_opening_leads(two.anna.client, address) == f"m{first}"
    page = two.anna.client.get(address).get_data(as_text=True)
    assert page.index('id="waits"') < page.index(f'id="m{first}"') < page.index('id="answer"')
    turn = two.anna.client.get("/your-turn").get_data(as_text=True)
    assert f'href="{address}#waits"' in turn
    reply = two.reply()
    two.reply("And this.")
    clock.shift(SOON)
    assert where_opening_leads(two.ingrid.client, address) == f"m{reply}"


def test_opening_an_answer_of_one_press_leads_to_what_it_answers(
    two: Two, clock: Clock, address: str
) -> None:
    number = two.write()
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.ACKNOWLEDGED)
    clock.move_to(WEDNESDAY_READING + SOON)
    assert where_opening_leads(two.ingrid.client, address) == f"m{number}"


def test_words_taken_back_stand_in_the_text_box_again(two: Two, clock: Clock, address: str) -> None:
    press(two.ingrid.client, address, address, text="Not like this.")
    _, page = press(two.ingrid.client, address, f"{address}/1/taking-back")
    assert text_box(page) == "Not like this."
    assert "You took a message back" in page


def test_a_double_press_sends_once(two: Two, clock: Clock, address: str) -> None:
    client = two.ingrid.client
    fields = form_on(client.get(address).get_data(as_text=True), address) | {"text": "Once."}
    for _ in range(3):
        assert client.post(address, data=fields).status_code == 303
    assert client.get(address).get_data(as_text=True).count("<p>Once.</p>") == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": "  "}, "One word is enough."),
        ({"text": "far too long " * 1000}, "Please send it in two."),
        ({"text": "Short.", "main_point": "long " * 60}, "The main point fits in 200 characters."),
    ],
)
def test_a_refusal_stands_beside_its_field_with_every_word(
    two: Two, clock: Clock, address: str, fields: dict[str, str], says: str
) -> None:
    status, page = press(two.ingrid.client, address, address, **fields)
    assert status == 422
    assert says in unescape(page)
    assert "All your words are kept." in page
    assert text_box(page) == fields["text"].rstrip()


def test_a_promise_without_a_day_comes_back_beside_its_field(
    two: Two, clock: Clock, address: str
) -> None:
    two.write()
    two.open_as_anna(MONDAY_NIGHT + SOON)
    clock.shift(SOON)
    status, page = press(two.anna.client, address, f"{address}/answer", press="answers_by")
    assert status == 422
    assert "Please choose a day from today on" in page
    status, _ = press(
        two.anna.client, address, f"{address}/answer", press="answers_by", by_on="2026-11-27"
    )
    assert status == 200
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert "Anna answers by <b>Fri 27 Nov</b>" in page


def test_a_promise_without_a_day_leaves_the_text_box_as_it_was(
    two: Two, clock: Clock, address: str
) -> None:
    two.write()
    two.open_as_anna(MONDAY_NIGHT + SOON)
    clock.shift(SOON)
    client = two.anna.client
    with two.as_anna(MONDAY_NIGHT + SOON) as viewer:
        keep_draft(viewer, service.draft_place(two.dyad_id), {"text": ["Half a letter"]})
    status, page = press(client, address, f"{address}/answer", press="answers_by")
    assert status == 422
    assert text_box(page) == "Half a letter"
    fields = form_on(page, address) | {"text": "A whole letter.", "depth": "short"}
    for _ in range(2):
        assert client.post(address, data=fields).status_code == 303
    assert client.get(address).get_data(as_text=True).count("<p>A whole letter.</p>") == 1


def test_a_press_that_does_not_exist_is_a_bad_request(two: Two, clock: Clock, address: str) -> None:
    two.write()
    two.open_as_anna(MONDAY_NIGHT + SOON)
    clock.shift(SOON)
    status, _ = press(two.anna.client, address, f"{address}/answer", press="nonsense")
    assert status == 400


def test_of_two_answers_on_their_way_the_first_can_be_sent_now(
    two: Two, clock: Clock, address: str
) -> None:
    first, second = two.reply("One.", at=MONDAY_NIGHT), two.reply("Two.", at=MONDAY_NIGHT)
    page = two.anna.client.get(address).get_data(as_text=True)
    assert f"{address}/{first}/release" in page
    assert f"{address}/{second}/release" not in page
    assert f"{address}/{second}/taking-back" in page
    _, page = press(two.anna.client, address, f"{address}/{first}/release")
    assert f"{address}/{second}/release" in page


def test_a_promised_call_is_read_as_it_was_said_while_an_answer_is_on_its_way(
    two: Two, clock: Clock, address: str
) -> None:
    two.write()
    clock.move_to(WEDNESDAY_READING)
    two.open_as_anna()
    with two.as_anna(WEDNESDAY_READING) as viewer:
        service.answer_in_one_press(viewer, two.dyad_id, Outcome.WILL_PHONE)
    said = "Anna has read it, today 08:10: “I will phone.”"
    assert said in two.ingrid.client.get(address).get_data(as_text=True)
    two.reply(at=WEDNESDAY_READING + timedelta(minutes=1))
    clock.shift(timedelta(minutes=2))
    assert said in two.ingrid.client.get(address).get_data(as_text=True)


def test_a_late_answer_is_repaired_in_plain_words(two: Two, clock: Clock, address: str) -> None:
    two.write("One.")
    two.write("Two.")
    clock.move_to(MONDAY_NIGHT + timedelta(days=9))
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert page.count("The day for an answer was Fri 27 Nov, and Anna has not answered yet.") == 1
    assert "This is not about what you wrote." in page
    assert "You need do nothing." in page
    _, page = press(two.ingrid.client, address, f"{address}/2/keeping")
    the_list = address.replace("/messages/", "/meetings/") + "#kept"
    assert f'<a href="{the_list}">Put on the list for your meeting, ' in page


def test_the_owner_answers_with_one_tap_or_asks_what_was_meant(
    two: Two, clock: Clock, address: str
) -> None:
    two.reply("Fine.", at=MONDAY_NIGHT)
    clock.shift(SOON)
    press(two.ingrid.client, address, f"{address}/opening")
    _, page = press(two.ingrid.client, address, f"{address}/1/reaction", press="cannot_now")
    assert "you said: not now" in page
    _, page = press(two.ingrid.client, address, f"{address}/1/meaning")
    assert "How did you mean this?" in page
    seen = two.anna.client.get(address).get_data(as_text=True)
    assert "Ingrid has written since." in seen or "cannot answer now" in seen


def test_a_knock_needs_no_words(two: Two, clock: Clock, address: str) -> None:
    _, page = press(two.ingrid.client, address, f"{address}/knock")
    assert "You knocked" in page
    assert "You have knocked." in page
    clock.shift(SOON)
    seen = two.anna.client.get("/messages").get_data(as_text=True)
    assert "Waiting for a first word" in seen


def test_the_reply_says_how_full_it_is_as_agreed(two: Two, clock: Clock, address: str) -> None:
    two.write()
    two.open_as_anna(MONDAY_NIGHT + SOON)
    clock.shift(SOON)
    status, _ = press(two.anna.client, address, address, text="Thank you.", depth="short")
    assert status == 200
    clock.shift(SOON)
    press(two.ingrid.client, address, f"{address}/opening")
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert "short answer, as you two agreed" in page


def test_long_words_come_folded_to_the_worker_and_whole(
    two: Two, clock: Clock, address: str
) -> None:
    two.write("so many words " * 200, main_point="The point")
    two.open_as_anna(MONDAY_NIGHT + SOON)
    clock.shift(SOON)
    page = two.anna.client.get(address).get_data(as_text=True)
    assert "Read it all, about 3 minutes" in page
    assert page.count("so many words") == 200
    assert "I have read all of it; let’s talk at the meeting" in page


def test_hostile_words_are_inert(two: Two, clock: Clock, address: str) -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }}"
    press(two.ingrid.client, address, address, text=hostile, main_point=hostile)
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page


def test_the_hello_is_two_taps(two: Two, clock: Clock, address: str) -> None:
    two.anna.client.post("/phrases", data={})
    status, page = press(
        two.anna.client, f"{address}/hello", f"{address}/hello", text="How was the week?"
    )
    assert status == 200
    assert "How was the week?" in page
    clock.shift(SOON)
    _, page = press(two.ingrid.client, address, f"{address}/opening")
    assert "the hello that you two agreed on" in page


def test_without_an_agreement_the_page_leads_to_it(pair: Two, clock: Clock) -> None:
    address = f"/messages/{pair.dyad_id}"
    page = pair.ingrid.client.get(address).get_data(as_text=True)
    assert "<textarea" not in page
    assert f"/dyads/{pair.dyad_id}/agreement" in page
    assert pair.ingrid.client.post(address, data={"text": "Hi"}).status_code in (400, 409)


def test_an_absence_and_what_the_worker_says_about_it_stand_before_the_text_box(
    two: Two, clock: Clock, address: str
) -> None:
    away = NewAbsence(date(2026, 11, 24), date(2026, 11, 30), "Bo reads for me <soon>.")
    with two.as_anna(MONDAY_NIGHT) as viewer:
        add_absence(viewer, away)
    page = two.ingrid.client.get(address).get_data(as_text=True)
    before_box = unescape(page[: page.index("<textarea")])
    assert "Anna is away 24–30 November and next reads Wed 2 Dec 08:00." in before_box
    assert "Anna says: “Bo reads for me <soon>.”" in before_box


def test_an_answer_agreed_for_the_meeting_is_never_late(
    pair: Two, clock: Clock, agree: Agree
) -> None:
    begun = MONDAY_NIGHT - timedelta(days=3)
    agree(pair.ingrid, pair.anna, pair.dyad_id, begun, answer_within=AnswerWithin.AT_MEETING)
    pair.write()
    pair.open_as_anna()
    clock.move_to(MONDAY_NIGHT + timedelta(days=30))
    page = pair.ingrid.client.get(f"/messages/{pair.dyad_id}").get_data(as_text=True)
    assert "Anna answers at your next meeting" in page
    assert "You two agreed to answer at your next meeting." in page


def test_after_the_end_no_answer_is_promised_any_more(two: Two, clock: Clock, address: str) -> None:
    two.write()
    with two.as_ingrid(MONDAY_NIGHT + SOON) as viewer:
        end_dyad(viewer, two.dyad_id)
    clock.move_to(MONDAY_NIGHT + timedelta(days=30))
    page = two.ingrid.client.get(address).get_data(as_text=True)
    assert "You two stopped writing here before an answer came." in page
    assert "has not answered" not in page
    assert "<textarea" not in page


def test_no_page_asks_the_database_more_than_six_times(
    two: Two, clock: Clock, address: str
) -> None:
    with two.as_ingrid(MONDAY_NIGHT) as viewer:
        for number in range(60):
            service.send(viewer, two.dyad_id, Outgoing(text=f"Line {number}"), once="")
    clock.move_to(WEDNESDAY_READING)
    two.open_as_anna()
    for person in (two.ingrid, two.anna):
        with person.viewing(WEDNESDAY_READING) as viewer:
            keep_draft(viewer, service.draft_place(two.dyad_id), {"text": ["half a"]})
    asked: list[str] = []
    with two.ingrid.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for person in (two.ingrid, two.anna):
        for page in (address, f"{address}?before=20", "/messages"):
            person.client.get(page)
            asked.clear()
            assert person.client.get(page).status_code == 200
            assert len(asked) <= 6, asked


def test_words_for_the_meeting_say_so_to_both(two: Two, clock: Clock, address: str) -> None:
    two.write(intent=Intent.MEETING)
    two.open_as_anna()
    clock.move_to(WEDNESDAY_READING + SOON)
    page = two.anna.client.get(address).get_data(as_text=True)
    assert "for the meeting, as Ingrid wished" in page
    assert "no answer is asked for" not in page
    assert "for your meeting, as you wished" in two.ingrid.client.get(address).get_data(
        as_text=True
    )


def test_a_knock_says_when_it_is_seen_and_then_that_it_was(
    two: Two, clock: Clock, address: str
) -> None:
    knows = "Anna knows that a first word would be good."
    _, page = press(two.ingrid.client, address, f"{address}/knock")
    assert "You have knocked. Anna next reads Wed 25 Nov 08:00 and can see it then." in page
    assert knows not in page
    two.open_as_anna()
    clock.move_to(WEDNESDAY_READING + SOON)
    assert knows in two.ingrid.client.get(address).get_data(as_text=True)
