"""How the two call themselves, kept up to date under the key of the two."""

from contextlib import suppress

import msgspec
from sqlalchemy import select

from portal.accounts.service.people import profile_body
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.dyads.models import Dyad, Pin
from portal.dyads.service.pairs import dyad_key, dyads_of
from portal.dyads.shapes import DyadBody, DyadCard, PinBody
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer


def rename_in_dyads(viewer: Viewer, name: str, *, title: str | None = None) -> None:
    """Say the viewer's new name (and a worker's title) to everybody they are a pair with."""
    for card in dyads_of(viewer):
        if not card.may_write:
            continue
        row = db.session.get_one(Dyad, card.id)
        body = viewer.box.open(row, DyadBody)
        if viewer.is_worker:
            shown = body.worker_title if title is None else title
            body = msgspec.structs.replace(body, worker_name=name, worker_title=shown)
        else:
            body = msgspec.structs.replace(body, owner_name=name)
        viewer.box.seal(row, body, dyad_key(viewer, card), now=viewer.now)


def own_title(viewer: Viewer) -> str:
    """The title that a worker gives themselves; an owner has none."""
    return profile_body(viewer.box).title if viewer.is_worker else ""


def remember_partners(viewer: Viewer) -> None:
    """At a worker's sign-in: know by name whom they have, should one of them end it.

    Whoever invited has no name in their own note of the pair, and after an end the words of the two
    are closed to the worker. A note that does not open keeps nobody out; the log says which.
    """
    live = {card.id: card for card in dyads_of(viewer) if card.is_live} if viewer.is_worker else {}
    rows = db.session.scalars(
        select(Pin).where(Pin.owner_id == viewer.person_id, Pin.dyad_id.in_(live))
    )
    for row in rows.all() if live else ():
        with suppress(NotVisible):
            _remember(viewer, row, live[row.dyad_id].partner_name)


def remember_partner(viewer: Viewer, card: DyadCard) -> None:
    """Write the partner's name into the viewer's own note of the pair."""
    row = db.session.scalar(
        select(Pin).where(Pin.owner_id == viewer.person_id, Pin.dyad_id == card.id)
    )
    if row is not None:
        _remember(viewer, row, card.partner_name)


def _remember(viewer: Viewer, row: Pin, name: str) -> None:
    body = viewer.box.open(row, PinBody)
    if body.partner_name == name:
        return
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    named = msgspec.structs.replace(body, partner_name=name)
    viewer.box.seal(row, named, key, now=viewer.now)
