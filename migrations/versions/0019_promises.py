"""What a worker had promised of a message before they wrote an answer to it.

After when an end was seen. Answers that were there before keep none.
"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import Instant

revision = "0019_promises"
down_revision = "0018_ends_seen"
branch_labels = None
depends_on = None

PROMISES = sa.Enum(
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
    """Add the two columns."""
    op.add_column("messages", sa.Column("promised", PROMISES, nullable=True))
    op.add_column("messages", sa.Column("promised_at", Instant(timezone=True), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("messages", "promised_at")
    op.drop_column("messages", "promised")
