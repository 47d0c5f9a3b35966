"""One unambiguous byte string for a list of fields, for signatures, MACs and associated data."""

from uuid import UUID


def canonical(*fields: str | bytes | int | UUID) -> bytes:
    """Join fields so that no two different lists give the same bytes (length before each field)."""
    out: list[bytes] = []
    for field in fields:
        data = field if type(field) is bytes else _as_bytes(field)
        size = len(data)
        out += (_SIZES[size] if size < len(_SIZES) else size.to_bytes(4, "big"), data)
    return b"".join(out)


def _as_bytes(field: str | bytes | int | UUID) -> bytes:
    if isinstance(field, UUID):
        return field.int.to_bytes(16, "big")
    return field if isinstance(field, bytes) else str(field).encode()


_SIZES = tuple(size.to_bytes(4, "big") for size in range(256))
"""The lengths of nearly all fields: every page joins a hundred."""
