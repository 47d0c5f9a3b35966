"""The demo's check-ins: some weeks of one person's days, with gaps, as days have."""

from datetime import datetime, time, timedelta
from uuid import UUID

from portal.check_ins import service as check_ins
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.core.clock import local_day
from portal.vault.viewer import Viewer

FIVE = ("very hard", "hard", "in between", "all right", "good")
MOODS = (3, 4, 0, 3, 2, 3, 4, 4, 0, 0, 3, 5, 4, 3, 2, 2, 3, 0, 4, 4, 3, 3, 4, 5)
NIGHTS = (6, 7.5, 0, 5, 4.5, 6, 7, 8, 0, 0, 6, 8, 7, 6.5, 5, 4, 6, 0, 7, 7.5, 6, 6.5, 7, 8)
GOOD = ("The sun on the way to the shop.", "My sister rang.", "", "Coffee on the step.", "")


def follow_days(viewer: Viewer) -> None:
    """Choose what to follow, and write some weeks of days."""
    mood = check_ins.follow(viewer, _mood, once="demo mood")
    sleep = check_ins.follow(viewer, _sleep, once="demo sleep")
    today = local_day(viewer.now, viewer.zone)
    for ago, (felt, slept) in enumerate(zip(MOODS, NIGHTS, strict=True), start=1):
        body = CheckInBody(
            clock=time(20, 30),
            good=GOOD[ago % len(GOOD)] if felt else "",
            answers=_answers(mood, felt, sleep, slept),
            happened="The boiler broke" if ago == 5 else "",
        )
        check_ins.check_in(viewer, today - timedelta(days=ago), body, once=f"demo day {ago}")


def _answers(mood: UUID, felt: int, sleep: UUID, slept: float) -> tuple[Answer, ...]:
    said = Answer(mood, number=felt, text=FIVE[felt - 1]) if felt else None
    night = Answer(sleep, number=slept) if slept else None
    return tuple(each for each in (said, night) if each)


def _mood(item_id: UUID, since: datetime) -> Item:
    return Item(item_id, "My mood", Kind.WORDS, since, words=FIVE)


def _sleep(item_id: UUID, since: datetime) -> Item:
    return Item(item_id, "Hours of sleep", Kind.HOURS, since)
