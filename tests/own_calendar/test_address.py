"""The address: opens signed out, ends at once, is counted, and stands in no log and no file."""

import logging
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import text, update

from portal.core.db import db
from portal.core.log import JsonLines
from portal.core.work import unit_of_work
from portal.notifications.shapes import NoticeKind
from portal.own_calendar import service
from portal.own_calendar.models import CalendarFeed
from portal.vault.feed_seal import feed_index
from tests.accounts.forms import press, send
from tests.accounts.test_recovery import code_of
from tests.fixtures.application import MakeApp
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import PASSWORD, People, SomePerson
from tests.meetings.test_service import notices
from tests.own_calendar.conftest import LATER, SOON, Town, path_of, seen_by, starts_in, token_of


def sign_out_elsewhere(person: SomePerson) -> None:
    person.new_cookie()
    page = "/settings/devices"
    assert press(person.client, page, f"{page}/end").status_code == 303


def change_password(person: SomePerson) -> None:
    typed = {"password": PASSWORD, "new_password": "nine loud herons by the sea"}
    assert send(person.client, "/settings/password", **typed).status_code == 303


def come_back_with_the_code(person: SomePerson) -> None:
    page = "/settings/recovery-code"
    assert send(person.client, page, f"{page}/new", password=PASSWORD).status_code == 303
    typed = {
        "address": person.address,
        "code": code_of(person),
        "new_password": "nine loud herons by the sea",
    }
    answer = send(person.app.test_client(), "/recovery", **typed)
    assert answer.status_code == 303


def end_it(person: SomePerson) -> None:
    assert press(person.client, "/calendar", "/calendar/end").status_code == 303


def renew_it(person: SomePerson) -> None:
    answer = press(person.client, "/calendar", "/calendar/new-address", seen=seen_by(person))
    assert answer.status_code == 303


def test_its_person_hears_of_every_new_address_and_of_no_second_press(
    app: Flask, people: People
) -> None:
    """Whoever sits at a screen left open could make one for themselves."""
    ingrid = people.owner()

    def told() -> list[UUID]:
        return [each.person_id for each in notices(app, NoticeKind.SECURITY)]

    for now in (SOON, LATER):
        with ingrid.viewing(now) as viewer:
            service.make_feed(viewer)
    assert told() == [ingrid.id]
    with ingrid.viewing(LATER) as viewer:
        service.renew_feed(viewer, SOON.isoformat())
        service.renew_feed(viewer, SOON.isoformat())
    assert told() == [ingrid.id] * 2
    end_it(ingrid)
    assert told() == [ingrid.id] * 2


@pytest.mark.parametrize(
    "end", [end_it, renew_it, sign_out_elsewhere, change_password, come_back_with_the_code]
)
def test_an_address_ends_at_once(people: People, end: Callable[[SomePerson], None]) -> None:
    ingrid, kari = people.owner(), people.owner("Kari")
    path, of_another = path_of(ingrid), path_of(kari)
    outside = ingrid.app.test_client()
    assert outside.get(path).status_code == 200
    end(ingrid)
    assert outside.get(path).status_code == 404
    assert outside.get(of_another).status_code == 200
    assert path_of(ingrid) != path


def test_signing_out_on_one_device_ends_nothing(people: People) -> None:
    ingrid = people.owner()
    path = path_of(ingrid)
    assert press(ingrid.client, "/settings", "/sign-out").status_code == 303
    assert ingrid.app.test_client().get(path).status_code == 200


def test_ended_wrong_and_malformed_addresses_answer_the_same(people: People) -> None:
    ingrid = people.owner()
    ended = token_of(ingrid)
    end_it(ingrid)
    other_way = token_of(ingrid)[:-1] + "_"  # the last letter has bits that count for nothing
    client = ingrid.app.test_client()
    tokens = (ended, "A" * 43, "a", "A" * 44, "ø" * 43, "A" * 5000, other_way, ended + "=")
    answers = [client.get(f"/calendar/{each}.ics") for each in tokens]
    assert {each.status_code for each in answers} == {404}
    assert len({opened(each) for each in answers}) == 1
    assert len({tuple(sorted(each.headers.keys())) for each in answers}) == 1
    assert client.get(f"/calendar/{token_of(ingrid)}").status_code == 404, "only as a whole"


def test_the_answer_is_a_calendar_that_nobody_keeps_and_nothing_is_changed(town: Town) -> None:
    town.meet(town.with_anna, SOON)
    client, path = town.ingrid.app.test_client(), path_of(town.ingrid)
    answer = client.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointments.ics"'
    assert "Set-Cookie" not in answer.headers
    head = client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert client.post(path).status_code in (400, 405)
    assert starts_in(town.anna.client.get(path).text) == [SOON], "signed in as anybody, the same"


