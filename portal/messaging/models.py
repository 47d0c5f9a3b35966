"""Tables of threads and messages: words sealed, and the plain marks that clocks and jobs need.

Counters are stored, not counted: a thread keeps what its lists show, refreshed by the one
statement in ``service.counters`` whenever a mark changes.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.messaging.shapes import Kind, Outcome
from portal.vault.models import Part
from portal.vault.sealed import SealedRow

UNSETTLED = (
    "messages.author_id = messages.owner_id AND messages.taken_back_at IS NULL"
    " AND (messages.opened_at IS NULL OR messages.is_answer_wanted)"
    " AND (messages.outcome IS NULL OR messages.outcome IN ('answers_by', 'will_phone'))"
)
"""An owner's message that its worker has not settled; the index and the queries say it alike."""


class Thread(SealedRow):
    """Everything two people have written to each other. ``sealed`` holds the end of the chain.

    ``waits_*`` are the worker's: the oldest message without an answer, the oldest unopened one,
    the nearest answer-by moment, the oldest knock, a call that was announced. They count from when
    words can no longer be taken back, so they may lie minutes ahead. ``*_news_at`` are the owner's:
    since when a reply or a one-press answer is new; ``said_*`` the newest such press, when it was,
    and by when it promises an answer. How far the owner has read is kept, not when.
    ``prompt_at`` is when a job next looks whether the worker should be told. ``worker_id`` is no
    foreign key: the words outlive the worker's account.
    """

    __tablename__ = "threads"
    __part__: ClassVar[Part] = Part.DYAD

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"), unique=True)
    worker_id: Mapped[UUID] = mapped_column(index=True)
    last_number: Mapped[int] = mapped_column(default=0)
    owner_read_to: Mapped[int] = mapped_column(default=0)
    worker_wrote_at: Mapped[datetime | None]
    waits_since: Mapped[datetime | None]
    waits_unopened_since: Mapped[datetime | None]
    waits_due_at: Mapped[datetime | None]
    waits_knock_since: Mapped[datetime | None]
    waits_phone_since: Mapped[datetime | None]
    reply_news_at: Mapped[datetime | None]
    outcome_news_at: Mapped[datetime | None]
    said: Mapped[Outcome | None]
    said_at: Mapped[datetime | None]
    said_due_at: Mapped[datetime | None]
    prompt_at: Mapped[datetime | None] = mapped_column(index=True)


class Message(SealedRow):
    """One message. ``made_at`` is when it was sent, ``author_id`` who wrote it.

    ``once`` is the fingerprint of one author's one press: the same press twice is one message.
    ``answer_id`` names the reply that settled it, so that taking the reply back unsettles it.
    ``promised`` is what the worker had said with one press before that reply, and when: it stands
    until the reply can no longer be taken back, and again when it was. Deleting a message leaves a
    gap that the reader is told about; taking back keeps the row.
    """

    __tablename__ = "messages"
    __part__: ClassVar[Part] = Part.DYAD
    __table_args__ = (
        UniqueConstraint("dyad_id", "number"),
        Index(
            "ix_messages_unsettled",
            "dyad_id",
            sqlite_where=text(UNSETTLED.replace("messages.", "")),
            postgresql_where=text(UNSETTLED.replace("messages.", "")),
        ),
        Index(
            "ix_messages_answer_id",
            "answer_id",
            sqlite_where=text("answer_id IS NOT NULL"),
            postgresql_where=text("answer_id IS NOT NULL"),
        ),
    )

    dyad_id: Mapped[UUID] = mapped_column(ForeignKey("dyads.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[Kind]
    once: Mapped[bytes] = mapped_column(unique=True)
    undo_until: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    is_answer_wanted: Mapped[bool]
    due_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    outcome_at: Mapped[datetime | None]
    promised: Mapped[Outcome | None]
    promised_at: Mapped[datetime | None]
    answer_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id"))
