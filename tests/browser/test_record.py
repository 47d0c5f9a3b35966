"""A page for the record in a real browser: without scripts, and by keyboard alone with them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hands, Keys
from tests.browser.record_story import RecordStory
from tests.fixtures.browser import Live, OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.long]


def test_a_page_for_the_record_works_without_scripts(live: Live, open_window: OpenWindow) -> None:
    RecordStory(live, lambda: Hands(open_window(java_script_enabled=False))).tell()


def test_a_page_for_the_record_works_by_keyboard_alone(live: Live, open_window: OpenWindow) -> None:
    RecordStory(live, lambda: Keys(open_window())).tell()


def test_one_press_copies_the_text_of_a_page(live: Live, open_window: OpenWindow) -> None:
    may = ["clipboard-read", "clipboard-write"]
    story = RecordStory(live, lambda: Hands(open_window(permissions=may)))
    story.ingrid_approves_a_page()
    page = story.anna.page
    story.anna.go(f"/record/with/{story.dyad_id}")
    page.get_by_role("link", name=re.compile("^Page of ")).click()
    page.get_by_role("button", name="Copy it").click()
    expect(page.get_by_role("status").filter(has_text="It is copied.")).to_be_visible()
    text = page.get_by_label("To copy into another system").input_value()
    assert "Ring me before you come." in text
    assert page.evaluate("navigator.clipboard.readText()") == text