def test_a_calendar_that_asks_without_end_is_told_to_wait_and_others_are_not(
    people: People,
) -> None:
    ingrid, kari = people.owner(), people.owner("Kari")
    client, path, other = ingrid.app.test_client(), path_of(ingrid), path_of(kari)
    assert {client.get(path).status_code for _ in range(60)} == {200}
    late = client.get(path)
    assert late.status_code == 429
    assert late.headers["Retry-After"]
    assert client.get(other).status_code == 200
    found = {client.get("/calendar/" + "A" * 43 + ".ics").status_code for _ in range(70)}
    assert found == {404, 429}, "guessing is slowed down too"


class Overheard(logging.Handler):
    """Everything that is logged, as it came and as the portal writes it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said += [record.getMessage(), str(vars(record)), self.format(record)]


@pytest.fixture
def overheard() -> Iterator[Overheard]:
    handler, root = Overheard(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def test_the_token_is_in_no_log_whatever_happens(
    make_app: MakeApp, overheard: Overheard, broker_url: str
) -> None:
    app = make_app()
    ingrid = People(app).owner()
    token, client = token_of(ingrid), app.test_client()
    with app.app_context():
        db.engine.echo = True
    path = f"/calendar/{token}.ics"
    opened(ingrid.client.get("/calendar"))
    found = [client.get(path).status_code for _ in range(61)]
    assert set(found) == {200, 429}
    end_it(ingrid)
    again = token_of(ingrid)
    _break(app)
    assert client.get(f"/calendar/{again}.ics").status_code == 503
    with app.app_context():
        db.engine.echo = False
    said = "\n".join(overheard.said)
    assert '"endpoint":"own_calendar.feed"' in said
    assert "FROM calendar_feeds" in said, "SQL echo is on"
    with Redis.from_url(broker_url) as broker:
        counted = "\n".join(key.decode() for key in broker.scan_iter())
    assert "own_calendar.feed" in counted
    assert token not in said + counted
    assert again not in said + counted


def _break(app: Flask) -> None:
    """From now on the database has no meetings to give."""
    with unit_of_work(app):
        db.session.execute(text("ALTER TABLE meetings RENAME TO meetings_away"))


def test_the_database_holds_a_hash_and_what_its_person_alone_opens(people: People) -> None:
    ingrid, kari = people.owner(), people.owner("Kari")
    token = token_of(ingrid)
    home = ingrid.app.config["SETTINGS"].home
    files = [each for each in home.rglob("*") if each.is_file()]
    assert any(each.name == "tandem.sqlite3" for each in files)
    assert [each.name for each in files if token.encode() in each.read_bytes()] == []
    with kari.viewing() as viewer:
        assert service.feed_of(viewer) is None


def test_an_address_that_was_moved_to_somebody_else_opens_nothing(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.meet(town.with_anna, SOON)
    path = path_of(town.anna)
    with unit_of_work(town.anna.app):
        move = update(CalendarFeed).where(CalendarFeed.owner_id == town.anna.id)
        db.session.execute(move.values(owner_id=town.ingrid.id))
    assert town.anna.app.test_client().get(path).status_code == 404
    assert "changed from outside" in caplog.text


def test_an_address_made_without_this_servers_secrets_opens_nothing(people: People) -> None:
    ingrid = people.owner()
    token = token_of(ingrid)
    made_up = ("B" * 42 + "A") + token[43:]
    with unit_of_work(ingrid.app):
        db.session.execute(update(CalendarFeed).values(look_up=feed_index(made_up)))
    client = ingrid.app.test_client()
    for each in (made_up, made_up[:43], made_up[:43] + "ø" * 24):
        assert client.get(f"/calendar/{each}.ics").status_code == 404


def test_an_address_that_does_not_open_any_more_can_be_replaced(people: People) -> None:
    ingrid = people.owner()
    token_of(ingrid)
    with unit_of_work(ingrid.app):
        db.session.execute(update(CalendarFeed).values(sealed=bytes(120)))
    assert "The address cannot be shown" in opened(ingrid.client.get("/calendar"))
    renew_it(ingrid)
    assert ingrid.app.test_client().get(path_of(ingrid)).status_code == 200


def test_a_late_second_press_leaves_the_newer_address(people: People) -> None:
    """From a tab that still shows the old one; a calendar has the newer one by now."""
    ingrid = people.owner()
    token_of(ingrid)
    page = ingrid.client.get("/calendar").text
    old = {name: value for name, value in hidden_in(page).items() if name in ("csrf_token", "seen")}
    assert old["seen"] == seen_by(ingrid)
    older = path_of(ingrid)
    assert ingrid.client.post("/calendar/new-address", data=old).status_code == 303
    newer = path_of(ingrid)
    assert newer != older
    assert ingrid.client.post("/calendar/new-address", data=old).status_code == 303
    assert path_of(ingrid) == newer
    assert ingrid.app.test_client().get(newer).status_code == 200


def test_a_page_that_does_not_say_which_it_saw_ends_the_present_one(people: People) -> None:
    """It tells its reader that the old address has ended, so it must have."""
    ingrid = people.owner()
    older = path_of(ingrid)
    assert press(ingrid.client, "/calendar", "/calendar/new-address").status_code == 303
    assert path_of(ingrid) != older
    assert ingrid.app.test_client().get(older).status_code == 404
