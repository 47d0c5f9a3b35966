"""How goals were worded before.

After the column that says whose former wording a row is.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0017_goal_formers"
down_revision = "0016_former_wordings"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_goal_formers_data_key_id": ["data_key_id"],
    "ix_goal_formers_owner_id": ["owner_id"],
    "ix_goal_formers_goal_id_made_at_id": ["goal_id", "made_at", "id"],
}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "goal_formers",
        sa.Column("goal_id", RowId(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_goal_formers_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_goal_formers_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_goal_formers_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_formers")),
    )
    for name, columns in INDEXES.items():
        op.create_index(op.f(name), "goal_formers", columns, unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("goal_formers")
