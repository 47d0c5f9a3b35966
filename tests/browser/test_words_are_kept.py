"""No word is lost: not by a reload, on another device, by a session that ended, by a double press.

With scripts, on the page where people write most: a thread.
"""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from portal.agreements import service as agreements
from tests.browser.hands import Hands
from tests.fixtures.browser import Live, OpenWindow
from tests.fixtures.people import PASSWORD, People, SomePerson

pytestmark = pytest.mark.browser

WORDS = "Slept badly again.\n\nThe bus was full, so I turned back."


class Desk:
    """Ingrid, who has agreed with Anna how they write, and any number of her devices."""

    def __init__(self, live: Live, open_window: OpenWindow) -> None:
        people = People(live.app)
        self.live, self.open_window = live, open_window
        self.ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
        self.dyad_id: UUID = people.dyad(self.ingrid, anna)
        self._agree(anna)

    def _agree(self, anna: SomePerson) -> None:
        with self.ingrid.viewing() as viewer:
            agreements.accept_defaults(viewer, self.dyad_id)
        with anna.viewing(datetime.now(UTC) + timedelta(seconds=1)) as viewer:
            round_ = agreements.draft_for(viewer, self.dyad_id).round
            assert round_ is not None
            agreements.accept(viewer, self.dyad_id, revision=round_.revision)

    def device(self) -> Page:
        """A browser in which Ingrid is signed in, on the page of the thread."""
        page = self.open_window()
        page.context.add_cookies(
            [
                {
                    "name": self.ingrid.cookie_name(),
                    "value": self.ingrid.new_cookie(),
                    "url": self.live.url,
                }
            ]
        )
        page.goto(f"/messages/{self.dyad_id}")
        return page


@pytest.fixture
def desk(live: Live, open_window: OpenWindow) -> Desk:
    return Desk(live, open_window)


def write(page: Page) -> None:
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_text("Kept as a draft · saved").wait_for()


def test_words_are_there_after_a_reload_and_on_another_device(desk: Desk) -> None:
    page = desk.device()
    write(page)
    page.reload()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    other = desk.device()
    expect(other.get_by_label("Your words")).to_have_value(WORDS)
    expect(other.get_by_text("So far only you can see them.")).to_be_visible()


def test_session_that_ended_elsewhere_loses_nothing_of_what_is_sent(desk: Desk) -> None:
    page, other = desk.device(), desk.device()
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_label("Something practical").check()
    other.goto("/settings/devices")
    other.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("All your words are kept.")
    hands = Hands(page)
    hands.write("E-mail", desk.ingrid.address)
    hands.write("Password", PASSWORD)
    hands.press("Sign in")
    expect(page).to_have_url(re.compile(str(desk.dyad_id)))
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    expect(page.get_by_label("Something practical")).to_be_checked()
    assert page.locator("article.message").count() == 0


def test_double_click_on_send_sends_one_message(desk: Desk) -> None:
    page = desk.device()
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_role("main")).to_contain_text("It is on its way to Anna.")
    page.reload()
    expect(page.locator("article.message")).to_have_count(1)
    expect(page.get_by_label("Your words")).to_have_value("")


def test_back_button_shows_no_message_after_signing_out(desk: Desk) -> None:
    page = desk.device()
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("article.message")).to_contain_text("Slept badly")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "Slept badly" not in page.content()


def test_a_first_word_stands_in_the_box_at_once_and_is_kept(desk: Desk) -> None:
    page = desk.device()
    me = Hands(page)
    me.write("Your words", "Slept badly.")
    page.get_by_text("Hard to begin?").click()
    page.get_by_role("button", name="Today it is hard to").click()
    box = page.get_by_label("Your words")
    expect(box).to_have_value("Slept badly.\nToday it is hard to ")
    expect(box).to_be_focused()
    expect(page.locator("[data-draft-status]")).to_contain_text("saved")
    page.get_by_label("The main point").press("Enter")
    me.sees("It is on its way to Anna.")
