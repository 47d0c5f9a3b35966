"""A pair ends: the worker loses sight of everything at once, the owner keeps every word."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, select, update

from portal.access import service as access
from portal.accounts.models import Person
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.languages import _
from portal.dyads import hooks
from portal.dyads.models import HAS_ENDED, IS_LIVE, Dyad, DyadState, Pin, WorkerRoom
from portal.dyads.service.names import remember_partner
from portal.dyads.service.pairs import ENDED, dyad_for
from portal.dyads.service.rooms import give_back_room, room_in
from portal.dyads.service.sharing import losing_sight
from portal.dyads.shapes import DyadCard, Goodbye, PinBody, Room
from portal.notifications.service import tell
from portal.notifications.shapes import NoticeKind
from portal.vault.models import Part
from portal.vault.rotation import drop_held_keys
from portal.vault.viewer import Viewer

SHOWN_FOR = timedelta(days=30)


def end_dyad(viewer: Viewer, dyad_id: UUID) -> int:
    """End a pair; either of the two may. There is no way back, only a new invitation.

    Ending twice changes nothing; Conflict when the other was a moment earlier.

    The worker's keys and grants go in the same transaction. When the owner ends it, what they had
    shared gets a new key now; when the worker does, at the owner's next sign-in. Gives how many
    rows of what was shared did not open.
    """
    if _ended_by(dyad_id) == viewer.person_id:
        return 0
    card = dyad_for(viewer, dyad_id)
    ended = db.session.execute(
        update(Dyad)
        .where(Dyad.id == dyad_id, IS_LIVE)
        .values(state=DyadState.ENDED, ended_at=viewer.now, ended_by=viewer.person_id)
        .returning(Dyad.id)
    )
    if ended.first() is None:
        raise Conflict(ENDED)
    left = _end_sight(viewer, card)
    give_back_room(card.worker_id)
    hooks.ended(hooks.Pair(dyad_id, card.owner_id, card.worker_id), viewer.now)
    _tell_partner(viewer, card)
    return left


def _end_sight(viewer: Viewer, card: DyadCard) -> int:
    """Take the worker's keys and grants away; gives how many rows did not open."""
    left, leaving = 0, {card.worker_id}
    if card.is_owner:
        leaving = losing_sight(viewer, card)
        left = sum(access.revoke_all(viewer, person_id) for person_id in leaving)
    else:
        remember_partner(viewer, card)
        access.give_up(viewer, card.owner_id)
    for person_id in leaving:
        drop_held_keys(person_id, card.id, Part.DYAD)
    return left


def see_end(viewer: Viewer, dyad_id: UUID) -> None:
    """The owner has read that the worker ended it; their first page no longer says so."""
    dyad_for(viewer, dyad_id)
    db.session.execute(
        update(Dyad)
        .where(
            Dyad.id == dyad_id,
            Dyad.owner_id == viewer.person_id,
            HAS_ENDED,
            Dyad.end_seen_at.is_(None),
        )
        .values(end_seen_at=viewer.now)
    )


def goodbyes_of(viewer: Viewer) -> list[Goodbye]:
    """The worker's pairs that ended in the last 30 days, newest first, by their own notes."""
    return goodbyes_and_room(viewer)[0]


def goodbyes_and_room(viewer: Viewer) -> tuple[list[Goodbye], Room]:
    """The same, and how many people the worker takes on and has now (one query)."""
    rows = db.session.execute(
        select(WorkerRoom, Dyad.id, Dyad.ended_at, Dyad.ended_by, Pin)
        .select_from(Person)
        .outerjoin(WorkerRoom, WorkerRoom.worker_id == Person.id)
        .outerjoin(
            Dyad,
            and_(
                Dyad.worker_id == Person.id,
                HAS_ENDED,
                Dyad.ended_at > viewer.now - SHOWN_FOR,
            ),
        )
        .outerjoin(Pin, (Pin.dyad_id == Dyad.id) & (Pin.owner_id == viewer.person_id))
        .where(Person.id == viewer.person_id)
        .order_by(Dyad.ended_at.desc(), Dyad.id)
    ).all()
    goodbyes = [
        Goodbye(dyad_id, _name(viewer, pin), ended_at, ended_by == viewer.person_id)
        for _room, dyad_id, ended_at, ended_by, pin in rows
        if ended_at is not None
    ]
    return goodbyes, room_in(rows[0][0] if rows else None)


def _ended_by(dyad_id: UUID) -> UUID | None:
    ended = select(Dyad.ended_by).where(Dyad.id == dyad_id, HAS_ENDED)
    return db.session.scalar(ended)


def _tell_partner(viewer: Viewer, card: DyadCard) -> None:
    key = f"dyad-ended:{card.id.hex}"
    kind = NoticeKind.INVITATION_UNANSWERED
    tell(card.partner_id, kind, at=viewer.now, key=key, now=viewer.now)


def _name(viewer: Viewer, pin: Pin | None) -> str:
    name = viewer.box.open(pin, PinBody).partner_name if pin is not None else ""
    return name or _("Somebody")
