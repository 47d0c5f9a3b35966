"""The whole plan on an earlier day beside now."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from portal.core.db import db
from portal.crisis_plan import service
from portal.crisis_plan.shapes import Kind, ThenPage
from tests.crisis_plan.conftest import PEOPLE, Pair, text_of

JANUARY = datetime(2026, 1, 5, 12, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATH = "/crisis-plan/then-and-now"


def looked_back(pair: Pair, on: date | None = None) -> ThenPage:
    """Ingrid's page."""
    with pair.ingrid.viewing() as viewer:
        return service.then_page(viewer, on)


def told(page: ThenPage) -> dict[Kind, tuple[str | None, str, bool]]:
    """What the page says: the words then, the words now, whether they are the same."""
    return {
        pair.now.body.kind: (
            pair.then.body.text if pair.then else None,
            pair.now.body.text,
            pair.is_same,
        )
        for stage in page.stages
        for pair in stage.pairs
    }


def written(pair: Pair) -> None:
    """A plan of January, changed in March."""
    pair.write(Kind.STEPS, "Go to bed", at=JANUARY)
    pair.write(Kind.WELL, "I sing", at=JANUARY)
    pair.write(Kind.STEPS, "In a hurry", at=MARCH)
    pair.write(Kind.STEPS, "Ring Solveig", at=MARCH + timedelta(hours=1))
    pair.write(Kind.SAFER, "The car keys", at=MARCH)


def test_the_whole_plan_stands_as_it_stood_when_that_day_ended(pair: Pair) -> None:
    written(pair)
    page = looked_back(pair)
    assert page.on == JANUARY.date()
    assert page.days == (MARCH.date(), JANUARY.date())
    assert [stage.stage.value for stage in page.stages] == ["usual", "hard", "crisis"]
    assert told(page) == {
        Kind.WELL: ("I sing", "I sing", True),
        Kind.STEPS: ("Go to bed", "Ring Solveig", False),
        Kind.SAFER: (None, "The car keys", False),
    }
    assert all(same for _then, _now, same in told(looked_back(pair, MARCH.date())).values())
    before = told(looked_back(pair, date(2025, 12, 31)))
    assert [then for then, _now, _same in before.values()] == [None, None, None]


def test_a_day_is_the_owners_own_day(pair: Pair) -> None:
    pair.write(Kind.STEPS, "Go to bed", at=JANUARY)
    late = datetime(2026, 2, 9, 23, 30, tzinfo=UTC)  # half past midnight in Oslo
    pair.write(Kind.STEPS, "Ring Solveig", at=late)
    page = looked_back(pair, date(2026, 2, 9))
    assert page.days[0] == date(2026, 2, 10)
    assert told(page)[Kind.STEPS] == ("Go to bed", "Ring Solveig", False)


def test_what_is_put_away_now_still_stood_then(pair: Pair) -> None:
    written(pair)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, Kind.WELL, is_away=True)
        service.put_away(viewer, Kind.SAFER, is_away=True)
    assert told(looked_back(pair)) == {
        Kind.WELL: ("I sing", "I sing", False),
        Kind.STEPS: ("Go to bed", "Ring Solveig", False),
    }
    text = text_of(pair.ingrid.client, PATH)
    assert "Put away." in text
    assert "The car keys" not in text


def test_the_page_is_found_and_any_day_can_be_chosen(pair: Pair) -> None:
    client = pair.ingrid.client
    assert "Here you can look back" in text_of(client, PATH)
    written(pair)
    pair.write(Kind.PEOPLE, entries=PEOPLE, at=MARCH)
    assert f'href="{PATH}"' in text_of(client, "/crisis-plan")
    page = text_of(client, PATH)
    assert page.index("Go to bed") < page.index("Ring Solveig")
    assert "In a hurry" not in page
    assert '<option value="2026-01-05" selected>' in page
    assert '<option value="2025-06-01" selected>' in text_of(client, f"{PATH}?on=2025-06-01")
    assert "Nothing was written yet." in text_of(client, f"{PATH}?on=2025-06-01")
    assert client.get(f"{PATH}?on=yesterday").status_code == 400


def test_nobody_else_looks_back(pair: Pair) -> None:
    written(pair)
    pair.share(pair.section(Kind.STEPS).id)
    assert pair.anna.client.get(PATH).status_code == 404
    with pair.anna.viewing() as viewer:
        assert service.then_page(viewer, JANUARY.date()).stages == ()


@pytest.mark.parametrize("changes", [2, 40])
def test_an_old_plan_asks_no_more_of_the_database(pair: Pair, changes: int) -> None:
    for number in range(changes):
        at = JANUARY + timedelta(days=number)
        pair.write(Kind.STEPS, f"Step {number}", at=at)
        pair.write(Kind.WELL, f"Day {number}", at=at)
    asked: list[str] = []
    client = pair.ingrid.client
    with pair.ingrid.app.app_context():
        engine = db.engine

    def note(*about: Any) -> None:
        asked.append(about[2])

    event.listen(engine, "before_cursor_execute", note)
    page = text_of(client, f"{PATH}?on={JANUARY.date()}")
    event.remove(engine, "before_cursor_execute", note)
    assert "Step 0" in page
    assert ("Step 1" in page) is (changes == 2)  # what is said now stands beside it
    assert 0 < len(asked) <= 6, asked
