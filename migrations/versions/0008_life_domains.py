"""Life domains: their names, how they are arranged, and the dated entries in them.

After what matters.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0008_life_domains"
down_revision = "0007_what_matters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "life_domains",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_life_domains_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["persons.id"],
            name=op.f("fk_life_domains_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_domains")),
    )
    with op.batch_alter_table("life_domains", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_life_domains_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_life_domains_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "life_arrangements",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_life_arrangements_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["persons.id"],
            name=op.f("fk_life_arrangements_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_arrangements")),
    )
    with op.batch_alter_table("life_arrangements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_life_arrangements_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_life_arrangements_owner_id"), ["owner_id"], unique=False
        )

    op.create_table(
        "life_entries",
        sa.Column("domain_id", RowId(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_life_entries_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["domain_id"],
            ["life_domains.id"],
            name=op.f("fk_life_entries_domain_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["persons.id"],
            name=op.f("fk_life_entries_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_entries")),
    )
    with op.batch_alter_table("life_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_life_entries_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_life_entries_domain_id"), ["domain_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_life_entries_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    op.drop_table("life_entries")
    op.drop_table("life_arrangements")
    op.drop_table("life_domains")
