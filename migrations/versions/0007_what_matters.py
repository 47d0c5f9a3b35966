"""What matters to me, and what keeps me well.

After the notices.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0007_what_matters"
down_revision = "0006_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matters",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_matters_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_matters_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matters")),
    )
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matters_data_key_id"), ["data_key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matters_owner_id"), ["owner_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matters_owner_id"))
        batch_op.drop_index(batch_op.f("ix_matters_data_key_id"))

    op.drop_table("matters")
