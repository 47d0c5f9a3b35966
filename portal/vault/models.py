"""Tables of keys. Every key here is closed; what opens it is never in the database."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id


class Part(enum.Enum):
    """A portion of an owner's portal that has keys of its own."""

    PROFILE = "profile"
    DRAFTS = "drafts"
    DYAD = "dyad"
    WHAT_MATTERS = "what_matters"
    LIFE_DOMAINS = "life_domains"
    GOALS = "goals"
    NETWORK_MAP = "network_map"
    CRISIS_PLAN = "crisis_plan"
    CHECK_INS = "check_ins"
    MEDICINES = "medicines"
    REFLECTIONS = "reflections"
    NIGHT = "night"


class Audience(enum.Enum):
    """Who can open what is sealed: the owner alone, all with a grant, or the two of a dyad."""

    ONLY_ME = "only_me"
    SHARED = "shared"
    DYAD = "dyad"


class WrapPurpose(enum.Enum):
    """What opens a person's bundle."""

    PASSWORD = "password"  # a purpose, not a password
    RECOVERY = "recovery"


class Stage(enum.Enum):
    """How far a sign-in has come."""

    FACTOR_NEEDED = "factor_needed"
    FULL = "full"


class Identity(Base):
    """A person's public keys and how their password is checked, under a MAC of the server.

    The row is written at sign-up and at a password change, nowhere else. Deleting it (with the
    person) makes everything the person wrote unreadable for good.
    """

    __tablename__ = "identities"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    opening_public: Mapped[bytes]
    signing_public: Mapped[bytes]
    salt: Mapped[bytes]
    rounds: Mapped[int]
    memory_kib: Mapped[int]
    pepper_id: Mapped[int]
    verifier: Mapped[bytes]
    mac: Mapped[bytes]


class BundleWrap(Base):
    """A person's bundle, closed under their password or their recovery code."""

    __tablename__ = "bundle_wraps"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    purpose: Mapped[WrapPurpose] = mapped_column(primary_key=True)
    version: Mapped[int]
    wrapped: Mapped[bytes]
    note: Mapped[bytes | None]  # the recovery code itself, closed under the bundle, for reprinting


class DataKey(Base):
    """That a data key exists: for one owner, part, audience and epoch. The key itself is not here.

    ``scope_id`` is the owner's id, or the dyad's for keys of a dyad. ``is_stale`` asks for a new
    epoch at the owner's next sign-in (somebody else ended the sharing).
    """

    __tablename__ = "data_keys"
    __table_args__ = (UniqueConstraint("scope_id", "part", "audience", "epoch"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    scope_id: Mapped[UUID]
    part: Mapped[Part]
    audience: Mapped[Audience]
    epoch: Mapped[int]
    made_at: Mapped[datetime]
    is_stale: Mapped[bool] = mapped_column(default=False)


class WrappedKey(Base):
    """A data key sealed to one holder and signed by who gave it. Deleting it ends the access."""

    __tablename__ = "wrapped_keys"
    __table_args__ = (Index("ix_wrapped_keys_data_key_id", "data_key_id"),)

    holder_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    data_key_id: Mapped[UUID] = mapped_column(
        ForeignKey("data_keys.id", ondelete="CASCADE"), primary_key=True
    )
    signer_id: Mapped[UUID]
    sealed: Mapped[bytes]
    signature: Mapped[bytes]


class Session(Base):
    """A device on which somebody is signed in. What it opens is closed under the cookie's key."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_person_id_made_at", "person_id", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    look_up: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    stage: Mapped[Stage]
    wrapped: Mapped[bytes]
    device: Mapped[str]
    is_kept: Mapped[bool]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_seconds: Mapped[int]
    ends_at: Mapped[datetime]
