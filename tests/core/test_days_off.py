"""What a process of its own says of holidays is what this one would have worked out."""

import subprocess
import sys
from datetime import date

import pytest

from portal.core import days_off
from portal.core.days_off import learn, public_holidays


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_off, "_learned", {})


@pytest.mark.parametrize("country", ["NO", "DE-BY", "XX", ""])
def test_learned_days_are_those_worked_out(country: str) -> None:
    years = range(2026, 2029)
    worked_out = [public_holidays(country, year) for year in years]
    learn(country, years)
    assert sorted(days_off._learned) == [(country, year) for year in years]
    assert [public_holidays(country, year) for year in years] == worked_out


def test_days_are_known_even_when_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    learn("NO", [2026])
    assert date(2026, 5, 17) in public_holidays("NO", 2026)


def test_a_process_that_has_learned_its_days_holds_no_countries() -> None:
    script = (
        "import sys; from portal.core.footprint import settle; settle('NO');"
        "from portal.core.days_off import public_holidays; from datetime import date;"
        "assert date.today().replace(month=5, day=17) in public_holidays('NO', date.today().year);"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
