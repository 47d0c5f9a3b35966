"""The pages of the record: choosing, looking, approving, asking; words are never lost."""

import re
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader

from portal.search.service import search
from portal.vault.models import Part
from portal.what_matters.service import change_line
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import People, SomePerson
from tests.record.conftest import NOW, Pair
from tests.toolbox.test_paper import fonts_in

NORWEGIAN = "Å være på sjøen, æ ø å – «her»"


def new(pair: Pair, **sent: object) -> tuple[int, str]:
    """Ingrid sends what she chose, to look at the page."""
    path = f"/record/with/{pair.id}/new"
    form = hidden_in(opened(pair.ingrid.client.get(path))) | sent
    answer = pair.ingrid.client.post(path, data=form)
    return answer.status_code, opened(answer)


def approve(pair: Pair, preview: str, **sent: object) -> tuple[int, str, str]:
    """Ingrid approves what she looked at."""
    answer = pair.ingrid.client.post(f"/record/with/{pair.id}", data=sent or forms_of(preview))
    return answer.status_code, opened(answer), answer.location or ""


def forms_of(page: str) -> dict[str, object]:
    """The hidden fields of the form that approves; those of one name together."""
    found: dict[str, list[str]] = {}
    form = page.split('<form method="post" action="/record/with/')[1].split("</form>")[0]
    for name, value in re.findall(r'<input[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return dict(found)


def test_a_page_is_chosen_looked_at_and_approved(pair: Pair) -> None:
    goal = pair.goal("Out early", why="The light")
    pair.share_goals(goal)
    choose = opened(pair.ingrid.client.get(f"/record/with/{pair.id}/new"))
    assert "checked" not in choose
    assert "Anna must keep a record in another system." in choose
    status, look = new(pair, words=NORWEGIAN, goal=str(goal))
    assert status == 200
    assert "Nobody else has it yet." in look
    assert "The light" not in look
    status, _page, there = approve(pair, look)
    assert status == 303
    mine = opened(pair.ingrid.client.get(there))
    assert NORWEGIAN in mine
    assert "Approved by Ingrid on" in mine
    theirs = opened(pair.anna.client.get(there))
    assert f"In my own words\n{NORWEGIAN}" in theirs
    assert "Goal: Out early\nnow" in theirs
    assert "textarea" not in mine


def test_nothing_ticked_comes_back_with_a_kind_word(pair: Pair) -> None:
    status, page = new(pair)
    assert status == 422
    assert page.count("Tick something, or write a few words.") == 1


def test_too_many_words_come_back_whole(pair: Pair) -> None:
    goal = pair.goal("Out early")
    pair.share_goals(goal)
    status, page = new(pair, words="a" * 2001, goal=str(goal))
    assert status == 422
    assert "a" * 2001 in page
    assert "All your words are still here." in page
    assert page.count(" checked") == 1


def test_what_was_chosen_waits_when_the_preview_is_left(pair: Pair) -> None:
    kept = pair.keep("The letter")
    new(pair, words="My words", kept=str(kept))
    page = opened(pair.ingrid.client.get(f"/record/with/{pair.id}/new"))
    assert "Here are your words from before." in page
    assert "My words" in page
    assert page.count(" checked") == 1
    with pair.ingrid.viewing() as viewer:
        assert search(viewer, "My words").hits[0].path == f"/record/with/{pair.id}/new"
    _status, look = new(pair, words="My words")
    approve(pair, look)
    page = opened(pair.ingrid.client.get(f"/record/with/{pair.id}/new"))
    assert "My words" not in page


def test_a_page_that_changed_is_shown_once_more_with_all_words(pair: Pair) -> None:
    pair.say("The sea")
    _status, look = new(pair, words="My words", matters="y")
    assert "What matters to you is only yours so far." in look
    pair.say("The forest")
    status, again, _there = approve(pair, look)
    assert status == 422
    assert "Please look at it once more." in again
    assert "The forest" in again
    assert "My words" in again
    status, _page, _there = approve(pair, again)
    assert status == 303


def test_something_unshared_meanwhile_is_said(pair: Pair) -> None:
    goal = pair.goal("Out early")
    pair.share_goals(goal)
    _status, look = new(pair, words="My words", goal=str(goal))
    pair.unshare(Part.GOALS)
    status, again, _there = approve(pair, look)
    assert status == 422
    assert "Something you ticked is no longer there to choose." in again
    assert "Out early" not in again


def test_more_than_one_page_is_said_kindly_and_cannot_be_approved(pair: Pair) -> None:
    kept = [str(pair.keep(f"Line {n} " + "word " * 50)) for n in range(38)]
    status, look = new(pair, kept=kept)
    assert status == 200
    assert "This is more than one page." in look
    assert "Nothing is cut away." in look
    assert "Approve this page" not in look
    assert "Line 37" in look


def test_a_second_press_leads_to_the_same_page(pair: Pair) -> None:
    _status, look = new(pair, words="My words")
    first, second = approve(pair, look), approve(pair, look)
    assert first[0] == second[0] == 303
    assert first[2] == second[2]
    assert len(pair.pages(pair.ingrid).pages) == 1


def test_the_same_ticks_on_the_same_page_approve_what_was_looked_at_last(pair: Pair) -> None:
    """Somebody goes back in the browser; what they ticked says something else by now."""
    there, line_id = f"/record/with/{pair.id}/new", pair.say("Sleep comes first")
    ticked = hidden_in(opened(pair.ingrid.client.get(there))) | {"matters": "y"}
    first = approve(pair, opened(pair.ingrid.client.post(there, data=ticked)))
    with pair.ingrid.viewing() as viewer:
        change_line(viewer, line_id, "My garden comes first")
    look = opened(pair.ingrid.client.post(there, data=ticked))
    assert "My garden comes first" in look
    second = approve(pair, look)
    assert first[0] == second[0] == 303
    assert "My garden comes first" in opened(pair.ingrid.client.get(second[2]))
    assert "Sleep comes first" in opened(pair.anna.client.get(first[2]))


def test_a_press_from_before_a_page_was_taken_back_approves_nothing(pair: Pair) -> None:
    _status, look = new(pair, words="My words")
    _status, _page, there = approve(pair, look)
    pair.take_back(UUID(there.rpartition("/")[2]))
    status, again, _there = approve(pair, look)
    assert status == 422
    assert "Please look at it once more." in again
    status, _page, elsewhere = approve(pair, again)
    assert status == 303
    assert elsewhere != there
    assert "My words" in opened(pair.anna.client.get(elsewhere))


def test_the_pdf_is_one_page_with_its_letters_and_fonts(pair: Pair) -> None:
    pair.agree()
    _status, look = new(pair, words=NORWEGIAN, agreement="y")
    there = approve(pair, look)[2]
    for person in (pair.ingrid, pair.anna):
        answer = person.client.get(f"{there}/pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == 'inline; filename="sheet.pdf"'
        reader = PdfReader(BytesIO(answer.data))
        assert all(fonts_in(reader))
        assert len(reader.pages) == 1
        text = " ".join(reader.pages[0].extract_text().split())
        assert NORWEGIAN in text
        assert "Ingrid approved this page on" in text
        assert "How we use the portal" in text


def test_an_asking_stands_on_home_and_not_now_takes_one_press(pair: Pair) -> None:
    anna, ingrid, path = pair.anna.client, pair.ingrid.client, f"/record/with/{pair.id}"
    press = hidden_in(opened(anna.get(path)))
    for _ in range(2):
        assert anna.post(f"{path}/ask", data=press).status_code == 303
    page = opened(anna.get(path))
    assert "It is with Ingrid now. There is nothing more to do." in page
    assert "Ask for a page for the record" not in page
    for where in ("/", path):
        assert "Anna asks for a page for the record" in opened(ingrid.get(where))
    press = hidden_in(opened(ingrid.get(path)))
    for _ in range(2):
        assert ingrid.post(f"{path}/not-now", data=press).status_code == 303
    assert "Anna asks" not in opened(ingrid.get("/"))
    assert "Ingrid says not now." in opened(anna.get(path))
    assert "Ingrid says not now." in opened(anna.get(f"/people/{pair.id}"))


def test_a_new_page_stands_on_your_turn_until_it_was_opened(pair: Pair) -> None:
    page_id, said = pair.approve(now=datetime.now(UTC)), "There is a page for the record."
    assert said in opened(pair.anna.client.get("/your-turn"))
    pair.ingrid.client.get(f"/record/{page_id}")
    assert said in opened(pair.anna.client.get("/your-turn"))
    pair.anna.client.get(f"/record/{page_id}")
    assert said not in opened(pair.anna.client.get("/your-turn"))
    assert "There is a page since" in opened(pair.anna.client.get(f"/people/{pair.id}"))


def test_a_page_that_was_taken_back_says_so_to_both(pair: Pair) -> None:
    page_id = pair.approve()
    path = f"/record/{page_id}/taking-back"
    warning = opened(pair.ingrid.client.get(path))
    assert "What Anna has already put into the record stays there." in warning
    for _ in range(2):
        answer = pair.ingrid.client.post(path, data=hidden_in(warning))
        assert answer.status_code == 303
    assert "There is a page for the record." not in opened(pair.anna.client.get("/your-turn"))
    for person in (pair.ingrid, pair.anna):
        page = opened(person.client.get(f"/record/{page_id}"))
        assert "was taken back on" in page
        assert "gjerne" not in page
        assert person.client.get(f"/record/{page_id}/pdf").status_code == 404
        assert person.client.get(f"/record/{page_id}/print").status_code == 404
        assert "Taken back on" in opened(person.client.get(f"/record/with/{pair.id}"))


def test_after_the_end_the_owner_keeps_the_pages_and_the_worker_has_nothing(pair: Pair) -> None:
    page_id = pair.approve()
    pair.end(pair.ingrid)
    page = opened(pair.ingrid.client.get(f"/record/with/{pair.id}"))
    assert "Page of 22 November" in page
    assert "Make a page" not in page
    assert "Only you can see this" in page
    assert pair.ingrid.client.get(f"/record/{page_id}/pdf").status_code == 200
    for path in (f"/record/with/{pair.id}", f"/record/{page_id}", f"/record/{page_id}/pdf"):
        assert pair.anna.client.get(path).status_code == 404
    answer = pair.ingrid.client.get(f"/record/with/{pair.id}/new")
    assert answer.status_code == 409
    assert "You two do not write here any more." in opened(answer)


def test_a_stranger_finds_nothing(pair: Pair, people: People) -> None:
    page_id = pair.approve()
    per = people.worker("Per")
    people.dyad(pair.ingrid, per, NOW)
    for person in (per, people.owner("Kari"), people.administrator()):
        for path in paths(pair, page_id):
            assert person.client.get(path).status_code == 404, path


def paths(pair: Pair, page_id: UUID) -> tuple[str, ...]:
    ends = ("", "/print", "/pdf", "/taking-back")
    return (
        f"/record/with/{pair.id}",
        f"/record/with/{pair.id}/new",
        *(f"/record/{page_id}{end}" for end in ends),
    )


def test_the_way_there_stands_on_both_pages_of_the_pair(pair: Pair) -> None:
    way = f"/record/with/{pair.id}"
    people: tuple[SomePerson, ...] = (pair.ingrid, pair.anna)
    for person in people:
        for path in (f"/dyads/{pair.id}", f"/meetings/{pair.id}"):
            assert f'href="{way}"' in opened(person.client.get(path))


def test_a_why_that_is_ticked_brings_its_goal_along(pair: Pair) -> None:
    goal = pair.goal("Out early", why="The light")
    pair.share_goals(goal)
    status, look = new(pair, why=str(goal))
    assert status == 200
    assert "Goal: Out early" in look
    assert "The light" in look


def test_what_the_two_agreed_about_the_record_stands_beside_the_choice(pair: Pair) -> None:
    pair.agree()
    page = opened(pair.ingrid.client.get(f"/record/with/{pair.id}/new"))
    assert "“Only what has to be there, in short. Anna tells Ingrid first.”" in page
