"""The address by which a calendar asks. What it holds is the key; the database holds its hash."""

from portal.core.errors import NotVisible
from portal.vault.keys import derive, fingerprint
from portal.vault.link_seal import link_text, new_link, read_link


def new_feed_token() -> str:
    """The secret of a new address, as it stands there: 32 random bytes."""
    return link_text(new_link())


def feed_index(token: str) -> bytes:
    """The hash by which an address is found, and which does not lead back to it.

    NotVisible for what cannot be one. One address is written in one way only.
    """
    link = read_link(token)
    if link_text(link) != token:
        raise NotVisible
    return fingerprint(derive(link, info="calendar look-up"), b"calendar")


__all__ = ["feed_index", "new_feed_token"]
