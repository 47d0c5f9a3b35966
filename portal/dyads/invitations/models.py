"""Tables of invitations. Names, greetings and addresses are sealed; links are not here at all."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.dyads.invitations.shapes import InvitationState
from portal.vault.models import Part
from portal.vault.sealed import SealedRow
from portal.vault.viewer import Role

_STILL_OPEN = text("state IN ('sent', 'later')")


class Invitation(SealedRow):
    """One letter from its owner, the inviter. The body is the inviter's own note.

    ``letter`` opens with the link alone and is wiped when the matter is settled. ``link_index`` is
    a hash of the link, ``address_index`` a keyed hash of the address it went to. ``dyad_id`` names
    the pair that begins with a yes. One open invitation an inviter and address.
    """

    __tablename__ = "invitations"
    __part__: ClassVar[Part] = Part.PROFILE
    __table_args__ = (
        Index(
            "uq_invitations_open",
            "owner_id",
            "address_index",
            unique=True,
            sqlite_where=_STILL_OPEN,
            postgresql_where=_STILL_OPEN,
        ),
        Index("ix_invitations_state_ends_at", "state", "ends_at"),
    )

    link_index: Mapped[bytes] = mapped_column(unique=True)
    letter: Mapped[bytes | None]
    address_index: Mapped[bytes] = mapped_column(index=True)
    asked_role: Mapped[Role]
    dyad_id: Mapped[UUID]
    state: Mapped[InvitationState]
    ends_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    letters_sent: Mapped[int]
    last_sent_at: Mapped[datetime]


class KeptLetter(SealedRow):
    """A letter that its owner, the invited person, put off; sealed under their own key."""

    __tablename__ = "kept_letters"
    __part__: ClassVar[Part] = Part.PROFILE
    __table_args__ = (UniqueConstraint("owner_id", "invitation_id"),)

    invitation_id: Mapped[UUID] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )


class Reminder(Base):
    """That the invited person is reminded once; the address is sealed for the server.

    The row goes when the reminder is sent or the invitation is answered.
    """

    __tablename__ = "invitation_reminders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invitation_id: Mapped[UUID] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[bytes]
    due_at: Mapped[datetime] = mapped_column(index=True)
