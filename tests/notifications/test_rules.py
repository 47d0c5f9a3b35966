"""What may be told now."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import QuietHours, Reading, is_quiet, local_day
from portal.notifications.rules import (
    ASKED,
    AT_ANY_HOUR,
    OWNER_KINDS,
    WORKER_KINDS,
    Today,
    Verdict,
    decide,
    pause_after,
)
from portal.notifications.shapes import NoticeChoices, NoticeKind

OSLO = ZoneInfo("Europe/Oslo")
NOON = datetime(2026, 11, 21, 12, tzinfo=OSLO)
NIGHT = datetime(2026, 11, 21, 23, tzinfo=OSLO)
USUAL = NoticeChoices()
UNSOLICITED = NoticeKind.REVIEW_DUE
SOLICITED = NoticeKind.ACTIVITY_REMINDER


def test_by_day_something_new_is_told() -> None:
    decision = decide([UNSOLICITED], USUAL, OSLO, Today(), NOON)
    assert decision.verdict is Verdict.WRITE
    assert decision.is_unsolicited


def test_at_night_everything_waits_for_the_morning_security_too() -> None:
    for kind in NoticeKind:
        decision = decide([kind], USUAL, OSLO, Today(), NIGHT)
        assert decision.verdict is Verdict.HOLD
        assert decision.until == datetime(2026, 11, 22, 8, tzinfo=OSLO)


def test_a_second_unsolicited_letter_waits_for_tomorrow() -> None:
    today = Today(counted=1, has_unsolicited=True)
    decision = decide([UNSOLICITED], USUAL, OSLO, today, NOON)
    assert decision.verdict is Verdict.HOLD
    assert decision.until == datetime(2026, 11, 22, 8, tzinfo=OSLO)


def test_what_the_person_asked_for_still_comes_on_such_a_day() -> None:
    today = Today(counted=1, has_unsolicited=True)
    decision = decide([UNSOLICITED, SOLICITED], USUAL, OSLO, today, NOON)
    assert decision.verdict is Verdict.WRITE
    assert not decision.is_unsolicited


def test_the_cap_holds_everything_but_security() -> None:
    today = Today(counted=USUAL.daily_cap)
    assert decide([SOLICITED], USUAL, OSLO, today, NOON).verdict is Verdict.HOLD
    decision = decide([NoticeKind.SECURITY], USUAL, OSLO, today, NOON)
    assert decision.verdict is Verdict.WRITE
    assert not decision.is_counted


def test_what_was_turned_off_is_dropped_but_never_security() -> None:
    nothing = NoticeChoices(kinds_off=frozenset(NoticeKind))
    assert decide([UNSOLICITED, SOLICITED], nothing, OSLO, Today(), NOON).verdict is Verdict.DROP
    assert decide([NoticeKind.SECURITY], nothing, OSLO, Today(), NOON).verdict is Verdict.WRITE


def test_a_letter_on_its_way_takes_the_rest_along() -> None:
    today = Today(counted=9, has_unsolicited=True, is_one_on_its_way=True)
    assert decide([UNSOLICITED], USUAL, OSLO, today, NOON).verdict is Verdict.FOLD


HOUR = timedelta(hours=1)
MONDAY_EIGHT = datetime(2026, 11, 23, 8, tzinfo=OSLO)
READS = (Reading(MONDAY_EIGHT, MONDAY_EIGHT + HOUR),)


def test_outside_their_reading_hours_a_worker_is_told_only_what_cannot_wait() -> None:
    for kind in NoticeKind:
        decision = decide([kind, NoticeKind.SECURITY], USUAL, OSLO, Today(), NOON, READS)
        assert decision.verdict is Verdict.WRITE
        decision = decide([kind], USUAL, OSLO, Today(), NOON, READS)
        held = Verdict.WRITE if kind in AT_ANY_HOUR else Verdict.HOLD
        assert decision.verdict is held, kind
        assert decision.until == (None if kind in AT_ANY_HOUR else MONDAY_EIGHT)
    assert decide([UNSOLICITED], USUAL, OSLO, Today(), MONDAY_EIGHT, READS).verdict is Verdict.WRITE


def test_a_reading_in_quiet_hours_is_passed_over() -> None:
    early = Reading(MONDAY_EIGHT - 2 * HOUR, MONDAY_EIGHT - HOUR)
    tuesday = MONDAY_EIGHT + timedelta(days=1)
    later = Reading(tuesday - HOUR, tuesday + HOUR)
    assert decide([UNSOLICITED], USUAL, OSLO, Today(), NOON, [early]).verdict is Verdict.WRITE
    decision = decide([UNSOLICITED], USUAL, OSLO, Today(), NOON, [early, later])
    assert (decision.verdict, decision.until) == (Verdict.HOLD, tuesday)


@given(
    st.sampled_from([kind for kind in NoticeKind if kind not in AT_ANY_HOUR]),
    st.integers(0, 20_000),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 600)), min_size=1, max_size=6),
    st.integers(0, 23).map(time),
)
def test_what_a_worker_waits_for_comes_while_they_read(
    kind: NoticeKind, minutes: int, spans: list[tuple[int, int]], quiet_from: time
) -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    now, choices = start + timedelta(minutes=minutes), NoticeChoices(quiet_from=quiet_from)
    readings = sorted(
        (
            Reading(start + timedelta(minutes=at), start + timedelta(minutes=at + length))
            for at, length in spans
        ),
        key=lambda each: each.starts_at,
    )
    ahead = [each for each in readings if each.ends_at > now]
    decision = decide([kind], choices, OSLO, Today(), now, ahead)
    at = now if decision.verdict is Verdict.WRITE else decision.until
    assert at is not None
    assert not is_quiet(at, QuietHours(OSLO, quiet_from, choices.quiet_until))
    if decision.verdict is Verdict.HOLD and not is_quiet(
        now, QuietHours(OSLO, quiet_from, choices.quiet_until)
    ):
        assert any(each.starts_at <= at < each.ends_at for each in ahead)


def test_every_kind_but_security_can_be_turned_off_by_somebody() -> None:
    assert set(OWNER_KINDS) | set(WORKER_KINDS) == set(NoticeKind) - {NoticeKind.SECURITY}
    assert NoticeKind.SECURITY not in ASKED


def test_pauses_grow_to_six_hours() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 20)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(hours=6))


@given(
    st.lists(st.sampled_from(NoticeKind), min_size=1),
    st.integers(0, 400_000),
    st.integers(0, 9),
    st.booleans(),
    st.builds(
        NoticeChoices,
        quiet_from=st.integers(0, 23).map(time),
        quiet_until=st.integers(0, 23).map(time),
        daily_cap=st.integers(1, 8),
        kinds_off=st.frozensets(st.sampled_from(NoticeKind)),
    ),
)
def test_nothing_is_written_in_quiet_hours_and_what_is_held_comes_later(
    kinds: list[NoticeKind],
    minutes: int,
    counted: int,
    has_unsolicited: bool,
    choices: NoticeChoices,
) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    quiet = QuietHours(OSLO, choices.quiet_from, choices.quiet_until)
    decision = decide(kinds, choices, OSLO, Today(counted, has_unsolicited), now)
    if decision.verdict is Verdict.WRITE:
        assert not is_quiet(now, quiet)
        assert counted < choices.daily_cap or NoticeKind.SECURITY in kinds
    if decision.verdict is Verdict.HOLD:
        assert decision.until is not None
        assert decision.until > now
        assert not is_quiet(decision.until, quiet)
        assert (local_day(decision.until, OSLO) - local_day(now, OSLO)).days <= 2
