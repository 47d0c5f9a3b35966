"""Meetings of a pair, and the things kept for them.

After the agreements.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0005_meetings"
down_revision = "0004_agreements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("dyad_id", RowId(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered", "agreed", "called_off", name="meetingstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("offered_at", Instant(), nullable=True),
        sa.Column("offered_by", RowId(), nullable=True),
        *_sealed("meetings"),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_meetings_dyad_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_meetings_dyad_id_starts_at", "meetings", ["dyad_id", "starts_at"])
    op.create_table(
        "kept_things",
        sa.Column("dyad_id", RowId(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "own", "message", "goal", "agreement", name="keptfrom", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("source_id", RowId(), nullable=True),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_sealed("kept_things"),
        sa.ForeignKeyConstraint(
            ["dyad_id"], ["dyads.id"], name=op.f("fk_kept_things_dyad_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_kept_things_dyad_id_kept_at", "kept_things", ["dyad_id", "kept_at"])
    for table in ("meetings", "kept_things"):
        for column in ("owner_id", "data_key_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.drop_table("kept_things")
    op.drop_table("meetings")


def _sealed(table: str) -> list[sa.schema.SchemaItem]:
    """The columns of a sealed row."""
    return [
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("data_key_id", RowId(), nullable=False),
        sa.Column("author_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f(f"fk_{table}_owner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f(f"fk_{table}_data_key_id")
        ),
    ]
