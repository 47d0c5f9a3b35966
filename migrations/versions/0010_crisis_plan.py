"""The crisis plan, its versions, and the cards that open some of it.

After network map.
"""

revision = "0010_crisis_plan"
down_revision = "0009_network_map"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away again."""
