"""Words for which no answer is wanted have no day by which one is due.

After what a worker said last. The threads that show such a day get the nearest that is left.
"""

from alembic import op

revision = "0022_no_day_without_question"
down_revision = "0021_what_was_said"
branch_labels = None
depends_on = None

_NEAREST = (
    "SELECT min(messages.due_at) FROM messages WHERE messages.dyad_id = threads.dyad_id"
    " AND messages.author_id = messages.owner_id AND messages.taken_back_at IS NULL"
    " AND (messages.outcome IS NULL OR messages.outcome = 'answers_by')"
)


def upgrade() -> None:
    """Take the days away, on the words and on their threads."""
    op.execute("UPDATE messages SET due_at = NULL WHERE NOT is_answer_wanted")
    op.execute(f"UPDATE threads SET waits_due_at = ({_NEAREST}) WHERE waits_due_at IS NOT NULL")


def downgrade() -> None:
    """The days were never true; nothing brings them back."""
