"""Finding one's pairs, and the key under which the two write."""

import logging
from collections.abc import Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, or_, select, update

from portal.access.service import lets_see
from portal.core.db import Base, db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.core.rows import Several, read, write
from portal.dyads.models import IS_LIVE, Dyad, DyadState, Pin
from portal.dyads.shapes import DyadBody, DyadCard, PinBody
from portal.vault.identity import Tampered, check_identity
from portal.vault.keyring import KeyHandle
from portal.vault.link_seal import acceptance_holds
from portal.vault.models import Identity, Part
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)
Model = TypeVar("Model", bound=Base)
Parts = Part | tuple[Part, ...]

ENDED = _("You two do not write here any more. What was written stays.")
NAMELESS = DyadBody(owner_name=_("Somebody"), worker_name=_("Somebody"))
UNKNOWN_KEYS = _(
    "We cannot be sure that this is the same person as before. "
    "So nothing new is written or shared. Please talk with the people who run this portal."
)


def in_dyad(model: type[Model], viewer: Viewer) -> Select[Model]:
    """Rows that belong to the viewer's pairs (the table has ``dyad_id``); not ordered.

    A worker sees them while the pair lives; the owner for ever.
    """
    table: Any = model  # every such table has dyad_id; SQLAlchemy has no type for that
    rows: Select[Model] = select(table).join(Dyad, Dyad.id == table.dyad_id)
    return rows.where(is_member(viewer.person_id))


def is_member(person_id: Any) -> ColumnElement[bool]:
    """The condition behind ``in_dyad``, for statements built once (a bind parameter will do)."""
    at_work = and_(_dyads.c.worker_id == person_id, IS_LIVE)
    return or_(_dyads.c.owner_id == person_id, at_work)


def dyad_for(viewer: Viewer, dyad_id: UUID, *, opening: Parts = ()) -> DyadCard:
    """One pair of the viewer's; NotVisible when it is not theirs (two queries).

    Afterwards everything that the two wrote opens with the viewer's box; and the owner's part
    (or parts) named in ``opening``, as far as the viewer holds its keys (drafts: the viewer's own).
    """
    found = read(_ONE, {"me": viewer.person_id, "dyad_id": dyad_id})
    if not found:
        raise NotVisible
    rows = [_PAIR.of(row) for row in found]
    _open_keys(viewer, rows, opening)
    return _card(viewer, rows[0])


def dyads_of(viewer: Viewer, *, opening: Parts = ()) -> list[DyadCard]:
    """The viewer's pairs (two queries): those that live, oldest first, then those that ended.

    A pair whose row does not open stands there nameless and not trusted for its owner, who can end
    it, and is left out for a worker; the log says which. ``opening`` as in ``dyad_for``.
    """
    found = read(_ALL, {"me": viewer.person_id})
    return _cards(viewer, found, opening)


def dyads_and_sights(
    viewer: Viewer, part: Part, *, opening: Parts = ()
) -> tuple[list[DyadCard], frozenset[UUID]]:
    """The pairs as ``dyads_of`` gives them, and the ids of the workers who see a part of theirs.

    For owners, and as few queries: two.
    """
    found = read(_ALL_AND_SIGHTS, {"me": viewer.person_id, "part": part})
    sights = frozenset(row.worker_id for row in found if row.is_seeing)
    return _cards(viewer, found, opening), sights


def dyad_key(viewer: Viewer, dyad: DyadCard | UUID) -> KeyHandle:
    """The key under which the two write, for sealing something new.

    Reading needs no more than ``dyad_for``. Raises Conflict when the pair has ended, or when the
    partner's public keys are not the pinned ones.
    """
    card = dyad if isinstance(dyad, DyadCard) else dyad_for(viewer, dyad)
    if not card.is_live:
        raise Conflict(ENDED)
    if not card.is_trusted:
        raise Conflict(UNKNOWN_KEYS)
    return viewer.box.dyad_key(card.id, between=frozenset((card.owner_id, card.worker_id)))


def hold(dyad_id: UUID) -> None:
    """Nobody ends the pair before this work is kept; Conflict when somebody just has.

    For whatever is written, shared or changed between the two. Two who do so at one moment come
    one after the other, so whoever is second reads anew what they decide on.
    """
    if not write(_HOLD, {"held_id": dyad_id}):
        raise Conflict(ENDED)


def while_held(*values: ColumnElement[Any]) -> Select[Any]:
    """One row of values for an INSERT, there only while the pair lives; it holds as ``hold`` does.

    It asks for ``held_id``. Nothing written may also mean that the pair has ended: ``hold`` says.
    """
    return select(*values).select_from(_dyads).where(*_LIVES).with_for_update()


def trusted_identity(viewer: Viewer, card: DyadCard, identity: Identity) -> None:
    """Refuse a partner's identity that is not the pinned one; for whoever hands over a key."""
    pin = db.session.scalar(
        select(Pin).where(Pin.owner_id == viewer.person_id, Pin.dyad_id == card.id)
    )
    proof = db.session.scalar(select(Dyad.proof).where(Dyad.id == card.id))
    if identity.person_id != card.partner_id or not _is_pinned(
        viewer, card.id, pin, proof, identity
    ):
        raise Conflict(UNKNOWN_KEYS)


