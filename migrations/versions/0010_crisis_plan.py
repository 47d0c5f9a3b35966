"""The crisis plan, its former words, the cards that open some of it, and where it is kept offline.

After network map.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant, RowId

revision = "0010_crisis_plan"
down_revision = "0009_network_map"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _sealed("plan_rows", sa.Column("version", sa.Integer(), nullable=False))
    _sealed(
        "plan_formers",
        sa.Column("section_id", RowId(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["plan_rows.id"],
            name=op.f("fk_plan_formers_section_id"),
            ondelete="CASCADE",
        ),
        index="section_id",
    )
    _sealed(
        "plan_cards",
        sa.Column("look_up", sa.LargeBinary(), nullable=True),
        sa.Column("copy", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", Instant(timezone=True), nullable=True),
        sa.UniqueConstraint("look_up", name=op.f("uq_plan_cards_look_up")),
    )
    _others()


def downgrade() -> None:
    """Take them away again."""
    for table in ("plan_phones", "card_openings", "plan_cards", "plan_formers", "plan_rows"):
        op.drop_table(table)


def _sealed(name: str, *own: sa.schema.SchemaItem, index: str = "") -> None:
    """A table of sealed rows with a few columns or constraints of its own."""
    op.create_table(
        name,
        *own,
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
    with op.batch_alter_table(name, schema=None) as batch_op:
        for column in filter(None, ("data_key_id", "owner_id", index)):
            batch_op.create_index(batch_op.f(f"ix_{name}_{column}"), [column], unique=False)


def _others() -> None:
    """Openings of cards, and phones that keep the plan: ids and times only."""
    op.create_table(
        "card_openings",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("card_id", RowId(), nullable=False),
        sa.Column("hour_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["plan_cards.id"],
            name=op.f("fk_card_openings_card_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_openings")),
    )
    with op.batch_alter_table("card_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_openings_card_id"), ["card_id"], unique=False)
    op.create_table(
        "plan_phones",
        sa.Column("id", RowId(), nullable=False),
        sa.Column("owner_id", RowId(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("ended_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_plan_phones_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_phones")),
    )
    with op.batch_alter_table("plan_phones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_phones_owner_id"), ["owner_id"], unique=False)
