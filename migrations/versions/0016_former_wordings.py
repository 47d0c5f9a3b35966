"""Former wordings say whose they are, so that pages read the present words alone.

After how much others may push on all goals. Rows that were there before keep none: whose former
wording one of them is, is sealed in it. They are passed over once they are opened.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import RowId

revision = "0016_former_wordings"
down_revision = "0015_encouragement"
branch_labels = None
depends_on = None

TABLES = ("matters", "medicines", "reflections")


def upgrade() -> None:
    """Add the column and the index by which pages read."""
    for table in TABLES:
        op.add_column(table, sa.Column("former_of", RowId(), nullable=True))
        columns = ["owner_id", "former_of", "made_at", "id"]
        op.create_index(_index(table), table, columns, unique=False)


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_index(_index(table), table_name=table)
        op.drop_column(table, "former_of")


def _index(table: str) -> str:
    return f"ix_{table}_owner_id_former_of_made_at_id"
