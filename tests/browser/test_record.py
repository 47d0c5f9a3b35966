"""A page for the record in a real browser: without scripts, and by keyboard alone with them."""

import pytest

from tests.browser.hands import Hands, Keys
from tests.browser.record_story import RecordStory
from tests.fixtures.browser import Live, OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.long]


def test_a_page_for_the_record_works_without_scripts(live: Live, open_window: OpenWindow) -> None:
    RecordStory(live, lambda: Hands(open_window(java_script_enabled=False))).tell()


def test_a_page_for_the_record_works_by_keyboard_alone(live: Live, open_window: OpenWindow) -> None:
    RecordStory(live, lambda: Keys(open_window())).tell()
