"""What may be told now: pure decisions on quiet hours, the day's cap and folding.

In quiet hours nothing, and for a worker nothing outside their reading hours; at most one
unsolicited letter a day; at most the person's own number of letters a day. What would be too much
waits and is folded into the next letter, which says that there is something new anyhow.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from portal.core.clock import QuietHours, Reading, at_local, first_allowed, local_day
from portal.notifications.shapes import NoticeChoices, NoticeKind

ASKED = frozenset(
    {
        NoticeKind.MESSAGE_WAITING,
        NoticeKind.MESSAGE_ANSWERED,
        NoticeKind.MEETING_ANSWERED,
        NoticeKind.MEETING_CALLED_OFF,
        NoticeKind.MEETING_TOMORROW,
        NoticeKind.ACTIVITY_REMINDER,
        NoticeKind.CARD_OPENED,
        NoticeKind.CHECK_IN_REMINDER,
    }
)
OWNER_KINDS = (
    NoticeKind.MESSAGE_ANSWERED,
    NoticeKind.ACTIVITY_REMINDER,
    NoticeKind.CHECK_IN_REMINDER,
    NoticeKind.MEETING_OFFERED,
    NoticeKind.MEETING_ANSWERED,
    NoticeKind.MEETING_CALLED_OFF,
    NoticeKind.MEETING_TOMORROW,
    NoticeKind.IDEA_OFFERED,
    NoticeKind.AGREEMENT_WAITING,
    NoticeKind.REVIEW_DUE,
    NoticeKind.INVITATION_UNANSWERED,
    NoticeKind.CARD_OPENED,
)
WORKER_KINDS = (
    NoticeKind.MESSAGE_WAITING,
    NoticeKind.ANSWER_DUE_TODAY,
    NoticeKind.HELLO_DUE,
    NoticeKind.MEETING_OFFERED,
    NoticeKind.MEETING_ANSWERED,
    NoticeKind.MEETING_CALLED_OFF,
    NoticeKind.MEETING_TOMORROW,
    NoticeKind.AGREEMENT_WAITING,
    NoticeKind.REVIEW_DUE,
    NoticeKind.INVITATION_UNANSWERED,
)
AT_ANY_HOUR = frozenset({NoticeKind.SECURITY, NoticeKind.MEETING_CALLED_OFF})
"""What reaches a worker outside their reading hours too: else they travel to a meeting in vain."""

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
_DAY = timedelta(days=1)


class Verdict(Enum):
    """What to do with what is due for one person."""

    DROP = "drop"
    HOLD = "hold"
    FOLD = "fold"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Today:
    """The letters that a person has had today, and whether one is still on its way."""

    counted: int = 0
    has_unsolicited: bool = False
    is_one_on_its_way: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict; when held, until when; when written, what kind of letter it is."""

    verdict: Verdict
    until: datetime | None = None
    is_unsolicited: bool = False
    is_counted: bool = True


def decide(
    kinds: Collection[NoticeKind],
    choices: NoticeChoices,
    zone: ZoneInfo,
    today: Today,
    now: datetime,
    readings: Sequence[Reading] = (),
) -> Decision:
    """Decide what becomes of the kinds that are due for one person at this moment.

    ``readings``: when a worker reads, from now on; without any, the whole day is open.
    """
    wanted = {kind for kind in kinds if choices.wants(kind)}
    if not wanted:
        return Decision(Verdict.DROP)
    allowed_at = allowed_from(now, choices, zone)
    if allowed_at > now:
        return Decision(Verdict.HOLD, until=allowed_at)
    if today.is_one_on_its_way:
        return Decision(Verdict.FOLD)
    reads_at = now if wanted & AT_ANY_HOUR else reads_from(readings, now, choices, zone)
    if reads_at > now:
        return Decision(Verdict.HOLD, until=reads_at)
    is_security = NoticeKind.SECURITY in wanted
    is_unsolicited = not is_security and not wanted & ASKED
    is_too_much = today.counted >= choices.daily_cap or (is_unsolicited and today.has_unsolicited)
    if is_too_much and not is_security:
        return Decision(Verdict.HOLD, until=tomorrow_from(now, choices, zone))
    return Decision(Verdict.WRITE, is_unsolicited=is_unsolicited, is_counted=not is_security)


def reads_from(
    readings: Sequence[Reading], now: datetime, choices: NoticeChoices, zone: ZoneInfo
) -> datetime:
    """The first moment from now on that lies in a reading and outside the quiet hours.

    Now itself where there is none, so that nothing waits for ever.
    """
    for reading in readings:
        at = allowed_from(max(reading.starts_at, now), choices, zone)
        if at < reading.ends_at:
            return at
    return now


@lru_cache(maxsize=512)
def allowed_from(at: datetime, choices: NoticeChoices, zone: ZoneInfo) -> datetime:
    """The first moment from `at` on that lies outside the person's quiet hours."""
    return first_allowed(at, QuietHours(zone, choices.quiet_from, choices.quiet_until))


def tomorrow_from(now: datetime, choices: NoticeChoices, zone: ZoneInfo) -> datetime:
    """The first moment of the person's next day outside their quiet hours."""
    midnight = at_local(local_day(now, zone) + _DAY, time(0), zone)
    return allowed_from(midnight, choices, zone)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries of handing a letter over: from a minute to six hours."""
    return _PAUSES[min(max(attempts, 1), len(_PAUSES)) - 1]
