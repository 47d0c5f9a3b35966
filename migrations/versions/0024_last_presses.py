"""Presses that took something away, as keyed hashes: a second one leads on kindly.

After the yes that lapsed.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0024_last_presses"
down_revision = "0023_yes_that_lapsed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "last_presses",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("person_id", RowId(), nullable=False),
        sa.Column("pressed_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_last_presses_person_id_persons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_presses")),
    )
    op.create_index(op.f("ix_last_presses_person_id"), "last_presses", ["person_id"])
    op.create_index(op.f("ix_last_presses_pressed_at"), "last_presses", ["pressed_at"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("last_presses")
