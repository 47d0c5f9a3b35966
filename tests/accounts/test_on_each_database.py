"""The whole way in and out, on SQLite and on PostgreSQL; and what a flood of sign-ins costs."""

import dataclasses
import resource
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from portal.accounts.service import tidy
from portal.core.clock.zones import utc_now
from portal.core.errors import Unavailable
from portal.core.work import unit_of_work
from portal.vault.identity import WrongPassword, open_identity
from portal.vault.keys import Cost
from tests.accounts.forms import press, send
from tests.accounts.test_factor import code_of, set_up
from tests.accounts.test_recovery import code_of as recovery_code_of
from tests.accounts.test_recovery import recover
from tests.accounts.test_signing_in import sign_in
from tests.fixtures.people import PASSWORD, People


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
