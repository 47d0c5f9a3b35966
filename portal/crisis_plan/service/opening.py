"""Opening a card with its code, signed in or not. Every opening is noted and told to its owner."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.accounts.rules.codes import Mistyped, read_code
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.crisis_plan.models import CardOpening, PlanCard, PlanRow
from portal.crisis_plan.service import reading
from portal.crisis_plan.service.cards import notice_key
from portal.crisis_plan.shapes import CardCopy, OpenCard
from portal.notifications.service import tell
from portal.notifications.shapes import NoticeKind
from portal.vault.card_seal import card_index, open_copy
from portal.vault.models import Audience


def name_on(token: str) -> str:
    """Whose name is on a card; NotVisible when its code opens nothing. Nothing is noted."""
    return _found(token)[1].name


def open_card(token: str, now: datetime) -> OpenCard:
    """What a card opens; NotVisible when its code opens nothing, or nothing any more.

    The opening is noted, and told to the card's owner.
    """
    row, copy = _found(token)
    _note(row.id, row.owner_id, now)
    as_rows = (PlanRow(id=new_id(), changed_at=now) for _body in copy.sections)
    sections = [
        reading.section_of(each, body, Audience.ONLY_ME)
        for each, body in zip(as_rows, copy.sections, strict=True)
    ]
    return OpenCard(copy.name, reading.stages_of(sections))


def open_typed(text: str, now: datetime) -> OpenCard:
    """The same for a code that was typed by hand; FieldError when it opens nothing."""
    try:
        read_code(text)
        return open_card(text, now)
    except Mistyped as problem:
        message = _("That is not a whole code. It has seven groups of four signs.")
        raise FieldError("code", message) from problem
    except NotVisible as problem:
        raise FieldError("code", _("This code opens nothing, or nothing any more.")) from problem


def card_mark(token: str) -> str:
    """What counts the openings of one card; it opens nothing."""
    try:
        return card_index(read_code(token)).hex()
    except Mistyped:
        return "no card"


def _found(token: str) -> tuple[PlanCard, CardCopy]:
    try:
        code = read_code(token)
    except Mistyped as problem:
        raise NotVisible from problem
    row = db.session.scalar(
        select(PlanCard).where(PlanCard.look_up == card_index(code), PlanCard.ended_at.is_(None))
    )
    if row is None or row.copy is None:
        raise NotVisible
    copy = open_copy(code, row.copy, row_id=row.id)
    return row, msgspec.msgpack.decode(copy, type=CardCopy)


def _note(card_id: UUID, owner_id: UUID, now: datetime) -> None:
    """Note the hour, and tell the owner; an e-mail about it says nothing of cards."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    db.session.add(CardOpening(card_id=card_id, hour_at=hour))
    key = f"{notice_key(card_id)}:{hour:%Y%m%d%H}"
    tell(owner_id, NoticeKind.CARD_OPENED, at=now, key=key, now=now)
