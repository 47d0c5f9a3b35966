"""Notices, letters on their way, what people choose about them, and reminders.

After the meetings.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0006_notices"
down_revision = "0005_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_letters",
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "dropped", name="letterstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("lease_until", Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_letters")),
    )
    with op.batch_alter_table("link_letters", schema=None) as batch_op:
        batch_op.create_index("ix_link_letters_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "letters",
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_unsolicited", sa.Boolean(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("sent_at", Instant(timezone=True), nullable=True),
        sa.Column("id", RowId(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "dropped", name="letterstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("lease_until", Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_letters_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint(
            "person_id", "on_day", "number", name=op.f("uq_letters_person_id_on_day_number")
        ),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index("ix_letters_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "notice_settings",
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("daily_cap", sa.Integer(), nullable=False),
        sa.Column("kinds_off", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_notice_settings_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_settings")),
    )
    op.create_table(
        "reminders",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "message_waiting",
                "message_answered",
                "answer_due_today",
                "hello_due",
                "review_due",
                "invitation_unanswered",
                "meeting_offered",
                "meeting_tomorrow",
                "activity_reminder",
                "idea_offered",
                "agreement_waiting",
                "security",
                name="noticekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "done", "stopped", name="reminderstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "repeat_kind",
            sa.Enum(
                "none",
                "daily",
                "weekdays",
                "weekly",
                "every_n_weeks",
                "monthly",
                name="repeatkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("repeat_from_on", sa.Date(), nullable=False),
        sa.Column("repeat_weeks", sa.Integer(), nullable=False),
        sa.Column("clock_time", sa.Time(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("is_unanswered", sa.Boolean(), nullable=False),
        sa.Column("ignored", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_reminders_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "dedupe_key", "person_id", name=op.f("uq_reminders_dedupe_key_person_id")
        ),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminders_person_id_ignored", ["person_id", "ignored"], unique=False
        )
        batch_op.create_index("ix_reminders_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "message_waiting",
                "message_answered",
                "answer_due_today",
                "hello_due",
                "review_due",
                "invitation_unanswered",
                "meeting_offered",
                "meeting_tomorrow",
                "activity_reminder",
                "idea_offered",
                "agreement_waiting",
                "security",
                name="noticekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("look_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "told",
                "withdrawn",
                "not_wanted",
                name="noticestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("letter_id", RowId(), nullable=True),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_notices_letter_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_notices_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "dedupe_key", "person_id", name=op.f("uq_notices_dedupe_key_person_id")
        ),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index("ix_notices_person_id_state", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_notices_state_look_at", ["state", "look_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_state_look_at")
        batch_op.drop_index("ix_notices_person_id_state")
        batch_op.drop_index(batch_op.f("ix_notices_letter_id"))

    op.drop_table("notices")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index("ix_reminders_state_due_at")
        batch_op.drop_index("ix_reminders_person_id_ignored")

    op.drop_table("reminders")
    op.drop_table("notice_settings")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index("ix_letters_state_due_at")

    op.drop_table("letters")
    with op.batch_alter_table("link_letters", schema=None) as batch_op:
        batch_op.drop_index("ix_link_letters_state_due_at")

    op.drop_table("link_letters")
