"""The pages of the plan, opened and pressed as people without scripts do."""

import io
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from pypdf import PdfReader

from portal.core.db import db
from portal.core.row_ids import new_id
from portal.crisis_plan import service
from portal.crisis_plan.service import reading
from portal.crisis_plan.shapes import Kind, Made
from portal.network_map.models import NodeRow
from portal.network_map.shapes import NodeBody
from portal.toolbox import service as toolbox
from portal.vault.models import Audience
from tests.crisis_plan.conftest import PEOPLE, REFUSED, STEPS, Pair, press, text_of


def test_an_empty_plan_invites_with_one_button(pair: Pair) -> None:
    page = text_of(pair.ingrid.client, "/crisis-plan")
    assert "Write what I do first" in page
    assert "Every part can stay empty." in page


def test_a_section_is_written_in_lines_and_shown(pair: Pair) -> None:
    client = pair.ingrid.client
    answer = press(client, "/crisis-plan/steps/words", text=STEPS, title="My steps")
    assert answer.status_code == 303
    page = text_of(client, "/crisis-plan")
    for words in ("My steps", "<li>Put on my shoes</li>", "Only you can see", "Is it hard right"):
        assert words in page


def test_people_are_written_in_rows_and_are_one_press_away(pair: Pair) -> None:
    client = pair.ingrid.client
    row = {"entries-0-who": "Solveig", "entries-0-phone": "+47 900 00 001", "entries-0-more": ""}
    row |= {"entries-1-who": "", "entries-1-phone": "", "entries-1-more": ""}
    assert press(client, "/crisis-plan/people/words", **row).status_code == 303
    assert 'href="tel:+4790000001"' in text_of(client, "/crisis-plan/people")
    assert len(pair.section(Kind.PEOPLE).calls) == 1


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("wanted", "entries-0-what"),
        ("refused", "entries-0-why"),
        ("meet-me", "please_not"),
        ("admitted", "pets"),
        ("may-act", "text"),
    ],
)
def test_every_manner_of_writing_keeps_its_words(pair: Pair, kind: str, field: str) -> None:
    client = pair.ingrid.client
    assert press(client, f"/crisis-plan/{kind}/words", **{field: "Blåbær"}).status_code == 303
    assert "Blåbær" in text_of(client, f"/crisis-plan/{kind}")
    assert "Blåbær" in text_of(client, f"/crisis-plan/{kind}/words")


def test_an_empty_section_comes_back_with_what_was_typed(pair: Pair) -> None:
    answer = press(pair.ingrid.client, "/crisis-plan/steps/words", text="", title="My heading")
    assert answer.status_code == 422
    assert "My heading" in answer.text
    answer = press(pair.ingrid.client, "/crisis-plan/people/words", title="My heading")
    assert answer.status_code == 422
    assert "Write a word or two" in answer.text


def test_what_is_no_section_is_not_there(pair: Pair) -> None:
    for name in ("nothing", "answer", "made/words"):
        assert pair.ingrid.client.get(f"/crisis-plan/{name}").status_code == 404
    assert pair.ingrid.client.get("/crisis-plan/steps").status_code == 404


def test_then_and_now_stand_on_the_sections_page(pair: Pair) -> None:
    pair.write(Kind.STEPS, "What I did then")
    pair.write(Kind.STEPS, STEPS)
    page = text_of(pair.ingrid.client, "/crisis-plan/steps")
    assert page.index("Put on my shoes") < page.index("What I did then")


def test_a_worker_says_that_they_have_read_it(pair: Pair) -> None:
    pair.share(pair.write(Kind.REFUSED, entries=REFUSED))
    path = f"/people/{pair.dyad_id}/crisis-plan-answer"
    seen = text_of(pair.anna.client, f"/people/{pair.dyad_id}/parts/crisis-plan")
    assert path in seen
    answer = press(pair.anna.client, path, stance="agrees", about="", text="We follow it.")
    assert answer.status_code == 303
    page = text_of(pair.ingrid.client, "/crisis-plan")
    assert "Anna has read it and agrees" in page
    assert "We follow it." in page
    assert press(pair.anna.client, path, text="No stance").status_code == 422


def test_how_it_was_made_is_kept_and_looked_at_again(pair: Pair) -> None:
    client = pair.ingrid.client
    assert client.get("/crisis-plan/made").status_code == 404
    pair.write(Kind.STEPS, STEPS)
    fields = {"how": "together", "with_whom": "Anna", "review_on": "2020-01-01"}
    assert press(client, "/crisis-plan/made", **fields).status_code == 422
    with pair.ingrid.viewing(datetime(2019, 12, 1, tzinfo=UTC)) as viewer:
        service.say_how_made(viewer, Made(False, "Anna", date(2020, 1, 1)))
    assert press(client, "/crisis-plan/made", **fields).status_code == 303
    page = text_of(client, "/crisis-plan")
    assert "Made together with Anna." in page
    assert "You wanted to look at it again" in page
    assert press(client, "/crisis-plan", "/crisis-plan/look").status_code == 303
    assert "You wanted to look at it again" not in text_of(client, "/crisis-plan")


