"""The network map: people, places and what is between them; dated snapshots.

After life domains.
"""

revision = "0009_network_map"
down_revision = "0008_life_domains"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away again."""
