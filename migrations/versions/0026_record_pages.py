"""Pages that an owner approves for a record, and a worker's asking for one.

After one's own calendar.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0026_record_pages"
down_revision = "0025_own_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "record_pages",
        sa.Column("dyad_id", RowId(), nullable=False),
        sa.Column("taken_back_at", Instant(timezone=True), nullable=True),
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f("fk_record_pages_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_record_pages_dyad_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_record_pages_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_pages")),
    )
    op.create_index(
        "ix_record_pages_dyad_id_made_at_id", "record_pages", ["dyad_id", "made_at", "id"]
    )
    for column in ("data_key_id", "owner_id"):
        op.create_index(op.f(f"ix_record_pages_{column}"), "record_pages", [column])
    op.create_table(
        "record_asks",
        sa.Column("dyad_id", RowId(), nullable=False),
        sa.Column("asked_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "reply",
            sa.Enum("not_now", "made", name="reply", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("replied_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_record_asks_dyad_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dyad_id", name=op.f("pk_record_asks")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("record_asks")
    op.drop_table("record_pages")
