"""Check-ins: what the owner follows, and how it was.

After crisis plan.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0011_check_ins"
down_revision = "0010_crisis_plan"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    for name, plain in (
        ("check_in_setups", []),
        ("check_ins", [sa.Column("on_day", sa.Date(), nullable=False)]),
    ):
        op.create_table(
            name,
            *plain,
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("id", RowId(), nullable=False),
            sa.Column("owner_id", RowId(), nullable=False),
            sa.Column("data_key_id", RowId(), nullable=False),
            sa.Column("author_id", RowId(), nullable=False),
            sa.Column("made_at", Instant(timezone=True), nullable=False),
            sa.Column("changed_at", Instant(timezone=True), nullable=False),
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
            sa.ForeignKeyConstraint(
                ["data_key_id"], ["data_keys.id"], name=op.f(f"fk_{name}_data_key_id")
            ),
            sa.ForeignKeyConstraint(
                ["owner_id"], ["persons.id"], name=op.f(f"fk_{name}_owner_id"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        for column in ("data_key_id", "owner_id", *(each.name for each in plain)):
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("check_ins")
    op.drop_table("check_in_setups")