def test_people_on_the_map_who_may_be_called_are_taken_along(pair: Pair) -> None:
    client, path = pair.ingrid.client, "/crisis-plan/people/words"
    assert "From your network map" not in text_of(client, path)
    node_id = new_id()
    with pair.ingrid.viewing() as viewer:
        row = NodeRow(id=node_id, owner_id=viewer.person_id)
        body = NodeBody(name="Solveig", may_be_called=True, phone="900 00 001")
        toolbox.keep_row(viewer, row, body, Audience.ONLY_ME)
    assert "From your network map" in text_of(client, path)
    assert press(client, path, taken=node_id.hex).status_code == 303
    assert [call.dial for call in pair.section(Kind.PEOPLE).calls] == ["90000001"]
    assert "From your network map" not in text_of(client, path)


def test_the_plan_is_one_page_of_pdf_with_its_letters(pair: Pair) -> None:
    pair.write(Kind.STEPS, "Gå på trappen\nPust sakte")
    pair.write(Kind.PEOPLE, entries=PEOPLE)
    refused = pair.write(Kind.REFUSED, entries=REFUSED)
    pair.share(refused)
    with pair.anna.viewing() as viewer:
        said = "I would keep the door open."
        service.answer_plan(viewer, pair.dyad_id, said, agrees=False, about=refused, once="a")
    answer = pair.ingrid.client.get("/toolbox/crisis-plan/pdf")
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for words in ("Gå på trappen", "+47 900 00 001", "They bring back 2009", "Made alone."):
        assert words in text
    for words in ("Anna sees something otherwise", "I would keep the door open."):
        assert words in " ".join(text.split())
    assert "Gå på trappen" in text_of(pair.ingrid.client, "/toolbox/crisis-plan/print")


def test_paper_says_where_each_stage_begins(pair: Pair) -> None:
    for kind in (Kind.MY_SIGNS, Kind.OTHERS_SIGNS, Kind.STEPS, Kind.KEEPS_HERE):
        pair.write(kind, f"About {kind.value}")
    page = text_of(pair.ingrid.client, "/toolbox/crisis-plan/print")
    stages = ("When it begins", "When it gets hard", "In a crisis")
    places = [page.index(stage) for stage in stages]
    assert [page.count(stage) for stage in stages] == [1, 1, 1]
    assert places == sorted(places)
    assert places[0] < page.index("About my-signs") < page.index("About others-signs") < places[1]


def test_help_now_begins_with_ones_own_steps_and_people(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    pair.write(Kind.PEOPLE, entries=PEOPLE)
    answer = pair.ingrid.client.get("/help-now")
    page = answer.text
    places = [page.index(words) for words in ("Put on my shoes", "+4790000001", "tel:113")]
    assert places == sorted(places)
    assert answer.headers["Cache-Control"] == "no-store"


def test_help_now_is_the_common_page_signed_out_and_for_others(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    signed_out = pair.ingrid.app.test_client().get("/help-now")
    assert "Put on my shoes" not in signed_out.text
    assert "Cookie" in signed_out.headers["Vary"]
    assert "max-age" in signed_out.headers["Cache-Control"]
    assert "Put on my shoes" not in text_of(pair.anna.client, "/help-now")


def test_help_now_answers_when_the_session_or_the_database_cannot_be_opened(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.write(Kind.STEPS, STEPS)
    client = pair.ingrid.new_client()

    def away(*_about: object, **_more: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(db.session, "execute", away)
    answer = client.get("/help-now")
    assert answer.status_code == 200
    assert 'href="tel:113"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    client.set_cookie(pair.ingrid.cookie_name(), "no session at all")
    assert 'href="tel:113"' in client.get("/help-now").text


def test_more_people_than_there_is_room_for_are_refused_with_every_word(pair: Pair) -> None:
    client = pair.ingrid.client
    rows = {f"entries-{at}-who": f"Person {at} of many" for at in range(21)}
    answer = press(client, "/crisis-plan/people/words", **rows)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "There is room for 20 here." in page
    for name in rows.values():
        assert name in page
    del rows["entries-20-who"]
    assert press(client, "/crisis-plan/people/words", **rows).status_code == 303
    assert len(pair.section(Kind.PEOPLE).calls) == 20


def test_what_was_put_away_comes_back_when_it_is_written_again(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    client = pair.ingrid.client
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, Kind.STEPS, is_away=True)
    assert "/crisis-plan/steps/words" not in text_of(client, "/crisis-plan")
    press(client, "/crisis-plan/steps/words", text=STEPS)
    page = text_of(client, "/crisis-plan")
    assert "It is back. Only you can see it." in page
    assert "Put on my shoes" in page


def test_each_writing_says_what_became_of_it(pair: Pair) -> None:
    client, path = pair.ingrid.client, "/crisis-plan/steps/words"
    for words, said in (
        (STEPS, "Kept. Only you can see it."),
        (STEPS, "It stands as it was."),
        ("Ring Solveig", "Kept. Your former words stay with you, with their date."),
    ):
        press(client, path, text=words)
        assert said in text_of(client, "/crisis-plan")


def test_what_others_said_never_takes_the_room_of_the_plan_itself(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.share(pair.write(Kind.STEPS, STEPS))
    for number in range(3):
        with pair.anna.viewing() as viewer:
            service.answer_plan(
                viewer, pair.dyad_id, f"Word {number}", agrees=True, about=None, once=uuid4().hex
            )
    monkeypatch.setattr(reading, "MOST", 2)
    page = text_of(pair.ingrid.client, "/crisis-plan")
    assert "Put on my shoes" in page
