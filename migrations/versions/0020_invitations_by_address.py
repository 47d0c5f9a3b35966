"""Invitations are found by the address they went to: who is asked sees that one waits.

After what was promised of a message.
"""

from alembic import op

revision = "0020_invitations_by_address"
down_revision = "0019_promises"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_invitations_address_index"), "invitations", ["address_index"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(op.f("ix_invitations_address_index"), "invitations")
