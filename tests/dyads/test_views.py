"""The pages of pairs, invitations and sharing, in a browser without scripts."""

import re
from collections.abc import Callable
from urllib.parse import unquote
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from portal.access.openings import write_opening
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.drafts.models import Draft, LateDraft
from portal.dyads.invitations.service import invite
from portal.dyads.invitations.shapes import NewInvitation
from portal.dyads.service import dyads_of, set_cap, share_part
from portal.notifications.models import LinkLetter
from portal.notifications.service.linking import open_link
from portal.vault.models import Part
from tests.fixtures.application import MakeApp
from tests.fixtures.pages import WatchingClient
from tests.fixtures.people import People, SomePerson

GREETING = "I would like to write <b>to</b> you. See https://example.org/about"


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def press(client: FlaskClient, page: str, action: str, **words: str) -> TestResponse:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown(client, page))
    assert token is not None
    return client.post(action, data={"csrf_token": token[1], **words})


def letter_from(inviter: SomePerson, address: str) -> str:
    with inviter.viewing() as viewer:
        new = NewInvitation(address, inviter.name, greeting=GREETING)
        return f"/letter/{invite(viewer, new).token}"


def mailed_paths(app: Flask, address: str) -> list[str]:
    """The links that letters to an address lead to, oldest first."""
    with unit_of_work(app):
        letters = db.session.scalars(select(LinkLetter).order_by(LinkLetter.id))
        bodies = [open_link(each) for each in letters]
    return [body.path for body in bodies if body.address == address]


@pytest.fixture
def counted(app: Flask) -> Callable[[FlaskClient, str], None]:
    """Opens a page and holds it to six queries."""
    with app.app_context():
        engine = db.engine
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_r: seen.append(sql))

    def look(client: FlaskClient, path: str) -> None:
        seen.clear()
        shown(client, path)
        assert len(seen) <= 6, (path, seen)

    return look


