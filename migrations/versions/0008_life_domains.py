"""Life domains: how it goes in each, dated.

After what matters.
"""

revision = "0008_life_domains"
down_revision = "0007_what_matters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away again."""
