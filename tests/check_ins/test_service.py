"""Check-ins on a real database: traceless skips, three things at most, nobody else ever."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from portal.check_ins import service
from portal.check_ins.models import CheckIn
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Kind
from portal.check_ins.shapes.pages import CopyWish
from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.meetings import service as meetings
from portal.reminders.models import Reminder
from portal.search.service import search
from portal.toolbox import service as toolbox
from portal.toolbox.charts import Scale
from portal.vault.models import Audience, DataKey
from tests.check_ins.conftest import Days


def test_a_check_in_in_which_all_is_skipped_leaves_no_trace(days: Days) -> None:
    days.follow("Energy")
    assert days.write() is False
    with days.ingrid.viewing():
        assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 0


def test_a_day_may_have_several_and_the_same_press_only_one(days: Days) -> None:
    with days.ingrid.viewing() as viewer:
        for once in ("a", "a", "b"):
            body = CheckInBody(good="The sun")
            service.check_in(viewer, viewer.now.date(), body, once=once)
    with days.ingrid.viewing() as viewer:
        assert len(service.days_page(viewer, None).days) == 2


def test_a_day_to_come_is_refused_kindly(days: Days) -> None:
    with pytest.raises(FieldError):
        days.write(-2, good="Tomorrow")


def test_three_things_are_asked_and_a_fourth_has_to_wait(days: Days) -> None:
    first, *_others = [days.follow(name) for name in ("One", "Two", "Three")]
    with pytest.raises(FieldError):
        days.follow("Four")
    with days.ingrid.viewing() as viewer:
        service.stop_asking(viewer, first)
    days.follow("Four")
    with days.ingrid.viewing() as viewer, pytest.raises(FieldError):
        service.keep_asking(viewer, first)


def test_after_three_skips_it_asks_and_going_on_is_taken_at_its_word(days: Days) -> None:
    energy = days.follow("Energy")
    for ago in range(3):
        days.write(ago, good="The sun")
    with days.ingrid.viewing() as viewer:
        assert [item.id for item in service.ask_page(viewer).weary] == [energy]
        service.keep_asking(viewer, energy)
    with days.ingrid.viewing() as viewer:
        assert service.ask_page(viewer).weary == ()


def test_deleting_a_thing_deletes_every_answer_to_it(days: Days) -> None:
    energy, sleep = days.follow("Energy"), days.follow("Sleep", Kind.HOURS)
    days.write(1, Answer(energy, 4), Answer(sleep, 7))
    with days.ingrid.viewing() as viewer:
        with pytest.raises(Conflict):
            service.delete_item(viewer, energy)
        service.stop_asking(viewer, energy)
        service.delete_item(viewer, energy)
    with days.ingrid.viewing() as viewer:
        (line,) = service.days_page(viewer, None).days
        assert [answer.item_id for answer in line.entry.body.answers] == [sleep]


def test_what_is_put_away_is_in_no_chart_and_goes_only_from_there(days: Days) -> None:
    energy = days.follow("Energy")
    days.write(1, Answer(energy, 4), good="The sun")
    with days.ingrid.viewing() as viewer:
        entry = service.days_page(viewer, None).days[0].entry
        with pytest.raises(Conflict):
            service.delete(viewer, entry.id)
        service.put_away(viewer, entry.id, is_away=True)
    with days.ingrid.viewing() as viewer:
        page = service.check_ins_page(viewer, Scale.DAYS, None)
        assert page.good == ()
        assert page.views[0].chart is not None
        assert page.views[0].chart.is_empty
        service.delete(viewer, entry.id)
    with days.ingrid.viewing() as viewer:
        assert service.days_page(viewer, None).away == ()


def test_changing_a_day_keeps_its_clock_and_a_moved_one_loses_it(days: Days) -> None:
    days.write(0, good="The sun")
    with days.ingrid.viewing() as viewer:
        entry = service.days_page(viewer, None).days[0].entry
        assert entry.body.clock is not None
        service.change(viewer, entry.id, entry.on, CheckInBody(good="The rain"), asked=())
    with days.ingrid.viewing() as viewer:
        changed, _items = service.entry_with_items(viewer, entry.id)
        assert (changed.body.good, changed.body.clock) == ("The rain", entry.body.clock)
        service.change(viewer, entry.id, entry.on - timedelta(days=1), changed.body, asked=())
    with days.ingrid.viewing() as viewer:
        assert service.entry_with_items(viewer, entry.id)[0].body.clock is None


def test_pages_of_days_hold_every_check_in_once(days: Days) -> None:
    for ago in range(35):
        days.write(ago // 2, good=str(ago))
    seen: list[str] = []
    before = None
    with days.ingrid.viewing() as viewer:
        while True:
            page = service.days_page(viewer, before)
            seen += [line.entry.body.good for line in page.days]
            before = page.older
            if before is None:
                break
    assert sorted(map(int, seen)) == list(range(35))


def test_a_reminder_says_nothing_and_rests_with_its_owner(days: Days) -> None:
    def due() -> list[Reminder]:
        return list(db.session.scalars(select(Reminder)))

    now = datetime(2026, 11, 22, 15, tzinfo=UTC)
    with days.ingrid.viewing(now) as viewer:
        service.remind_at(viewer, time(8, 30))
        (reminder,) = due()
        assert reminder.dedupe_key == "check-in"
        assert reminder.due_at.astimezone(viewer.zone).hour == 8
        service.rest(viewer, is_resting=True)
        assert due() == []
    with days.ingrid.viewing(now) as viewer:
        service.rest(viewer, is_resting=False)
        assert len(due()) == 1
        service.remind_at(viewer, None)
        assert due() == []


def test_check_ins_are_sealed_for_their_owner_alone(days: Days) -> None:
    days.follow("Energy")
    days.write(0, good="The sun")
    with days.ingrid.viewing():
        used = select(DataKey.audience).join(CheckIn, CheckIn.data_key_id == DataKey.id)
        assert set(db.session.scalars(used)) == {Audience.ONLY_ME}
    with days.anna.viewing() as viewer:
        assert service.setup_of(viewer).items == ()
        assert service.days_page(viewer, None).days == ()


def test_check_ins_cannot_be_shared(days: Days) -> None:
    with pytest.raises(NotVisible):
        toolbox.shareable_tool("check-ins")
    assert toolbox.tool_named("check-ins").slug == "check-ins"


def test_a_worker_sees_the_copy_and_what_is_written_later_is_not_in_it(days: Days) -> None:
    energy = days.follow("Energy")
    days.write(1, Answer(energy, 4), good="The sun", note="only mine")
    wish = CopyWish(frozenset((energy.hex, "good")), Scale.DAYS)
    with days.ingrid.viewing() as viewer:
        preview = service.preview_for(viewer, days.dyad_id, wish)
        for _press in range(2):
            service.take_copy(viewer, days.dyad_id, wish, seen=preview.seen)
    days.write(0, Answer(energy, 7), good="The moon")
    with days.anna.viewing() as viewer:
        (kept,) = meetings.meetings_for(viewer, days.dyad_id).kept
        copy = meetings.copy_for(viewer, kept.id).sheet
    assert copy == preview.sheet
    said = str(copy)
    assert "The sun" in said
    assert "only mine" not in said
    assert "The moon" not in said


def test_a_copy_that_has_changed_since_it_was_seen_is_not_taken(days: Days) -> None:
    wish = CopyWish(frozenset(("good",)), Scale.DAYS)
    days.write(1, good="The sun")
    with days.ingrid.viewing() as viewer:
        seen = service.preview_for(viewer, days.dyad_id, wish).seen
    days.write(0, good="The moon")
    with days.ingrid.viewing() as viewer, pytest.raises(Conflict):
        service.take_copy(viewer, days.dyad_id, wish, seen=seen)


def test_their_owner_finds_their_words_and_nobody_else_does(days: Days) -> None:
    days.follow("Patience")
    days.write(1, good="The heron by the bridge")
    found = {}
    for person in (days.ingrid, days.anna):
        with person.viewing() as viewer:
            words = ("heron", "patience")
            found[person.name] = [hit.path for each in words for hit in search(viewer, each).hits]
    with days.ingrid.viewing() as viewer:
        entry = service.days_page(viewer, None).days[0].entry
    assert found == {"Ingrid": [f"/check-ins/{entry.id}", "/check-ins/questions"], "Anna": []}
