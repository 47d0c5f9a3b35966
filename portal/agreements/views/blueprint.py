"""The blueprint of all pages of the agreement, and the way back to its first page."""

from typing import Any
from uuid import UUID

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response

from config import HelpNumber
from portal.core.guard import GuardedBlueprint
from portal.core.pages import render

agreements = GuardedBlueprint(
    "agreements", "portal.agreements.views", url_prefix="/dyads/<uuid:dyad_id>/agreement"
)


def to(page: str, dyad_id: UUID, **more: object) -> Response:
    """Go on to another page of the same agreement."""
    values: dict[str, object] = {"dyad_id": dyad_id, **more}
    return redirect(url_for(f"agreements.{page}", **values), 303)  # type: ignore[arg-type]  # Flask takes str names only


def show(template: str, **context: Any) -> str:
    """A page of the agreement; each knows the numbers to call when it cannot wait."""
    return render(f"agreements/{template}.html", numbers=_numbers(), **context)


def _numbers() -> tuple[HelpNumber, ...]:
    numbers: tuple[HelpNumber, ...] = current_app.config["SETTINGS"].service_numbers
    return numbers
