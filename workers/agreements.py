"""Jobs of agreements: the review card on its day."""

from datetime import UTC, datetime

from portal.agreements.service import ask_for_due_reviews
from workers import job


@job("agreements.ask_for_reviews")
def ask_for_reviews() -> None:
    """Put the review card before the pairs whose day has come."""
    ask_for_due_reviews(datetime.now(UTC))
