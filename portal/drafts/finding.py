"""Where words lie that were typed and not sent, for their writer, who looks for them."""

import re
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import or_

from portal.access.finding import ME, Findable
from portal.core.languages import _
from portal.core.web import safe_next
from portal.drafts.models import Draft
from portal.drafts.shapes import DraftBody

_PAGES = {
    "message": "/messages/{}",
    "hello": "/messages/{}/hello",
    "agreement": "/dyads/{}/agreement",
}
"""The page of a form whose place is a noun with an id; others are the address of their page."""
_A_CHOICE = re.compile(r"[a-z0-9_:.-]*")
"""What a form sends for something that was chosen: nobody wrote it."""


def _path(place: str, _dyad_id: UUID | None) -> str:
    noun, *ids = place.split(":")
    return safe_next(_PAGES[noun].format((*ids, "")[0]) if noun in _PAGES else place)


def _words(body: DraftBody) -> Iterator[str]:
    for typed in body.fields.values():
        yield from (each for each in typed if not _A_CHOICE.fullmatch(each))


def _typed_at(body: DraftBody) -> str | None:
    return body.place or None


_HAS_A_PAGE = or_(Draft.place.startswith("/"), *(Draft.place.startswith(f"{n}:") for n in _PAGES))
FINDABLE = (
    Findable(
        _("Not sent yet"),
        Draft,
        DraftBody,
        Draft.id,
        _path,
        where=(Draft.owner_id == ME) & _HAS_A_PAGE,
        of=_typed_at,
        words=_words,
        named=Draft.place,
    ),
)
