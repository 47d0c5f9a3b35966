"""When a worker's time changes, what waits is told at the next reading that then comes."""

from datetime import UTC, date, datetime, timedelta

from portal.accounts.service import change_profile
from portal.hours.service import absences_of, add_absence, remove_absence
from portal.hours.shapes import NewAbsence
from portal.notifications.shapes import NoticeKind
from tests.fixtures.people import People
from tests.messaging.conftest import MONDAY_NIGHT, WEDNESDAY_READING, Two
from tests.messaging.test_telling import MIDDLE, MINUTE, STARTS, look, told

FOUR_WEEKS = NewAbsence(date(2026, 11, 24), date(2026, 12, 18))
BACK_ON_MONDAY = datetime(2026, 12, 21, 7, 0, tzinfo=UTC)


def away(two: Two, at: datetime) -> None:
    with two.as_anna(at) as viewer:
        add_absence(viewer, FOUR_WEEKS)


def back(two: Two, at: datetime) -> None:
    with two.as_anna(at) as viewer:
        remove_absence(viewer, absences_of(viewer)[0].id)


def waiting_told(two: Two, at: datetime) -> list[datetime]:
    look(two, at)
    return told(two.anna, NoticeKind.MESSAGE_WAITING)


def test_a_worker_who_is_back_early_is_told_at_the_next_reading(two: Two) -> None:
    away(two, MONDAY_NIGHT - MINUTE)
    two.write()
    assert waiting_told(two, STARTS - timedelta(days=1)) == []
    back(two, STARTS - timedelta(hours=12))
    assert waiting_told(two, STARTS) == [STARTS]


def test_one_who_is_back_during_a_reading_is_told_half_way(two: Two) -> None:
    away(two, MONDAY_NIGHT - MINUTE)
    two.write()
    back(two, WEDNESDAY_READING)
    assert waiting_told(two, MIDDLE - MINUTE) == []
    assert waiting_told(two, MIDDLE) == [MIDDLE]


def test_new_words_bring_a_look_that_lies_far_ahead_nearer(two: Two) -> None:
    away(two, MONDAY_NIGHT - MINUTE)
    two.write("One.")
    back(two, MONDAY_NIGHT + MINUTE)
    two.write("Two.", at=MONDAY_NIGHT + 2 * MINUTE)
    assert waiting_told(two, STARTS) == [STARTS]


def test_days_away_that_are_taken_now_put_the_look_off(two: Two) -> None:
    two.write()
    away(two, MONDAY_NIGHT + 20 * MINUTE)
    assert waiting_told(two, STARTS) == []
    assert waiting_told(two, BACK_ON_MONDAY) == [BACK_ON_MONDAY]


def test_a_look_that_is_due_already_is_left_to_its_job(two: Two) -> None:
    two.write()
    away_at_christmas = NewAbsence(date(2026, 12, 24), date(2026, 12, 31))
    with two.as_anna(STARTS + MINUTE) as viewer:
        add_absence(viewer, away_at_christmas)
    assert waiting_told(two, STARTS + 2 * MINUTE) == [STARTS + 2 * MINUTE]


def test_where_nothing_waits_nobody_is_told(two: Two) -> None:
    two.write()
    two.open_as_anna()
    two.reply()
    away(two, WEDNESDAY_READING + MINUTE)
    back(two, WEDNESDAY_READING + 2 * MINUTE)
    for days in range(30):
        look(two, MIDDLE + timedelta(days=days))
    for kind in (NoticeKind.MESSAGE_WAITING, NoticeKind.ANSWER_DUE_TODAY):
        assert told(two.anna, kind) == []


def test_other_workers_keep_their_looks(two: Two, people: People) -> None:
    two.write()
    per = people.worker("Per")
    with per.viewing(MONDAY_NIGHT + 20 * MINUTE) as viewer:
        add_absence(viewer, FOUR_WEEKS)
    assert waiting_told(two, STARTS) == [STARTS]


def test_a_worker_who_moves_is_told_when_they_read_there(two: Two) -> None:
    in_tokyo = datetime(2026, 11, 24, 23, tzinfo=UTC)  # 08:00 on Wednesday, ten hours before Oslo
    two.write()
    with two.as_anna(MONDAY_NIGHT + 20 * MINUTE) as viewer:
        change_profile(viewer, name="Anna", title="", zone="Asia/Tokyo", language="en")
    assert waiting_told(two, in_tokyo - MINUTE) == []
    assert waiting_told(two, in_tokyo) == [in_tokyo]


def test_an_owner_who_moves_changes_nothing_of_when_their_worker_reads(two: Two) -> None:
    two.write()
    with two.as_ingrid(MONDAY_NIGHT + 20 * MINUTE) as viewer:
        change_profile(viewer, name="Ingrid", title="", zone="Asia/Tokyo", language="en")
    assert waiting_told(two, STARTS) == [STARTS]
