"""How the plan came about, and the day on which its owner looks at it again."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from portal.core.clock import at_local, local_day
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.crisis_plan.models import PlanRow
from portal.crisis_plan.rules.review import AT, months_after
from portal.crisis_plan.service import reading
from portal.crisis_plan.service.reading import Piece
from portal.crisis_plan.shapes import Kind, Made, PlanBody
from portal.notifications.shapes import NoticeKind
from portal.reminders.service import forget, remind
from portal.toolbox import service as toolbox
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def made_of(viewer: Viewer) -> Made:
    """How the viewer's plan was made; NotVisible while there is no plan."""
    return _own(viewer).body.made or Made()


def say_how_made(viewer: Viewer, made: Made) -> None:
    """Say with whom the plan was made, and when to look at it again (None: not at all)."""
    row, body, audience = _own(viewer)
    known = body.made.review_on if body.made else None
    today = local_day(viewer.now, viewer.zone)
    if made.review_on is not None and made.review_on < today and made.review_on != known:
        raise FieldError("review_on", _("That day has passed. Please pick one to come, or none."))
    toolbox.keep_row(viewer, row, replace(body, made=made), audience)
    _remind(viewer, row.id, made.review_on)


def looked_again(viewer: Viewer) -> None:
    """The plan still fits: look again after six months."""
    today = local_day(viewer.now, viewer.zone)
    say_how_made(viewer, replace(made_of(viewer), review_on=months_after(today)))


def begin(viewer: Viewer, pieces: Iterable[Piece]) -> None:
    """A plan has begun: its owner looks at it again after six months, unless they change that."""
    if any(piece.body.kind is Kind.MADE for piece in pieces):
        return
    review_on = months_after(local_day(viewer.now, viewer.zone))
    row = PlanRow(id=toolbox.id_of_press(viewer, None), owner_id=viewer.person_id)
    body = PlanBody(Kind.MADE, made=Made(review_on=review_on))
    toolbox.keep_row(viewer, row, body, Audience.ONLY_ME)
    _remind(viewer, row.id, review_on)


def end(viewer: Viewer, pieces: Iterable[Piece]) -> None:
    """The last section is gone, and with it how the plan was made and the reminder."""
    for row, body, _audience in pieces:
        if body.kind is Kind.MADE:
            forget(reminder_key(row.id), person_id=viewer.person_id)
            db.session.delete(row)
    toolbox.flush()


def reminder_key(made_id: UUID) -> str:
    """What the reminder of a plan is called; it says nothing to anybody else."""
    return f"again:{made_id.hex}"


def _own(viewer: Viewer) -> Piece:
    for piece in reading.pieces_of(viewer, viewer.person_id):
        if piece.body.kind is Kind.MADE:
            return piece
    raise NotVisible


def _remind(viewer: Viewer, made_id: UUID, on: date | None) -> None:
    key = reminder_key(made_id)
    if on is None or on <= local_day(viewer.now, viewer.zone):
        forget(key, person_id=viewer.person_id)
        return
    at = at_local(on, AT, viewer.zone)
    remind(viewer.person_id, NoticeKind.REVIEW_DUE, at=at, key=key, now=viewer.now)
