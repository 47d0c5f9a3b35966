"""The whole story without scripts: sign up, meet, agree, write, set goals, meet again, part."""

import pytest

from tests.browser.hands import Hands
from tests.browser.story import Story
from tests.fixtures.browser import PHONE, Live, OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600), pytest.mark.long]


def test_two_people_walk_the_whole_way_without_scripts(live: Live, open_window: OpenWindow) -> None:
    def hands(**wishes: object) -> Hands:
        return Hands(open_window(java_script_enabled=False, **wishes))

    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    story = Story(live.app, ingrid=hands(**phone), anna=hands())
    story.tell(other_device=lambda: hands(**phone))
