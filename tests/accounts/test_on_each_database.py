"""The whole way in and out, on SQLite and on PostgreSQL; and what a flood of sign-ins costs."""

import dataclasses
import fcntl
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from flask import Flask

from portal.accounts import service
from portal.accounts.service import tidy
from portal.accounts.shapes import Caller, NextStep, SignUpBody
from portal.core.clock.zones import utc_now
from portal.core.errors import Conflict, Unavailable
from portal.core.work import unit_of_work
from portal.vault.identity import WrongPassword, open_identity
from portal.vault.keys import Cost
from portal.vault.viewer import Role
from tests.accounts.forms import form_of, press, send
from tests.accounts.test_factor import code_of, set_up
from tests.accounts.test_recovery import NEW, recover
from tests.accounts.test_recovery import code_of as recovery_code_of
from tests.accounts.test_signing_in import sign_in
from tests.fixtures.people import PASSWORD, People
from tests.fixtures.together import met_before


def test_worker_goes_all_the_way_on_either_database(app_on_each: Flask) -> None:
    app, anna = app_on_each, People(app_on_each).worker()
    client = app.test_client()
    assert sign_in(client, anna, "wrong password").status_code == 422
    secret = set_up(client, anna)
    path = "/settings/recovery-code"
    assert send(client, path, f"{path}/new", password=PASSWORD).status_code == 303
    code = recovery_code_of(anna)
    press(client, "/settings", "/sign-out")
    step = sign_in(client, anna).location
    assert send(client, step, code=code_of(secret, steps=1)).location == "/"
    back = recover(app.test_client(), anna, code)
    assert back.location.startswith("/second-factor/first")
    assert client.get("/settings").location.startswith("/sign-in")
    with unit_of_work(app):
        tidy(utc_now())


@pytest.mark.parametrize("passwords", [(PASSWORD, PASSWORD), (PASSWORD, "eight loud herons")])
def test_the_last_step_of_sign_up_sent_twice_lets_in_whose_password_it_is(
    app_on_each: Flask, passwords: tuple[str, str]
) -> None:
    app, now = app_on_each, utc_now()
    with unit_of_work(app):
        link = service.invite_to_sign_up("kari@example.org", Role.OWNER, now).rsplit("/", 1)[1]
        service.accept_terms(link, now)

    def end(password: str) -> object:
        try:
            with unit_of_work(app):
                body = SignUpBody("Kari", password)
                return service.sign_up(link, body, Caller("127.0.0.1", "Test browser"), now).step
        except Conflict as problem:
            return type(problem)

    with met_before(app, 2, "INSERT INTO persons"), ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(end, passwords))
    one = len(set(passwords)) == 1
    assert sorted(map(str, outcomes)) == sorted(
        map(str, [NextStep.DONE, NextStep.DONE if one else Conflict])
    )


def test_many_sign_ins_at_once_take_the_memory_of_two(app: Flask, people: People) -> None:
    """Six at once with the real cost of 64 MiB each: 128 MiB and not 384."""
    ingrid = people.owner()
    app.extensions["vault"] = dataclasses.replace(app.extensions["vault"], cost=Cost())

    def try_once(_number: int) -> None:
        with app.app_context():
            try:
                open_identity(None, f"wrong password for {ingrid.id}")
            except (WrongPassword, Unavailable):
                return

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(try_once, range(6)))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200 * 1024


def test_a_code_used_twice_at_the_same_moment_opens_once(app_on_each: Flask) -> None:
    """Both have opened the keys and wait for their turn to stretch the new password."""
    app, ingrid = app_on_each, People(app_on_each).owner()
    path = "/settings/recovery-code"
    send(ingrid.client, path, f"{path}/new", password=PASSWORD)
    code, clients = recovery_code_of(ingrid), [app.test_client(), app.test_client()]
    pages = [client.get("/recovery") for client in clients]

    def use(number: int) -> int:
        typed = {"address": ingrid.address, "code": code, "new_password": f"{NEW} {number}"}
        return clients[number].post("/recovery", data=form_of(pages[number]) | typed).status_code

    with ThreadPoolExecutor(2) as pool:
        with ExitStack() as held:
            for slot in sorted(app.extensions["vault"].locks.glob("stretch-*.lock")):
                file = held.enter_context(slot.open())
                fcntl.flock(file, fcntl.LOCK_EX)
            both = [pool.submit(use, number) for number in range(2)]
            time.sleep(0.8)
            assert not any(each.done() for each in both)
        statuses = [each.result() for each in both]
    assert sorted(statuses) == [303, 422]
    winner = statuses.index(303)
    passwords = [sign_in(app.test_client(), ingrid, f"{NEW} {n}").status_code for n in range(2)]
    assert passwords[winner] == 303
    assert passwords[1 - winner] == 422
    assert clients[winner].get("/recovery-code").status_code == 200
    assert recover(app.test_client(), ingrid, code).status_code == 422


def test_an_app_code_sent_twice_at_the_same_moment_counts_once(app_on_each: Flask) -> None:
    app, anna = app_on_each, People(app_on_each).worker()
    secret = set_up(app.test_client(), anna)
    clients = [app.test_client() for _each in range(4)]
    step = "/second-factor"
    assert all(sign_in(client, anna).location.startswith(step) for client in clients)
    forms = [form_of(client.get(step)) for client in clients]
    code = code_of(secret, steps=1)

    def use(number: int) -> int:
        return clients[number].post(step, data=forms[number] | {"code": code}).status_code

    # One that came after the others' answers would rightly be asked to wait: so all meet before.
    with met_before(app, 4, "UPDATE factors"), ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(use, range(4)))
    assert sorted(statuses) == [303, 422, 422, 422]
