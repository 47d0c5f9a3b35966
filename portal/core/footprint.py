"""What a long-lived process does once everything is loaded, so that pages cost the same.

What is there by then stays for good, so the collector need not look through it again and again.
"""

import gc
from datetime import UTC, datetime

from portal.core.days_off import learn

YEARS_BACK, YEARS_AHEAD = 2, 10


def settle(country: str) -> None:
    """Call once everything is loaded and before threads start. Only speed and size change."""
    year = datetime.now(UTC).year
    learn(country, range(year - YEARS_BACK, year + YEARS_AHEAD + 1))
    gc.collect()
    gc.freeze()
