"""The demo's check-ins, some weeks of days with gaps as days have, and a list of medicines."""

from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from portal.check_ins import service as check_ins
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.core.clock import local_day
from portal.library import service as library
from portal.medicines import service as medicines
from portal.medicines.shapes import MedicineWords
from portal.vault.viewer import Viewer

FIVE = ("very hard", "hard", "in between", "all right", "good")
MOODS = (3, 4, 0, 3, 2, 3, 4, 4, 0, 0, 3, 5, 4, 3, 2, 2, 3, 0, 4, 4, 3, 3, 4, 5)
NIGHTS = (6, 7.5, 0, 5, 4.5, 6, 7, 8, 0, 0, 6, 8, 7, 6.5, 5, 4, 6, 0, 7, 7.5, 6, 6.5, 7, 8)
GOOD = ("The sun on the way to the shop.", "My sister rang.", "", "Coffee on the step.", "")

EVENING = MedicineWords(
    name="The evening one",
    how="half a tablet, after the news",
    what_for="to sleep, and for fewer voices",
    since="two years",
    notices="I sleep, but the mornings are slow until ten.",
    questions="Could I take it an hour earlier?",
)
MORNING = MedicineWords(name="Vitamin D", how="one, with breakfast", since="October")
FIRST_TWO_MINUTES = ("Opening the letters.", "Put them in one heap.", "Less than I feared.")
BEFORE = MedicineWords(name="The blue ones", how="one a day", notices="My hands shook.")


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


def list_medicines(viewer: Viewer) -> None:
    """Two that are taken, and one from before."""
    evening = medicines.add(viewer, EVENING, once="demo evening")
    medicines.add(viewer, MORNING, once="demo morning")
    stopped = medicines.add(viewer, BEFORE, once="demo before")
    medicines.set_times(viewer, evening, (time(21, 0),))
    medicines.stop(viewer, stopped, "this summer")


def try_exercises(viewer: Viewer, home: Path) -> None:
    """What she wrote in an exercise, kept with her plan; and her own way out."""
    exercise = library.exercise_for(viewer, "the-first-two-minutes", home)
    once = "demo exercise"
    reflection = library.keep_answers(viewer, exercise, FIRST_TWO_MINUTES, once=once)
    library.tie_to_plan(viewer, reflection, is_for_plan=True)
    library.choose_calming(viewer, "warm-hands", home)


def _answers(mood: UUID, felt: int, sleep: UUID, slept: float) -> tuple[Answer, ...]:
    said = Answer(mood, number=felt, text=FIVE[felt - 1]) if felt else None
    night = Answer(sleep, number=slept) if slept else None
    return tuple(each for each in (said, night) if each)


def _mood(item_id: UUID, since: datetime) -> Item:
    return Item(item_id, "My mood", Kind.WORDS, since, words=FIVE)


def _sleep(item_id: UUID, since: datetime) -> Item:
    return Item(item_id, "Hours of sleep", Kind.HOURS, since)
