"""Who may enter, by role; and the viewer of this request. For ``allow=`` on every route."""

from typing import Any

from flask import g

from portal.core.errors import Locked, NotVisible
from portal.core.guard import current_viewer, signed_in
from portal.vault.viewer import Role, Viewer


def viewer() -> Viewer:
    """The signed-in person of this request, or Locked when there is none."""
    found = current_viewer()
    if not isinstance(found, Viewer):
        raise Locked
    return found


def owner(viewer: Any, args: dict[str, Any]) -> None:
    """Let in service users."""
    _one_of(viewer, args, Role.OWNER)


def worker(viewer: Any, args: dict[str, Any]) -> None:
    """Let in mental health workers."""
    _one_of(viewer, args, Role.WORKER)


def administrator(viewer: Any, args: dict[str, Any]) -> None:
    """Let in administrators of the service; they see no words."""
    _one_of(viewer, args, Role.ADMINISTRATOR)


def owner_or_worker(viewer: Any, args: dict[str, Any]) -> None:
    """Let in the two sides of a dyad; whether it is *this* dyad, the service decides."""
    _one_of(viewer, args, Role.OWNER, Role.WORKER)


def half_signed_in(_viewer: Any, _args: dict[str, Any]) -> None:
    """Let in who gave the right password and still owes the second factor."""
    half_viewer()


def half_viewer() -> Viewer:
    """The person who still owes the second factor, or Locked."""
    found = g.get("half_viewer") if current_viewer() is None else None
    if not isinstance(found, Viewer):
        raise Locked
    return found


def _one_of(viewer: Any, args: dict[str, Any], *roles: Role) -> None:
    signed_in(viewer, args)
    if viewer.role not in roles:
        raise NotVisible


__all__ = [
    "administrator",
    "half_signed_in",
    "half_viewer",
    "owner",
    "owner_or_worker",
    "signed_in",
    "viewer",
    "worker",
]
