"""The blueprint of all pages of the agreement, and the way back to its first page."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.core.guard import GuardedBlueprint

agreements = GuardedBlueprint(
    "agreements", "portal.agreements.views", url_prefix="/dyads/<uuid:dyad_id>/agreement"
)


def to(page: str, dyad_id: UUID, **more: object) -> Response:
    """Go on to another page of the same agreement."""
    values: dict[str, object] = {"dyad_id": dyad_id, **more}
    return redirect(url_for(f"agreements.{page}", **values), 303)  # type: ignore[arg-type]  # Flask takes str names only
