"""How much others may push on all of somebody's goals.

After the night list.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0015_encouragement"
down_revision = "0014_night"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "goal_wishes",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_goal_wishes_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_goal_wishes_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_wishes")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_goal_wishes_owner_id")),
    )
    for column in ("data_key_id", "owner_id"):
        op.create_index(op.f(f"ix_goal_wishes_{column}"), "goal_wishes", [column], unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("goal_wishes")
