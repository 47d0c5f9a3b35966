"""Pairs, invitations, and a worker's time.

Names, greetings and lines are sealed; the plain columns are ids, times, states and the week.
"""

import sqlalchemy as sa
from alembic import op

import portal.core.db

revision = "0002_dyads"
down_revision = "0002_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_hours",
        sa.Column("worker_id", portal.core.db.RowId(), nullable=False),
        sa.Column("working", sa.String(length=400), nullable=False),
        sa.Column("reading", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["persons.id"], name=op.f("fk_work_hours_worker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_work_hours")),
    )
    op.create_table(
        "worker_rooms",
        sa.Column("worker_id", portal.core.db.RowId(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("in_use", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["persons.id"],
            name=op.f("fk_worker_rooms_worker_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_worker_rooms")),
    )
    op.create_table(
        "away_times",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_away_times_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_away_times_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away_times")),
    )
    with op.batch_alter_table("away_times", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_away_times_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_away_times_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            "ix_away_times_owner_id_until_on", ["owner_id", "until_on"], unique=False
        )

    op.create_table(
        "dyads",
        sa.Column("worker_id", portal.core.db.RowId(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("live", "ended", name="dyadstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("ended_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("ended_by", portal.core.db.RowId(), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("owner_confirmed_code_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("worker_confirmed_code_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_dyads_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_dyads_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dyads")),
    )
    with op.batch_alter_table("dyads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dyads_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dyads_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_dyads_worker_id_state", ["worker_id", "state"], unique=False)
        batch_op.create_index(
            "uq_dyads_live",
            ["owner_id", "worker_id"],
            unique=True,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )

    op.create_table(
        "invitations",
        sa.Column("link_index", sa.LargeBinary(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column(
            "asked_role",
            sa.Enum("owner", "worker", "administrator", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("dyad_id", portal.core.db.RowId(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "later",
                "accepted",
                "declined",
                "no_room",
                "withdrawn",
                "expired",
                name="invitationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ends_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.Column("letters_sent", sa.Integer(), nullable=False),
        sa.Column("last_sent_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_invitations_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_invitations_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("link_index", name=op.f("uq_invitations_link_index")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitations_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitations_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_invitations_state_ends_at", ["state", "ends_at"], unique=False)
        batch_op.create_index(
            "uq_invitations_open",
            ["owner_id", "address_index"],
            unique=True,
            sqlite_where=sa.text("state IN ('sent', 'later')"),
            postgresql_where=sa.text("state IN ('sent', 'later')"),
        )

    op.create_table(
        "phrases",
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_phrases_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_phrases_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrases")),
    )
    with op.batch_alter_table("phrases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phrases_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_phrases_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "pins",
        sa.Column("dyad_id", portal.core.db.RowId(), nullable=False),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_pins_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_pins_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pins")),
        sa.UniqueConstraint("owner_id", "dyad_id", name=op.f("uq_pins_owner_id_dyad_id")),
    )
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pins_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pins_dyad_id"), ["dyad_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pins_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "away_notes",
        sa.Column("away_time_id", portal.core.db.RowId(), nullable=False),
        sa.Column("dyad_id", portal.core.db.RowId(), nullable=False),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["away_time_id"],
            ["away_times.id"],
            name=op.f("fk_away_notes_away_time_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_away_notes_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_away_notes_dyad_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_away_notes_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away_notes")),
        sa.UniqueConstraint(
            "away_time_id", "dyad_id", name=op.f("uq_away_notes_away_time_id_dyad_id")
        ),
    )
    with op.batch_alter_table("away_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_away_notes_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_away_notes_dyad_id"), ["dyad_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_away_notes_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "invitation_reminders",
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("invitation_id", portal.core.db.RowId(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_invitation_reminders_invitation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_reminders")),
    )
    with op.batch_alter_table("invitation_reminders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_reminders_due_at"), ["due_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitation_reminders_invitation_id"), ["invitation_id"], unique=False
        )

    op.create_table(
        "kept_letters",
        sa.Column("invitation_id", portal.core.db.RowId(), nullable=False),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_kept_letters_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_kept_letters_invitation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_kept_letters_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_letters")),
        sa.UniqueConstraint(
            "owner_id", "invitation_id", name=op.f("uq_kept_letters_owner_id_invitation_id")
        ),
    )
    with op.batch_alter_table("kept_letters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kept_letters_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_kept_letters_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_kept_letters_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_letters_owner_id"))
        batch_op.drop_index(batch_op.f("ix_kept_letters_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_kept_letters_data_key_id"))

    op.drop_table("kept_letters")
    with op.batch_alter_table("invitation_reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_reminders_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_reminders_due_at"))

    op.drop_table("invitation_reminders")
    with op.batch_alter_table("away_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_away_notes_owner_id"))
        batch_op.drop_index(batch_op.f("ix_away_notes_dyad_id"))
        batch_op.drop_index(batch_op.f("ix_away_notes_data_key_id"))

    op.drop_table("away_notes")
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pins_owner_id"))
        batch_op.drop_index(batch_op.f("ix_pins_dyad_id"))
        batch_op.drop_index(batch_op.f("ix_pins_data_key_id"))

    op.drop_table("pins")
    with op.batch_alter_table("phrases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phrases_owner_id"))
        batch_op.drop_index(batch_op.f("ix_phrases_data_key_id"))

    op.drop_table("phrases")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_invitations_open",
            sqlite_where=sa.text("state IN ('sent', 'later')"),
            postgresql_where=sa.text("state IN ('sent', 'later')"),
        )
        batch_op.drop_index("ix_invitations_state_ends_at")
        batch_op.drop_index(batch_op.f("ix_invitations_owner_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_data_key_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("dyads", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_dyads_live",
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.drop_index("ix_dyads_worker_id_state")
        batch_op.drop_index(batch_op.f("ix_dyads_owner_id"))
        batch_op.drop_index(batch_op.f("ix_dyads_data_key_id"))

    op.drop_table("dyads")
    with op.batch_alter_table("away_times", schema=None) as batch_op:
        batch_op.drop_index("ix_away_times_owner_id_until_on")
        batch_op.drop_index(batch_op.f("ix_away_times_owner_id"))
        batch_op.drop_index(batch_op.f("ix_away_times_data_key_id"))

    op.drop_table("away_times")
    op.drop_table("worker_rooms")
    op.drop_table("work_hours")
