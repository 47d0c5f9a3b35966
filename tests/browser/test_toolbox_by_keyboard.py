"""The toolbox by keyboard alone, with scripts: Tab, Enter, Space and the arrows."""

import pytest

from tests.browser.hands import Keys
from tests.browser.toolbox_story import ToolboxStory
from tests.fixtures.browser import Live, OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.long]


def test_the_toolbox_works_by_keyboard_alone(live: Live, open_window: OpenWindow) -> None:
    def keys() -> Keys:
        return Keys(open_window())

    ToolboxStory(live, keys, keys).tell()