def _statement(*conditions: ColumnElement[bool]) -> Select[Any]:
    me = bindparam("me", type_=_dyads.c.owner_id.type)
    partner_id = case((_dyads.c.owner_id == me, _dyads.c.worker_id), else_=_dyads.c.owner_id)
    return (
        select(*_PAIR.columns)
        .select_from(_dyads)
        .outerjoin(_pins, and_(_pins.c.dyad_id == _dyads.c.id, _pins.c.owner_id == me))
        .outerjoin(_identities, _identities.c.person_id == partner_id)
        .where(is_member(me), *conditions)
    )


_dyads: Any = Dyad.__table__
_pins: Any = Pin.__table__
_identities: Any = Identity.__table__
_PAIR = Several(dyad=_dyads.c, pin=_pins.c, partner=_identities.c)
_ALL = _statement()
_ALL_AND_SIGHTS = _statement().add_columns(
    lets_see(_dyads.c.owner_id, _dyads.c.worker_id, bindparam("part")).label("is_seeing")
)
_ONE = _statement(_dyads.c.id == bindparam("dyad_id", type_=_dyads.c.id.type))
_LIVES = (
    _dyads.c.id == bindparam("held_id", type_=_dyads.c.id.type),
    IS_LIVE,
)
_HOLD = update(_dyads).where(*_LIVES).values(state=DyadState.LIVE)


def _cards(viewer: Viewer, found: Sequence[Any], opening: Parts) -> list[DyadCard]:
    rows = [_PAIR.of(row) for row in found]
    if not rows:
        return []
    _open_keys(viewer, rows, opening)
    cards = [card for card in (_card_or_none(viewer, row) for row in rows) if card]
    return sorted(cards, key=lambda card: (not card.is_live, card.made_at))


def _open_keys(viewer: Viewer, rows: Sequence[Any], also: Parts = ()) -> None:
    scopes = {(viewer.person_id, Part.PROFILE), *((row.dyad.id, Part.DYAD) for row in rows)}
    for part in (also,) if isinstance(also, Part) else also:
        own = part is Part.DRAFTS
        scopes |= {(viewer.person_id if own else row.dyad.owner_id, part) for row in rows}
    viewer.box.prefetch(*scopes)
    for row in rows:
        both = frozenset((row.dyad.owner_id, row.dyad.worker_id))
        try:
            viewer.box.dyad_key(row.dyad.id, between=both)
        except (NotVisible, Tampered):
            log.error(  # ids only, a trace would say no more
                "no key of this dyad", extra={"dyad": row.dyad.id}
            )


def _card_or_none(viewer: Viewer, row: Any) -> DyadCard | None:
    try:
        return _card(viewer, row)
    except NotVisible:
        return None


def _card(viewer: Viewer, row: Any) -> DyadCard:
    dyad = row.dyad
    is_owner = dyad.owner_id == viewer.person_id
    names = _names(viewer, row)
    codes = (dyad.owner_confirmed_code_at, dyad.worker_confirmed_code_at)
    mine, theirs = codes if is_owner else codes[::-1]
    return DyadCard(
        id=dyad.id,
        owner_id=dyad.owner_id,
        worker_id=dyad.worker_id,
        owner_name=names.owner_name,
        worker_name=names.worker_name,
        worker_title=names.worker_title,
        is_owner=is_owner,
        is_live=dyad.state is DyadState.LIVE,
        is_trusted=names is not NAMELESS and _is_trusted(viewer, row),
        made_at=dyad.made_at,
        ended_at=dyad.ended_at,
        ended_by_me=dyad.ended_by == viewer.person_id,
        is_end_seen=dyad.end_seen_at is not None,
        i_confirmed_code_at=mine,
        partner_confirmed_code_at=theirs,
    )


def _names(viewer: Viewer, row: Any) -> DyadBody:
    """How the two call themselves. An owner sees a pair that does not open too: to end it."""
    try:
        return viewer.box.open(row.dyad, DyadBody, table=Dyad)
    except NotVisible:
        if row.dyad.owner_id != viewer.person_id:
            raise
        return NAMELESS


def _is_trusted(viewer: Viewer, row: Any) -> bool:
    if row.partner.person_id is None:
        return False
    identity = cast("Identity", row.partner)
    try:
        check_identity(identity)
    except Tampered:
        return False
    pin = row.pin if row.pin.id is not None else None
    return _is_pinned(viewer, row.dyad.id, pin, row.dyad.proof, identity)


def _is_pinned(
    viewer: Viewer, dyad_id: UUID, pin: Any, proof: bytes | None, identity: Identity
) -> bool:
    """Whether the partner's public keys are those of the pin, or of who accepted with the link."""
    body = _pinned(viewer, pin)
    if body is None or body.dyad_id != dyad_id:
        holds = False
    elif body.partner_id is None:
        holds = acceptance_holds(proof, body.link, dyad_id=dyad_id, accepted_by=identity)
    else:
        pinned = (body.partner_id, body.opening_public, body.signing_public)
        holds = pinned == (identity.person_id, identity.opening_public, identity.signing_public)
    if not holds:
        log.error("partner's keys are not the pinned ones", extra={"dyad": dyad_id})
    return holds


def _pinned(viewer: Viewer, pin: Any) -> PinBody | None:
    try:
        return viewer.box.open(pin, PinBody, table=Pin) if pin is not None else None
    except NotVisible:
        return None
