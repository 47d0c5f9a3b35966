"""An address in a real browser: made and copied by keys alone, and without scripts by hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Keys
from tests.fixtures.browser import NARROW, Live, OpenWindow
from tests.fixtures.people import People, SomePerson
from tests.own_calendar.conftest import SOON, Town, starts_in, token_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
MARKED = "box => box.value.slice(box.selectionStart, box.selectionEnd)"


def visit(open_window: OpenWindow, live: Live, who: SomePerson, **wishes: object) -> Page:
    """A window in which somebody is signed in, on the page of their own calendar."""
    page = open_window(**wishes)
    cookie = {"name": who.cookie_name(), "value": who.new_cookie(), "url": live.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the right keys
    page.goto("/calendar")
    return page


def test_by_keys_alone_an_address_is_made_copied_and_ended(
    open_window: OpenWindow, live: Live
) -> None:
    anna = People(live.app).worker()
    may = ["clipboard-read", "clipboard-write"]
    page = visit(open_window, live, anna, permissions=may, viewport=NARROW)
    keys = Keys(page)
    keys.press("Make the address")
    box = page.get_by_role("textbox", name="Address")
    box.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="It is copied.")).to_be_visible()
    path = f"/calendar/{token_of(anna)}.ics"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(path)
    page.keyboard.press("Shift+Tab")
    assert box.evaluate(MARKED) == copied
    assert page.request.get(path).status == 200
    keys.press("End it now")
    expect(page.get_by_text("The address has ended.")).to_be_visible()
    assert page.request.get(path).status == 404


def test_without_scripts_the_address_can_be_marked_and_taken_along(
    open_window: OpenWindow, live: Live
) -> None:
    town = Town.among(People(live.app))
    town.meet(town.with_anna, SOON)
    page = visit(open_window, live, town.ingrid, java_script_enabled=False)
    page.get_by_role("button", name="Make the address").click()
    path = f"/calendar/{token_of(town.ingrid)}.ics"
    expect(page.get_by_role("button", name="Copy it")).to_have_count(0)
    box = page.get_by_role("textbox", name="Address")
    assert box.input_value().endswith(path)
    expect(box).not_to_be_editable()
    assert starts_in(page.request.get(path).text()) == [SOON]
    page.get_by_role("button", name="Make a new address").click()
    expect(page.get_by_text("The old one has ended.")).to_be_visible()
    assert page.request.get(path).status == 404
