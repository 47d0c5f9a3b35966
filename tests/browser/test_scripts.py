"""What the small scripts add: drafts while one writes, one sending a press, nothing left behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.fixtures.browser import Live, OpenWindow
from tests.fixtures.people import People, SomePerson

pytestmark = pytest.mark.browser

SignedIn = Callable[..., Page]


@pytest.fixture
def ingrid(live: Live) -> SomePerson:
    """Somebody with a portal, in the application that is served."""
    return People(live.app).owner()


@pytest.fixture
def window(open_window: OpenWindow, live: Live, ingrid: SomePerson) -> SignedIn:
    """A browser in which Ingrid is signed in."""

    def opened(**wishes: object) -> Page:
        page = open_window(**wishes)
        page.context.add_cookies(
            [{"name": ingrid.cookie_name(), "value": ingrid.new_cookie(), "url": live.url}]
        )
        return page

    return opened


def test_words_are_kept_while_they_are_written(window: SignedIn) -> None:
    page = window()
    page.goto("/goals/new")
    page.get_by_label("What would you like?").fill("Mornings outdoors")
    page.get_by_text("Kept as a draft · saved").wait_for()
    other = window()
    other.goto("/goals/new")
    assert other.get_by_label("What would you like?").input_value() == "Mornings outdoors"
    assert other.get_by_text("Here are your words from before").is_visible()


def test_words_that_cannot_be_saved_stay_on_the_page_and_say_so(window: SignedIn) -> None:
    page = window()
    page.goto("/goals/new")
    page.route("**/drafts", lambda route: route.abort())
    page.get_by_label("What would you like?").fill("Mornings outdoors")
    page.get_by_text("Not saved just now. Your words stay here.").wait_for()
    assert page.get_by_label("What would you like?").input_value() == "Mornings outdoors"


def test_a_sent_form_leaves_no_draft_behind(window: SignedIn) -> None:
    page = window()
    page.goto("/goals/new")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/drafts", slowly)
    page.get_by_label("What would you like?").fill("Mornings outdoors")
    with page.expect_request("**/drafts"):
        page.wait_for_timeout(1600)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda url: not url.endswith("/goals/new"))
    page.goto("/goals/new")
    assert page.get_by_label("What would you like?").input_value() == ""


def test_a_double_press_sends_once(window: SignedIn) -> None:
    page = window()
    page.goto("/goals/new")
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    page.get_by_label("What would you like?").fill("Mornings outdoors")
    page.evaluate(
        """() => {
          const button = [...document.querySelectorAll("main form button[type=submit]")].at(-1);
          button.click(); button.click(); button.click();
        }"""
    )
    page.wait_for_url(lambda url: not url.endswith("/goals/new"))
    assert len([url for url in sent if url.endswith("/goals/new")]) == 1


def test_help_is_there_when_the_network_is_not(open_window: OpenWindow) -> None:
    page = open_window()
    with page.expect_response("**/help-now"):
        page.goto("/sign-in")
    page.context.set_offline(True)
    page.get_by_role("link", name="Help now").click()
    page.get_by_role("heading", name="Help now", level=1).wait_for()
    assert page.get_by_role("link", name="113").get_attribute("href") == "tel:113"


def test_without_scripts_everything_is_still_there(window: SignedIn) -> None:
    page = window(java_script_enabled=False)
    page.goto("/goals/new")
    page.get_by_label("What would you like?").fill("Mornings outdoors")
    page.locator("main form button[type=submit]").last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mornings outdoors"
