"""Pure rules of meetings."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.core.row_ids import new_id
from portal.meetings import rules
from portal.meetings.shapes import MeetingState, Standing

ME, OTHER = new_id(), new_id()
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
moments = st.integers(-50_000, 50_000).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(
    st.sampled_from(MeetingState),
    moments,
    st.none() | moments,
    st.sampled_from([ME, OTHER, None]),
    moments,
)
def test_every_meeting_stands_in_exactly_one_way(
    state: MeetingState,
    starts_at: datetime,
    offered_at: datetime | None,
    offered_by: object,
    now: datetime,
) -> None:
    def seen_by(me: object) -> Standing:
        return rules.standing(
            state,
            starts_at=starts_at,
            offered_at=offered_at,
            offered_by=offered_by,  # type: ignore[arg-type]  # None only where nothing waits
            me=me,  # type: ignore[arg-type]  # one of the two
            now=now,
        )

    mine, theirs = seen_by(ME), seen_by(OTHER)
    asks = {Standing.YOU_ANSWER: Standing.THEY_ANSWER}
    asks[Standing.YOU_ANSWER_MOVE] = Standing.THEY_ANSWER_MOVE
    if offered_by == OTHER and mine in asks:
        assert theirs is asks[mine]
    if rules.has_passed(starts_at, now) and state is not MeetingState.CALLED_OFF:
        assert mine is theirs is Standing.PASSED


def test_a_meeting_goes_on_for_an_hour() -> None:
    assert not rules.has_passed(NOW, NOW + timedelta(minutes=59))
    assert rules.has_passed(NOW, NOW + timedelta(hours=1))


@given(st.integers(1, 9), st.data(), st.booleans())
def test_moving_keeps_every_thing_and_moves_one_step(
    size: int, data: st.DataObject, up: bool
) -> None:
    order = [new_id() for _ in range(size)]
    one = data.draw(st.sampled_from(order))
    new = rules.swapped(order, one, up=up)
    assert sorted(new) == sorted(order)
    assert abs(new.index(one) - order.index(one)) <= 1
    assert rules.swapped(new, one, up=not up) == order or new == order
