"""What a long-lived process does once everything is loaded, so that pages cost the same.

What is there by then stays for good, so the collector need not look through it again and again.
"""

import gc
from datetime import UTC, datetime

from portal.core.clock import public_holidays


def settle(country: str) -> None:
    """Call once everything is loaded and before threads start. Only speed changes."""
    public_holidays(country, datetime.now(UTC).year)  # a heavy import that most pages need
    gc.collect()
    gc.freeze()
