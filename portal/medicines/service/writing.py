"""Writing medicines: adding, saying anew, stopping, reminders, putting away."""

from datetime import time
from uuid import UUID

from msgspec.structs import replace

from portal.medicines.models import MedicineRow
from portal.medicines.service.reading import body_for, medicines_of, own_medicine
from portal.medicines.shapes import MOST_TIMES, MedicineBody, MedicineWords
from portal.notifications.shapes import NoticeKind
from portal.reminders.service import answered, forget, remind_daily
from portal.toolbox import service as toolbox
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def add(viewer: Viewer, words: MedicineWords, *, once: str | None) -> UUID:
    """Add a medicine to the list; the same press twice adds one. Gives its id."""
    return _add(viewer, MedicineBody(words), once)


def change(viewer: Viewer, medicine_id: UUID, words: MedicineWords) -> None:
    """Say it otherwise; the audience stays, and the former words stay the owner's alone."""
    row, body, audience = own_medicine(viewer, medicine_id)
    if words == body.words:
        return
    former = MedicineBody(body.words, of=row.id, said_until=viewer.now)
    toolbox.keep_row(viewer, row, replace(body, words=words), audience)
    _add(viewer, former, None, former_of=row.id)


def stop(viewer: Viewer, medicine_id: UUID, until: str) -> None:
    """Move a medicine to those from before; its reminders end."""
    _put(viewer, medicine_id, is_stopped=True, until=until)


def take_again(viewer: Viewer, medicine_id: UUID) -> None:
    """Take a medicine up again, with the reminders it had."""
    _put(viewer, medicine_id, is_stopped=False, until="")


def put_away(viewer: Viewer, medicine_id: UUID, *, is_away: bool) -> None:
    """Put a medicine away, or bring it back; either way it is the viewer's alone."""
    if body_for(viewer, medicine_id).is_away != is_away:
        _put(viewer, medicine_id, is_away=is_away)
        move(viewer, medicine_id, Audience.ONLY_ME)


def set_times(viewer: Viewer, medicine_id: UUID, clocks: tuple[time, ...]) -> None:
    """Be reminded every day at these times, or not at all."""
    _put(viewer, medicine_id, clocks=clocks[:MOST_TIMES])


def reminders_seen(viewer: Viewer) -> None:
    """The viewer has seen what they were reminded of; nothing about it is written down."""
    for each in medicines_of(viewer, viewer.person_id):
        for key in _keys(each.id)[: len(each.body.clocks)]:
            answered(key, person_id=viewer.person_id)


def delete(viewer: Viewer, medicine_id: UUID) -> None:
    """Delete a medicine that was put away for good, with all that was said of it."""
    row, body, _audience = own_medicine(viewer, medicine_id)
    toolbox.refuse_unless_away(is_away=body.is_away)
    _remind(viewer, row.id, ())
    toolbox.delete_with_formers(viewer, row, lambda each: viewer.box.open(each, MedicineBody).of)


def move(viewer: Viewer, medicine_id: UUID, audience: Audience) -> None:
    """Let a medicine go along when the list is shared, or keep it back."""
    row, _body, _audience = own_medicine(viewer, medicine_id)
    toolbox.move_rows(viewer, [row], audience)


def _put(viewer: Viewer, medicine_id: UUID, **changes: object) -> None:
    """Change a medicine's state, and have its reminders follow."""
    row, body, audience = own_medicine(viewer, medicine_id)
    body = replace(body, **changes)
    toolbox.keep_row(viewer, row, body, audience)
    _remind(viewer, row.id, () if body.is_stopped or body.is_away else body.clocks)


def _remind(viewer: Viewer, medicine_id: UUID, clocks: tuple[time, ...]) -> None:
    """The reminders go by the common kind: not even the portal knows that they are of medicines."""
    keys = _keys(medicine_id)
    for key in keys:
        forget(key, person_id=viewer.person_id)
    for key, clock in zip(keys, clocks, strict=False):
        remind_daily(viewer, NoticeKind.ACTIVITY_REMINDER, clock, key=key)


def _keys(medicine_id: UUID) -> list[str]:
    return [f"own:{medicine_id.hex}:{number}" for number in range(MOST_TIMES)]


def _add(
    viewer: Viewer, body: MedicineBody, once: str | None, former_of: UUID | None = None
) -> UUID:
    row_id = toolbox.id_of_press(viewer, once)
    row = MedicineRow(id=row_id, owner_id=viewer.person_id, former_of=former_of)
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return row.id
