"""The toolbox on a phone, without scripts."""

import pytest

from tests.browser.hands import Hands
from tests.browser.toolbox_story import ToolboxStory
from tests.fixtures.browser import PHONE, Live, OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.long]


def test_the_toolbox_works_on_a_phone_without_scripts(live: Live, open_window: OpenWindow) -> None:
    def phone() -> Hands:
        page = open_window(
            java_script_enabled=False, viewport=PHONE, is_mobile=True, has_touch=True
        )
        return Hands(page)

    ToolboxStory(live, phone, lambda: Hands(open_window(java_script_enabled=False))).tell()
