"""Coming in, in a real browser: by keyboard alone, without scripts, on a phone, with axe's word."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.accounts import hooks
from portal.accounts.shapes import Letter
from portal.core.clock.zones import utc_now
from tests.browser.test_look import RULES, RUNS_OVER
from tests.fixtures.browser import NARROW, PHONE, Live, OpenWindow
from tests.fixtures.people import PASSWORD, People

pytestmark = pytest.mark.browser


@pytest.fixture
def letters(live: Live) -> Iterator[list[Letter]]:
    """What the portal sends while the test runs."""
    sent: list[Letter] = []
    usual = hooks.letters[:]
    hooks.letters[:] = [lambda letter, _now: sent.append(letter)]
    yield sent
    hooks.letters[:] = usual


def look_at(page: Page) -> None:
    """Nothing runs over on the smallest phone, and axe finds nothing."""
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(RUNS_OVER) == []
    found = Axe().run(page, options=RULES).response["violations"]
    assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]
    if size:
        page.set_viewport_size(size)


def fill_by_keys(page: Page, *values: str) -> None:
    """From the first field on: type, go on with Tab, and press Enter at the end."""
    page.locator("main input:not([type=hidden]):not([hidden])").first.focus()
    for number, value in enumerate(values):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.insert_text(value)
    page.keyboard.press("Enter")


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    """Sign in through the form, by keyboard alone."""
    page.goto("/sign-in")
    fill_by_keys(page, address, password)
    expect(page).not_to_have_url(re.compile("sign-in"))


def test_somebody_signs_up_by_keyboard_alone(page: Page, letters: list[Letter]) -> None:
    page.goto("/sign-up")
    look_at(page)
    fill_by_keys(page, "kari@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("A letter is on its way")
    look_at(page)
    page.goto(letters[0].path)
    look_at(page)
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("About you")
    look_at(page)
    fill_by_keys(page, "Kari", "password123")
    expect(page.get_by_role("alert")).to_contain_text("Many people use this password")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("A password").focus()
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery code")
    look_at(page)
    number = int(re.findall(r"group (\d)", page.locator("main form").inner_text())[0])
    fill_by_keys(page, page.locator(".code-group").nth(number - 1).inner_text())
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.get_by_role("main")).to_contain_text("Kari")


def test_code_on_paper_leads_back_in_without_scripts(live: Live, open_window: OpenWindow) -> None:
    ingrid = People(live.app).owner("Ingrid")
    page = open_window(viewport=PHONE, java_script_enabled=False)
    sign_in(page, ingrid.address)
    page.goto("/settings/recovery-code")
    page.get_by_label("Your present password").fill(PASSWORD)
    page.get_by_role("button", name="Make a new code").click()
    code = " ".join(page.locator(".code-group").all_inner_texts())
    page.get_by_role("button", name="Sign out").click()
    page.goto("/recovery")
    page.get_by_label("E-mail").fill(ingrid.address)
    page.get_by_label("Recovery code").fill(code.lower())
    page.get_by_label("A new password").fill("seven new herons")
    page.get_by_role("button", name="Come back in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery code")
    assert " ".join(page.locator(".code-group").all_inner_texts()) != code


def test_worker_scans_types_and_comes_in(live: Live, phone: Page) -> None:
    anna = People(live.app).worker("Anna")
    sign_in(phone, anna.address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Set up an app for codes")
    look_at(phone)
    secret = "".join(phone.locator(".code-group").all_inner_texts())
    fill_by_keys(phone, pyotp.TOTP(secret).at(utc_now()))
    expect(phone.get_by_text("Your app is set up.")).to_be_visible()
    for path in ("", "/profile", "/address", "/password", "/recovery-code", "/second-factor"):
        phone.goto(f"/settings{path}")
        look_at(phone)
    phone.goto("/settings/devices")
    look_at(phone)
    phone.get_by_role("button", name="Sign out").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are signed out")
    look_at(phone)


def test_back_button_shows_nothing_after_signing_out(live: Live, page: Page) -> None:
    ingrid = People(live.app).owner("Ingrid")
    sign_in(page, ingrid.address)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "Ingrid" not in page.content()
