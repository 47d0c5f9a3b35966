"""One's own invitations, sent and put off."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, union_all

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.rows import Several, read, written
from portal.dyads.invitations import rules
from portal.dyads.invitations.models import Invitation, KeptLetter
from portal.dyads.invitations.service.sending import own_row
from portal.dyads.invitations.shapes import (
    OPEN,
    InvitationBody,
    InvitationCard,
    InvitationState,
    KeptLetterBody,
    Letters,
    ReceivedCard,
    WaitingCard,
)
from portal.dyads.models import IS_LIVE, Dyad
from portal.dyads.service.beginning import link_of
from portal.vault.link_seal import link_text
from portal.vault.viewer import Role, Viewer

SHOWN = 50
FRESH = timedelta(days=14)
_NEWS = (InvitationState.DECLINED, InvitationState.NO_ROOM)
_RUNS_OUT = (*OPEN, InvitationState.EXPIRED)  # open ones are closed a little later, by a job
_STANDS = (*OPEN, InvitationState.ACCEPTED, *_NEWS)


def invitations_of(viewer: Viewer) -> list[InvitationCard]:
    """The viewer's own invitations, newest first, up to 50."""
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.owner_id == viewer.person_id)
        .order_by(Invitation.id.desc())
        .limit(SHOWN)
    )
    return list(viewer.box.each(rows, lambda row: _card(viewer, row)))


def invitation_for(viewer: Viewer, invitation_id: UUID) -> InvitationCard:
    """One of the viewer's own invitations, with its link while it is open."""
    row = own_row(viewer, invitation_id)
    card = _card(viewer, row)
    link = link_of(viewer, row.dyad_id) if card.is_open else b""
    return _card(viewer, row, token=link_text(link))


def letters_now(viewer: Viewer) -> Letters:
    """What is open, or was answered or closed in the last two weeks, newest first; one query.

    A no, or an end without an answer, is left out once a later invitation to the same address
    stands.
    """
    now = viewer.now
    params = {
        "me": viewer.person_id,
        "role": viewer.role,
        "now": now,
        "fresh_from": now - FRESH,
    }
    rows = [_LETTER.of(row) for row in read(_LETTERS_NOW, params)]
    kept = (row for row in rows if row.kept.id is not None and row.sent.state in OPEN)
    mine = (row.sent for row in rows if row.sent.owner_id == viewer.person_id)
    return Letters(
        received=list(
            viewer.box.each(kept, lambda row: _received(viewer, row.kept, row.sent.ends_at))
        ),
        waiting=[
            WaitingCard(row.sent.last_sent_at, row.sent.ends_at)
            for row in rows
            if row.kept.id is None and row.sent.owner_id != viewer.person_id
        ],
        sent=list(viewer.box.each(mine, lambda row: _card(viewer, row))),
    )


def has_invited(viewer: Viewer) -> bool:
    """Whether somebody whom the viewer asked may still say yes; one query."""
    return any(card.is_open for card in letters_now(viewer).sent)


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
_dyads: Any = Dyad.__table__
_persons: Any = Person.__table__


def _is(states: Collection[InvitationState], table: Any = _sent) -> ColumnElement[bool]:
    """Whether an invitation is in one of some states; each is written in, so nothing expands."""
    return or_(*(written(table.c.state, each) for each in states))


_ME = bindparam("me", type_=_sent.c.owner_id.type)
_ROLE = bindparam("role", type_=_sent.c.asked_role.type)
_NOW = bindparam("now", type_=_sent.c.ends_at.type)
_FRESH_FROM = bindparam("fresh_from", type_=_sent.c.ends_at.type)
_mine = _sent.alias()
_to_me = _sent.alias()
_later = _sent.alias()
_is_pair = exists().where(
    IS_LIVE,
    or_(
        and_(_dyads.c.owner_id == _ME, _dyads.c.worker_id == _to_me.c.owner_id),
        and_(_dyads.c.worker_id == _ME, _dyads.c.owner_id == _to_me.c.owner_id),
    ),
)
_MY_ADDRESS = select(_persons.c.address_index).where(_persons.c.id == _ME).scalar_subquery()
_TO_MY_ADDRESS = select(_to_me.c.id).where(
    _to_me.c.address_index == _MY_ADDRESS,
    _is(OPEN, _to_me),
    _to_me.c.asked_role == _ROLE,
    _to_me.c.owner_id != _ME,
    ~_is_pair,
)
_MINE = union_all(
    select(_mine.c.id).where(_mine.c.owner_id == _ME),
    select(_kept.c.invitation_id).where(_kept.c.owner_id == _ME),
    _TO_MY_ADDRESS,
).scalar_subquery()
_ASKED_AGAIN = exists().where(
    _later.c.owner_id == _sent.c.owner_id,
    _later.c.address_index == _sent.c.address_index,
    _later.c.id > _sent.c.id,
    _is(_STANDS, _later),
)
_LETTER = Several(sent=_sent.c, kept=_kept.c)
_LETTERS_NOW = (
    select(*_LETTER.columns)
    .select_from(_sent)
    .outerjoin(_kept, and_(_kept.c.invitation_id == _sent.c.id, _kept.c.owner_id == _ME))
    .where(
        _sent.c.id.in_(_MINE),
        or_(
            and_(_is(OPEN), _sent.c.ends_at > _NOW),
            and_(_is(_NEWS), _sent.c.answered_at > _FRESH_FROM, ~_ASKED_AGAIN),
            and_(
                _is(_RUNS_OUT),
                _sent.c.owner_id == _ME,
                _sent.c.ends_at.between(_FRESH_FROM, _NOW),
                ~_ASKED_AGAIN,
            ),
        ),
    )
    .order_by(_sent.c.id.desc())
    .limit(SHOWN)
)
