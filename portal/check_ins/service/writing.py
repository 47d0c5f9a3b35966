"""Writing check-ins: now or for a day before, changing them, putting them away."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from portal.check_ins.models import CheckIn
from portal.check_ins.rules.answers import answers_now
from portal.check_ins.service.setup import KEY
from portal.check_ins.shapes.bodies import CheckInBody
from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import FieldError
from portal.core.languages import _
from portal.reminders.service import answered
from portal.toolbox import service as toolbox
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def check_in(viewer: Viewer, on: date, body: CheckInBody, *, once: str | None) -> bool:
    """Keep a check-in. One in which everything was skipped leaves no trace; False then.

    The same press twice keeps one. A day may have several.
    """
    _refuse_a_day_to_come(viewer, on)
    answered(KEY, person_id=viewer.person_id)
    if not body.says_something:
        return False
    if on == local_day(viewer.now, viewer.zone):
        here = viewer.now.astimezone(viewer.zone)
        body = replace(body, clock=here.time().replace(second=0, microsecond=0))
    row = CheckIn(id=toolbox.id_of_press(viewer, once), owner_id=viewer.person_id, on_day=on)
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return True


def change(
    viewer: Viewer, check_in_id: UUID, on: date, body: CheckInBody, *, asked: Collection[UUID]
) -> None:
    """Say a day otherwise. Answers to things that were not ``asked`` stay as they were."""
    _refuse_a_day_to_come(viewer, on)
    row, former, _audience = toolbox.own_row(viewer, CheckIn, check_in_id, CheckInBody)
    clock = former.clock if on == row.on_day else None
    row.on_day = on
    answers = answers_now(former.answers, body.answers, asked)
    kept = replace(body, clock=clock, answers=answers, is_away=former.is_away)
    toolbox.keep_row(viewer, row, kept, Audience.ONLY_ME)


def put_away(viewer: Viewer, check_in_id: UUID, *, is_away: bool) -> None:
    """Put a check-in away, out of every chart; or bring it back."""
    row, body, _audience = toolbox.own_row(viewer, CheckIn, check_in_id, CheckInBody)
    toolbox.keep_row(viewer, row, replace(body, is_away=is_away), Audience.ONLY_ME)


def delete(viewer: Viewer, check_in_id: UUID) -> None:
    """Delete a check-in that was put away, for good."""
    row, body, _audience = toolbox.own_row(viewer, CheckIn, check_in_id, CheckInBody)
    toolbox.refuse_unless_away(is_away=body.is_away)
    db.session.delete(row)
    toolbox.flush()


def _refuse_a_day_to_come(viewer: Viewer, on: date) -> None:
    if on > local_day(viewer.now, viewer.zone):
        raise FieldError("on", _("That day is still to come. Please pick one until today."))
