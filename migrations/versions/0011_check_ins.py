"""Check-ins: what the owner follows, and how it was.

After crisis plan.
"""

revision = "0011_check_ins"
down_revision = "0010_crisis_plan"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away again."""
