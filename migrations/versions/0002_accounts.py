"""Accounts: profiles, authenticator apps, tickets in letters, pauses after wrong tries."""

import sqlalchemy as sa
from alembic import op

import portal.core.db

revision = "0002_accounts"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_tries",
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wait_until", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_sign_in_tries")),
    )
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_tries_changed_at"), ["changed_at"], unique=False
        )

    op.create_table(
        "tickets",
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sign_up", "invited", "new_address", name="ticketkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("look_up", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("owner", "worker", "administrator", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("person_id", portal.core.db.RowId(), nullable=True),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("ends_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("accepted_at", portal.core.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_tickets_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("look_up", name=op.f("uq_tickets_look_up")),
    )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tickets_person_id"), ["person_id"], unique=False)

    op.create_table(
        "factors",
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_factors_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_factors_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_factors_owner_id")),
    )
    with op.batch_alter_table("factors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_factors_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_factors_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_profiles_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_profiles_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_profiles_owner_id")),
    )
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profiles_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_profiles_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profiles_owner_id"))
        batch_op.drop_index(batch_op.f("ix_profiles_data_key_id"))

    op.drop_table("profiles")
    with op.batch_alter_table("factors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_factors_owner_id"))
        batch_op.drop_index(batch_op.f("ix_factors_data_key_id"))

    op.drop_table("factors")
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tickets_person_id"))

    op.drop_table("tickets")
    with op.batch_alter_table("sign_in_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_tries_changed_at"))

    op.drop_table("sign_in_tries")
