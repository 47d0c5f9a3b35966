"""The server's own secrets: files beside the database, never in it and never in its backup.

Without them a stolen database opens nothing, not even with the right password.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("pepper-1", "identity-mac", "address-key", "address-index", "form-signing")
_BYTES = 32


@dataclass(frozen=True, repr=False)
class ServerSecrets:
    """The opened secrets. ``peppers``: number to bytes; the highest number is in use."""

    peppers: dict[int, bytes]
    identity_mac: bytes
    address_key: bytes
    address_index: bytes
    form_signing: bytes

    @property
    def pepper_id(self) -> int:
        """The number of the pepper that new passwords use."""
        return max(self.peppers)


class SecretsMissing(Exception):
    """A home with a database but without its secrets: refuse to start, loudly."""


def load_or_make_secrets(home: Path, *, make: bool = True) -> ServerSecrets:
    """Read the secrets of a home; on a new home make them first.

    A home where only some of them are there is refused: new ones would lock everybody out.
    """
    folder = home / "secrets"
    here = [name for name in _NAMES if (folder / name).exists()]
    if not here and make:
        _make(folder)
    elif len(here) != len(_NAMES):
        raise SecretsMissing(f"{folder} lacks {sorted(set(_NAMES) - set(here))}")
    peppers = {
        int(path.name.removeprefix("pepper-")): _read(path) for path in folder.glob("pepper-*")
    }
    return ServerSecrets(
        peppers=peppers,
        identity_mac=_read(folder / "identity-mac"),
        address_key=_read(folder / "address-key"),
        address_index=_read(folder / "address-index"),
        form_signing=_read(folder / "form-signing"),
    )


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(folder, 0o700)
    for name in _NAMES:
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(_BYTES))


def _read(path: Path) -> bytes:
    value = bytes.fromhex(path.read_text().strip())
    if len(value) < _BYTES:
        raise SecretsMissing(f"{path} is too short")
    return value
