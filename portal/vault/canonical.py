"""One unambiguous byte string for a list of fields, for signatures, MACs and associated data."""

from uuid import UUID


def canonical(*fields: str | bytes | int | UUID) -> bytes:
    """Join fields so that no two different lists give the same bytes (length before each field)."""
    out = bytearray()
    for field in fields:
        data = _as_bytes(field)
        out += len(data).to_bytes(4, "big") + data
    return bytes(out)


def _as_bytes(field: str | bytes | int | UUID) -> bytes:
    if isinstance(field, bytes):
        return field
    if isinstance(field, UUID):
        return field.bytes
    return str(field).encode()
