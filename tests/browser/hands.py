"""How people work a page: with a finger or a mouse, or with the keyboard alone.

A story is told once, with hands; the hands decide how a link is followed and a box filled in.
"""

import re
from collections.abc import Iterable
from datetime import date, time

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

BOXES = "input, select, textarea"
FARTHEST = 150  # presses of Tab until something must have been reached

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const named = (at.labels?.length ? at.labels[0] : at).cloneNode(true);
  named.querySelectorAll("[aria-hidden=true]").forEach(each => each.remove());
  const look = getComputedStyle(at.closest(".pill") ?? at);
  return {
    name: (at.getAttribute("aria-label") ?? named.textContent).replace(/\\s+/g, " ").trim(),
    tag: at.tagName, type: at.type ?? "", group: at.name ?? "", checked: at.checked ?? false,
    ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
  };
}"""


class Hands:
    """A finger or a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        """Open an address, as from a letter or a bookmark."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, address

    def press(self, label: str, about: str = "") -> None:
        """Press a button."""
        self._press(self._named("button", label, about))

    def follow(self, label: str, about: str = "") -> None:
        """Follow a link."""
        self._press(self._named("link", label, about))

    def write(self, label: str, words: str) -> None:
        """Fill in a box."""
        self._box(label).fill(words)

    def set_day(self, label: str, day: date) -> None:
        """Fill in a day."""
        self._box(label).fill(day.isoformat())

    def set_time(self, label: str, clock: time) -> None:
        """Fill in a time of day."""
        self._box(label).fill(clock.isoformat("minutes"))

    def pick(self, label: str) -> None:
        """Tick a box, or choose one of several."""
        self._box(label).check()

    def leave_out(self, label: str) -> None:
        """Take the tick off a box."""
        self._box(label).uncheck()

    def choose(self, label: str, option: str) -> None:
        """Choose one line of a list."""
        self._box(label).select_option(label=option)

    def unfold(self, label: str, within: str = "main") -> None:
        """Open what is folded."""
        self.page.locator(within).locator("summary", has_text=label).first.click()

    def sees(self, words: str) -> None:
        """The page says this somewhere."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def is_on(self, heading: str) -> None:
        """The page is the one with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def _box(self, label: str) -> Locator:
        found = self.page.get_by_label(re.compile(f"^{re.escape(label)}"))
        return found.and_(self.page.locator(BOXES)).filter(visible=True).first

    def _named(self, role: str, label: str, about: str) -> Locator:
        name = re.compile(rf"^{re.escape(label)}\b.*{re.escape(about)}")
        found = self.page.get_by_role(role, name=name)  # type: ignore[arg-type]  # a known role
        return found.filter(visible=True).first

    def _press(self, found: Locator) -> None:
        try:
            with self.page.expect_navigation(wait_until="domcontentloaded"):
                found.click(no_wait_after=True)
        except PlaywrightError as problem:
            said = self.page.get_by_role("main").inner_text()
            raise AssertionError(f"{self.page.url} says: {said}") from problem


class Keys(Hands):
    """The keyboard alone: Tab, Enter, Space, arrows. Where one is can always be seen."""

    def press(self, label: str, about: str = "") -> None:
        """Walk to a button and press it."""
        self._reach("BUTTON", label, about)
        self._enter()

    def follow(self, label: str, about: str = "") -> None:
        """Walk to a link and follow it."""
        self._reach("A", label, about)
        self._enter()

    def write(self, label: str, words: str) -> None:
        """Walk to a box and type; what stood there is written over."""
        self._reach("INPUT TEXTAREA", label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def set_day(self, label: str, day: date) -> None:
        """Walk to a day and type it, part by part, in the order in which this browser asks."""
        self._reach("INPUT", label)
        orders = (day.strftime(each) for each in ("%m%d%Y", "%d%m%Y", "%Y%m%d"))
        self._type_one_of(orders, day.isoformat())

    def set_time(self, label: str, clock: time) -> None:
        """Walk to a time and type it, by twelve hours or by twenty-four."""
        self._reach("INPUT", label)
        orders = (clock.strftime(each) for each in ("%I%M%p", "%H%M"))
        self._type_one_of(orders, clock.isoformat("minutes"))

    def pick(self, label: str) -> None:
        """Walk to a box and tick it, or to a group and go to the choice with the arrows."""
        group = self._box(label).get_attribute("name")
        at = self._reach("INPUT", group=group or "")
        if at["type"] == "checkbox":
            at = self._reach_by("Tab", at, label)
            self.page.keyboard.press("Space")
            return
        self._reach_by("ArrowDown", at, label)
        if not self._focused()["checked"]:
            self.page.keyboard.press("Space")

    def leave_out(self, label: str) -> None:
        """Walk to a box and take its tick off."""
        assert self._box(label).is_checked()
        self.pick(label)
        assert not self._box(label).is_checked()

    def choose(self, label: str, option: str) -> None:
        """Walk to a list and type the line's first letters."""
        self._reach("SELECT", label)
        self.page.keyboard.type(option)
        chosen = self.page.locator(":focus option:checked").inner_text()
        assert chosen == option, f"{option} cannot be typed here"

    def unfold(self, label: str, within: str = "main") -> None:
        """Walk to what is folded and open it."""
        for _one in range(self.page.locator("summary", has_text=label).count()):
            self._reach("SUMMARY", label)
            if self.page.locator(within).locator(":focus").count():
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"Tab never reaches {label} within {within}")

    def _reach(
        self, tags: str, label: str = "", about: str = "", group: str = ""
    ) -> dict[str, str]:
        """Press Tab until something has the focus; it must show that it has."""
        for _step in range(FARTHEST):
            self.page.keyboard.press("Tab")
            at = self._focused()
            if not at or at["tag"] not in tags.split():
                continue
            fits = at["group"] == group if group else at["name"].startswith(label)
            if fits and about in at["name"]:
                assert at["ring"], f"nothing shows that {at['name']} has the focus"
                return at
        raise AssertionError(f"Tab never reaches {label or group} on {self.page.url}")

    def _type_one_of(self, orders: Iterable[str], wanted: str) -> None:
        for keys in orders:
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(keys)
            if self.page.locator(":focus").input_value() == wanted:
                return
        raise AssertionError(f"{wanted} cannot be typed here")

    def _reach_by(self, key: str, at: dict[str, str], label: str) -> dict[str, str]:
        for _step in range(FARTHEST):
            if at["name"].startswith(label):
                return at
            self.page.keyboard.press(key)
            at = self._focused()
        raise AssertionError(f"{key} never reaches {label} on {self.page.url}")

    def _focused(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(FOCUSED) or {}
        return found or {"name": "", "tag": "", "group": "", "type": "", "checked": "", "ring": ""}

    def _enter(self) -> None:
        """Press Enter, and wait for the page it leads to (or for the form that comes back)."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")
