"""Public holidays, and a way to know them without holding what they are worked out with.

The library knows every country and loads them all: some 13 MB that would lie in each process for
good. So a process that lives long asks a short one for the years it will need (``learn``); any
other year is worked out in the process itself, when somebody asks for it.
"""

import json
import logging
import subprocess  # nosec B404  # our own module, see learn
import sys
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

log = logging.getLogger(__name__)
SECONDS = 30
_CODE_LENGTH = 2
_learned: dict[tuple[str, int], frozenset[date]] = {}


def public_holidays(country: str, year: int) -> frozenset[date]:
    """The country's public holidays in this year; none for an empty or unknown code."""
    known = _learned.get((country, year))
    return _worked_out(country, year) if known is None else known


def learn(country: str, years: Iterable[int]) -> None:
    """Ask a process of its own for these years. Without an answer they are worked out here."""
    command = [sys.executable, "-m", __name__, country, *map(str, years)]
    try:
        answer = subprocess.run(  # nosec B603  # our own module and settings
            command, capture_output=True, timeout=SECONDS, check=True
        )
        found = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as problem:
        log.warning("holidays not learned", extra={"problem": type(problem).__name__})
        return
    for year, days in found.items():
        _learned[country, int(year)] = frozenset(map(date.fromisoformat, days))


@lru_cache(maxsize=256)
def _worked_out(country: str, year: int) -> frozenset[date]:
    import holidays  # heavy, and most processes have learned what they need

    code, _, subdivision = country.partition("-")
    found_for = getattr(holidays, code, None) if len(code) == _CODE_LENGTH else None
    if found_for is None:
        return frozenset()
    try:
        found = found_for(subdiv=subdivision or None, years=year)
    except NotImplementedError:  # what the library says of a part of a country it does not know
        return frozenset()
    return frozenset(found)


def _answer(country: str, years: Iterable[str]) -> str:
    days = {year: sorted(map(date.isoformat, _worked_out(country, int(year)))) for year in years}
    return json.dumps(days)


if __name__ == "__main__":
    sys.stdout.write(_answer(sys.argv[1], sys.argv[2:]))
