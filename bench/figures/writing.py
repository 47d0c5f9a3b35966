"""Sending messages: lasting commits, several writers at once, and what a message weighs."""

import http.client
import os
import re
import secrets
import threading
from collections.abc import Iterator
from urllib.parse import urlencode

from bench.figures.pages import Line
from bench.load import Ask, getting, run, spread
from bench.town import BODY, Town

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


def growth(town: Town, *, first: int, then: int, rounds: int) -> Iterator[Line]:
    """How much slower the newest page of a thread gets when the thread grows."""
    from bench.figures.pages import _cpu_of

    path = f"/messages/{town.dyad_id}"
    cookie = f"{town.cookie_name}={town.cookies['owner']}"
    town.write(first)
    before = [_cpu_of(town.app, path, cookie, 20) for _ in range(rounds)]
    size = _bytes_of(town)
    town.write(then - first)
    after = [_cpu_of(town.app, path, cookie, 20) for _ in range(rounds)]
    ratios = [b / a for a, b in zip(before, after, strict=True)]
    yield f"thread page, {first} to {then} messages", spread(ratios, " ×"), "1.10 ×"
    if size:
        each = (_bytes_of(town) - size) / (then - first)
        yield "stored for a body of 540 bytes (sealed: 794)", f"{each:.0f} bytes", "700 + padding"


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
    """A request that sends a new message every time, with a real form's token."""
    path = f"/messages/{town.dyad_id}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(
        "GET", path, headers={"Cookie": f"{town.cookie_name}={town.cookies['owner']}"}
    )
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    set_cookie = answer.headers.get("Set-Cookie", "").split(";")[0]
    cookies = f"{town.cookie_name}={town.cookies['owner']}; {set_cookie}"
    fields = {"csrf_token": token[1] if token else "", "text": BODY[:500], "intent": "telling"}

    def ask(client: http.client.HTTPConnection) -> int:
        body = urlencode(fields | {"once": secrets.token_hex(16)})
        client.request("POST", path, body, FORM | {"Cookie": cookies})
        reply = client.getresponse()
        reply.read()
        return reply.status

    return ask


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
    """The size of the SQLite file with everything in it; 0 on another database."""
    file = town.settings.home / "tandem.sqlite3"
    if not town.settings.database_url.startswith("sqlite") or not file.exists():
        return 0
    with town.app.app_context():
        from portal.core.db import db

        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.stat().st_size
