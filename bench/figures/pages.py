"""Pages that people load all day, beside the bare page: by rate over the wire and by CPU time."""

import time
from collections.abc import Iterator

from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.load import getting, run, spread
from bench.servers import bare_app
from bench.town import Town

Line = tuple[str, str, str]
OWNER, WORKER = "owner", "worker"


def pages_of(town: Town) -> list[tuple[str, str, str, str]]:
    """What to load: name, who, path, target as a share of the bare page's rate."""
    person = f"/people/{town.dyad_id}"
    return [
        ("thread of 50 messages", OWNER, f"/messages/{town.dyad_id}", "20 % (15)"),
        ("list of threads", OWNER, "/messages", "35 % (25)"),
        ("your turn", WORKER, "/your-turn", "35 % (25)"),
        ("goals review", WORKER, f"{person}/goals", "35 % (25)"),
        ("owner's first page", OWNER, "/", "-"),
        ("before a meeting", WORKER, f"{person}/before-meeting", "-"),
    ]


def over_the_wire(town: Town, port: int, bare: int, *, rounds: int, size: int) -> Iterator[Line]:
    """Rates of every page as shares of the bare page's, in interleaved rounds."""
    for name, who, path, target in pages_of(town):
        ask = getting(path, {"Cookie": town.cookies_of(who)})
        run(port, ask, 10)
        shares = []
        for _ in range(rounds):
            ours = run(port, ask, size)
            theirs = run(bare, getting("/"), size * 3)
            _all_well(name, ours.statuses)
            shares.append(100 * ours.rate / theirs.rate)
        yield f"{name}, rate against bare", spread(shares, " %"), target


def in_process(town: Town, *, rounds: int, size: int) -> Iterator[Line]:
    """CPU time of every page inside one process, as a multiple of the bare page's."""
    bare = bare_app()
    for name, who, path, _target in pages_of(town):
        cookie = town.cookies_of(who)
        ratios = []
        for _ in range(rounds):
            ours = cpu_of(town.app, path, cookie, size)
            theirs = cpu_of(bare, "/", "", size * 5)
            ratios.append(ours / theirs)
        target = "17 ×" if name.startswith("thread") else "-"
        yield f"{name}, CPU against bare", spread(ratios, " ×"), target


def weights(town: Town, port: int) -> Iterator[Line]:
    """What the first view of a page weighs on the wire, with style and script, in kilobytes."""
    import http.client
    import re

    for name, who, path, _target in pages_of(town):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {
            "Cookie": f"{town.cookie_name}={town.cookies[who]}",
            "Accept-Encoding": "gzip",
        }
        connection.request("GET", path, headers=headers)
        body = connection.getresponse().read()
        page = town.app.test_client()
        page.set_cookie(town.cookie_name, town.cookies[who])
        files = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.get(path).text))
        total = len(body)
        for file in files:
            connection.request("GET", file, headers=headers)
            total += len(connection.getresponse().read())
        yield (
            f"{name}, first view",
            f"{total / 1000:.1f} kB in {1 + len(files)} requests",
            "50 kB, 5",
        )


def cpu_of(app: object, path: str, cookie: str, size: int) -> float:
    """CPU seconds of a page inside this process, the mean of so many."""
    builder = EnvironBuilder(path=path, headers=[("Cookie", cookie)] if cookie else [])
    wsgi = app.wsgi_app  # type: ignore[attr-defined]  # any Flask application
    _once(wsgi, builder)
    begun = time.process_time()
    for _ in range(size):
        _once(wsgi, builder)
    return (time.process_time() - begun) / size


def _once(wsgi: object, builder: EnvironBuilder) -> None:
    body, status, _headers = run_wsgi_app(wsgi, builder.get_environ(), buffered=True)  # type: ignore[arg-type]  # a WSGI application
    _all_well(builder.path, [int(status.split()[0])])
    b"".join(body)


def _all_well(name: str, statuses: list[int]) -> None:
    wrong = {status for status in statuses if status != 200}
    if wrong:
        raise RuntimeError(f"{name} answered {wrong}")
