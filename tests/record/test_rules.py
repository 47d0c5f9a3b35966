"""What a page says as plain text, and when a worker can ask."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from portal.core.sheet import Facts, Points, Section, Sheet, Words
from portal.record.rules import as_text, asking, is_unopened, mark_of, may_ask
from portal.record.shapes import Ask, Asking, RecordWish, Reply

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SHEET = Sheet(
    title="A page for the record",
    name="Ingrid",
    on=date(2026, 11, 22),
    lead="Ingrid approved this page.",
    sections=(
        Section("Goal: Out early", (Words("The light\nhelps"), Points(("Walk", "Bus"))), "now"),
        Section("How it is", (Facts((("Home", "Quiet"), ("Steps", "Ring\nCome"))),)),
    ),
)


def test_a_page_reads_the_same_as_plain_text() -> None:
    assert as_text(SHEET, "Ingrid · Sunday") == (
        "A page for the record\nIngrid · Sunday\n\n"
        "Ingrid approved this page.\n\n"
        "Goal: Out early\nnow\nThe light\nhelps\n- Walk\n- Bus\n\n"
        "How it is\nHome: Quiet\nSteps:\nRing\nCome"
    )


def test_a_mark_changes_with_every_word() -> None:
    other = replace(SHEET, lead="Ingrid approved this page!")
    assert mark_of(SHEET) == mark_of(replace(SHEET))
    assert mark_of(SHEET) != mark_of(other)


@pytest.mark.parametrize(
    ("asked", "reply", "standing"),
    [
        (None, None, Asking.NONE),
        (NOW, None, Asking.WAITING),
        (NOW, Reply.NOT_NOW, Asking.NOT_NOW),
        (NOW, Reply.MADE, Asking.MADE),
    ],
)
def test_an_asking_stands_in_one_way(
    asked: datetime | None, reply: Reply | None, standing: Asking
) -> None:
    assert asking(asked, reply, NOW if reply else None).standing is standing


@pytest.mark.parametrize(
    ("standing", "met", "may"),
    [
        (Asking.NONE, None, True),
        (Asking.WAITING, None, False),
        (Asking.WAITING, 1, False),
        (Asking.NOT_NOW, None, False),
        (Asking.NOT_NOW, -1, False),
        (Asking.NOT_NOW, 1, True),
        (Asking.MADE, None, True),
    ],
)
def test_a_worker_asks_once_until_a_page_or_a_meeting(
    standing: Asking, met: int | None, may: bool
) -> None:
    last_met = None if met is None else NOW + timedelta(days=met)
    assert may_ask(Ask(standing, NOW), last_met) is may


def test_a_wish_for_a_why_alone_is_a_wish_for_nothing() -> None:
    assert RecordWish(whys=frozenset("a"), pieces=frozenset("a")).is_empty
    assert not RecordWish(goals=frozenset("a")).is_empty
    assert not RecordWish(with_agreement=True).is_empty


@pytest.mark.parametrize(
    ("opened_in", "unopened"),
    [
        (None, True),
        (NOW.replace(hour=7), True),
        (NOW.replace(hour=8), True),
        (NOW, False),
        (NOW.replace(hour=10), False),
    ],
)
def test_a_page_is_new_until_the_log_has_an_hour_after_it(
    opened_in: datetime | None, unopened: bool
) -> None:
    assert is_unopened(NOW, opened_in) is unopened
    assert not is_unopened(None, opened_in)
