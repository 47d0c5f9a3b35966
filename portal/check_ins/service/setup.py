"""What is asked, whether it is asked at all, and a reminder that says nothing of it."""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID, uuid5

from msgspec.structs import replace

from portal.check_ins.models import CheckIn, CheckInSetup
from portal.check_ins.shapes.bodies import MOST_ITEMS, CheckInBody, Item, SetupBody
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.languages import _
from portal.notifications.shapes import NoticeKind
from portal.reminders.service import forget, remind_daily
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

KEY = "check-in"


def setup_of(viewer: Viewer) -> SetupBody:
    """What the viewer follows; nothing at first."""
    return _setup(viewer)[1]


def item_for(viewer: Viewer, item_id: UUID) -> Item:
    """One of the things that the viewer follows, or followed; or NotVisible."""
    found = setup_of(viewer).item(item_id)
    if found is None:
        raise NotVisible
    return found


def follow(viewer: Viewer, make: Callable[[UUID, datetime], Item], *, once: str | None) -> UUID:
    """Follow one thing more, made with its id and this moment. The same press twice adds one."""
    row, body = _setup(viewer)
    item = make(toolbox.id_of_press(viewer, once), viewer.now)
    if body.item(item.id) is None:
        _refuse_a_fourth(body)
        _keep(viewer, row, replace(body, items=(*body.items, item)))
    return item.id


def change_item(viewer: Viewer, item: Item) -> None:
    """Call a thing otherwise, or its words; what was answered stays as it read then."""
    _with_item(viewer, item.id, lambda former: replace(item, is_stopped=former.is_stopped))


def keep_asking(viewer: Viewer, item_id: UUID) -> None:
    """Ask on for a thing that was skipped for a while, or again for one that was stopped."""
    row, body = _setup(viewer)
    found = body.item(item_id)
    if found is None:
        raise NotVisible
    if found.is_stopped:
        _refuse_a_fourth(body)
    _keep(viewer, row, _exchanged(body, replace(found, is_stopped=False, since=viewer.now)))


def stop_asking(viewer: Viewer, item_id: UUID) -> None:
    """Ask no more for a thing; what was answered stays, and it can be asked again."""
    _with_item(viewer, item_id, lambda item: replace(item, is_stopped=True))


def delete_item(viewer: Viewer, item_id: UUID) -> None:
    """Delete a thing that is asked no more, with every answer to it, for good."""
    row, body = _setup(viewer)
    found = body.item(item_id)
    if found is None:
        raise NotVisible
    if not found.is_stopped:
        raise Conflict(_("Stop asking for it first. Then you can delete it."))
    for each, _audience in toolbox.rows_of(viewer, CheckIn, viewer.person_id, most=100_000):
        said = viewer.box.open(each, CheckInBody)
        left = tuple(answer for answer in said.answers if answer.item_id != item_id)
        if left != said.answers:
            toolbox.keep_row(viewer, each, replace(said, answers=left), Audience.ONLY_ME)
    _keep(viewer, row, replace(body, items=tuple(i for i in body.items if i.id != item_id)))


def rest(viewer: Viewer, *, is_resting: bool) -> None:
    """Rest from check-ins, with charts, questions and reminder away; or take them up again."""
    row, body = _setup(viewer)
    _keep(viewer, row, replace(body, is_resting=is_resting))
    _remind(viewer, None if is_resting else body.remind_at)


def remind_at(viewer: Viewer, clock: time | None) -> None:
    """Be reminded every day at this time, or not at all."""
    row, body = _setup(viewer)
    _keep(viewer, row, replace(body, remind_at=clock))
    _remind(viewer, None if body.is_resting else clock)


def _remind(viewer: Viewer, clock: time | None) -> None:
    forget(KEY, person_id=viewer.person_id)
    if clock is not None:
        remind_daily(viewer, NoticeKind.CHECK_IN_REMINDER, clock, key=KEY)


def _setup(viewer: Viewer) -> tuple[CheckInSetup, SetupBody]:
    viewer.box.prefetch((viewer.person_id, Part.CHECK_INS))
    found = toolbox.rows_of(viewer, CheckInSetup, viewer.person_id, most=1)
    for row, _audience in found:
        opened = viewer.box.each([row], lambda each: viewer.box.open(each, SetupBody))
        return row, next(opened, SetupBody())
    fixed = uuid5(viewer.person_id, "check-ins")
    return CheckInSetup(id=fixed, owner_id=viewer.person_id), SetupBody()


def _with_item(viewer: Viewer, item_id: UUID, change: Callable[[Item], Item]) -> None:
    row, body = _setup(viewer)
    found = body.item(item_id)
    if found is None:
        raise NotVisible
    _keep(viewer, row, _exchanged(body, change(found)))


def _exchanged(body: SetupBody, item: Item) -> SetupBody:
    return replace(body, items=tuple(item if i.id == item.id else i for i in body.items))


def _keep(viewer: Viewer, row: CheckInSetup, body: SetupBody) -> None:
    toolbox.keep_row(viewer, row, body, Audience.ONLY_ME)


def _refuse_a_fourth(body: SetupBody) -> None:
    if len(body.asked) >= MOST_ITEMS:
        raise FieldError("name", _("Three things are asked already. Stop one to make room."))
