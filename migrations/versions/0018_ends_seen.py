"""When the owner of a pair saw that the worker had ended it.

After the former wordings of goals.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant

revision = "0018_ends_seen"
down_revision = "0017_goal_formers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Who was told of an end before is told once more, and closes it."""
    op.add_column("dyads", sa.Column("end_seen_at", Instant(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("dyads", "end_seen_at")
