"""The owner's list of medicines.

After check ins.
"""

revision = "0012_medicines"
down_revision = "0011_check_ins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away again."""
