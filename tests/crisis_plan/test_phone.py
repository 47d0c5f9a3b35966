"""The plan on a phone: the server's side, and the whole in a real browser with the network cut."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.service.sessions import end_other_devices
from portal.core.errors import Conflict, NotVisible
from portal.crisis_plan import service
from portal.crisis_plan.service.phones import MOST
from portal.crisis_plan.shapes import Entry, Kind, PlanBody
from tests.crisis_plan.conftest import PEOPLE, STEPS, Pair, press, text_of
from tests.fixtures.browser import Live, OpenWindow
from tests.fixtures.people import People, SomePerson

ALL_THAT_IS_STORED = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("plan", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = base.transaction("kept").objectStore("kept").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  const texts = [JSON.stringify({ ...localStorage })];
  const read = async (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      texts.push(new TextDecoder().decode(value));
    } else if (value instanceof CryptoKey) {
      texts.push(value.extractable ? "extractable" : "kept in");
    } else if (value && typeof value === "object") {
      for (const each of Object.values(value)) await read(each);
    } else texts.push(String(value));
  };
  for (const row of rows) await read(row);
  for (const name of await caches.keys()) {
    const shelf = await caches.open(name);
    for (const asked of await shelf.keys()) texts.push(await (await shelf.match(asked)).text());
  }
  return texts.join("\\n");
}"""


def add(pair: Pair) -> UUID:
    with pair.ingrid.viewing() as viewer:
        return service.add_phone(viewer)


def kept(pair: Pair, phone_id: UUID) -> bool:
    answer = pair.ingrid.app.test_client().get(f"/plan-here/{phone_id}")
    return bool(answer.json["kept"]) if answer.json else False


def test_without_scripts_nothing_is_put_anywhere(pair: Pair) -> None:
    answer = press(pair.ingrid.client, "/crisis-plan/phone", pin="1234")
    assert answer.status_code == 303
    assert "Nothing was put on this device." in text_of(pair.ingrid.client, "/crisis-plan/phone")
    with pair.ingrid.viewing() as viewer:
        assert service.phones_of(viewer) == []


def test_a_device_gets_its_owners_plan_and_nobody_elses(pair: Pair, people: People) -> None:
    pair.write(Kind.WELL, "I sing along")
    pair.write(Kind.PEOPLE, entries=PEOPLE)
    phone_id, kari = add(pair), people.owner("Kari")
    plan = pair.ingrid.client.get(f"/crisis-plan/phone/{phone_id}/plan").json
    assert plan is not None
    assert plan["sections"][0]["calls"][0]["dial"] == "+4790000001"
    assert kari.client.get(f"/crisis-plan/phone/{phone_id}/plan").status_code == 404
    with pytest.raises(NotVisible), kari.viewing() as viewer:
        service.end_phone(viewer, phone_id)
    assert kept(pair, phone_id)


def test_signing_out_everywhere_ends_every_device(pair: Pair) -> None:
    phones = add(pair), add(pair)
    with pair.ingrid.viewing() as viewer:
        end_other_devices(viewer)
    assert [kept(pair, each) for each in phones] == [False, False]
    assert pair.ingrid.client.get(f"/crisis-plan/phone/{phones[0]}/plan").status_code == 404


def test_a_press_ends_one_device(pair: Pair) -> None:
    one, other = add(pair), add(pair)
    page = "/crisis-plan/phone"
    assert press(pair.ingrid.client, page, f"{page}/{one}/end").status_code == 303
    assert [kept(pair, each) for each in (one, other)] == [False, True]


def test_no_device_is_left_off_the_list(pair: Pair) -> None:
    phones = {add(pair) for _number in range(MOST)}
    with pytest.raises(Conflict), pair.ingrid.viewing() as viewer:
        service.add_phone(viewer)
    with pair.ingrid.viewing() as viewer:
        assert {each.id for each in service.phones_of(viewer)} == phones


def test_a_phone_follows_the_plan_when_nothing_is_left_in_it_too(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    phone_id = add(pair)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, Kind.STEPS, is_away=True)
    assert "data-plan-fresh" in text_of(pair.ingrid.client, "/crisis-plan")
    plan = pair.ingrid.client.get(f"/crisis-plan/phone/{phone_id}/plan").json
    assert plan is not None
    assert plan["sections"] == []


