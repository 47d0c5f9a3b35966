"""The owner's list of medicines.

After check ins.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0012_medicines"
down_revision = "0011_check_ins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "medicines",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_medicines_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_medicines_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicines")),
    )
    with op.batch_alter_table("medicines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_medicines_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_medicines_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("medicines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_medicines_owner_id"))
        batch_op.drop_index(batch_op.f("ix_medicines_data_key_id"))

    op.drop_table("medicines")
