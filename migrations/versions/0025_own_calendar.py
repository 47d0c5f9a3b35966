"""Meetings in one's own calendar: the address by which it asks, and what tells it of a move.

After the last presses.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0025_own_calendar"
down_revision = "0024_last_presses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and count from none the moves of meetings that were there before."""
    op.add_column(
        "meetings", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("look_up", sa.LargeBinary(), nullable=False),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_calendar_feeds_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["persons.id"],
            name=op.f("fk_calendar_feeds_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("look_up", name=op.f("uq_calendar_feeds_look_up")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_calendar_feeds_owner_id")),
    )
    for column in ("data_key_id", "owner_id"):
        op.create_index(op.f(f"ix_calendar_feeds_{column}"), "calendar_feeds", [column])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("calendar_feeds")
    op.drop_column("meetings", "sequence")
