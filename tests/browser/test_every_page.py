"""Every page that somebody can open, in a real browser: on a small phone, a phone and a desk.

The pages come from the map of addresses, so that a new one is looked at without being named here.
Reading changes nothing, so all tests here look at one town.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.access.scene import Scene
from tests.browser.every_page import Visitor
from tests.fixtures.application import settings_of
from tests.fixtures.browser import NARROW, Live, OpenWindow, Served
from tests.security.forms import paths, place_of

pytestmark = [pytest.mark.browser, pytest.mark.long]

ROLES = {  # and whose pages theirs are like, so that axe has looked at them already
    "owner": "owner",
    "other_owner": "owner",  # somebody new, whose pages are all empty
    "worker": "worker",
    "worker_without_grant": "worker",
    "administrator": "administrator",
    "anonymous": "anonymous",
}
IN_THE_DARK = ("home.home", "messaging.thread", "goals.goal", "home.your_turn", "meetings.pair")


@pytest.fixture(scope="module")
def live(served: Served, valkey: str, template: Path) -> Live:
    """The served application, once for all tests of this file."""
    served.begin_afresh(template)
    app = served.app(settings_of(served.home, redis_url=valkey, port=served.port))
    app.config |= {"RATELIMIT_ENABLED": False}
    served.start(app)
    return Live(f"http://127.0.0.1:{served.port}", app)


@pytest.fixture(scope="module")
def scene(live: Live) -> Scene:
    """A town with everything in it."""
    return Scene(live.app)


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str]]:
    """Which pages have been looked at, and whose: for some, once is enough."""
    return set()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", ROLES)
def test_page_fits_helps_and_asks_for_little(
    scene: Scene, live: Live, open_window: OpenWindow, seen: set[tuple[str, str]], role: str
) -> None:
    visitor = Visitor(window_of(scene, role, open_window, live))
    for endpoint, path in pages_for(scene, role):
        looks, is_same = (endpoint, ROLES[role]), endpoint.startswith("accounts.")
        if is_same and any(endpoint == other for other, _whose in seen):
            continue  # signing in and settings look the same for everybody
        visitor.look(path, with_axe=looks not in seen)
        if endpoint in IN_THE_DARK and looks not in seen:
            visitor.look_in_the_dark(path)
        seen.add(looks)
    assert visitor.faults == []


@pytest.mark.parametrize("role", ["owner", "worker", "anonymous"])
def test_refusal_is_a_page_like_any_other_with_a_way_on(
    scene: Scene, live: Live, open_window: OpenWindow, role: str
) -> None:
    visitor = Visitor(window_of(scene, role, open_window, live))
    visitor.look("/nothing/here", status=404)
    assert visitor.faults == []
    assert visitor.page.get_by_role("main").get_by_role("link").count() >= 1


def window_of(scene: Scene, role: str, open_window: OpenWindow, live: Live) -> Page:
    """A browser in which somebody with a role is signed in, and which keeps no copies."""
    page = open_window(viewport=NARROW)
    if role in scene.cookies:
        name = scene.ingrid.cookie_name()
        cookie = {"name": name, "value": scene.cookies[role], "url": live.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the right keys
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page


def pages_for(scene: Scene, role: str) -> Iterator[tuple[str, str]]:
    """Every page that opens for a role: its endpoint, of which part, and its address."""
    client = scene.client(role)
    for endpoint, path in sorted(paths(scene, role), key=lambda each: each[1]):
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield " ".join((endpoint, place_of(scene.app, path)[1])).strip(), path
