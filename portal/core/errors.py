"""Refusals: each has a status, a kind page and a way on. They carry no names and no words."""

from typing import ClassVar


class PortalError(Exception):
    """The root of every refusal. ``message`` is a sentence for the person, never their words."""

    status: ClassVar[int] = 500

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotVisible(PortalError):
    """There is nothing here for this person. Missing and forbidden look the same."""

    status = 404


class NotAllowed(PortalError):
    """The person may see this place but not do that in it."""

    status = 403


class BadRequest(PortalError):
    """The page sent something that the portal cannot read."""

    status = 400


class Conflict(PortalError):
    """Somebody else was a moment earlier; the page shows how things stand now."""

    status = 409


class FieldError(PortalError):
    """One field needs another look. The form comes back with every word kept."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Locked(PortalError):
    """Nobody is signed in, or the session has ended; the words on the form are kept."""

    status = 401


class TooMany(PortalError):
    """Too many tries in a short time; ``wait_seconds`` says how long to wait."""

    status = 429

    def __init__(self, message: str = "", *, wait_seconds: int = 60) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class Unavailable(PortalError):
    """The portal cannot do this just now; trying again in a moment will work."""

    status = 503
