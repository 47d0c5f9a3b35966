"""Where a sealed body belongs: its table, row, owner, key and author, as bytes for its envelope.

They are bound into the envelope, so a body that was moved elsewhere does not open.
"""

from functools import lru_cache
from uuid import UUID

from portal.vault.canonical import canonical

_NO_ID = UUID(int=0)


def place_of(table: str, row_id: UUID, owner_id: UUID, data_key_id: UUID, author_id: UUID) -> bytes:
    """The place of one row; what comes before and after its id is the same for a page."""
    before, after = around_id(table, owner_id, data_key_id, author_id)
    return before + row_id.bytes + after


@lru_cache(maxsize=4096)
def around_id(
    table: str, owner_id: UUID, data_key_id: UUID, author_id: UUID
) -> tuple[bytes, bytes]:
    """The canonical bytes around a row's id: the table and the id's length, then the rest."""
    whole = canonical(table, _NO_ID, owner_id, data_key_id, author_id)
    before = canonical(table, _NO_ID)[: -len(_NO_ID.bytes)]
    return before, whole[len(before) + len(_NO_ID.bytes) :]


__all__ = ["around_id", "place_of"]
