import html
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import hooks
from portal.accounts.rules.codes import groups_of
from portal.accounts.service import invite_worker, person_by_address, sign_up
from portal.accounts.shapes import Caller, Letter, LetterKind, SignUpBody
from portal.accounts.signed_in import cookie_name
from portal.core.clock.zones import utc_now
from portal.core.errors import NotVisible
from portal.core.work import unit_of_work
from portal.vault.identity import recovery_code_of
from tests.accounts.forms import form_of, send
from tests.fixtures.application import MakeApp
from tests.fixtures.pages import opened
from tests.fixtures.people import PASSWORD, People


@pytest.fixture
def letters(app: Flask) -> Iterator[list[Letter]]:
    """What is sent during the test."""
    sent: list[Letter] = []
    hooks.letters.append(lambda letter, _now: sent.append(letter))
    yield sent
    hooks.letters.pop()


def begin(client: FlaskClient, letters: list[Letter], address: str = "kari@example.org") -> str:
    """Ask for a letter and give the path of its link."""
    assert send(client, "/sign-up", address=address).status_code == 200
    return letters[-1].path


def test_sign_up_leads_from_an_address_to_a_home(
    client: FlaskClient, letters: list[Letter]
) -> None:
    path = begin(client, letters)
    page = client.get(path).get_data(as_text=True)
    assert "not for emergencies" in page
    assert "116117" in page
    answer = send(client, path, accepts="y")
    assert answer.status_code == 303
    answer = send(client, answer.location, name="Kari", password=PASSWORD)
    assert answer.status_code == 303
    assert answer.location.startswith("/recovery-code")
    page = client.get(answer.location).get_data(as_text=True)
    groups = page.split('class="code-group">')[1:]
    number = int(page.split("Type group ")[1].split(" ")[0])
    answer = send(client, answer.location, code=groups[number - 1][:4].lower())
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/recovery-code").status_code == 404
    assert "Kari" in client.get("/settings").get_data(as_text=True)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_link_that_is_used_up_leads_on(make_app: MakeApp, is_open: bool) -> None:
    client = make_app(sign_up_open=is_open).test_client()
    for path in (f"/sign-up/{'x' * 43}", f"/sign-up/{'x' * 43}/you"):
        answer = client.get(path)
        page = opened(answer)
        assert answer.status_code == 404
        assert "This link is used up" in page
        assert 'href="/sign-in"' in page
        assert ("Ask for a new letter" in page) is is_open


def test_known_address_gets_the_same_page_and_another_letter(
    client: FlaskClient, letters: list[Letter], people: People
) -> None:
    ingrid = people.owner()
    unknown = send(client, "/sign-up", address="nobody@example.org")
    known = send(client, "/sign-up", address=ingrid.address)
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    assert [each.kind for each in letters] == [LetterKind.SIGN_UP, LetterKind.ALREADY_HERE]


def test_wrong_group_of_the_code_is_refused_kindly(
    client: FlaskClient, letters: list[Letter]
) -> None:
    path = begin(client, letters)
    you = send(client, path, accepts="y").location
    code = send(client, you, name="Kari", password=PASSWORD).location
    answer = send(client, code, code="0000")
    assert answer.status_code == 422
    assert "Please look once more" in answer.get_data(as_text=True)


def test_nothing_begins_before_the_terms_are_read(
    client: FlaskClient, letters: list[Letter]
) -> None:
    path = begin(client, letters)
    assert client.get(f"{path}/you").location.startswith(path)
    assert send(client, path).status_code == 422


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 10"),
        ("x" * 9, "at least 10"),
        ("ab" * 101, "at most 200"),
        ("qwertyuiop", "Many people"),
        ("Password123", "Many people"),
        ("kari@example.org", "close to your name"),
    ],
)
def test_weak_password_is_refused_with_a_reason(
    client: FlaskClient, letters: list[Letter], password: str, words: str
) -> None:
    you = send(client, begin(client, letters), accepts="y").location
    answer = send(client, you, name="Kari", password=password)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert words in page
    assert 'value="Kari"' in page
    assert password not in page.replace("kari@example.org", "", 1) or "@" in password


