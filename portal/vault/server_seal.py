"""What the server itself must open (e-mail addresses, letters on their way), and signed tokens.

These keys lie in the secrets folder. A stolen database alone shows no address.
"""

import hmac
from uuid import UUID

from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen, close, unclose
from portal.vault.house import house
from portal.vault.keys import derive, mac


def seal_for_server(text: str, *, purpose: str, row_id: UUID) -> bytes:
    """Seal a text that a job of this server must read later, bound to its purpose and row."""
    return close(_key(purpose), text.encode(), canonical("server", purpose, row_id))


def open_for_server(sealed: bytes, *, purpose: str, row_id: UUID) -> str:
    """Open what ``seal_for_server`` sealed."""
    return unclose(_key(purpose), sealed, canonical("server", purpose, row_id))[1].decode()


def address_index(address: str) -> bytes:
    """How an e-mail address is found without being stored: a keyed hash of its folded form."""
    return mac(house().secrets.address_index, address.strip().casefold().encode(), b"address")


def server_mac(data: bytes, *, purpose: bytes) -> bytes:
    """A tag that only this server can make (purpose of at most 16 bytes)."""
    return mac(house().secrets.form_signing, data, purpose)


def server_mac_holds(tag: bytes, data: bytes, *, purpose: bytes) -> bool:
    """Whether this server made the tag over the data."""
    return hmac.compare_digest(tag, server_mac(data, purpose=purpose))


def flask_signing_key() -> bytes:
    """The key that signs the form session (CSRF); it protects no words."""
    return derive(house().secrets.form_signing, info="form session")


def _key(purpose: str) -> bytes:
    return derive(house().secrets.address_key, info=purpose)


__all__ = [
    "DoesNotOpen",
    "address_index",
    "flask_signing_key",
    "open_for_server",
    "seal_for_server",
    "server_mac",
    "server_mac_holds",
]
