"""What holds on every page, whoever opens it: it fits, it can be hit, it asks for little, it helps.

``Visitor`` opens a page once and looks at it at three widths; it says in words what is wrong.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.test_look import DULL, RULES, RUNS_OVER, SIZES

MOST_BYTES = 50_000
MOST_REQUESTS = 5
SMALLEST = 24  # pixels, WCAG 2.5.8; a link inside a sentence may be as high as its line

LOOK = f"""smallest => {{
  const small = each => {{
    if (each.closest(".skip, .unseen, .pill, .check")) return false;
    if (!each.getClientRects().length) return false;
    if (each.matches("a") && getComputedStyle(each).display === "inline") return false;
    const place = each.getBoundingClientRect();
    return place.height < smallest - 0.5 || place.width < smallest - 0.5;
  }};
  const helped = () => {{
    const link = document.querySelector(".help-now a[href='/help-now'], a.help-now");
    if (!link) return false;
    const place = link.getBoundingClientRect();
    const [x, y] = [place.left + place.width / 2, place.top + place.height / 2];
    return link.contains(document.elementFromPoint(x, y));
  }};
  const targets = "a, button, input:not([type=hidden]), select, textarea, summary";
  return {{
    wide: document.documentElement.scrollWidth > innerWidth,
    over: ({RUNS_OVER})(),
    small: [...document.querySelectorAll(targets)].filter(small)
      .map(each => `${{each.tagName}} ${{each.className}} ${{each.textContent.trim()}}`),
    helped: helped(),
    headings: document.querySelectorAll("h1").length,
  }};
}}"""


class Visitor:
    """Somebody who opens page after page and notes everything that is wrong with them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.path = ""
        self.faults: list[str] = []
        self.asked: list[Request] = []
        self.said: list[ConsoleMessage] = []
        self.weights: dict[str, int] = {}
        page.on("requestfinished", lambda each: self.asked.append(each))
        page.on("console", lambda each: self.said.append(each))

    def look(self, path: str, *, with_axe: bool = True, status: int = 200) -> None:
        """Open a page and look at it at every width."""
        self.path = path
        self._open(status)
        for width, size in sorted(SIZES.items(), reverse=True):
            self.page.set_viewport_size({"width": size["width"], "height": size["height"]})
            self._fits(width)
        if with_axe:
            self._axe()

    def look_in_the_dark(self, path: str) -> None:
        """Open a page in dark colours: every word stands out."""
        self.path = path
        self.page.emulate_media(color_scheme="dark")
        self.page.goto(path)
        self._expect("in the dark, is dull", self.page.evaluate(DULL))
        self._axe()
        self.page.emulate_media(color_scheme="light")

    def _axe(self) -> None:
        found = Axe().run(self.page, options=RULES).response["violations"]
        self._expect("axe says", [f"{each['id']}: {each['nodes'][0]['html']}" for each in found])

    def _open(self, status: int) -> None:
        self.asked.clear()
        self.said.clear()
        answer = self.page.goto(self.path)
        assert answer is not None
        self._expect("opens with", [answer.status] if answer.status != status else [])
        trouble = [each.text for each in self.said if _is_trouble(each, status)]
        self._expect("the console says", trouble)
        self._asked_little()

    def _asked_little(self) -> None:
        home = urlsplit(self.page.url).netloc
        addresses = [each.url for each in self.asked]
        self._expect("asks elsewhere", [e for e in addresses if urlsplit(e).netloc != home])
        self._expect("asks too often", addresses if len(addresses) > MOST_REQUESTS else [])
        weight = sum(self._weight(each) for each in self.asked)
        self._expect("bytes", [weight] if weight > MOST_BYTES else [])

    def _weight(self, request: Request) -> int:
        """Bytes on the wire; a file with its content in its name weighs the same every time."""
        if "/assets/" not in request.url or request.url not in self.weights:
            self.weights[request.url] = request.sizes()["responseBodySize"]
        return self.weights[request.url]

    def _fits(self, width: int) -> None:
        found = self.page.evaluate(LOOK, SMALLEST)
        self._expect(f"at {width}, is too wide", [width] if found["wide"] else [])
        self._expect(f"at {width}, runs over", found["over"])
        self._expect(f"at {width}, too small", found["small"])
        self._expect(f"at {width}, Help now is", [] if found["helped"] else ["not in sight"])
        self._expect("its h1 are", [] if found["headings"] == 1 else [found["headings"]])

    def _expect(self, words: str, faults: Sequence[object]) -> None:
        if faults:
            self.faults.append(f"{self.path} {words}: {faults}")


def _is_trouble(message: ConsoleMessage, status: int) -> bool:
    """Whether the console complains; a browser always does when a page is a refusal."""
    is_refusal = status >= 400 and f"status of {status}" in message.text
    return message.type in ("error", "warning") and not is_refusal
