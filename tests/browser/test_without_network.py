"""Words while the network comes and goes, with and without the plan on the phone.

The network is cut as a tunnel cuts it: the browser knows, or it does not know and nothing answers.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import PHONE, Live, OpenWindow
from tests.fixtures.people import People, SomePerson

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

WORDS = "Mornings outdoors"
FIELD = "What would you like?"


@pytest.fixture
def ingrid(live: Live) -> SomePerson:
    """Somebody with a portal, in the application that is served."""
    return People(live.app).owner("Ingrid")


@pytest.fixture
def phone(open_window: OpenWindow, live: Live, ingrid: SomePerson) -> Page:
    """Her phone, signed in."""
    page = open_window(viewport=PHONE, is_mobile=True, has_touch=True)
    cookie = {"name": ingrid.cookie_name(), "value": ingrid.new_cookie(), "url": live.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the right keys
    return page


def put_plan_here(page: Page) -> None:
    """The plan lies on this phone, without a PIN."""
    page.goto("/crisis-plan/phone")
    page.get_by_role("button", name="Put the plan on this phone").click()
    page.wait_for_url("**/plan-here*", timeout=30_000)


@pytest.mark.parametrize("has_plan", [False, True])
def test_the_last_second_of_writing_outlives_a_link(phone: Page, *, has_plan: bool) -> None:
    if has_plan:
        put_plan_here(phone)
    for number, pause in enumerate((100, 200, 600, 900, 200, 100)):
        words = f"{WORDS} {number}"
        phone.goto("/goals/new")
        phone.get_by_label(FIELD).fill(words)
        phone.wait_for_timeout(pause)
        phone.get_by_role("link", name="Toolbox").first.click()
        phone.wait_for_url("**/toolbox")
        phone.goto("/goals/new")
        expect(phone.get_by_label(FIELD), f"after {pause} ms").to_have_value(words)


@pytest.mark.parametrize("has_plan", [False, True])
def test_help_now_waits_for_nothing_and_the_words_are_kept(phone: Page, *, has_plan: bool) -> None:
    if has_plan:
        put_plan_here(phone)
    for number in range(3):
        words = f"{WORDS} {number}"
        phone.goto("/goals/new")
        phone.get_by_label(FIELD).fill(words)
        phone.wait_for_timeout(200)
        phone.get_by_role("link", name="Help now").click()
        phone.wait_for_url("**/help-now")
        phone.wait_for_timeout(300)
        phone.goto("/goals/new")
        expect(phone.get_by_label(FIELD)).to_have_value(words)


@pytest.mark.parametrize("has_plan", [False, True])
def test_without_network_a_press_is_held_back_and_goes_through_later(
    phone: Page, *, has_plan: bool
) -> None:
    if has_plan:
        put_plan_here(phone)
    phone.goto("/goals/new")
    phone.context.set_offline(True)
    phone.get_by_label(FIELD).fill(WORDS)
    keep = phone.locator("main form[data-draft] button[type=submit]").last
    for _press in range(2):
        keep.click()
        expect(
            phone.get_by_text("Your words wait here while this page is open. Press again")
        ).to_be_visible()
    assert phone.url.endswith("/goals/new")
    expect(phone.get_by_label(FIELD)).to_have_value(WORDS)
    phone.context.set_offline(False)
    expect(phone.get_by_text("The network is back. Kept as a draft")).to_be_visible()
    keep.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(WORDS)


def test_a_network_that_only_seems_to_be_there_is_found_out_by_the_draft(phone: Page) -> None:
    phone.goto("/goals/new")
    phone.route("**/drafts", lambda route: route.abort())
    phone.get_by_label(FIELD).fill(WORDS)
    expect(phone.get_by_text("Not saved just now.")).to_be_visible()
    keep = phone.locator("main form[data-draft] button[type=submit]").last
    keep.click()
    expect(phone.get_by_text("Your words wait here while this page is open.")).to_be_visible()
    with phone.expect_request("**/drafts"):
        pass  # it tries again by itself
    phone.wait_for_timeout(300)
    expect(phone.get_by_text("Your words wait here while this page is open.")).to_be_visible()
    phone.unroute("**/drafts")
    expect(phone.get_by_text("The network is back.")).to_be_visible(timeout=15_000)
    phone.goto("/goals/new")
    expect(phone.get_by_label(FIELD)).to_have_value(WORDS)


def test_a_form_that_keeps_no_draft_and_a_single_press_are_held_back_too(phone: Page) -> None:
    phone.goto("/invitations/new")
    phone.context.set_offline(True)
    phone.get_by_label("E-mail").fill("anna@example.org")
    phone.locator("main form button[type=submit]").last.click()
    expect(phone.get_by_text("Your words wait here while this page is open.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("The network is back.")).to_be_visible()
    phone.goto("/settings")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_text("No network just now. Press again")).to_be_visible()
    assert phone.url.endswith("/settings")
