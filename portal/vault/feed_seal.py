"""The address by which a calendar asks. What it holds is the key; the database holds its hash.

An address is a secret and a tag that only this server makes, over the secret and whose it is. So
somebody who can write to the database can neither put in an address of their own for another
person, nor move one to them.
"""

import hmac
from uuid import UUID

from portal.core.errors import NotVisible
from portal.vault.canonical import canonical
from portal.vault.keys import derive, fingerprint
from portal.vault.link_seal import link_text, new_link, read_link
from portal.vault.server_seal import server_mac

_SECRET_LETTERS = 43
_TAG_BYTES = 18


def new_feed_token(person_id: UUID) -> str:
    """A new address for a person, as it stands there: 32 random bytes and a tag, in 67 letters."""
    secret = new_link()
    return link_text(secret) + _tag(secret, person_id)


def feed_index(token: str) -> bytes:
    """The hash by which an address is found, and which does not lead back to it.

    NotVisible for what cannot be one. One address is written in one way only.
    """
    return fingerprint(derive(_secret(token), info="calendar look-up"), b"calendar")


def feed_is_of(token: str, person_id: UUID) -> bool:
    """Whether this server made the address for that person."""
    made = _tag(_secret(token), person_id)
    return hmac.compare_digest(made.encode(), token[_SECRET_LETTERS:].encode())


def _secret(token: str) -> bytes:
    text = token[:_SECRET_LETTERS]
    secret = read_link(text)
    if link_text(secret) != text:
        raise NotVisible
    return secret


def _tag(secret: bytes, person_id: UUID) -> str:
    made = server_mac(canonical(secret, person_id), purpose=b"calendar feed")
    return link_text(made[:_TAG_BYTES])


__all__ = ["feed_index", "feed_is_of", "new_feed_token"]
