"""Medicines on a real database: the owner's alone until shared, and sealed anew when not."""

from datetime import UTC, datetime, time
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.sheet import Grid
from portal.dyads.service import unshare_part
from portal.medicines import service
from portal.medicines.models import MedicineRow
from portal.medicines.service import reading
from portal.medicines.shapes import CopyWish, MedicineBody, MedicineWords
from portal.medicines.tool import TOOL
from portal.meetings import service as meetings
from portal.notifications.shapes import NoticeKind
from portal.reminders.models import Reminder
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from tests.medicines.conftest import Cabinet

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


def names_seen(cabinet: Cabinet) -> list[str]:
    """What Anna finds on the shared page."""
    with cabinet.anna.viewing() as viewer:
        shown = toolbox.shared_tool(viewer, TOOL, cabinet.dyad_id).shown
    return [each.words.name for each in (*shown.now, *shown.before)]


def key_of(cabinet: Cabinet, medicine_id: UUID) -> UUID:
    """The key that a row is sealed under."""
    with cabinet.ingrid.viewing():
        return db.session.scalars(
            select(MedicineRow.data_key_id).where(MedicineRow.id == medicine_id)
        ).one()


def reminders_due() -> list[Reminder]:
    return list(db.session.scalars(select(Reminder).order_by(Reminder.clock_time)))


def test_the_same_press_adds_one(cabinet: Cabinet) -> None:
    with cabinet.ingrid.viewing() as viewer:
        for _press in range(2):
            service.add(viewer, MedicineWords("The white one"), once="a")
    with cabinet.ingrid.viewing() as viewer:
        assert len(service.medicines_page(viewer).now) == 1


def test_a_worker_sees_what_is_shared_and_nothing_of_the_rest(cabinet: Cabinet) -> None:
    white, _blue = cabinet.add("The white one"), cabinet.add("The blue one")
    with cabinet.anna.viewing() as viewer, pytest.raises(NotVisible):
        toolbox.shared_tool(viewer, TOOL, cabinet.dyad_id)
    cabinet.share(white)
    assert names_seen(cabinet) == ["The white one"]
    with cabinet.anna.viewing() as viewer:
        assert len(service.medicines_of(viewer, cabinet.ingrid.id)) == 1