def test_link_works_once(client: FlaskClient, app: Flask, letters: list[Letter]) -> None:
    path = begin(client, letters)
    you = send(client, path, accepts="y").location
    send(client, you, name="Kari", password=PASSWORD)
    assert app.test_client().get(path).status_code == 404


@pytest.fixture
def pressed(client: FlaskClient, letters: list[Letter]) -> tuple[str, dict[str, str]]:
    """The page of the third step and what was sent from it, once and with success."""
    you = send(client, begin(client, letters), accepts="y").location
    typed = form_of(client.get(you)) | {"name": "Kari", "password": PASSWORD}
    assert client.post(you, data=typed).status_code == 303
    return you, typed


def test_the_same_press_once_more_leads_on_as_the_first_did(
    app: Flask, client: FlaskClient, pressed: tuple[str, dict[str, str]]
) -> None:
    """The browser has left the first answer, and with it the new cookie, when it sends again."""
    you, typed = pressed
    with app.app_context():
        client.delete_cookie(cookie_name())
    again = client.post(you, data=typed)
    assert again.status_code == 303
    assert again.location.startswith("/recovery-code")
    assert client.get(again.location).status_code == 200


def test_a_used_link_opens_an_account_to_its_own_password_alone(
    client: FlaskClient, pressed: tuple[str, dict[str, str]]
) -> None:
    """And wrong ones lead to pauses, as they do at any sign-in."""
    you, typed = pressed
    wrong = typed | {"password": "eight loud herons"}
    statuses = [client.post(you, data=wrong).status_code for _each in range(5)]
    assert statuses == [409, 409, 409, 409, 429]


def test_a_used_link_is_forgotten_after_some_minutes(
    app: Flask, pressed: tuple[str, dict[str, str]]
) -> None:
    link, body = pressed[0].split("/")[2], SignUpBody("Kari", PASSWORD)
    for minutes, is_known in ((9, True), (11, False)):
        with unit_of_work(app):
            now = utc_now() + timedelta(minutes=minutes)
            if is_known:
                sign_up(link, body, Caller("127.0.0.1", "Test browser"), now)
            else:
                with pytest.raises(NotVisible):
                    sign_up(link, body, Caller("127.0.0.1", "Test browser"), now)


def test_the_code_that_is_kept_may_be_said_twice(
    client: FlaskClient, pressed: tuple[str, dict[str, str]]
) -> None:
    page = client.get("/recovery-code?next=/help-now")
    number = int(page.text.split("Type group ")[1].split(" ")[0])
    typed = form_of(page) | {"code": page.text.split('class="code-group">')[number][:4]}
    answers = [client.post("/recovery-code?next=/help-now", data=typed) for _each in range(2)]
    assert [answer.location for answer in answers] == ["/help-now"] * 2


