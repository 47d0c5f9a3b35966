"""Leaving quickly, in a real browser, with scripts and without; what one leaves to is made up."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.test_ways_in import look_at, sign_in
from tests.fixtures.browser import PHONE, WIDE, Live, OpenWindow
from tests.fixtures.people import People

pytestmark = pytest.mark.browser
ELSEWHERE = "https://www.yr.no/"
IS_AT_THE_END = """async () => {
  const left = () => document.documentElement.scrollHeight - scrollY - innerHeight;
  for (let frame = 0; left() > 1 && frame < 600; frame++) await new Promise(requestAnimationFrame);
  return left() <= 1;
}"""


def with_way_out(live: Live, page: Page) -> Page:
    """An owner who has the button on every page; the world outside is one sentence."""
    page.context.route(
        f"{ELSEWHERE}**", lambda route: route.fulfill(body="Rain later", content_type="text/html")
    )
    sign_in(page, People(live.app).owner("Ingrid").address)
    page.goto("/settings/leaving")
    page.get_by_label("Show “Leave now” on every page").check()
    page.get_by_role("button", name="Keep").click()
    return page


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_one_press_and_nothing_is_left(
    live: Live, open_window: OpenWindow, size: dict[str, int], has_scripts: bool
) -> None:
    page = with_way_out(live, open_window(viewport=size, java_script_enabled=has_scripts))
    page.goto("/night")
    page.mouse.wheel(0, 4000)
    leave = page.get_by_role("button", name="Leave now")
    expect(leave).to_be_in_viewport()
    leave.click()
    expect(page).to_have_url(ELSEWHERE)
    expect(page.get_by_text("Rain later")).to_be_visible()
    page.goto("/settings")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_words_on_the_page_hold_nobody_back(live: Live, page: Page) -> None:
    look_at(with_way_out(live, page))
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto("/goals/new")
    page.locator("main textarea").first.press_sequentially("Nobody should see this")
    page.get_by_role("button", name="Leave now").click()
    expect(page).to_have_url(ELSEWHERE)
    assert asked == []
    page.go_back()
    assert "Nobody should see this" not in page.content()


def to_the_end(page: Page) -> None:
    """Go down by the key, and wait until there: the browser glides, and would glide on."""
    page.keyboard.press("End")
    assert page.evaluate(IS_AT_THE_END)


def test_what_is_reached_by_keyboard_is_not_under_the_line(live: Live, phone: Page) -> None:
    with_way_out(live, phone)
    phone.goto("/settings")
    line = phone.locator(".leave").bounding_box()
    assert line is not None
    to_the_end(phone)
    for _ in range(30):
        phone.keyboard.press("Shift+Tab")
        box = phone.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        is_line = phone.evaluate("document.activeElement.closest('.leave, .skip') !== null")
        assert is_line or box["bottom"] > line["height"]
