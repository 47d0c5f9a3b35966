"""What a long-lived process holds in memory: less, and looked through less often.

Importing leaves much behind that is never needed again; glibc keeps it unless it is asked. What is
there once everything is loaded stays for good, so the collector need not look through it again and
again: with it a page's time is the same every time.
"""

import ctypes
import gc
from datetime import UTC, datetime

from portal.core.clock import public_holidays

_ARENAS_AT_MOST, _ARENAS = -8, 2


def settle(country: str) -> None:
    """Call once everything is loaded and before threads start. Only speed and memory change."""
    public_holidays(country, datetime.now(UTC).year)  # a heavy import that most pages need
    gc.collect()
    gc.freeze()
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.mallopt(_ARENAS_AT_MOST, _ARENAS)
        library.malloc_trim(0)
