"""The hidden token by which a form's words find their way home, even after the session has ended.

The token names the person and the place, signed by the server. A form with a password in it carries
none: passwords are never kept.
"""

import base64
from datetime import UTC, datetime
from uuid import UUID

from flask import current_app, request
from werkzeug.datastructures import MultiDict

from portal.core.forms import KEEP_FIELD, NOT_KEPT
from portal.core.guard import current_viewer
from portal.core.work import unit_of_work
from portal.drafts import service
from portal.drafts.shapes import Fields
from portal.vault.canonical import canonical
from portal.vault.server_seal import server_mac, server_mac_holds

_PURPOSE = b"keep token"
_LONGEST_PLACE = 200


class DraftStore:
    """What ``PortalForm`` uses: give words back, drop them, make the token."""

    def token(self, place: str) -> str:
        """The signed token for a place and the person signed in; empty when nobody is."""
        viewer = current_viewer()
        return make_token(viewer.person_id, place) if viewer is not None else ""

    def place_in(self, token: str) -> str:
        """The place that a token names, for the person signed in; empty when it is not theirs."""
        viewer, found = current_viewer(), read_token(token)
        return found[1] if viewer and found and found[0] == viewer.person_id else ""

    def is_of_another(self, token: str) -> bool:
        """Whether the token names somebody else than the person signed in."""
        viewer, found = current_viewer(), read_token(token)
        return bool(viewer and found and found[0] != viewer.person_id)

    def words(self, place: str) -> MultiDict[str, str] | None:
        """What was typed at a place and not sent; None when nothing."""
        viewer = current_viewer()
        fields = service.draft_words(viewer, place) if viewer is not None else None
        return MultiDict(fields) if fields else None

    def drop(self, place: str) -> None:
        """The form was taken in; drop its draft."""
        viewer = current_viewer()
        if viewer is not None:
            service.drop_draft(viewer, place)


def make_token(person_id: UUID, place: str) -> str:
    """Sign who and where."""
    data = canonical(person_id, place)
    tag = base64.urlsafe_b64encode(server_mac(data, purpose=_PURPOSE)).decode().rstrip("=")
    return f"{person_id.hex}.{tag}.{place}"


def read_token(token: str) -> tuple[UUID, str] | None:
    """Who and where, or None when this server did not sign it."""
    person, _, rest = token.partition(".")
    tag, _, place = rest.partition(".")
    try:
        person_id = UUID(hex=person)
        given = base64.urlsafe_b64decode(tag + "=" * (-len(tag) % 4))
    except ValueError:
        return None
    if not place or len(place) > _LONGEST_PLACE:
        return None
    holds = server_mac_holds(given, canonical(person_id, place), purpose=_PURPOSE)
    return (person_id, place) if holds else None


def keep_what_was_typed() -> bool:
    """Keep the words of the form in this request, which could not be taken in. True when kept."""
    found = read_token(request.form.get(KEEP_FIELD, ""))
    fields = typed_fields()
    if found is None or not any(any(each) for each in fields.values()):
        return False
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy
    with unit_of_work(app):
        service.keep_late(*found, fields, datetime.now(UTC))
    return True


def typed_fields() -> Fields:
    """The fields of the form in this request, without tokens and secrets."""
    return {
        name: values
        for name, values in request.form.lists()
        if name not in NOT_KEPT and "password" not in name
    }
