"""What the code of a wallet card opens. The code is the key; the database holds its hash.

From the code come, separately, the hash by which its row is found and the key of the copy in it.
Somebody who can read or write the database, but never saw the card, can neither read the copy nor
put another in its place.
"""

import logging
from uuid import UUID

from portal.core.errors import NotVisible
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen, close, unclose
from portal.vault.keys import derive, fingerprint

log = logging.getLogger(__name__)


def card_index(code: bytes) -> bytes:
    """The hash by which a card is found; it opens nothing."""
    return fingerprint(derive(code, info="card look-up"), b"card")


def close_copy(code: bytes, copy: bytes, *, row_id: UUID) -> bytes:
    """Seal a card's copy so that only whoever holds the code can read it."""
    return close(derive(code, info="card copy"), copy, canonical("card", row_id))


def open_copy(code: bytes, sealed: bytes, *, row_id: UUID) -> bytes:
    """Open a card's copy with its code; NotVisible when it belongs to another row or code."""
    try:
        return unclose(derive(code, info="card copy"), sealed, canonical("card", row_id))[1]
    except DoesNotOpen as problem:
        log.error("card does not open", extra={"row": row_id})
        raise NotVisible from problem


__all__ = ["card_index", "close_copy", "open_copy"]