def test_closed_sign_up_says_so_and_invitations_still_work(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(sign_up_open=False)
    sent: list[Letter] = []
    monkeypatch.setattr(hooks, "letters", [lambda letter, _now: sent.append(letter)])
    client = app.test_client()
    assert "by invitation" in client.get("/sign-up").get_data(as_text=True)
    with unit_of_work(app):
        invite_worker("anna@example.org", utc_now())
    you = send(client, sent[0].path, accepts="y").location
    answer = send(client, you, name="Anna", title="Psychiatric nurse", password=PASSWORD)
    assert answer.location.startswith("/second-factor/first")
    with unit_of_work(app):
        assert person_by_address("anna@example.org") is not None


@pytest.mark.parametrize("is_open", [True, False])
def test_the_way_in_is_offered_only_where_it_is_open(make_app: MakeApp, is_open: bool) -> None:
    client = make_app(sign_up_open=is_open).test_client()
    for path in ("/", "/sign-in"):
        assert ('href="/sign-up' in opened(client.get(path))) is is_open, path
    assert ("You come in by invitation." in opened(client.get("/"))) is not is_open


def test_the_app_for_codes_is_a_step_where_it_is_needed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And on the phone itself a link opens the app, as nobody scans their own screen."""
    sent: list[Letter] = []
    monkeypatch.setattr(hooks, "letters", [lambda letter, _now: sent.append(letter)])
    client = app.test_client()
    with unit_of_work(app):
        invite_worker("anna@example.org", utc_now())
    assert "Step 2 of 5" in client.get(sent[0].path).text
    you = send(client, sent[0].path, accepts="y").location
    assert "Step 3 of 5" in client.get(you).text
    set_up = send(client, you, name="Anna", title="Nurse", password=PASSWORD).location
    page = client.get(set_up).text
    assert "Step 4 of 5" in page
    link = html.unescape(page.split('href="otpauth:')[1].split('"')[0])
    secret = parse_qs(urlsplit(link).query)["secret"][0]
    code = send(client, set_up, code=pyotp.TOTP(secret).at(utc_now())).location
    assert "Step 5 of 5" in client.get(code).text


def test_where_the_person_wanted_to_go_is_remembered(
    client: FlaskClient, letters: list[Letter]
) -> None:
    send(client, "/sign-up?next=/help-now", address="kari@example.org")
    path = letters[-1].path
    you = send(client, path, accepts="y").location
    code = send(client, you, name="Kari", password=PASSWORD).location
    page = client.get(code).get_data(as_text=True)
    number = int(page.split("Type group ")[1].split(" ")[0])
    group = page.split('class="code-group">')[number][:4]
    assert send(client, code, code=group).location == "/help-now"


def test_code_on_the_page_is_the_one_that_opens(
    client: FlaskClient, letters: list[Letter], people: People
) -> None:
    ingrid = people.owner()
    send(ingrid.client, "/settings/recovery-code", "/settings/recovery-code/new", password=PASSWORD)
    page = ingrid.client.get("/recovery-code").get_data(as_text=True)
    with ingrid.viewing() as viewer:
        groups = groups_of(recovery_code_of(viewer.person_id, ingrid.bundle))
    assert all(f'class="code-group">{group}<' in page for group in groups)


def test_one_mailbox_is_not_flooded_with_letters(
    client: FlaskClient, letters: list[Letter], people: People
) -> None:
    for address in ("kari@example.org", people.owner().address):
        statuses = [send(client, "/sign-up", address=address).status_code for _each in range(6)]
        assert statuses == [200, 200, 200, 200, 200, 429]
    assert send(client, "/sign-up", address="other@example.org").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "next=/help-now&Your+account+is+closed.+Call+https://evil.example",
        "next=https://evil.example",
        "next=/x%0d%0aBcc:%20b@example.org",
        "next=/" + "x" * 3000,
        "next=%ff%fe&x=%00",
    ],
)
def test_nobody_writes_words_into_our_letters(
    client: FlaskClient, letters: list[Letter], query: str
) -> None:
    assert send(client, f"/sign-up?{query}", address="kari@example.org").status_code == 200
    link = letters[-1].path
    assert re.fullmatch(r"/sign-up/[\w-]{43}(\?next=/[\w/%.-]{0,80})?", link)
    assert "evil" not in link


def test_known_and_unknown_addresses_get_the_same_heads_everywhere(
    app: Flask, people: People
) -> None:
    """Sign-up, recovery and the settings: status, body and the names of the headers."""
    ingrid, other = people.owner(), people.owner("Other")
    code = "-".join(groups_of(bytes(17)))
    typed = {"code": code, "new_password": "three green kettles sing", "password": PASSWORD}
    for path, signed_in in (("/sign-up", False), ("/recovery", False), ("/settings/address", True)):
        answers = []
        for address in (other.address, "nobody-at-all@example.org"):
            client = ingrid.client if signed_in else app.test_client()
            answer = send(client, path, address=address, **typed)
            body = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
            answers.append((answer.status_code, body, {name for name, _ in answer.headers}))
        assert answers[0] == answers[1], path
