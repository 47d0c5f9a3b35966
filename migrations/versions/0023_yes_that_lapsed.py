"""When a yes to the draft of an agreement lapsed, because something changed after it.

After the days that no question asked for. A yes that lapsed before is known from the draft alone.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant

revision = "0023_yes_that_lapsed"
down_revision = "0022_no_day_without_question"
branch_labels = None
depends_on = None

COLUMNS = ("owner_lapsed_at", "worker_lapsed_at")


def upgrade() -> None:
    """Add the two columns."""
    for name in COLUMNS:
        op.add_column("agreement_rounds", sa.Column(name, Instant(timezone=True), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    for name in reversed(COLUMNS):
        op.drop_column("agreement_rounds", name)
