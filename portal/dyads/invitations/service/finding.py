"""One's own invitations, sent and put off."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, union_all

from portal.core.db import db
from portal.core.rows import Several, read
from portal.dyads.invitations import rules
from portal.dyads.invitations.models import Invitation, KeptLetter
from portal.dyads.invitations.service.sending import own_row
from portal.dyads.invitations.shapes import (
    OPEN,
    InvitationBody,
    InvitationCard,
    InvitationState,
    KeptLetterBody,
    ReceivedCard,
)
from portal.dyads.service.beginning import link_of
from portal.vault.link_seal import link_text
from portal.vault.viewer import Role, Viewer

SHOWN = 50
FRESH = timedelta(days=14)
_NEWS = (InvitationState.DECLINED, InvitationState.NO_ROOM)


def invitations_of(viewer: Viewer) -> list[InvitationCard]:
    """The viewer's own invitations, newest first, up to 50."""
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.owner_id == viewer.person_id)
        .order_by(Invitation.id.desc())
        .limit(SHOWN)
    )
    return [_card(viewer, row) for row in rows]


def invitation_for(viewer: Viewer, invitation_id: UUID) -> InvitationCard:
    """One of the viewer's own invitations, with its link while it is open."""
    row = own_row(viewer, invitation_id)
    card = _card(viewer, row)
    link = link_of(viewer, row.dyad_id) if card.is_open else b""
    return _card(viewer, row, token=link_text(link))


def received_by(viewer: Viewer) -> list[ReceivedCard]:
    """Letters that the viewer put off and can still answer, newest first."""
    rows = db.session.execute(
        select(KeptLetter, Invitation.ends_at)
        .join(Invitation, Invitation.id == KeptLetter.invitation_id)
        .where(
            KeptLetter.owner_id == viewer.person_id,
            Invitation.state.in_(OPEN),
            Invitation.ends_at > viewer.now,
        )
        .order_by(KeptLetter.id.desc())
        .limit(SHOWN)
    )
    return [_received(viewer, row, ends_at) for row, ends_at in rows]


class Letters(NamedTuple):
    """Invitations that a first page speaks of: put off by the viewer, and sent by the viewer."""

    received: list[ReceivedCard]
    sent: list[InvitationCard]


def letters_now(viewer: Viewer) -> Letters:
    """What is open or was answered in the last two weeks, newest first; one query."""
    now = viewer.now
    params = {"me": viewer.person_id, "now": now, "fresh_from": now - FRESH}
    rows = [_LETTER.of(row) for row in read(_LETTERS_NOW, params)]
    return Letters(
        received=[
            _received(viewer, row.kept, row.sent.ends_at)
            for row in rows
            if row.kept.id is not None and row.sent.state in OPEN
        ],
        sent=[_card(viewer, row.sent) for row in rows if row.sent.owner_id == viewer.person_id],
    )


def _received(viewer: Viewer, row: Any, ends_at: datetime) -> ReceivedCard:
    body = viewer.box.open(row, KeptLetterBody, table=KeptLetter)
    return ReceivedCard(link_text(body.link), body.name, body.title, row.made_at, ends_at)


def _card(viewer: Viewer, row: Any, *, token: str = "") -> InvitationCard:
    body = viewer.box.open(row, InvitationBody, table=Invitation)
    state = rules.state_at(row.state, row.ends_at, viewer.now)
    return InvitationCard(
        id=row.id,
        address=body.address,
        greeting=body.greeting,
        asks_worker=row.asked_role is Role.WORKER,
        state=state,
        sent_at=row.made_at,
        ends_at=row.ends_at,
        answered_at=row.answered_at,
        dyad_id=row.dyad_id,
        is_quiet=rules.is_quiet(state, row.made_at, viewer.now),
        may_send_again=rules.may_send_again(state, row.letters_sent, row.last_sent_at, viewer.now),
        token=token,
    )


_sent: Any = Invitation.__table__
_kept: Any = KeptLetter.__table__


def _is(states: Collection[InvitationState]) -> ColumnElement[bool]:
    """Whether an invitation is in one of some states; each has its place, so nothing expands."""
    column = _sent.c.state
    return or_(*(column == each for each in states))


_ME = bindparam("me", type_=_sent.c.owner_id.type)
_NOW = bindparam("now", type_=_sent.c.ends_at.type)
_FRESH_FROM = bindparam("fresh_from", type_=_sent.c.ends_at.type)
_mine = _sent.alias()
_MINE = union_all(
    select(_mine.c.id).where(_mine.c.owner_id == _ME),
    select(_kept.c.invitation_id).where(_kept.c.owner_id == _ME),
).scalar_subquery()
_LETTER = Several(sent=_sent.c, kept=_kept.c)
_LETTERS_NOW = (
    select(*_LETTER.columns)
    .select_from(_sent)
    .outerjoin(_kept, and_(_kept.c.invitation_id == _sent.c.id, _kept.c.owner_id == _ME))
    .where(
        _sent.c.id.in_(_MINE),
        or_(
            and_(_is(OPEN), _sent.c.ends_at > _NOW),
            and_(_is(_NEWS), _sent.c.answered_at > _FRESH_FROM),
        ),
    )
    .order_by(_sent.c.id.desc())
    .limit(SHOWN)
)
