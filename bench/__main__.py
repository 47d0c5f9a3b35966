"""``python -m bench``: build a town, serve it beside a bare page, print one line a figure."""

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import jobs, pages, writing
from bench.postgres import find_programs, started
from bench.servers import serving
from bench.town import PAGE, build
from portal.core.footprint import settle


def main() -> None:
    """Measure and print."""
    chosen = _chosen()
    logging.disable(logging.CRITICAL)
    rounds, size = (3, 40) if chosen.quick else (5, 150)
    many = chosen.messages or (20_000 if chosen.quick else 200_000)
    print(f"{'figure':<52} {'median (smallest to largest)':<34} target (floor)")
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder, _database(chosen) as url:
        town = build(Path(folder) / "home", database_url=url)
        town.write(PAGE)
        settle(town.settings.country)
        with serving(town) as (port, bare, process_id):
            show(pages.over_the_wire(town, port, bare, rounds=rounds, size=size))
            show(pages.in_process(town, rounds=rounds, size=size))
            show(pages.weights(town, port))
            show(writing.sending(town, port, bare, rounds=rounds, size=size))
            show(writing.sending_cpu(town, rounds=rounds, size=size))
            show(writing.sign_ins(town, port, size=size * 2))
            show(writing.memory(process_id))
        show(jobs.notices(town, count=1_000 if chosen.quick else 10_000))
        show(writing.growth(town, first=1_000, then=many, rounds=rounds))


def show(lines: Iterable[pages.Line]) -> None:
    """Print figures as they come."""
    for what, figure, target in lines:
        print(f"{what:<52} {figure:<34} {target}", flush=True)


@contextmanager
def _database(chosen: argparse.Namespace) -> Iterator[str | None]:
    """The address of the database to measure on; None means SQLite."""
    if not chosen.postgresql:
        yield chosen.database_url
        return
    programs = find_programs()
    if programs is None:
        sys.exit("No PostgreSQL is here: neither in its wheel nor installed.")
    with started(programs, lasting=True) as server:
        yield server.create("bench")


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and messages")
    parser.add_argument("--database-url", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--messages", type=int, help="grow a thread to so many (200000)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