def test_a_pin_has_no_name_by_which_a_form_could_send_it(pair: Pair) -> None:
    for path in ("/crisis-plan/phone", "/plan-here"):
        (field,) = re.findall(r'<input[^>]*id="pin"[^>]*>', text_of(pair.ingrid.client, path))
        assert "name=" not in field


def test_the_offline_page_and_its_worker_hold_no_words(pair: Pair) -> None:
    pair.write(Kind.STEPS, STEPS)
    shell = pair.ingrid.client.get("/plan-here")
    assert "Ingrid" not in shell.text
    assert "Solveig" not in shell.text
    worker = pair.ingrid.app.test_client().get("/plan-here/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.mimetype == "text/javascript"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]


# --- in a browser

PIN = "blue heron 7"


def enter(page: Page, person: SomePerson) -> None:
    """Sign in on this device."""
    name, value = person.cookie_name(), person.new_cookie()
    page.context.add_cookies([{"name": name, "value": value, "url": page.url}])


def signed_in(live: Live, open_window: OpenWindow) -> tuple[SomePerson, Page]:
    person, page = People(live.app).owner("Ingrid"), open_window()
    with person.viewing() as viewer:
        for body in (PlanBody(Kind.STEPS, STEPS), PlanBody(Kind.PEOPLE, entries=PEOPLE)):
            service.write_section(viewer, body, once=body.kind.value)
    page.goto("/plan-here")
    enter(page, person)
    return person, page


def put_here(page: Page, pin: str) -> None:
    page.goto("/crisis-plan/phone")
    page.get_by_label("A PIN, if you like").fill(pin)
    page.get_by_role("button", name="Put the plan on this phone").click()
    page.wait_for_url("**/plan-here#new", timeout=30_000)


def open_with(page: Page, pin: str) -> None:
    page.get_by_label("Your PIN for the plan").fill(pin)
    page.get_by_role("button", name="Open it").click()


@pytest.mark.browser
def test_the_plan_opens_without_network_and_signed_out_behind_its_pin(
    live: Live, open_window: OpenWindow
) -> None:
    person, page = signed_in(live, open_window)
    put_here(page, PIN)
    stored = page.evaluate(ALL_THAT_IS_STORED)
    for secret in ("Solveig", "Put on my shoes", "90000001", PIN, "extractable"):
        assert secret not in stored
    page.context.clear_cookies()
    page.context.set_offline(True)
    page.goto("/crisis-plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan on this phone")
    expect(page.get_by_text("No network just now.")).to_be_visible()
    assert "Solveig" not in page.content()
    open_with(page, "blue heron 8")
    expect(page.get_by_text("That PIN does not open it.")).to_be_visible(timeout=20_000)
    open_with(page, PIN)
    expect(page.get_by_text("Put on my shoes")).to_be_visible(timeout=20_000)
    assert page.get_by_role("link", name="Solveig").get_attribute("href") == "tel:+4790000001"
    page.goto("/help-now")
    assert page.get_by_role("link", name="113").get_attribute("href") == "tel:113"
    assert person.name not in page.content()


@pytest.mark.browser
def test_without_a_pin_it_opens_at_once_follows_the_plan_and_outlives_signing_out(
    live: Live, open_window: OpenWindow
) -> None:
    person, page = signed_in(live, open_window)
    put_here(page, "")
    expect(page.get_by_text("Put on my shoes")).to_be_visible()
    assert "Solveig" not in page.evaluate(ALL_THAT_IS_STORED)
    with person.viewing() as viewer:
        service.write_section(viewer, PlanBody(Kind.STEPS, "Sit on the floor"), once=None)
    with page.expect_response("**/help-now/common"):
        page.goto("/crisis-plan")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out")
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No network just now")
    page.get_by_role("link", name="Open my plan").click()
    expect(page.get_by_text("Sit on the floor")).to_be_visible()
    expect(page.get_by_text("Put on my shoes")).to_have_count(0)


@pytest.mark.browser
def test_a_device_that_must_forget_does_so_at_its_next_visit(
    live: Live, open_window: OpenWindow
) -> None:
    person, page = signed_in(live, open_window)
    put_here(page, "")
    with person.viewing() as viewer:
        end_other_devices(viewer)
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.wait_for_function("!localStorage.getItem('plan-phone')")
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")
    page.goto("/plan-here")
    expect(page.get_by_text("There is no plan on this phone.")).to_be_visible()
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


@pytest.mark.browser
def test_a_press_takes_it_off_without_network(live: Live, open_window: OpenWindow) -> None:
    _person, page = signed_in(live, open_window)
    put_here(page, "")
    expect(page.get_by_text("Put on my shoes")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/plan-here")
    page.get_by_role("button", name="Take it off this phone").click()
    expect(page.get_by_text("There is no plan on this phone.")).to_be_visible()
    expect(page.get_by_text("Put on my shoes")).to_have_count(0)
    page.context.set_offline(False)
    page.goto("/plan-here")
    expect(page.get_by_text("There is no plan on this phone.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []


@pytest.mark.browser
def test_taken_off_on_its_own_page_the_list_of_devices_hears_of_it(
    live: Live, open_window: OpenWindow
) -> None:
    person, page = signed_in(live, open_window)
    put_here(page, "")
    page.goto("/crisis-plan/phone")
    expect(page.get_by_role("button", name="Put the plan on this phone")).to_be_hidden()
    with page.expect_response("**/end"):
        page.get_by_role("button", name="Take it off this phone").click()
    expect(page.get_by_role("button", name="Put the plan on this phone")).to_be_visible()
    with person.viewing() as viewer:
        assert service.phones_of(viewer) == []


@pytest.mark.browser
def test_it_says_where_it_is_now_and_asks_to_try_the_pin_that_can_be_looked_at(
    live: Live, open_window: OpenWindow
) -> None:
    _person, page = signed_in(live, open_window)
    page.goto("/crisis-plan/phone")
    expect(page.get_by_role("button", name="Take it off this phone")).to_be_hidden()
    page.get_by_label("A PIN, if you like").fill(PIN)
    show = page.get_by_role("button", name="Show")
    show.click()
    expect(page.get_by_label("A PIN, if you like")).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Put the plan on this phone").click()
    page.wait_for_url("**/plan-here#new", timeout=30_000)
    expect(page.get_by_role("heading", name="It is on this phone now")).to_be_visible()
    expect(page.get_by_text("Try your PIN once now")).to_be_visible()
    open_with(page, PIN)
    expect(page.get_by_text("Put on my shoes")).to_be_visible(timeout=20_000)
    page.goto("/plan-here")
    expect(page.get_by_label("Your PIN for the plan")).to_be_visible()
    expect(page.get_by_role("heading", name="It is on this phone now")).to_be_hidden()


@pytest.mark.browser
def test_help_now_and_the_ways_in_lead_to_the_plan_on_this_phone(
    live: Live, open_window: OpenWindow
) -> None:
    _person, page = signed_in(live, open_window)
    lies_here = page.get_by_role("heading", name="Your own plan lies on this phone")
    page.goto("/help-now/common")
    expect(lies_here).to_be_hidden()
    put_here(page, "")
    page.get_by_role("link", name="First page").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out")
    expect(page.get_by_text("It stays here when you sign out")).to_be_visible()
    for path in ("/", "/sign-in", "/help-now"):
        page.goto(path)
        expect(lies_here).to_be_visible()
    page.context.set_offline(True)
    page.goto("/sign-in")
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now")
    first = page.locator("main a[href='/plan-here'], main a[href^='tel:']").first
    expect(first).to_have_text("Open my plan")
    first.click()
    expect(page.get_by_text("Put on my shoes")).to_be_visible()


@pytest.mark.browser
def test_a_refusal_without_a_why_stands_as_it_was_written(
    live: Live, open_window: OpenWindow
) -> None:
    person, page = signed_in(live, open_window)
    refused = (Entry("No straps."), Entry("No night light.", more="I lie awake."))
    with person.viewing() as viewer:
        service.write_section(viewer, PlanBody(Kind.REFUSED, entries=refused), once="refused")
    put_here(page, "")
    lines = page.locator("section", has_text="Treatment I do not want").locator("li")
    expect(lines).to_have_text(["No straps.", "No night light.I lie awake."])
