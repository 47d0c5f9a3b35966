"""Sending messages: lasting commits, several writers at once, and what a message weighs."""

import http.client
import os
import re
import secrets
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode
from wsgiref.types import WSGIEnvironment

from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.figures.pages import Line, cpu_of
from bench.history import LETTERS, grow, padding_of_one
from bench.load import Ask, getting, run, spread
from bench.servers import bare_app
from bench.town import BODY, Town
from portal.core.db import db

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def sending(town: Town, port: int, bare: int, *, rounds: int, size: int) -> Iterator[Line]:
    """One message a request, each kept on the disk before it is answered."""
    ask = _send(town, port)
    run(port, ask, 4)
    shares, slowest, statuses = [], [], set()
    for _ in range(rounds):
        ours = run(port, ask, size)
        theirs = run(bare, getting("/"), size * 5)
        shares.append(100 * ours.rate / theirs.rate)
        four = run(port, ask, size, clients=4)
        slowest.append(four.percentile(99))
        statuses |= set(ours.statuses + four.statuses)
    yield "send a message, rate against bare", spread(shares, " %"), "12 %"
    yield "send at 4 connections, slowest of 100", spread(slowest, " ms"), "25 ms"
    longest = run(port, ask, size * 4, clients=4)
    statuses |= set(longest.statuses)
    worst = f"{max(longest.seconds):.2f} s, statuses {sorted(statuses)}"
    yield "4 writers without a pause, longest wait", worst, "2 s, no 5xx"


def sending_cpu(town: Town, *, rounds: int, size: int) -> Iterator[Line]:
    """CPU time of sending a message inside one process, as a multiple of the bare page's."""
    path, cookies, bare = f"/messages/{town.dyad_id}", town.cookies_of("owner"), bare_app()
    page = town.app.test_client(use_cookies=False).get(path, headers={"Cookie": cookies}).text
    fields = _filled_in(page)
    ratios = []
    for _ in range(rounds + 1):
        environs = [_posted(path, cookies, _press(fields)) for _ in range(size)]
        ratios.append(_cpu_of_posts(town, environs) / cpu_of(bare, "/", "", size * 5))
    yield "send a message, CPU against bare", spread(ratios[1:], " ×"), "-"


def growth(town: Town, *, first: int, then: int, rounds: int) -> Iterator[Line]:
    """How much slower the newest page of a thread gets when the thread grows, and how much larger.

    The body is one of 540 bytes; sealing pads it to the next step, so that lengths tell less.
    """
    path = f"/messages/{town.dyad_id}"
    cookie = f"{town.cookie_name}={town.cookies['owner']}"
    grow(town, first)
    cpu_of(town.app, path, cookie, 40)
    before = [cpu_of(town.app, path, cookie, 20) for _ in range(rounds)]
    size = _bytes_of(town)
    grow(town, then - first)
    after = [cpu_of(town.app, path, cookie, 20) for _ in range(rounds)]
    ratios = [b / a for a, b in zip(before, after, strict=True)]
    yield f"thread page, {first} to {then} messages", spread(ratios, " ×"), "1.10 ×"
    each, padding = (_bytes_of(town) - size) / (then - first), padding_of_one(town)
    figure = f"{each:.0f} bytes, {each - padding:.0f} without padding"
    yield f"stored for a body of {LETTERS} bytes", figure, "700 + padding"


def sign_ins(town: Town, port: int, *, size: int) -> Iterator[Line]:
    """The thread page while wrong sign-ins come in without a pause."""
    cookie = {"Cookie": f"{town.cookie_name}={town.cookies['owner']}"}
    ask = getting(f"/messages/{town.dyad_id}", cookie)
    calm = run(port, ask, size).percentile(99)
    over = threading.Event()
    flood = threading.Thread(target=_flood, args=(port, over))
    flood.start()
    try:
        stormy = run(port, ask, size).percentile(99)
    finally:
        over.set()
        flood.join()
    yield "thread page's slowest of 100 under wrong sign-ins", f"{stormy / calm:.2f} ×", "3 ×"


def memory(process_id: int) -> Iterator[Line]:
    """What a web process holds after all of this, in megabytes (Linux only)."""
    try:
        with open(f"/proc/{process_id}/statm") as file:
            pages = int(file.read().split()[1])
    except OSError:
        return
    yield "web process, resident", f"{pages * os.sysconf('SC_PAGESIZE') / 1e6:.0f} MB", "80 MB"


def _send(town: Town, port: int) -> Ask:
    """A request that sends a new message every time, from the page's own form."""
    path = f"/messages/{town.dyad_id}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    cookies = town.cookies_of("owner")
    connection.request("GET", path, headers={"Cookie": cookies})
    fields = _filled_in(connection.getresponse().read().decode())
    connection.close()

    def ask(client: http.client.HTTPConnection) -> int:
        client.request("POST", path, _press(fields), FORM | {"Cookie": cookies})
        reply = client.getresponse()
        reply.read()
        return reply.status

    return ask


def _filled_in(page: str) -> dict[str, str]:
    """The fields of the text box's form: its tokens, and words that just tell something."""
    found = {"text": BODY[:500], "intent": "telling"}
    for name in ("csrf_token", "keep"):
        field = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
        if field is None:
            raise RuntimeError(f"the page has no {name}")
        found[name] = field[1]
    return found


def _press(fields: dict[str, str]) -> str:
    return urlencode(fields | {"once": secrets.token_hex(16)})


def _posted(path: str, cookies: str, body: str) -> WSGIEnvironment:
    form = FORM["Content-Type"]
    builder = EnvironBuilder(path, method="POST", data=body.encode(), content_type=form)
    builder.headers["Cookie"] = cookies
    return builder.get_environ()


def _cpu_of_posts(town: Town, environs: list[WSGIEnvironment]) -> float:
    begun = time.process_time()
    for environ in environs:
        answer, status, _headers = run_wsgi_app(town.app.wsgi_app, environ, buffered=True)
        b"".join(answer)
        if not status.startswith("303"):
            raise RuntimeError(f"sending answered {status}")
    return (time.process_time() - begun) / len(environs)


def _flood(port: int, over: threading.Event) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    body = urlencode({"address": "nobody@example.org", "password": "wrong password"})
    while not over.wait(0.002):
        try:
            connection.request("POST", "/sign-in", body, FORM)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            connection.close()


def _bytes_of(town: Town) -> int:
    """The size of the database: of the SQLite file with everything in it, or as PostgreSQL says."""
    with town.app.app_context(), db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            size = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
            return int(size.scalar_one())
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return (town.settings.home / "tandem.sqlite3").stat().st_size
