"""Answers to exercises.

After medicines.
"""

revision = "0013_reflections"
down_revision = "0012_medicines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away again."""
