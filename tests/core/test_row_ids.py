"""Row ids: in the order they were made, whatever the clock does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import time_machine

from portal.core.row_ids import new_id

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_they_are_of_version_seven() -> None:
    made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_they_sort_in_the_order_they_were_made_while_the_clock_stands() -> None:
    with time_machine.travel(NOW, tick=False):
        made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_the_first_bits_are_the_time() -> None:
    later = NOW + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        assert new_id().int >> 80 == int(later.timestamp() * 1000)


def test_a_clock_set_back_a_little_leaves_the_order() -> None:
    with time_machine.travel(NOW, tick=False):
        before = new_id()
    with time_machine.travel(NOW - timedelta(milliseconds=900), tick=False):
        assert new_id() > before


def test_a_clock_set_back_further_is_believed() -> None:
    with time_machine.travel(NOW, tick=False):
        new_id()
    earlier = NOW - timedelta(hours=1)
    with time_machine.travel(earlier, tick=False):
        assert new_id().int >> 80 == int(earlier.timestamp() * 1000)


def test_no_two_are_the_same_from_many_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(4_000)))
    assert len(set(made)) == len(made)
