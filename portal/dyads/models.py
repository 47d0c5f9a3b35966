"""Tables of the pairs. Names are words: they lie sealed in the rows."""

import enum
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.rows import written
from portal.vault.models import Part
from portal.vault.sealed import SealedRow


class DyadState(enum.Enum):
    """Whether the two still use the portal together."""

    LIVE = "live"
    ENDED = "ended"


class Dyad(SealedRow):
    """One owner and one worker. The body says how they call themselves, under the key of the two.

    ``worker_id`` is no foreign key: the owner keeps the words of the two when the worker's
    account goes. ``end_seen_at``: when the owner had read that the worker ended it. ``proof``
    shows the inviter who accepted (`portal.vault.link_seal`). At most one pair of the same two
    lives at a time; a new one may begin after an end.
    """

    __tablename__ = "dyads"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (
        Index("ix_dyads_worker_id_state", "worker_id", "state"),
        Index(
            "uq_dyads_live",
            "owner_id",
            "worker_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
    )

    worker_id: Mapped[UUID]
    state: Mapped[DyadState] = mapped_column(default=DyadState.LIVE)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
    end_seen_at: Mapped[datetime | None]
    proof: Mapped[bytes | None]
    owner_confirmed_code_at: Mapped[datetime | None]
    worker_confirmed_code_at: Mapped[datetime | None]


IS_LIVE = written(Dyad.__table__.c.state, DyadState.LIVE)
HAS_ENDED = written(Dyad.__table__.c.state, DyadState.ENDED)
"""Whether a pair lives, or has ended, for every statement that asks."""


class Pin(SealedRow):
    """What its owner remembers of the partner's public keys in one pair.

    Made when an invitation is sent or accepted, so ``dyad_id`` may name a pair that never begins.
    """

    __tablename__ = "pins"
    __part__: ClassVar[Part] = Part.PROFILE
    __table_args__ = (UniqueConstraint("owner_id", "dyad_id"),)

    dyad_id: Mapped[UUID] = mapped_column(index=True)


class WorkerRoom(Base):
    """How many pairs a worker takes on and has; the count moves with every beginning and end.

    ``cap`` is empty until the worker chooses; then the service's own number counts.
    """

    __tablename__ = "worker_rooms"

    worker_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    cap: Mapped[int | None]
    in_use: Mapped[int] = mapped_column(default=0)
