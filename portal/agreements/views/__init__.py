"""Pages of the use agreement, under a dyad's address."""

from portal.agreements.views import (
    accepting,
    answering,
    comparing,
    reading,
)
from portal.agreements.views.blueprint import agreements

__all__ = ["accepting", "agreements", "answering", "comparing", "reading"]
