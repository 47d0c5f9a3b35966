"""The pages of life domains, as a person without scripts goes through them."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal.access.models import Opening
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.life_domains import service
from portal.vault.models import Part
from tests.life_domains.conftest import Pair

HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|once|keep|seen)"[^>]*value="([^"]*)"')


def press(pair: Pair, page: str, path: str, **fields: str) -> str:
    """Send a form with what its page hides in it; gives where it led."""
    client = pair.ingrid.client
    hidden = dict(HIDDEN.findall(client.get(page).text))
    answer = client.post(path, data=hidden | fields)
    assert answer.status_code == 303, answer.text
    return answer.location


def page_of(pair: Pair, path: str) -> str:
    answer = pair.ingrid.client.get(path)
    assert answer.status_code == 200
    return answer.text


def path_of(pair: Pair, key: str = "money") -> str:
    return f"/life-domains/{pair.domain_id(key)}"


def test_an_empty_page_invites_to_the_first_domain(pair: Pair) -> None:
    page = page_of(pair, "/life-domains")
    assert "Begin with Home" in page
    assert f'href="{path_of(pair, "home")}/entries/new"' in page
    assert "Then and now" not in page
    assert "Print it" not in page
    assert "Here you can look back" in page_of(pair, "/life-domains/then-and-now")


def test_an_entry_is_written_once_however_often_it_is_pressed(pair: Pair) -> None:
    new, client = f"{path_of(pair)}/entries/new", pair.ingrid.client
    hidden = dict(HIDDEN.findall(client.get(new).text))
    fields = {"status": "Blå regninger", "helps": "Søsteren min", "rating": "3", "more_help": "yes"}
    for _ in range(2):
        answer = client.post(new, data=hidden | fields)
        assert (answer.status_code, answer.location) == (303, path_of(pair))
    page = page_of(pair, path_of(pair))
    assert page.count("Blå regninger") == 1
    assert "3, where 1 is very hard now and 7 good as it is" in page
    assert "Only you can see this" in page


def test_nothing_at_all_comes_back_and_too_much_comes_back_whole(pair: Pair) -> None:
    new, client = f"{path_of(pair)}/entries/new", pair.ingrid.client
    hidden = dict(HIDDEN.findall(client.get(new).text))
    empty = client.post(new, data=hidden | {"rating": "", "more_help": ""})
    assert empty.status_code == 422
    assert "Write a word" in empty.text
    words = "ø" * 4001
    answer = client.post(new, data=hidden | {"status": "Kort", "helps": words, "rating": "5"})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kort" in answer.text
    assert re.search(r'value="5" checked', answer.text)


@pytest.mark.parametrize("rating", ["0", "8", "many"])
def test_a_rating_off_the_line_is_refused(pair: Pair, rating: str) -> None:
    new, client = f"{path_of(pair)}/entries/new", pair.ingrid.client
    hidden = dict(HIDDEN.findall(client.get(new).text))
    answer = client.post(new, data=hidden | {"status": "x", "rating": rating})
    assert answer.status_code == 422


def test_words_are_changed_put_away_and_brought_back(pair: Pair) -> None:
    entry = f"/life-domains/entries/{pair.write('The bils')}"
    press(pair, entry, entry, status="The bills")
    assert "The bills" in page_of(pair, path_of(pair))
    press(pair, entry, f"{entry}/place", to="away")
    page = page_of(pair, path_of(pair))
    assert "Bring it back" in page
    assert "How it is, " not in page
    press(pair, entry, f"{entry}/place", to="back")
    assert "Bring it back" not in page_of(pair, path_of(pair))
    press(pair, entry, f"{entry}/place", to="away")
    press(pair, entry, f"{entry}/removal")
    assert "The bills" not in page_of(pair, path_of(pair))


def test_domains_are_arranged_by_presses_alone(pair: Pair) -> None:
    parts = "/life-domains/parts"
    press(pair, parts, parts, name="Hunden")
    press(pair, f"{path_of(pair)}/name", f"{path_of(pair)}/name", name="Gjeld")
    press(pair, parts, f"{path_of(pair)}/place", to="up")
    press(pair, parts, f"{path_of(pair, 'family')}/showing", to="off")
    names = re.findall(r"Rename: </span>([^<]*)</a>", page_of(pair, parts))
    assert names[:3] == ["Gjeld", "Home", "Work, study or days"]
    assert "Hunden" in names
    assert "Family and partner" not in names
    assert "Family and partner" not in page_of(pair, "/life-domains")
    press(pair, f"{path_of(pair)}/name", f"{path_of(pair)}/name", name="")
    assert "Money" in page_of(pair, "/life-domains")


def test_a_domain_of_ones_own_needs_a_name(pair: Pair) -> None:
    hidden = dict(HIDDEN.findall(page_of(pair, "/life-domains/parts")))
    answer = pair.ingrid.client.post("/life-domains/parts", data=hidden | {"name": " "})
    assert answer.status_code == 422


def test_a_fourth_mark_is_refused_kindly(pair: Pair) -> None:
    for key in ("home", "money", "body", "mind"):
        press(pair, path_of(pair, key), f"{path_of(pair, key)}/mark", to="on")
    assert "Three are marked" in page_of(pair, "/life-domains")
    assert page_of(pair, "/life-domains").count("To talk about") == 1


def test_marked_domains_are_taken_along_after_a_look(pair: Pair) -> None:
    pair.write("Only Anna may read this")
    press(pair, path_of(pair), f"{path_of(pair)}/mark", to="on")
    topics = f"/life-domains/topics/{pair.dyad_id}"
    look = page_of(pair, topics)
    assert "Only Anna may read this" in look
    assert "Step 1 of 2" in look
    assert press(pair, topics, topics) == "/life-domains"
    meeting = pair.anna.client.get(f"/meetings/with/{pair.dyad_id}")
    before = pair.anna.client.get(f"/people/{pair.dyad_id}/before-meeting").text
    copy = re.findall(r'href="(/meetings/[^"]*copy[^"]*)"', before + meeting.text)[0]
    assert "Only Anna may read this" in pair.anna.client.get(copy).text


def test_then_and_now_can_be_asked_for_any_day(pair: Pair) -> None:
    pair.write("The bills are paid")
    page = page_of(pair, "/life-domains/then-and-now?on=2020-01-01")
    assert "Nothing was written yet." in page
    answer = pair.ingrid.client.get("/life-domains/then-and-now?on=yesterday")
    assert answer.status_code == 400


def test_the_worker_reads_what_is_shared_and_the_owner_reads_who_did(pair: Pair) -> None:
    pair.share(pair.write("The bills are paid"))
    pair.write("Only for me", "home")
    page = pair.anna.client.get(f"/people/{pair.dyad_id}/parts/life-domains").text
    assert "The bills are paid" in page
    assert "Only for me" not in page
    assert "Home" not in page.split("<main", 1)[1]
    with unit_of_work(pair.ingrid.app):
        assert db.session.scalars(select(Opening.part)).one() is Part.LIFE_DOMAINS
    assert "Anna" in page_of(pair, "/sharing/openings")


def pdf_of(pair: Pair, item_id: UUID | None = None) -> str:
    item = f"/{item_id}" if item_id else ""
    answer = pair.ingrid.client.get(f"/toolbox/life-domains{item}/pdf")
    pages = PdfReader(BytesIO(answer.data)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_paper_says_what_was_written_last_and_adds_nothing_up(pair: Pair) -> None:
    old = pair.write("Gjeld overalt", rating=1)
    pair.write("Regningene er betalt på øya", rating=4)
    pair.write("Stille", "home", rating=6)
    text = pdf_of(pair)
    assert "Regningene er betalt på øya" in text
    assert "4, in between" in text
    assert "Gjeld overalt" not in text
    assert text.index("Stille") < text.index("Regningene")
    assert "Gjeld overalt" in pdf_of(pair, old)
    page = page_of(pair, "/toolbox/life-domains/print")
    assert "Regningene er betalt på øya" in page
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, old, is_away=True)
    assert pair.ingrid.client.get(f"/toolbox/life-domains/{old}/pdf").status_code == 404


def test_hostile_words_stay_words(pair: Pair) -> None:
    hostile = "<script>alert(1)</script>"
    dog = pair.add(hostile[:60])
    entry_id = pair.write(hostile, dog, helps=hostile, rating=2)
    pair.write("again", dog, rating=3)
    pair.share(entry_id)
    for path in ("", f"/{dog}", "/parts", "/then-and-now", f"/{dog}/name"):
        assert "<script>alert" not in page_of(pair, f"/life-domains{path}")
    page = pair.anna.client.get(f"/people/{pair.dyad_id}/parts/life-domains").text
    assert "<script>alert" not in page
