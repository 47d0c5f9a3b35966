"""Where the owner keeps the plan offline. The server knows that a device has it, and no more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, update

from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.crisis_plan.models import PlanPhone
from portal.crisis_plan.service import reading
from portal.crisis_plan.shapes import (
    Call,
    Kind,
    Manner,
    OfflinePlan,
    OfflineSection,
    PhoneLine,
    Section,
)
from portal.vault.viewer import Viewer

MOST = 20
FIRST = (Kind.STEPS, Kind.PEOPLE, Kind.HELPERS)
"""What stands at the top of a page that is opened in a bad hour."""


def phones_of(viewer: Viewer) -> list[PhoneLine]:
    """Where the viewer keeps the plan now, newest first."""
    rows = db.session.execute(
        select(PlanPhone.id, PlanPhone.made_at)
        .where(PlanPhone.owner_id == viewer.person_id, PlanPhone.ended_at.is_(None))
        .order_by(PlanPhone.id.desc())
        .limit(MOST)
    )
    return [PhoneLine(*row) for row in rows]


def add_phone(viewer: Viewer) -> UUID:
    """The viewer keeps the plan on one more device; gives the device's id.

    Raises Conflict where the list is full: what is not listed could not be taken off by a press.
    """
    if len(phones_of(viewer)) >= MOST:
        raise Conflict(_("Your plan is kept on 20 devices. Take it off one to make room."))
    row = PlanPhone(id=new_id(), owner_id=viewer.person_id, made_at=viewer.now)
    db.session.add(row)
    return row.id


def end_phone(viewer: Viewer, phone_id: UUID) -> None:
    """Take the plan off a device at its next visit; NotVisible when it is not the viewer's."""
    ended = db.session.execute(
        update(PlanPhone)
        .where(PlanPhone.id == phone_id, PlanPhone.owner_id == viewer.person_id)
        .values(ended_at=viewer.now)
        .returning(PlanPhone.id)
    ).first()
    if ended is None:
        raise NotVisible


def end_phones(person_id: UUID, now: datetime) -> None:
    """Take the plan off every device of a person, each at its next visit."""
    db.session.execute(
        update(PlanPhone)
        .where(PlanPhone.owner_id == person_id, PlanPhone.ended_at.is_(None))
        .values(ended_at=now)
    )


def is_kept(phone_id: UUID) -> bool:
    """Whether a device should still have the plan. It asks this itself, signed in or not."""
    living = (PlanPhone.id == phone_id, PlanPhone.ended_at.is_(None))
    return bool(db.session.scalar(select(exists().where(*living))))


def offline_plan(viewer: Viewer, phone_id: UUID) -> OfflinePlan:
    """The viewer's plan for one of their devices; NotVisible for another's or an ended one."""
    if phone_id not in {phone.id for phone in phones_of(viewer)}:
        raise NotVisible
    sections = reading.sections_in(reading.pieces_of(viewer, viewer.person_id))
    here = [section for section in sections if not section.body.is_away]
    here.sort(key=lambda section: section.body.kind not in FIRST)
    return OfflinePlan(at=viewer.now, sections=tuple(_offline(each) for each in here))


def _offline(section: Section) -> OfflineSection:
    body = section.body
    lines = body.lines if section.manner is Manner.LINES else ()
    if section.manner is Manner.WORDS:
        lines = (body.text,)
    points = tuple((term or str(_("And")), text) for term, text in section.points)
    calls: tuple[Call, ...] = section.calls
    return OfflineSection(section.heading, lines, points, calls)
