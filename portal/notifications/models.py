"""Tables of notices, letters and choices. They hold kinds, times and states; no words."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.core.row_ids import new_id
from portal.notifications.shapes import LetterState, NoticeKind, NoticeState


class Notice(Base):
    """One thing to tell one person.

    `due_at` is when its cause wants it told, `look_at` when a job next looks at it (later than
    `due_at` when it was held). A told notice names the letter that it was folded into. Deleting
    a person deletes their notices, letters and choices.
    """

    __tablename__ = "notices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind]
    dedupe_key: Mapped[str]
    due_at: Mapped[datetime]
    look_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.WAITING)
    letter_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("letters.id", ondelete="SET NULL"), index=True
    )
    made_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("dedupe_key", "person_id"),
        Index("ix_notices_state_look_at", "state", "look_at"),
        Index("ix_notices_person_id_state", "person_id", "state"),
    )


class Leased(Base):
    """The base of what a job claims before it acts outside the database.

    A claim is a lease: it runs out by itself, so what a killed job had taken on comes back.
    """

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class Letter(Leased):
    """One e-mail to one person: the outbox.

    `on_day` is the person's local day that it counts for and `number` its place among that day's
    letters; both with the person are unique, so two jobs never write the same letter. A letter
    that counts against nothing (`is_counted` false) guards an account.
    """

    __tablename__ = "letters"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    on_day: Mapped[date]
    number: Mapped[int]
    is_unsolicited: Mapped[bool]
    is_counted: Mapped[bool]
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("person_id", "on_day", "number"),
        Index("ix_letters_state_due_at", "state", "due_at"),
    )


class LinkLetter(Leased):
    """One e-mail with a link of its own, to an address that may have no account yet.

    Address and link are sealed for the server. The row goes as soon as the letter is handed over.
    """

    __tablename__ = "link_letters"

    sealed: Mapped[bytes]

    __table_args__ = (Index("ix_link_letters_state_due_at", "state", "due_at"),)


class NoticeSettings(Base):
    """What a person has chosen about notices. No row means the defaults.

    `kinds_off` lists the kinds they want no notice of, separated by spaces.
    """

    __tablename__ = "notice_settings"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]
    daily_cap: Mapped[int]
    kinds_off: Mapped[str] = mapped_column(String(400))
