"""The whole story by keyboard alone, with scripts: Tab, Enter, Space and the arrows."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Keys
from tests.browser.story import Story
from tests.fixtures.browser import Live, OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.long]


def test_two_people_walk_the_whole_way_by_keyboard(live: Live, open_window: OpenWindow) -> None:
    story = Story(live.app, ingrid=Keys(open_window()), anna=Keys(open_window()))
    story.tell(other_device=lambda: Keys(open_window()))


def test_first_tab_skips_to_the_page_and_a_form_with_faults_takes_the_focus(
    live: Live, open_window: OpenWindow
) -> None:
    me = Keys(open_window())
    me.go("/sign-in")
    me.page.keyboard.press("Tab")
    expect(me.page.locator(":focus")).to_have_text("Skip to the page")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_role("main")).to_be_focused()
    me.write("E-mail", "kari")
    me.page.keyboard.press("Enter")
    summary = me.page.get_by_role("alert")
    expect(summary).to_be_focused()
    me.page.keyboard.press("Tab")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_label("E-mail")).to_be_focused()
