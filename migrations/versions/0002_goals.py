"""Goals, their pieces, and the ideas offered for them.

Everything that is said in them is sealed; the plain columns are ids, times and row versions.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

import portal.core.db

revision = "0002_goals"
down_revision = "0002_dyads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goals",
        sa.Column("version", sa.Integer(), nullable=False),
        *_sealed_columns(),
        *_sealed_constraints("goals"),
    )
    with op.batch_alter_table("goals") as goals:
        goals.create_index("ix_goals_owner_id_changed_at_id", ["owner_id", "changed_at", "id"])
        _sealed_indexes(goals, "goals")
    op.create_table(
        "activities",
        sa.Column("goal_id", portal.core.db.RowId(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_sealed_columns(),
        *_sealed_constraints("activities"),
        _goal_constraint("activities"),
    )
    op.create_table(
        "offers",
        sa.Column("goal_id", portal.core.db.RowId(), nullable=False),
        *_sealed_columns(),
        *_sealed_constraints("offers"),
        _goal_constraint("offers"),
    )
    for name in ("activities", "offers"):
        with op.batch_alter_table(name) as table:
            table.create_index(f"ix_{name}_goal_id", ["goal_id"])
            _sealed_indexes(table, name)


def downgrade() -> None:
    for name in ("offers", "activities", "goals"):
        op.drop_table(name)


def _sealed_columns() -> Sequence[sa.Column[Any]]:
    return (
        sa.Column("id", portal.core.db.RowId(), nullable=False),
        sa.Column("owner_id", portal.core.db.RowId(), nullable=False),
        sa.Column("data_key_id", portal.core.db.RowId(), nullable=False),
        sa.Column("author_id", portal.core.db.RowId(), nullable=False),
        sa.Column("made_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", portal.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _sealed_constraints(table: str) -> Sequence[sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_keys.id"], name=op.f(f"fk_{table}_data_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f(f"fk_{table}_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _goal_constraint(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["goal_id"], ["goals.id"], name=op.f(f"fk_{table}_goal_id"), ondelete="CASCADE"
    )


def _sealed_indexes(table: Any, name: str) -> None:
    table.create_index(op.f(f"ix_{name}_data_key_id"), ["data_key_id"])
    table.create_index(op.f(f"ix_{name}_owner_id"), ["owner_id"])
