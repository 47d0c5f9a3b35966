"""The people. A person's name is a word of theirs: it is sealed, and not in `persons`."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.vault.models import Part
from portal.vault.sealed import SealedRow
from portal.vault.viewer import Role


class Person(Base):
    """Anyone with an account. Deleting the row takes keys, wraps, sessions and words with it.

    ``address`` is the e-mail address sealed under a key of the server (jobs must send);
    ``address_index`` is a keyed hash by which it is found. ``needs_factor``: an authenticator app
    is set up and asked for at sign-in.
    """

    __tablename__ = "persons"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    role: Mapped[Role]
    address: Mapped[bytes]
    address_index: Mapped[bytes] = mapped_column(unique=True)
    zone: Mapped[str]
    language: Mapped[str]
    made_at: Mapped[datetime]
    is_active: Mapped[bool] = mapped_column(default=True)
    needs_factor: Mapped[bool] = mapped_column(default=False)


class Profile(SealedRow):
    """What a person says about themselves: name, a worker's title. Only they can open it."""

    __tablename__ = "profiles"
    __table_args__ = (UniqueConstraint("owner_id"),)
    __part__ = Part.PROFILE


class Factor(SealedRow):
    """A person's authenticator app. The secret is sealed; ``last_step`` is the last code's number.

    A code counts only when its number is higher than ``last_step``, so each works once.
    """

    __tablename__ = "factors"
    __table_args__ = (UniqueConstraint("owner_id"),)
    __part__ = Part.PROFILE

    last_step: Mapped[int]


class TicketKind(enum.Enum):
    """What the holder of a letter's link may do."""

    SIGN_UP = "sign_up"
    INVITED = "invited"
    NEW_ADDRESS = "new_address"


class Ticket(Base):
    """A link that was sent to an e-mail address. The row keeps a hash of the link's token.

    Whoever holds the link reads that mailbox. ``accepted_at``: when what one should know was read,
    or the new address was taken in. ``person_id``: whose new address it is, or who began an account
    with it. A used one works no more and goes with its time, which after the beginning of an
    account is some minutes.
    """

    __tablename__ = "tickets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[TicketKind]
    look_up: Mapped[bytes] = mapped_column(unique=True)
    address: Mapped[bytes]
    role: Mapped[Role]
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class Tries(Base):
    """Wrong passwords for one account from one place: how many, and until when to wait.

    ``place`` is a keyed hash of the address signed in to and the network address it came from.
    """

    __tablename__ = "sign_in_tries"

    place: Mapped[bytes] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    wait_until: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class LastPress(Base):
    """A press that took something away, by its person: ``id`` is a keyed hash of both.

    Known for a day, so that the same press again leads on; then a job deletes it. It says nothing
    of what was pressed.
    """

    __tablename__ = "last_presses"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    pressed_at: Mapped[datetime] = mapped_column(index=True)
