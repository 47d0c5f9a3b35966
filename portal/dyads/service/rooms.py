"""How many people a worker takes on: they set a cap, and the portal keeps it (Friction 18)."""

from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.chosen import settings
from portal.core.db import db
from portal.core.errors import Conflict, FieldError
from portal.core.languages import _
from portal.dyads.models import WorkerRoom
from portal.dyads.shapes import Room
from portal.vault.viewer import Viewer

LARGEST_CAP = 500


class NoRoom(Conflict):
    """The worker takes on nobody more for now. It is about time, not about anybody."""


def room_of(worker_id: UUID) -> Room:
    """How many people a worker takes on at the most, and how many they have now."""
    return room_in(db.session.get(WorkerRoom, worker_id))


def room_in(row: WorkerRoom | None) -> Room:
    """The same from the row that another query brought along, or where there is none."""
    standard = settings().dyad_cap
    if row is None:
        return Room(standard, 0)
    return Room(row.cap if row.cap is not None else standard, row.in_use)


def set_cap(viewer: Viewer, cap: int) -> None:
    """The worker chooses how many people they take on; those they have stay in any case."""
    if not 0 <= cap <= LARGEST_CAP:
        raise FieldError("cap", _("Please choose a number from 0 to 500."))
    _have_row(viewer.person_id)
    db.session.execute(
        update(WorkerRoom).where(WorkerRoom.worker_id == viewer.person_id).values(cap=cap)
    )


def take_room(worker_id: UUID) -> None:
    """Count one pair more, or raise NoRoom; two at the same moment cannot both take the last."""
    _have_row(worker_id)
    cap = func.coalesce(WorkerRoom.cap, settings().dyad_cap)
    taken = db.session.execute(
        update(WorkerRoom)
        .where(WorkerRoom.worker_id == worker_id, WorkerRoom.in_use < cap)
        .values(in_use=WorkerRoom.in_use + 1)
        .returning(WorkerRoom.worker_id)
    )
    if taken.first() is None:
        raise NoRoom


def give_back_room(worker_id: UUID) -> None:
    """Count one pair less; the worker can take on somebody else."""
    db.session.execute(
        update(WorkerRoom)
        .where(WorkerRoom.worker_id == worker_id, WorkerRoom.in_use > 0)
        .values(in_use=WorkerRoom.in_use - 1)
        .execution_options(synchronize_session=False)
    )


def _have_row(worker_id: UUID) -> None:
    if db.session.get(WorkerRoom, worker_id) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(WorkerRoom(worker_id=worker_id, cap=None, in_use=0))
    except IntegrityError:
        return  # made by another request a moment earlier
