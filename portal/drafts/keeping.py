"""The hidden token by which a form's words find their way home, even after the session has ended.

The token names the person and the place, signed by the server. A form with a password in it carries
none: passwords are never kept.
"""

import base64
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from flask import current_app, request
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from portal.core.forms import KEEP_FIELD, NOT_KEPT
from portal.core.guard import current_viewer
from portal.core.work import unit_of_work
from portal.drafts import service
from portal.drafts.shapes import Fields
from portal.vault.canonical import canonical
from portal.vault.server_seal import server_mac, server_mac_holds

_PURPOSE = b"keep token"
_LONGEST_PLACE = 200
_GOOD_FOR = timedelta(days=30)
"""As long as somebody may stay signed in at most (accounts)."""


class KeepToken(NamedTuple):
    """Whose form it is, which, and the day on which its page was made."""

    person_id: UUID
    place: str
    on: date


class DraftStore:
    """What ``PortalForm`` uses: give words back, drop them, make the token."""

    def token(self, place: str) -> str:
        """The signed token for a place and the person signed in; empty when nobody is."""
        viewer = current_viewer()
        if viewer is None:
            return ""
        return make_token(viewer.person_id, place, viewer.now.date())

    def read(self, token: str) -> tuple[str, bool]:
        """The place that a token of this person names, and whether it is another person's token."""
        viewer, found = current_viewer(), read_token(token)
        if viewer is None or found is None:
            return "", False
        is_theirs = found.person_id == viewer.person_id
        return (found.place if is_theirs else ""), not is_theirs

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


def make_token(person_id: UUID, place: str, on: date) -> str:
    """Sign who and where, and the day of the page."""
    data = canonical(person_id, place, on.toordinal())
    tag = base64.urlsafe_b64encode(server_mac(data, purpose=_PURPOSE)).decode().rstrip("=")
    return f"{person_id.hex}.{tag}.{on.toordinal()}.{place}"


def read_token(token: str) -> KeepToken | None:
    """Who, where and when, or None when this server did not sign it."""
    person, tag, day, place = (*token.split(".", 3), "", "", "")[:4]
    try:
        person_id, on = UUID(hex=person), date.fromordinal(int(day))
        given = base64.urlsafe_b64decode(tag + "=" * (-len(tag) % 4))
    except (ValueError, OverflowError):
        return None
    if not place or len(place) > _LONGEST_PLACE:
        return None
    data = canonical(person_id, place, on.toordinal())
    holds = server_mac_holds(given, data, purpose=_PURPOSE)
    return KeepToken(person_id, place, on) if holds else None


def keep_what_was_typed() -> bool:
    """Keep the words of the form in this request, which could not be taken in. True when kept.

    Whoever saw the page once holds its token. So it is good for a time only, and takes the place of
    words that wait there only where the browser is the one that the page was made for.
    """
    found, now = read_token(request.form.get(KEEP_FIELD, "")), datetime.now(UTC)
    fields = typed_fields()
    if found is None or not any(any(each) for each in fields.values()):
        return False
    if now.date() - found.on > _GOOD_FOR:
        return False
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy
    is_theirs = _is_same_browser()
    with unit_of_work(app):
        return service.keep_late(found.person_id, found.place, fields, now, may_replace=is_theirs)


def _is_same_browser() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def typed_fields() -> Fields:
    """The fields of the form in this request, without tokens and secrets."""
    return {
        name: values
        for name, values in request.form.lists()
        if name not in NOT_KEPT and "password" not in name
    }
