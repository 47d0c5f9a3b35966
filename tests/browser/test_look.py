"""How the portal looks: nothing runs over, nothing is too small, all is readable, with axe's word.

Every component stands on one page (``gallery.html``), shown in each layout, at the widths of a
small phone, a phone and a desk, in light and in dark.
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from portal.core.assets import read_css
from tests.browser.gallery import LAYOUTS, add_gallery
from tests.fixtures.browser import NARROW, PHONE, WIDE, Live, OpenWindow

pytestmark = pytest.mark.browser

SIZES = {320: NARROW, 412: PHONE, 1280: WIDE}
SMALLEST_TARGET = 44
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

TOO_SMALL = """smallest => [...document.querySelectorAll(
  "a.button, button, .pill, .check, .nav-link, .help-now, .back, .me-link, .input, .number, summary"
)].filter(each => each.getClientRects().length && !each.matches(".skip"))
  .filter(each => each.getBoundingClientRect().height < smallest - 0.5)
  .map(each => `${each.className} ${each.textContent.trim()}`)"""

MOST_LINES = {"phone.js": 260, "map.js": 160}
"""What moves things on the map, and what seals a plan, is one script each: none imports another."""

RUNS_OVER = """() => {
const scrolls = each => {
  for (let at = each.parentElement; at; at = at.parentElement) {
    if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
  }
  return false;
};
return [...document.querySelectorAll("body *")].filter(each => {
  const place = each.getBoundingClientRect();
  return place.width > 1 && (place.right > innerWidth + 0.5 || place.left < -0.5)
    && !each.closest(".unseen, .skip, .table-head") && !scrolls(each);
}).map(each => `${each.tagName} ${each.className}`)}"""

DULL = """() => {
  const light = text => {
    const parts = text.match(/[\\d.]+/g).map(Number);
    const [r, g, b] = parts.slice(0, 3).map(each => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = each => {
    for (let at = each; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour) && colour !== "transparent") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")].filter(each => !each.closest(".unseen") &&
    [...each.childNodes].some(child => child.nodeType === 3 && child.textContent.trim())
  ).map(each => {
    const [one, other] = [light(getComputedStyle(each).color), light(ground(each))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return [ratio, `${each.className} ${each.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`];
  }).filter(([ratio]) => ratio < 7).map(([, text]) => text);
}"""


@pytest.fixture
def live(live: Live) -> Live:
    """The application with the gallery in it."""
    add_gallery(live.app)
    return live


@pytest.mark.parametrize("width", SIZES)
def test_every_component_fits_and_can_be_hit(open_window: OpenWindow, width: int) -> None:
    page = open_window(viewport=SIZES[width])
    for layout in LAYOUTS:
        see(page, f"/gallery/{layout}?errors=1")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(RUNS_OVER) == []
        assert page.evaluate(TOO_SMALL, SMALLEST_TARGET) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(open_window: OpenWindow, scheme: str) -> None:
    page = open_window(color_scheme=scheme)
    for layout in LAYOUTS:
        see(page, f"/gallery/{layout}?errors=1")
        assert page.evaluate(DULL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_window: OpenWindow, scheme: str) -> None:
    page = open_window(color_scheme=scheme, viewport=PHONE)
    for layout in LAYOUTS:
        see(page, f"/gallery/{layout}?errors=1")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()


def test_help_now_is_in_the_same_corner_and_one_press_away(open_window: OpenWindow) -> None:
    for size in SIZES.values():
        page = open_window(viewport=size)
        corners = set()
        for layout in LAYOUTS:
            see(page, f"/gallery/{layout}")
            place = page.get_by_role("link", name="Help now").bounding_box()
            assert place is not None
            assert place["y"] + place["height"] > size["height"] - 24
            corners.add(place["x"] > size["width"] / 2)
        assert len(corners) == 1
        page.get_by_role("link", name="Help now").click()
        assert page.get_by_role("link", name="113").get_attribute("href") == "tel:113"


def test_only_help_now_is_clay() -> None:
    assert "var(--clay" not in "".join(
        rule for rule in _rules() if "help-now" not in rule and ":root" not in rule
    )


def test_the_keyboard_reaches_the_page_first_and_sees_where_it_is(open_window: OpenWindow) -> None:
    page = open_window()
    see(page, "/gallery/owner")
    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "Goals" in _focused(page)
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "rgb(242, 177, 52)" in ring


def test_a_form_that_came_back_is_read_from_its_summary(open_window: OpenWindow) -> None:
    page = open_window()
    see(page, "/gallery/owner?errors=1")
    page.wait_for_function("document.activeElement.id === 'summary'")
    page.get_by_role("alert").get_by_role("link", name="Please write something.").click()
    assert page.evaluate("document.activeElement.name") == "words"
    box = page.locator("#words")
    assert box.get_attribute("aria-invalid") == "true"
    assert box.get_attribute("aria-describedby") == "words-hint words-error"


def test_a_page_asks_for_little(open_window: OpenWindow) -> None:
    page = open_window()
    asked: list[Request] = []
    page.on("requestfinished", lambda each: asked.append(each))
    see(page, "/gallery/owner")
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 5
    assert sum(each.sizes()["responseBodySize"] for each in asked) <= 50_000


def test_on_paper_only_the_words_remain(open_window: OpenWindow) -> None:
    page = open_window()
    see(page, "/gallery/owner")
    page.emulate_media(media="print")
    for gone in (".help-now", ".nav", ".top", ".button >> nth=0"):
        assert not page.locator(gone).first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_style_sheets_stay_small_and_simple() -> None:
    folder = Path(__file__).parents[2] / "portal/static"
    for path in [*folder.rglob("*.css"), *folder.rglob("*.js")]:
        assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES.get(path.name, 150)


def test_the_content_policy_lets_the_look_through(live: Live) -> None:
    client = live.app.test_client()
    answer = client.get("/help-now")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    address = next(iter(re.findall(r"/assets/look-[0-9a-f]+.css", answer.text)))
    look = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert look.headers["Content-Encoding"] == "gzip"
    assert "immutable" in look.headers["Cache-Control"]
    assert look.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/assets/look-000000000000.css").status_code == 404


def see(page: Page, address: str) -> None:
    """Open a page that must be there."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200


def _rules() -> list[str]:
    return read_css(Path(__file__).parents[2] / "portal/static/css").split("}")


def _focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return text.strip()
