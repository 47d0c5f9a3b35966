"""One's own invitations, sent and put off."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select

from portal.core.db import db
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
    rows = db.session.execute(
        select(Invitation, KeptLetter)
        .outerjoin(
            KeptLetter,
            and_(
                KeptLetter.invitation_id == Invitation.id,
                KeptLetter.owner_id == viewer.person_id,
            ),
        )
        .where(
            or_(Invitation.owner_id == viewer.person_id, KeptLetter.id.is_not(None)),
            or_(
                and_(Invitation.state.in_(OPEN), Invitation.ends_at > viewer.now),
                and_(Invitation.state.in_(_NEWS), Invitation.answered_at > viewer.now - FRESH),
            ),
        )
        .order_by(Invitation.id.desc())
        .limit(SHOWN)
    ).all()
    put_off: list[tuple[Invitation, KeptLetter | None]] = [(row, kept) for row, kept in rows]
    return Letters(
        received=[
            _received(viewer, kept, row.ends_at)
            for row, kept in put_off
            if kept is not None and row.state in OPEN
        ],
        sent=[_card(viewer, row) for row, _kept in rows if row.owner_id == viewer.person_id],
    )


def _received(viewer: Viewer, row: KeptLetter, ends_at: datetime) -> ReceivedCard:
    body = viewer.box.open(row, KeptLetterBody)
    return ReceivedCard(link_text(body.link), body.name, body.title, row.made_at, ends_at)


def _card(viewer: Viewer, row: Invitation, *, token: str = "") -> InvitationCard:
    body = viewer.box.open(row, InvitationBody)
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
