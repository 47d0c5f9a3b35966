"""The pages of check-ins, without scripts."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import event

from portal.check_ins import service
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Kind
from portal.core.db import db
from tests.check_ins.conftest import Days
from tests.fixtures.pages import hidden_in

ON_THE_WIRE = 50_000


def text_of(days: Days, path: str) -> str:
    answer = days.ingrid.client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_empty_page_invites_and_says_what_it_is_for(days: Days) -> None:
    page = text_of(days, "/check-ins")
    assert "For our talk, not a test." in page
    assert "There are no limits and no goals here" in page
    assert "Choose what to follow" in page


def test_a_check_in_first_asks_what_was_all_right(days: Days) -> None:
    days.follow("Energy")
    page = text_of(days, "/check-ins/new")
    assert page.index("What was all right?") < page.index("Energy")


def test_things_are_followed_and_answered_through_the_pages(days: Days) -> None:
    client = days.ingrid.client
    form = hidden_in(text_of(days, "/check-ins/questions/new/words")) | {
        "name": "My mood",
        **{f"word_{at}": word for at, word in enumerate(("low", "grey", "mild", "warm", "bright"))},
    }
    for _press in range(2):
        answer = client.post("/check-ins/questions/new/words", data=form)
        assert answer.status_code == 303
    page = text_of(days, "/check-ins/new")
    assert page.count("warm") == 1
    form = hidden_in(page) | {"pick_0": "4", "good": "Blå himmel", "on": today()}
    assert client.post("/check-ins/new", data=form).status_code == 303
    shown = text_of(days, "/check-ins")
    assert "warm" in shown
    assert "Blå himmel" in shown


def test_an_error_keeps_every_word(days: Days) -> None:
    days.follow("Sleep", Kind.HOURS)
    form = hidden_in(text_of(days, "/check-ins/new"))
    form |= {"good": "The sun", "hours_0": "seven", "on": today()}
    answer = days.ingrid.client.post("/check-ins/new", data=form)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "The sun" in page
    assert "seven" in page
    assert "7 or 7.5" in page


def test_questions_that_changed_meanwhile_come_back_with_the_words(days: Days) -> None:
    days.follow("Sleep", Kind.HOURS)
    form = hidden_in(text_of(days, "/check-ins/new")) | {"hours_0": "7", "on": today()}
    days.follow("Energy")
    answer = days.ingrid.client.post("/check-ins/new", data=form)
    assert answer.status_code == 422
    assert "What is asked has changed" in answer.get_data(as_text=True)


def test_rest_hides_charts_and_questions_until_taken_up(days: Days) -> None:
    energy = days.follow("Energy")
    days.write(1, Answer(energy, 4))
    client = days.ingrid.client
    client.post("/check-ins/rest", data=hidden_in(text_of(days, "/check-ins")) | {"to": "rest"})
    page = text_of(days, "/check-ins")
    assert '<svg class="drawing"' not in page
    assert "Take it up again" in page
    client.post("/check-ins/rest", data=hidden_in(page) | {"to": "again"})
    assert '<svg class="drawing"' in text_of(days, "/check-ins")


def test_no_common_page_shares_a_check_in(days: Days) -> None:
    energy = days.follow("Energy")
    days.write(1, Answer(energy, 4))
    owner, worker = days.ingrid.client, days.anna.client
    for path in (
        f"/sharing/check-ins/with/{days.dyad_id}",
        f"/toolbox/check-ins/{energy}/audience",
    ):
        assert owner.get(path).status_code == 404
    assert worker.get(f"/people/{days.dyad_id}/parts/check-ins").status_code == 404
    assert "check-ins" not in owner.get("/sharing").get_data(as_text=True)


def test_the_copy_goes_along_as_it_was_previewed(days: Days) -> None:
    energy = days.follow("Energy")
    days.write(1, Answer(energy, 4), good="The sun", happened="Moved house")
    base = f"/check-ins/copy/{days.dyad_id}"
    assert "Energy" in text_of(days, base)
    form = hidden_in(text_of(days, base)) | {"scale": "days", "thing": ["good", energy.hex]}
    seen = days.ingrid.client.post(f"{base}/preview", data=form).get_data(as_text=True)
    assert "The sun" in seen
    assert "Moved house" not in seen
    taken = days.ingrid.client.post(base, data=form | {"seen": hidden_in(seen)["seen"]})
    assert taken.status_code == 303
    assert "My check-ins" in days.anna.client.get(taken.location).get_data(as_text=True)


def test_what_happened_is_said_once_for_all_charts(days: Days) -> None:
    items = [days.follow(name) for name in ("Energy", "Mood")]
    days.write(1, *(Answer(item, 4) for item in items), happened="Moved house")
    page = text_of(days, "/check-ins")
    assert page.count('<svg class="drawing"') == 2
    assert page.count("Moved house") == 1
    assert page.count("<b>A</b> Moved house") == 1
    assert page.count("4 · A</td>") == 2
    assert text_of(days, "/toolbox/check-ins/print").count("A: Moved house") == 1
    assert text_of(days, f"/check-ins?only={items[0]}").count("Moved house") == 1


def test_what_happened_has_no_letter_where_no_chart_stands(days: Days) -> None:
    days.follow("In a sentence", Kind.TEXT)
    days.write(1, good="The sun", happened="Moved house")
    assert "<li>Moved house, " in text_of(days, "/check-ins")


def test_paper_and_pdf_hold_the_words(days: Days) -> None:
    mood = days.follow("Humør", Kind.WORDS)
    days.write(1, Answer(mood, 5, "good"), good="Blå himmel over Ås")
    assert "Humør" in text_of(days, "/toolbox/check-ins/print")
    answer = days.ingrid.client.get("/toolbox/check-ins/pdf")
    pages = PdfReader(BytesIO(answer.data)).pages
    words = "".join(page.extract_text() for page in pages)
    assert "Blå himmel over Ås" in words
    assert "Humør" in words


def test_a_year_of_days_is_small_and_takes_few_queries(days: Days) -> None:
    kinds = (Kind.WORDS, Kind.SEVEN, Kind.HOURS)
    items = [days.follow(kind.value, kind) for kind in kinds]
    with days.ingrid.viewing() as viewer:
        for ago in range(365):
            answers = (
                Answer(items[0], ago % 5 + 1, ("bad", "poor", "so so", "fine", "good")[ago % 5]),
                Answer(items[1], ago % 7 + 1),
                Answer(items[2], ago % 9),
            )
            body = CheckInBody(answers=answers)
            on = viewer.now.date() - timedelta(days=ago)
            service.check_in(viewer, on, body, once=str(ago))
    text_of(days, "/check-ins/days")  # signs the browser in
    said: list[str] = []
    with days.ingrid.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    for asked in ("days", "weeks", "months", f"months&only={items[0]}"):
        said.clear()
        page = text_of(days, f"/check-ins?scale={asked}")
        assert len(page.encode()) < ON_THE_WIRE, asked
        assert len(said) <= 6, said
    assert page.count("<tr>") > 50


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def test_a_day_that_no_calendar_holds_is_sent_back(days: Days) -> None:
    for scale in ("days", "weeks", "months"):
        for day in ("0001-01-01", "9999-12-31"):
            answer = days.ingrid.client.get(f"/check-ins?scale={scale}&until={day}")
            assert answer.status_code == 400
    form = hidden_in(text_of(days, "/check-ins/new")) | {"good": "The sea", "on": "0001-01-01"}
    answer = days.ingrid.client.post("/check-ins/new", data=form)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Please pick a day between the years 1900 and 2199." in page
    assert "The sea" in page


def test_changing_a_day_keeps_what_its_form_has_no_room_for(days: Days) -> None:
    names = [f"Thing {number}" for number in range(8)]
    answers = []
    for name in names:
        item_id = days.follow(name)
        answers.append(Answer(item_id, 3))
        with days.ingrid.viewing() as viewer:
            service.stop_asking(viewer, item_id)
    days.write(0, *answers)
    with days.ingrid.viewing() as viewer:
        entry = service.days_page(viewer, None).days[0].entry
    path = f"/check-ins/{entry.id}"
    form = hidden_in(text_of(days, path)) | {"good": "The sea", "on": entry.on.isoformat()}
    form |= {f"pick_{number}": "3" for number in range(6)}
    assert days.ingrid.client.post(path, data=form).status_code == 303
    with days.ingrid.viewing() as viewer:
        changed, _items = service.entry_with_items(viewer, entry.id)
    assert {each.item_id for each in changed.body.answers} == {each.item_id for each in answers}
