"""What an invitation's link opens and proves. The link is the key; the database holds its hash.

A link is 32 random bytes. From it come, separately: the hash by which its row is found, the key
that opens the letter, and the key that proves later who accepted. Somebody who can write to the
database, but never saw the link, can neither read the letter nor accept in another's name.
"""

import base64
import hmac
from uuid import UUID

from portal.core.errors import NotVisible
from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen, close, unclose
from portal.vault.keys import KEY_BYTES, derive, fingerprint, mac, new_key
from portal.vault.models import Identity


def new_link() -> bytes:
    """Make the secret of a new link."""
    return new_key()


def link_text(link: bytes) -> str:
    """The link's secret as it stands in an address."""
    return base64.urlsafe_b64encode(link).decode().rstrip("=")


def read_link(text: str) -> bytes:
    """The link's secret from an address; NotVisible when it is none."""
    try:
        link = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as problem:
        raise NotVisible from problem
    if len(link) != KEY_BYTES:
        raise NotVisible
    return link


def link_index(link: bytes) -> bytes:
    """The hash by which an invitation is found; it opens nothing."""
    return fingerprint(derive(link, info="invitation look-up"), b"invitation")


def close_letter(link: bytes, letter: bytes, *, row_id: UUID) -> bytes:
    """Seal a letter so that only whoever holds the link can read it."""
    return close(derive(link, info="invitation letter"), letter, canonical("letter", row_id))


def open_letter(link: bytes, sealed: bytes, *, row_id: UUID) -> bytes:
    """Open a letter with its link; NotVisible when it does not belong to this row or link."""
    try:
        place = canonical("letter", row_id)
        return unclose(derive(link, info="invitation letter"), sealed, place)[1]
    except DoesNotOpen as problem:
        raise NotVisible from problem


def acceptance_proof(link: bytes, *, dyad_id: UUID, accepted_by: Identity) -> bytes:
    """A tag over who accepted and with which public keys; only a holder of the link can make it."""
    fields = canonical(
        dyad_id,
        accepted_by.person_id,
        accepted_by.opening_public,
        accepted_by.signing_public,
    )
    return mac(derive(link, info="invitation proof"), fields, b"accepted")


def acceptance_holds(
    proof: bytes | None, link: bytes, *, dyad_id: UUID, accepted_by: Identity
) -> bool:
    """Whether the person with these public keys accepted with this link."""
    wanted = acceptance_proof(link, dyad_id=dyad_id, accepted_by=accepted_by)
    return proof is not None and hmac.compare_digest(proof, wanted)


__all__ = [
    "acceptance_holds",
    "acceptance_proof",
    "close_letter",
    "link_index",
    "link_text",
    "new_link",
    "open_letter",
    "read_link",
]
