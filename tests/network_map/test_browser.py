"""The map in a real browser: moved by pointer and by keys, read on a phone, set in a real font."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from portal.network_map import service
from portal.network_map.shapes import Circle, NodeBody, Sector
from tests.fixtures.browser import NARROW, PHONE, Live, OpenWindow
from tests.fixtures.people import People, SomePerson

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

ME = ".map-frame circle.fill-strong"
OVERLAPS = """() => {
  const within = (one, other) =>
    one.left < other.right - 0.5 && other.left < one.right - 0.5 &&
    one.top < other.bottom - 0.5 && other.top < one.bottom - 0.5;
  const places = [...document.querySelectorAll(".map-frame a")].map(link => ({
    shape: link.querySelector("circle, path").getBoundingClientRect(),
    text: link.querySelector("text").getBoundingClientRect(),
    words: link.textContent,
  }));
  const found = [];
  places.forEach((one, at) => places.slice(at + 1).forEach(other => {
    for (const [a, b] of [
      [one.shape, other.shape], [one.text, other.text],
      [one.shape, other.text], [one.text, other.shape],
    ]) if (within(a, b)) found.push(`${one.words} / ${other.words}`);
  }));
  return found;
}"""


BEYOND = """() => [...document.querySelectorAll(".drawing-natural text")].filter(each => {
  const place = each.getBoundingClientRect();
  return place.left < 0 || place.right > document.documentElement.clientWidth;
}).map(each => each.textContent)"""


@pytest.fixture
def ingrid(live: Live) -> SomePerson:
    """Somebody whose map can be visited."""
    return People(live.app).owner("Ingrid")


def visit(open_window: OpenWindow, live: Live, who: SomePerson, **wishes: object) -> Page:
    """A window in which somebody is signed in, on their map."""
    page = open_window(**wishes)
    cookie = {"name": who.cookie_name(), "value": who.new_cookie(), "url": live.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the right keys
    page.goto("/network-map")
    return page


def add(who: SomePerson, name: str, sector: Sector, circle: Circle) -> None:
    with who.viewing() as viewer:
        body = NodeBody(name, sector=sector, circle=circle)
        service.add_node(viewer, body, once=name)


def place_of(who: SomePerson, name: str) -> tuple[Sector, Circle]:
    with who.viewing() as viewer:
        body = next(each.body for each in service.here_of(viewer) if each.body.name == name)
        return body.sector, body.circle


def test_dragging_moves_a_node_where_it_is_let_go(
    open_window: OpenWindow, live: Live, ingrid: SomePerson
) -> None:
    add(ingrid, "Lise", Sector.FRIENDS, Circle.OUTER)
    add(ingrid, "The choir", Sector.LEISURE, Circle.NEAR)
    page = visit(open_window, live, ingrid)
    page.get_by_role("button", name="Move things on the map").click()
    start = page.locator(".map-frame a", has_text="Lise").locator("circle").bounding_box()
    end = page.locator(".map-frame a", has_text="The choir").locator("circle").bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"], end["y"], steps=4)
    expect(page.locator("[data-map-said]")).to_have_text("Leisure · Near")
    page.mouse.up()
    expect(page.get_by_text("It stands there now.")).to_be_visible()
    assert place_of(ingrid, "Lise") == (Sector.LEISURE, Circle.NEAR)


def test_arrow_keys_move_a_node_and_escape_leaves_it(
    open_window: OpenWindow, live: Live, ingrid: SomePerson
) -> None:
    add(ingrid, "Lise", Sector.FRIENDS, Circle.NEAR)
    page = visit(open_window, live, ingrid)
    page.get_by_role("button", name="Move things on the map").press("Enter")
    link = page.locator(".map-frame a", has_text="Lise")
    link.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-map-said]")).to_have_text("Friends · Closest")
    page.keyboard.press("Escape")
    assert place_of(ingrid, "Lise") == (Sector.FRIENDS, Circle.NEAR)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It stands there now.")).to_be_visible()
    assert place_of(ingrid, "Lise") == (Sector.FAMILY, Circle.WITHIN_REACH)


def test_without_the_button_a_node_leads_to_its_page(
    open_window: OpenWindow, live: Live, ingrid: SomePerson
) -> None:
    add(ingrid, "Lise", Sector.FRIENDS, Circle.NEAR)
    page = visit(open_window, live, ingrid)
    page.locator(".map-frame a", has_text="Lise").locator("circle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lise")


def test_a_finger_moves_a_node_and_slides_the_rest(
    open_window: OpenWindow, live: Live, ingrid: SomePerson
) -> None:
    add(ingrid, "Lise", Sector.FRIENDS, Circle.OUTER)
    add(ingrid, "The choir", Sector.LEISURE, Circle.CLOSEST)
    page = visit(open_window, live, ingrid, viewport=PHONE, is_mobile=True, has_touch=True)
    page.get_by_role("button", name="Move things on the map").tap()
    expect(page.get_by_label("Show it larger")).to_be_checked()
    choir = page.locator(".map-frame a", has_text="The choir").locator("circle")
    choir.scroll_into_view_if_needed()
    place = choir.bounding_box()
    assert place is not None
    swipe(page, place["x"] + 8, place["y"] + 8, -90, -90)
    expect(page.get_by_text("It stands there now.")).to_be_visible()
    assert place_of(ingrid, "The choir") != (Sector.LEISURE, Circle.CLOSEST)


def swipe(page: Page, x: float, y: float, right: float, down: float) -> None:
    """Put a finger on a place, draw it along, and lift it."""
    device = page.context.new_cdp_session(page)
    for step in range(9):
        at = [{"x": x + right * step / 8, "y": y + down * step / 8}]
        kind = "touchMove" if step else "touchStart"
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
        page.wait_for_timeout(30)
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("has_scripts", [True, False])
def test_on_a_small_phone_the_whole_map_is_there_and_larger_at_a_press(
    open_window: OpenWindow, live: Live, ingrid: SomePerson, *, has_scripts: bool
) -> None:
    add(ingrid, "Lise", Sector.FRIENDS, Circle.NEAR)
    page = visit(open_window, live, ingrid, viewport=NARROW, java_script_enabled=has_scripts)
    widths = page.locator(".map-frame").evaluate("each => [each.scrollWidth, each.clientWidth]")
    assert widths[0] == widths[1]
    assert page.get_by_role("button", name="Move things on the map").count() == has_scripts
    page.get_by_label("Show it larger").check()
    if has_scripts:
        me, frame = (page.locator(each).bounding_box() for each in (ME, ".map-frame"))
        assert me is not None
        assert frame is not None
        assert abs(me["x"] + me["width"] / 2 - frame["x"] - frame["width"] / 2) < 8
    widths = page.locator(".map-frame").evaluate("each => [each.scrollWidth, each.clientWidth]")
    assert widths[0] > 2 * widths[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    size = page.locator(".map-frame a text").evaluate("each => each.getBoundingClientRect().height")
    assert size >= 13
    start = page.locator(".map-frame").evaluate("each => each.scrollLeft")
    page.locator(".map-frame").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.locator(".map-frame").evaluate("each => each.scrollLeft") > start


def test_sixty_names_in_a_real_font_do_not_overlap(
    open_window: OpenWindow, live: Live, ingrid: SomePerson
) -> None:
    names = ("Mamma", "Bjørn Åge Wøhlmann", "MMMMWWWWMMMMWWWW", "Lise", "Kommunens hjemmetjeneste")
    for number in range(60):
        sector, circle = list(Sector)[number * 7 % 6], list(Circle)[number * 5 % 4]
        add(ingrid, f"{names[number % 5]} {number}", sector, circle)
    page = visit(open_window, live, ingrid)
    assert page.locator(".map-frame a").count() == 60
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("path", ["/network-map", "/network-map/snapshots", "/settings/notices"])
def test_nothing_runs_over_on_a_small_phone_with_letters_twice_as_large(
    open_window: OpenWindow, live: Live, ingrid: SomePerson, path: str
) -> None:
    add(ingrid, "My sister", Sector.NEIGHBOURHOOD, Circle.CLOSEST)
    page = visit(open_window, live, ingrid, viewport={"width": 180, "height": 400})
    page.goto(path)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0


def test_sixty_names_can_be_read_where_a_browser_prints_the_map(
    open_window: OpenWindow, live: Live, ingrid: SomePerson
) -> None:
    for number in range(60):
        add(ingrid, f"Åse {number}", list(Sector)[number % 6], list(Circle)[number % 4])
    page = visit(open_window, live, ingrid)
    page.goto("/toolbox/network-map/print")
    paper = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages[0]
    found: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.lstrip().startswith("Åse"):
            found.append(size * abs(tm[3] * cm[3]))

    paper.extract_text(visitor_text=note)
    in_drawing = [size for size in found if size < 10]
    assert len(in_drawing) >= 60
    assert min(in_drawing) > 7.5
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 748, "height": 1000})  # A4 between margins of 6 mm
    page.locator(".drawing-natural").scroll_into_view_if_needed()
    over = page.evaluate(BEYOND)
    assert over == []
