"""Answers to exercises.

After medicines.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0013_reflections"
down_revision = "0012_medicines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reflections",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_reflections_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_reflections_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflections")),
    )
    with op.batch_alter_table("reflections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reflections_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reflections_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "library_choices",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_library_choices_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["persons.id"],
            name=op.f("fk_library_choices_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_choices")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_library_choices_owner_id")),
    )
    with op.batch_alter_table("library_choices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_library_choices_data_key_id"), ["data_key_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_library_choices_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("library_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_library_choices_owner_id"))
        batch_op.drop_index(batch_op.f("ix_library_choices_data_key_id"))

    op.drop_table("library_choices")

    with op.batch_alter_table("reflections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reflections_owner_id"))
        batch_op.drop_index(batch_op.f("ix_reflections_data_key_id"))

    op.drop_table("reflections")
