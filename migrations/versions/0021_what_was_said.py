"""What a worker said last with one press, beside since when it is new to the owner.

After the index of invitations by address. What was new before keeps none: its page tells it.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant

revision = "0021_what_was_said"
down_revision = "0020_invitations_by_address"
branch_labels = None
depends_on = None

SAID = sa.Enum(
    "answered",
    "acknowledged",
    "for_meeting",
    "will_phone",
    "phoned",
    "answers_by",
    "read_it",
    "cannot_now",
    "lets_talk",
    name="outcome",
    native_enum=False,
    length=40,
)


def upgrade() -> None:
    """Add the three columns."""
    op.add_column("threads", sa.Column("said", SAID, nullable=True))
    op.add_column("threads", sa.Column("said_at", Instant(timezone=True), nullable=True))
    op.add_column("threads", sa.Column("said_due_at", Instant(timezone=True), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    for name in ("said_due_at", "said_at", "said"):
        op.drop_column("threads", name)
