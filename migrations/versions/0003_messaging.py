"""Messages: threads, and what two people write in them.

Words are sealed; the plain columns are numbers, times and delivery states.
"""

import sqlalchemy as sa
from alembic import op

import portal.core.db

revision = "0003_messaging"
down_revision = "0002_goals"
branch_labels = None
depends_on = None

UNSETTLED = sa.text(
    "author_id = owner_id AND taken_back_at IS NULL"
    " AND (opened_at IS NULL OR is_answer_wanted)"
    " AND (outcome IS NULL OR outcome IN ('answers_by', 'will_phone'))"
)


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("dyad_id", portal.core.db.RowId(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "words", "knock", "hello", "how_meant", name="kind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("once", sa.LargeBinary(), nullable=False),
        sa.Column("undo_until", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("taken_back_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("opened_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("is_answer_wanted", sa.Boolean(), nullable=False),
        sa.Column("due_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "answered",
                "acknowledged",
                "for_meeting",
                "will_phone",
                "phoned",
                "answers_by",
                "read_it",
                "cannot_now",
                "lets_talk",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("answer_id", portal.core.db.RowId(), nullable=True),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["messages.id"], name=op.f("fk_messages_answer_id")),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_messages_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_messages_dyad_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_messages_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("dyad_id", "number", name=op.f("uq_messages_dyad_id_number")),
        sa.UniqueConstraint("once", name=op.f("uq_messages_once")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_messages_answer_id",
            ["answer_id"],
            unique=False,
            sqlite_where=sa.text("answer_id IS NOT NULL"),
            postgresql_where=sa.text("answer_id IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_messages_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            "ix_messages_unsettled",
            ["dyad_id"],
            unique=False,
            sqlite_where=UNSETTLED,
            postgresql_where=UNSETTLED,
        )

    op.create_table(
        "threads",
        sa.Column("dyad_id", portal.core.db.RowId(), nullable=False),
        sa.Column("worker_id", portal.core.db.RowId(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("owner_read_to", sa.Integer(), nullable=False),
        sa.Column("worker_wrote_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("waits_since", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("waits_unopened_since", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("waits_due_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("waits_knock_since", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("waits_phone_since", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("reply_news_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("outcome_news_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("prompt_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_threads_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_threads_dyad_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_threads_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("dyad_id", name=op.f("uq_threads_dyad_id")),
    )
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_threads_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_threads_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_threads_prompt_at"), ["prompt_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_threads_worker_id"), ["worker_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threads_worker_id"))
        batch_op.drop_index(batch_op.f("ix_threads_prompt_at"))
        batch_op.drop_index(batch_op.f("ix_threads_owner_id"))
        batch_op.drop_index(batch_op.f("ix_threads_data_key_id"))

    op.drop_table("threads")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_messages_unsettled", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
        )
        batch_op.drop_index(batch_op.f("ix_messages_owner_id"))
        batch_op.drop_index(batch_op.f("ix_messages_data_key_id"))
        batch_op.drop_index(
            "ix_messages_answer_id",
            sqlite_where=sa.text("answer_id IS NOT NULL"),
            postgresql_where=sa.text("answer_id IS NOT NULL"),
        )

    op.drop_table("messages")
