"""What stands in a check-in after it was said otherwise."""

from collections.abc import Collection, Sequence
from uuid import UUID

from portal.check_ins.shapes.bodies import Answer


def answers_now(
    former: Sequence[Answer], said: Sequence[Answer], asked: Collection[UUID]
) -> tuple[Answer, ...]:
    """The answers after a change: what was not asked stays, what was asked and left out goes.

    An answer that is the same number as before keeps the word as it read then. In the order in
    which they were first given.
    """
    before, now = ({each.item_id: each for each in some} for some in (former, said))
    kept = {
        item_id: now.get(item_id, each)
        for item_id, each in before.items()
        if item_id in now or item_id not in asked
    }
    for item_id, each in now.items():
        then = before.get(item_id)
        is_same = then is not None and then.number is not None and then.number == each.number
        kept[item_id] = then if then is not None and is_same else each
    return tuple(kept.values())
