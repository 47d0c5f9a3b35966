"""Turns: in the order of coming, and nobody behind somebody who went away waits for ever."""

import threading
from collections.abc import Callable

from portal.core.turns import Turns

LONG = 30.0


def stand_in_line(work: Callable[[], object], turns: Turns, place: int) -> threading.Thread:
    """Let a thread line up, and come back once it stands at that place."""
    thread = threading.Thread(target=work)
    thread.start()
    while turns.waiting < place:
        thread.join(0.001)
    return thread


def test_whoever_came_first_is_first() -> None:
    turns, served = Turns(), list[int]()

    def one(number: int) -> None:
        assert turns.take(LONG)
        served.append(number)
        turns.give_back()

    assert turns.take(LONG)
    line = [stand_in_line(lambda n=n: one(n), turns, n) for n in range(1, 6)]  # type: ignore[misc]  # the default binds n
    turns.give_back()
    for thread in line:
        thread.join()
    assert served == [1, 2, 3, 4, 5]


def test_whoever_gives_up_is_not_waited_for() -> None:
    turns = Turns()
    assert turns.take(LONG)
    assert not turns.take(0.01)
    assert turns.waiting == 0
    turns.give_back()
    assert turns.take(0.01)


def test_only_one_has_the_turn() -> None:
    turns, inside, most = Turns(), list[int](), list[int]()

    def work() -> None:
        for _ in range(50):
            assert turns.take(LONG)
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            turns.give_back()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 200
    assert set(most) == {1}