def test_an_invitation_is_written_read_and_answered_yes(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    words = {"address": anna.address, "name": "Ingrid", "greeting": GREETING}
    sent = press(ingrid.client, "/invitations/new", "/invitations/new", **words)
    assert sent.status_code == 303
    page = shown(ingrid.client, sent.headers["Location"])
    assert "No answer yet." in page
    link = re.search(r"/letter/[\w-]{43}", page)
    assert link is not None
    letter = shown(anna.client, link[0])
    assert "Ingrid invites you" in letter
    assert "I would like to write &lt;b&gt;to&lt;/b&gt; you." in letter
    assert 'value="Psychiatric nurse"' in letter
    answered = press(anna.client, link[0], f"{link[0]}/yes", name="Anna", title="Nurse")
    assert "You and Ingrid" in shown(anna.client, answered.headers["Location"])
    assert "Anna" in shown(ingrid.client, "/dyads")
    assert "They said yes" in shown(ingrid.client, "/invitations")


def test_a_letter_read_signed_out_leads_through_sign_in_and_back(
    people: People, client: WatchingClient
) -> None:
    ingrid = people.owner("Ingrid")
    letter = letter_from(ingrid, "somebody@example.org")
    assert "Ingrid invites you" in shown(client, letter)
    pressed = press(client, letter, f"{letter}/yes")
    assert pressed.status_code == 303
    assert pressed.headers["Location"].startswith("/sign-in?next=")
    [by_mail] = mailed_paths(people.app, "somebody@example.org")
    action = re.search(rf'action="({letter}/account\?to=[\w-]+)"', shown(client, by_mail))
    assert action is not None
    begun = press(client, by_mail, action[1])
    assert re.fullmatch(rf"/sign-up/[\w-]+\?next={letter}", begun.headers["Location"])


@pytest.mark.parametrize("mark", ["", "?to=", "?to=" + "A" * 43, "?to=%C3%A5"])
def test_who_did_not_come_by_the_mail_makes_no_account_in_the_others_name(
    people: People, client: WatchingClient, mark: str
) -> None:
    """The inviter reads the link on their own page; the mailbox they named is not theirs."""
    ingrid = people.owner("Ingrid")
    letter = letter_from(ingrid, "somebody@example.org")
    answer = press(client, f"{letter}{mark}", f"{letter}/account{mark}")
    assert answer.status_code == 200
    assert "/sign-up/" not in answer.get_data(as_text=True)
    ways = mailed_paths(people.app, "somebody@example.org")
    [sent] = [way for way in ways if not way.startswith("/letter/")]
    assert re.fullmatch(rf"/sign-up/[\w-]{{43}}\?next={letter}", sent)


def test_an_inviter_cannot_find_out_who_has_an_account(
    people: People, client: WatchingClient
) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    pages = []
    for address in (anna.address, "nobody-here@example.org"):
        letter = letter_from(ingrid, address)
        answer = press(client, letter, f"{letter}/account")
        pages.append((answer.status_code, answer.get_data(as_text=True)))
    assert pages[0] == pages[1]
    assert mailed_paths(people.app, anna.address)[-1].startswith("/sign-in?next=/letter/")


def test_one_letter_does_not_flood_a_mailbox(people: People, client: WatchingClient) -> None:
    letter = letter_from(people.owner("Ingrid"), "somebody@example.org")
    statuses = [press(client, letter, f"{letter}/account").status_code for _press in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_link_to_hand_over_names_the_portals_own_address(people: People) -> None:
    """Whatever host a request claims to be for."""
    ingrid = people.owner("Ingrid")
    words = {"address": "somebody@example.org", "name": "Ingrid"}
    one = press(ingrid.client, "/invitations/new", "/invitations/new", **words).headers["Location"]
    page = ingrid.client.get(one, headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in page.get_data(as_text=True)
    public_url = people.app.config["SETTINGS"].public_url
    assert f"{public_url}/letter/" in page.get_data(as_text=True)


def test_a_new_worker_comes_from_the_letter_through_sign_up_to_yes(
    make_app: MakeApp,
) -> None:
    app = make_app(second_factor_required_for=frozenset())
    people = People(app)
    client = app.test_client()
    letter = letter_from(people.owner("Ingrid"), "anna@example.org")
    [by_mail] = mailed_paths(app, "anna@example.org")
    step = press(client, by_mail, by_mail.replace("?", "/account?")).headers["Location"]
    step = press(client, step, step, accepts="y").headers["Location"]
    assert "Your title" in shown(client, step)
    words = {"name": "Anna", "password": "seven quiet herons", "title": "Nurse"}
    step = press(client, step, step, **words).headers["Location"]
    assert f"next={letter}" in unquote(step)
    page = shown(client, letter)
    assert "Ingrid invites you" in page
    assert 'value="Nurse"' in page
    answered = press(client, letter, f"{letter}/yes", name="Anna", title="Nurse")
    assert "You and Ingrid" in shown(client, answered.headers["Location"])


def test_no_and_not_now_need_no_account(people: People, client: WatchingClient) -> None:
    ingrid = people.owner("Ingrid")
    one, other = (letter_from(ingrid, f"{each}@example.org") for each in ("one", "other"))
    assert press(client, one, f"{one}/not-now").status_code == 303
    assert "You said not now." in shown(client, one)
    assert press(client, other, f"{other}/no").status_code == 303
    closed = shown(client, other)
    assert "The answer was no." in closed
    assert "Ingrid" not in closed
    listed = shown(ingrid.client, "/invitations")
    assert "They can still say yes." in listed
    assert "That can have many reasons." in listed


def test_a_link_that_opens_nothing_is_kindly_refused(client: WatchingClient) -> None:
    for token in ("short", "A" * 43, "%00", "ø" * 43):
        assert client.get(f"/letter/{token}").status_code == 404
    assert client.get("/letter").status_code == 200


def test_faults_in_an_invitation_keep_every_word(people: People) -> None:
    ingrid = people.owner("Ingrid")
    words = {"address": "not an address", "name": "", "greeting": GREETING}
    answer = press(ingrid.client, "/invitations/new", "/invitations/new", **words)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Please write a whole e-mail address" in page
    assert "I would like to write" in page
    own = {"address": ingrid.address, "name": "Ingrid", "greeting": GREETING}
    answer = press(ingrid.client, "/invitations/new", "/invitations/new", **own)
    assert answer.status_code == 422
    assert "This is your own address." in answer.get_data(as_text=True)


def test_no_draft_names_the_secret_of_a_link(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    letter = letter_from(ingrid, anna.address)
    refused = press(anna.client, letter, f"{letter}/yes", name="", title="Nurse")
    assert refused.status_code == 422
    with anna.viewing():
        places = [
            *db.session.scalars(select(Draft.place)),
            *db.session.scalars(select(LateDraft.place)),
        ]
    assert not any("letter/" in place for place in places)


def test_a_full_worker_finds_the_way_to_their_number(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    with anna.viewing() as viewer:
        set_cap(viewer, 0)
    letter = letter_from(ingrid, anna.address)
    page = shown(anna.client, letter)
    assert "You have as many people as you chose to take on." in page
    assert "/hours/room" in page
    assert press(anna.client, letter, f"{letter}/no").status_code == 303
    assert "This is about time, not about you." in shown(ingrid.client, "/invitations")
    back = letter_from(anna, ingrid.address)
    assert press(ingrid.client, back, f"{back}/yes", name="Ingrid").status_code == 303
    assert "This is about time, not about you." in shown(ingrid.client, back)


def test_a_no_asks_once_and_a_waiting_letter_is_shown_where_one_looks(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    letter = letter_from(ingrid, anna.address)
    for page in ("/your-turn", "/people", "/dyads", "/invitations"):
        told = shown(anna.client, page)
        assert "An invitation waits for you" in told, page
        assert "The link in that e-mail opens it" in told
        assert "Ingrid" not in told
    assert f'action="{letter}/no"' not in shown(anna.client, letter)
    assert f'href="{letter}/no"' in shown(anna.client, letter)
    asked = shown(anna.client, f"{letter}/no")
    assert "Say no to Ingrid?" in asked
    assert "This invitation closes for good." in asked
    assert press(anna.client, f"{letter}/no", f"{letter}/not-now").status_code == 303
    assert "It waits under Your turn and People." in shown(anna.client, letter)
    for page in ("/your-turn", "/people"):
        assert letter in shown(anna.client, page)
    assert press(anna.client, f"{letter}/no", f"{letter}/no").status_code == 303
    assert "The answer was no." in shown(anna.client, letter)
    assert anna.client.get(f"{letter}/no").status_code == 303


def test_who_has_no_room_is_thanked_in_words_for_them(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    with anna.viewing() as viewer:
        set_cap(viewer, 0)
    letter = letter_from(ingrid, anna.address)
    assert press(anna.client, f"{letter}/no", f"{letter}/no").status_code == 303
    page = shown(anna.client, letter)
    assert "there is no room just now. Thank you for answering" in page
    assert "not about you" not in page
    assert "This is about time, not about you." in shown(ingrid.client, "/invitations")


def test_ending_takes_two_steps_and_the_owner_keeps_the_page(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    page = f"/dyads/{people.dyad(ingrid, anna)}"
    assert "This cannot be undone." in shown(ingrid.client, f"{page}/end")
    assert press(ingrid.client, f"{page}/end", f"{page}/end").status_code == 303
    assert press(ingrid.client, "/dyads", f"{page}/end").status_code == 303
    assert "What you two wrote stays with you." in shown(ingrid.client, page)
    assert anna.client.get(page).status_code == 404
    assert "Ingrid ended it" in shown(anna.client, "/dyads")


def test_the_code_is_compared_on_both_sides(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    page = f"/dyads/{people.dyad(ingrid, anna)}"
    codes = set()
    for person in (ingrid, anna):
        codes |= set(re.findall(r"\d{4} \d{4}", shown(person.client, f"{page}/code")))
        assert press(person.client, f"{page}/code", f"{page}/code").status_code == 303
    assert len(codes) == 1
    assert "You both compared it." in shown(ingrid.client, page)


def test_one_press_ends_the_sharing_of_a_part(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        share_part(viewer, dyad_id, Part.GOALS)
    assert "You and Anna" in shown(ingrid.client, "/sharing")
    ended = press(ingrid.client, "/sharing", f"/sharing/{dyad_id}/goals/end")
    assert ended.status_code == 303
    assert "Only you can see this" in shown(ingrid.client, "/sharing")
    assert press(ingrid.client, "/sharing", f"/sharing/{dyad_id}/dyad/end").status_code == 404


def test_the_owner_reads_who_opened_what_page_by_page(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        hour = viewer.now.replace(minute=0, second=0, microsecond=0)
        for back in range(60):
            write_opening(anna.id, ingrid.id, Part.GOALS, hour.replace(year=2000 + back))
    page = shown(ingrid.client, "/sharing/openings")
    assert page.count("<strong>Anna</strong>") == 50
    older = re.search(r"/sharing/openings\?before=[\w-]+", page)
    assert older is not None
    assert shown(ingrid.client, older[0]).count("<strong>Anna</strong>") == 10


def test_strangers_find_nothing(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id: UUID = people.dyad(ingrid, anna)
    for stranger in (people.owner("Kari"), people.worker("Ola"), people.administrator()):
        for path in ("", "/code", "/end", "/hours"):
            assert stranger.client.get(f"/dyads/{dyad_id}{path}").status_code == 404
    assert anna.client.get("/sharing").status_code == 404
    assert ingrid.client.get("/hours").status_code == 404


def test_every_page_shows_within_six_queries(
    people: People, counted: Callable[[FlaskClient, str], None]
) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    people.dyad(ingrid, people.worker("Bjørn"))
    letter = letter_from(people.owner("Kari"), anna.address)
    for person in (ingrid, anna):
        for path in ("", f"/{dyad_id}", f"/{dyad_id}/code", f"/{dyad_id}/end", f"/{dyad_id}/hours"):
            counted(person.client, f"/dyads{path}")
        for path in ("/invitations", "/invitations/new"):
            counted(person.client, path)
    for path in ("/sharing", "/sharing/openings"):
        counted(ingrid.client, path)
    for path in ("/hours", "/hours/week", "/hours/absence", "/hours/room", "/phrases", letter):
        counted(anna.client, path)
    for page in ("/people", "/your-turn", "/invitations", "/dyads"):
        counted(anna.client, page)
    counted(ingrid.client, "/")
    with ingrid.viewing() as viewer:
        assert len(dyads_of(viewer)) == 2
