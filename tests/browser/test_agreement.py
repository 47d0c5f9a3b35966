"""Two people make their agreement in a real browser: without scripts, by keyboard, on a phone."""

import re
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_look import RULES, RUNS_OVER
from tests.fixtures.browser import NARROW, PHONE, Live, OpenWindow
from tests.fixtures.people import People, SomePerson

pytestmark = pytest.mark.browser


class Two:
    """Ingrid on a phone without scripts, Anna on a wide screen."""

    def __init__(self, live: Live, open_window: OpenWindow) -> None:
        people = People(live.app)
        owner, worker = people.owner("Ingrid"), people.worker("Anna")
        self.id: UUID = people.dyad(owner, worker)
        self.at = f"/dyads/{self.id}/agreement"
        self.ingrid = open_window(viewport=PHONE, java_script_enabled=False)
        self.anna = open_window()
        for page, person in ((self.ingrid, owner), (self.anna, worker)):
            self._sign_in(page, person, live.url)

    def _sign_in(self, page: Page, person: SomePerson, url: str) -> None:
        cookie = {"name": person.cookie_name(), "value": person.new_cookie(), "url": url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the right keys


@pytest.fixture
def two(live: Live, open_window: OpenWindow) -> Two:
    return Two(live, open_window)


def look_at(page: Page) -> None:
    """Nothing runs over on the smallest phone, and axe finds nothing."""
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(RUNS_OVER) == []
    found = Axe().run(page, options=RULES).response["violations"]
    assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]
    if size:
        page.set_viewport_size(size)


def press(page: Page, label: str) -> None:
    """Press a button by keyboard alone."""
    page.get_by_role("button", name=label, exact=True).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_two_people_work_their_agreement_out(two: Two) -> None:
    two.ingrid.goto(two.at)
    two.ingrid.get_by_role("button", name="Answer the questions").click()
    two.ingrid.get_by_label("Ingrid", exact=True).check()
    two.ingrid.get_by_label("What we keep for talking").fill("medicines, childhood")
    two.ingrid.get_by_role("button", name="I am done").click()
    expect(two.ingrid.get_by_role("main")).to_contain_text("Nothing waits on you.")

    two.anna.goto(f"{two.at}/answers")
    look_at(two.anna)
    two.anna.get_by_label("Until").filter(visible=True).fill("07:00")
    press(two.anna, "I am done")
    expect(two.anna.get_by_role("alert")).to_be_focused()
    two.anna.get_by_label("Until").filter(visible=True).fill("09:00")
    press(two.anna, "I am done")
    expect(two.anna.get_by_role("heading", level=1)).to_have_text("Where you two stand")
    look_at(two.anna)

    two.ingrid.goto(f"{two.at}/comparison")
    for question in ("Who writes first?", "What do we keep for talking?"):
        two.ingrid.goto(f"{two.at}/comparison")
        two.ingrid.get_by_role("link", name=re.compile(f": {re.escape(question)}")).click()
        two.ingrid.get_by_role("button", name="Take Anna’s answer").click()
    two.ingrid.get_by_role("link", name="Read the draft").click()
    two.ingrid.get_by_role("button", name="Say yes to this").click()

    two.anna.goto(f"{two.at}/draft")
    look_at(two.anna)
    press(two.anna, "Say yes to this")
    expect(two.anna.get_by_role("main")).to_contain_text("What you two agreed")
    for path in ("", "/print", "/versions", "/versions/1"):
        two.anna.goto(two.at + path)
        look_at(two.anna)


def test_the_ready_made_agreement_takes_three_presses_each_at_most(two: Two) -> None:
    for page in (two.ingrid, two.anna):
        page.goto(f"/dyads/{two.id}")
        page.get_by_role("main").get_by_role("link", name="What you two agreed").click()
        page.get_by_role("button", name="Say yes to this").click()
    expect(two.anna.get_by_role("main")).to_contain_text("messages are open")


def test_one_question_at_a_time_fits_the_smallest_phone(two: Two) -> None:
    two.anna.goto(two.at)
    press(two.anna, "Answer the questions")
    two.anna.goto(f"{two.at}/answers?step=1")
    for step in range(1, 9):
        expect(two.anna.get_by_role("main")).to_contain_text(f"Question {step} of 8")
        look_at(two.anna)
        press(two.anna, "Next" if step < 8 else "I am done")
    expect(two.anna.get_by_role("main")).to_contain_text("Your answers are handed in.")


def test_typed_answers_are_still_there_after_the_window_was_closed(
    two: Two, open_window: OpenWindow
) -> None:
    two.anna.goto(two.at)
    press(two.anna, "Answer the questions")
    two.anna.get_by_label("What we keep for talking").fill("Anything about money")
    expect(two.anna.locator("[data-draft-status]").last).to_contain_text("saved")
    cookies = two.anna.context.cookies()
    again = open_window()
    again.context.add_cookies(cookies)  # type: ignore[arg-type]  # what one context gave, another takes
    again.goto(f"{two.at}/answers")
    expect(again.get_by_label("What we keep for talking")).to_have_value("Anything about money")