def test_sharing_never_shows_former_words(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one", notices="It dulls me")
    cabinet.share(white)
    with cabinet.ingrid.viewing() as viewer:
        service.change(viewer, white, MedicineWords("The white one", notices="It helps"))
    with cabinet.ingrid.viewing() as viewer:
        page = service.medicine_page(viewer, white)
        assert [former.words.notices for former in page.formers.items] == ["It dulls me"]
        assert page.medicine.is_shared
    with cabinet.anna.viewing() as viewer:
        rows = service.medicines_of(viewer, cabinet.ingrid.id)
        assert [each.words.notices for each in rows] == ["It helps"]


def test_an_end_of_sharing_seals_anew(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    alone = key_of(cabinet, white)
    cabinet.share(white)
    shared = key_of(cabinet, white)
    assert shared != alone
    with cabinet.ingrid.viewing() as viewer:
        unshare_part(viewer, cabinet.dyad_id, Part.MEDICINES)
    assert key_of(cabinet, white) not in (alone, shared)
    with cabinet.anna.viewing() as viewer:
        with pytest.raises(NotVisible):
            toolbox.shared_tool(viewer, TOOL, cabinet.dyad_id)
        row = db.session.get_one(MedicineRow, white)
        with pytest.raises(NotVisible):
            viewer.box.open(row, MedicineBody)


def test_one_kept_back_leaves_the_workers_page_at_once(cabinet: Cabinet) -> None:
    white, blue = cabinet.add("The white one"), cabinet.add("The blue one")
    cabinet.share(white, blue)
    with cabinet.ingrid.viewing() as viewer:
        toolbox.keep_back(viewer, TOOL, white)
    assert names_seen(cabinet) == ["The blue one"]
    with cabinet.anna.viewing() as viewer, pytest.raises(NotVisible):
        viewer.box.open(db.session.get_one(MedicineRow, white), MedicineBody)


def test_stopped_ones_stay_under_before_and_can_be_taken_again(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    with cabinet.ingrid.viewing() as viewer:
        service.stop(viewer, white, "October")
    with cabinet.ingrid.viewing() as viewer:
        page = service.medicines_page(viewer)
        assert (page.now, [each.body.until for each in page.before]) == ((), ["October"])
        service.take_again(viewer, white)
    with cabinet.ingrid.viewing() as viewer:
        assert len(service.medicines_page(viewer).now) == 1


def test_reminders_come_at_their_times_and_name_nothing(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    with cabinet.ingrid.viewing(NOW) as viewer:
        service.set_times(viewer, white, (time(8), time(20)))
    with cabinet.ingrid.viewing(NOW) as viewer:
        found = reminders_due()
        assert [each.due_at.astimezone(viewer.zone).hour for each in found] == [8, 20]
        assert {each.kind for each in found} == {NoticeKind.ACTIVITY_REMINDER}
        assert all("medicine" not in each.dedupe_key for each in found)


def test_reminders_end_with_the_medicine_and_come_back_with_it(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    with cabinet.ingrid.viewing(NOW) as viewer:
        service.set_times(viewer, white, (time(8),))
        service.stop(viewer, white, "")
        assert reminders_due() == []
        service.take_again(viewer, white)
        assert len(reminders_due()) == 1
        service.put_away(viewer, white, is_away=True)
        assert reminders_due() == []


def test_a_seen_reminder_does_not_ask_whether_to_stop(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    with cabinet.ingrid.viewing(NOW) as viewer:
        service.set_times(viewer, white, (time(8),))
        reminders_due()[0].ignored = 2
    with cabinet.ingrid.viewing(NOW) as viewer:
        service.reminders_seen(viewer)
        db.session.expire_all()
        assert reminders_due()[0].ignored == 0


def test_deleting_takes_the_former_words_and_goes_only_from_away(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    with cabinet.ingrid.viewing() as viewer:
        service.change(viewer, white, MedicineWords("The other one"))
        with pytest.raises(Conflict):
            service.delete(viewer, white)
        service.put_away(viewer, white, is_away=True)
        service.delete(viewer, white)
    with cabinet.ingrid.viewing():
        assert db.session.scalars(select(MedicineRow)).all() == []


def test_what_is_put_away_is_closed_to_a_worker_and_comes_back_as_the_owners(
    cabinet: Cabinet,
) -> None:
    white, blue = cabinet.add("The white one"), cabinet.add("The blue one")
    cabinet.share(white, blue)
    for is_away in (True, False):
        with cabinet.ingrid.viewing() as viewer:
            service.put_away(viewer, white, is_away=is_away)
        assert names_seen(cabinet) == ["The blue one"]
        with cabinet.anna.viewing() as viewer, pytest.raises(NotVisible):
            viewer.box.open(db.session.get_one(MedicineRow, white), MedicineBody)


def test_a_copy_holds_what_was_picked_and_stays_as_it_was(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one", notices="Thirst", questions="Earlier?")
    cabinet.add("The blue one")
    wish = CopyWish(frozenset((white,)), with_notices=False, with_questions=True)
    with cabinet.ingrid.viewing() as viewer:
        preview = service.preview_for(viewer, cabinet.dyad_id, wish)
        service.take_copy(viewer, cabinet.dyad_id, wish, seen=preview.seen)
        service.change(viewer, white, MedicineWords("The green one"))
    with cabinet.anna.viewing() as viewer:
        (kept,) = meetings.meetings_for(viewer, cabinet.dyad_id).kept
        copy = meetings.copy_for(viewer, kept.id).sheet
    assert copy == preview.sheet
    said = str(copy)
    assert "Earlier?" in said
    assert all(words not in said for words in ("Thirst", "The blue one", "The green one"))
    with cabinet.ingrid.viewing() as viewer, pytest.raises(Conflict):
        service.take_copy(viewer, cabinet.dyad_id, wish, seen=preview.seen)


def test_a_former_wording_cannot_be_moved_or_changed(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    with cabinet.ingrid.viewing() as viewer:
        service.change(viewer, white, MedicineWords("The other one"))
    with cabinet.ingrid.viewing() as viewer:
        (former,) = service.medicine_page(viewer, white).formers.items
        with pytest.raises(NotVisible):
            service.move(viewer, former.id, Audience.SHARED)
        with pytest.raises(NotVisible):
            service.medicine_page(viewer, former.id)


def test_the_list_goes_on_page_by_page_and_paper_holds_all(cabinet: Cabinet) -> None:
    ids = [cabinet.add(f"Medicine {number}") for number in range(reading.PAGE + 3)]
    for number in range(30):
        with cabinet.ingrid.viewing() as viewer:
            service.change(viewer, ids[0], MedicineWords("Medicine 0", how=f"{number}"))
    cabinet.share(*ids)
    names = [f"Medicine {number}" for number in range(reading.PAGE + 3)]
    with cabinet.ingrid.viewing() as viewer:
        first = service.medicines_page(viewer)
        rest = service.medicines_page(viewer, first.older)
        paper = service.sheet_for(viewer)
        formers = service.medicine_page(viewer, ids[0]).formers
    assert [each.words.name for each in (*rest.now, *first.now)] == names
    assert (len(rest.now), rest.older) == (3, None)
    (grid,) = paper.sections[0].blocks
    assert isinstance(grid, Grid)
    assert [row[0] for row in grid.rows] == names
    assert formers.items[0].words.how == "28"
    assert formers.older is not None
    with cabinet.anna.viewing() as viewer:
        seen = toolbox.shared_tool(viewer, TOOL, cabinet.dyad_id).shown
        last = toolbox.shared_tool(viewer, TOOL, cabinet.dyad_id, seen.older).shown
    assert [each.words.name for each in (*last.now, *seen.now)] == names
