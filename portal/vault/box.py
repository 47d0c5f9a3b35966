"""The box: a viewer's opened keys. It seals and opens rows, and nothing else does.

A row's place (table, id, owner, key, author) is bound into its envelope, so a sealed body that was
moved elsewhere does not open.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec

from portal.core.errors import Conflict, NotVisible
from portal.vault import keyring
from portal.vault.envelope import DoesNotOpen, close, unclose
from portal.vault.keyring import ClosedKey, KeyHandle
from portal.vault.keys import Bundle
from portal.vault.models import Audience, Part
from portal.vault.places import around_id, place_of
from portal.vault.sealed import SealedRow

log = logging.getLogger(__name__)
Body = TypeVar("Body", bound=msgspec.Struct)
Found = TypeVar("Found")
Made = TypeVar("Made")
_encode = msgspec.msgpack.Encoder().encode


class SealedFields(NamedTuple):
    """What is loaded or written of a sealed row instead of the whole entity."""

    id: UUID
    owner_id: UUID
    data_key_id: UUID
    author_id: UUID
    sealed: bytes


class Box:
    """The opened keys of one person, for as long as one request or one test step lasts."""

    def __init__(self, person_id: UUID, bundle: Bundle) -> None:
        self.person_id = person_id
        self._bundle = bundle
        self._keys: dict[UUID, KeyHandle] = {}
        self._closed: dict[UUID, ClosedKey] = {}
        self._asked: set[tuple[UUID, Part]] = set()
        self.is_something_closed = False

    def __repr__(self) -> str:
        return "<Box>"

    def own_key(self, part: Part, audience: Audience, *, now: datetime) -> KeyHandle:
        """The viewer's own key for a part and audience; made on first use.

        Where another request of theirs makes it at the same moment, both have the one that stands.
        """
        found = self._find(scope_id=self.person_id, part=part, audience=audience)
        if found is None:
            made = keyring.make_first_key(
                self._bundle, owner_id=self.person_id, part=part, audience=audience, now=now
            )
            self._asked.discard((self.person_id, part))
            found = made or self._find(scope_id=self.person_id, part=part, audience=audience)
        if found is None:
            raise Conflict  # one stands, but it does not hold good; the log says why
        return self.adopt(found)

    def present_key(self, part: Part) -> KeyHandle | None:
        """The viewer's own shared key in use: the newest that holds good; None without any."""
        return self._find(scope_id=self.person_id, part=part, audience=Audience.SHARED)

    def shared_key(self, owner_id: UUID, part: Part) -> KeyHandle:
        """Another owner's shared key for a part; raises NotVisible without a grant."""
        found = self._find(scope_id=owner_id, part=part, audience=Audience.SHARED)
        if found is None:
            raise NotVisible
        return found

    def dyad_key(self, dyad_id: UUID, *, between: frozenset[UUID]) -> KeyHandle:
        """The key of a dyad's shared words. ``between``: the two people who may have made it."""
        found = self._find(scope_id=dyad_id, part=Part.DYAD, audience=Audience.DYAD)
        strangers = {
            key.id
            for key in (*self._keys.values(), *self._closed.values())
            if key.scope_id == dyad_id and not {key.owner_id, key.signer_id} <= between
        }
        if strangers:
            self.forget(strangers)
            found = self._newest(dyad_id, Part.DYAD, Audience.DYAD)
        if found is None:
            raise NotVisible
        return found

    def make_dyad_key(
        self, dyad_id: UUID, *, owner_id: UUID, partner_id: UUID, now: datetime
    ) -> KeyHandle:
        """Make the key of a new dyad, for both of its people."""
        return self.adopt(
            keyring.make_key(
                self._bundle,
                owner_id=owner_id,
                signer_id=self.person_id,
                partner_id=partner_id,
                scope_id=dyad_id,
                part=Part.DYAD,
                audience=Audience.DYAD,
                now=now,
            )
        )

    def prefetch(self, *scopes: tuple[UUID, Part]) -> None:
        """Find all keys that the viewer holds for some (owner or dyad id, part); one query.

        What was asked for before is not asked again. Each is opened when it is first needed.
        """
        new = [scope for scope in scopes if scope not in self._asked]
        self._asked.update(new)
        for closed in keyring.held_keys(self.person_id, new) if new else ():
            if closed.id not in self._keys:
                self._closed[closed.id] = closed

    def adopt(self, handle: KeyHandle) -> KeyHandle:
        """Take an opened key in."""
        self._closed.pop(handle.id, None)
        self._keys[handle.id] = handle
        return handle

    def seal(self, row: SealedRow, body: msgspec.Struct, key: KeyHandle, *, now: datetime) -> None:
        """Seal a body into its row under a key; the row has its id and owner already."""
        known = vars(row)
        if known.get("author_id") is None:
            row.author_id = self.person_id
        if known.get("made_at") is None:
            row.made_at = now
        row.changed_at = now
        self._close(row, _encode(body), key)

    def sealed_fields(
        self,
        table: type[SealedRow],
        row_id: UUID,
        owner_id: UUID,
        body: msgspec.Struct,
        key: KeyHandle,
        *,
        author_id: UUID | None = None,
    ) -> SealedFields:
        """Seal a body for a row that is written as plain columns; without an author the viewer."""
        author_id = author_id or self.person_id
        place = place_of(str(table.__tablename__), row_id, owner_id, key.id, author_id)
        closed = close(key.secret, _encode(body), place, version=table.__body_version__)
        return SealedFields(row_id, owner_id, key.id, author_id, closed)

    def open(self, row: Any, body: type[Body], *, table: type[SealedRow] | None = None) -> Body:
        """Open a row's body. Core rows (SealedFields and the like) name their table.

        Raises NotVisible when the viewer holds no key for it or the envelope does not belong there.
        """
        opened: Body = _decoder(body).decode(self._unclose(row, table or type(row)))
        return opened

    def open_run(
        self, rows: Iterable[Any], body: type[Body], *, table: type[SealedRow], owner_id: UUID
    ) -> list[Body | None]:
        """Open many rows of one owner; None in the place of each that does not open.

        The rows begin with ``id``, ``data_key_id``, ``author_id`` and ``sealed``.
        """
        found: list[Body | None] = []
        decode, name = _decoder(body).decode, str(table.__tablename__)
        known: dict[tuple[int, int], tuple[bytes, bytes, bytes]] = {}
        for row in rows:
            row_id, key_id, author_id, sealed = row[:4]
            try:
                place = known.get((key_id.int, author_id.int))
                if place is None:
                    around = around_id(name, owner_id, key_id, author_id)
                    place = (self._key_for(table, key_id, owner_id).secret, *around)
                    known[key_id.int, author_id.int] = place
                key, before, after = place
                found.append(decode(unclose(key, sealed, before + row_id.bytes + after)[1]))
            except NotVisible:
                found.append(None)
            except DoesNotOpen:
                _log_closed(name, row_id)
                found.append(None)
        return found

    def each(self, found: Iterable[Found], make: Callable[[Found], Made]) -> Iterator[Made]:
        """What ``make`` gives of each; one that does not open is passed over.

        So a single row that was damaged or moved never takes a whole page away. The page says
        that something is missing (``is_something_closed``), and the log has the ids.
        """
        for row in found:
            try:
                yield make(row)
            except NotVisible:
                self.is_something_closed = True
                log.error("passed over on a page", extra={"person": self.person_id})

    def move(self, row: SealedRow, key: KeyHandle) -> None:
        """Seal the same body under another key: kept to oneself, shared, or a new epoch."""
        if row.data_key_id != key.id:
            self._close(row, self._unclose(row, type(row)), key)

    def sign(self, data: bytes) -> bytes:
        """Sign bytes as this person."""
        return self._bundle.sign(data)

    def open_sealed(self, sealed: bytes) -> bytes:
        """Open what was sealed to this person's public key."""
        return self._bundle.open_sealed(sealed)

    def bundle_for_rewrap(self) -> Bundle:
        """The bundle, for the vault's and accounts' own verbs that close it anew. Nowhere else."""
        return self._bundle

    def _close(self, row: SealedRow, body: bytes, key: KeyHandle) -> None:
        table = type(row)
        name = str(table.__tablename__)
        place = place_of(name, row.id, row.owner_id, key.id, row.author_id)
        row.sealed = close(key.secret, body, place, version=table.__body_version__)
        row.data_key_id = key.id

    def _unclose(self, row: Any, table: type[SealedRow]) -> bytes:
        name = str(table.__tablename__)
        place = place_of(name, row.id, row.owner_id, row.data_key_id, row.author_id)
        try:
            key = self._key_for(table, row.data_key_id, row.owner_id)
            return unclose(key.secret, row.sealed, place)[1]
        except DoesNotOpen as problem:
            _log_closed(name, row.id)
            raise NotVisible from problem

    def _key_for(self, table: type[SealedRow], data_key_id: UUID, owner_id: UUID) -> KeyHandle:
        """A row's key: its owner's, of its part or private. Others hand keys of their own over."""
        key = self._keys.get(data_key_id) or self._key(data_key_id)
        is_of_part = key.part is table.__part__ or key.audience is Audience.ONLY_ME
        if key.owner_id != owner_id or not is_of_part:
            raise DoesNotOpen("a key of another owner or part")
        return key

    def _key(self, data_key_id: UUID) -> KeyHandle:
        """A key that was not needed before: one already found, or asked for by its id."""
        handle = self._open_found(data_key_id)
        if handle is None:
            handle = keyring.held_key(self._bundle, self.person_id, data_key_id)
        if handle is None:
            raise NotVisible
        return self.adopt(handle)

    def _open_found(self, data_key_id: UUID) -> KeyHandle | None:
        closed = self._closed.pop(data_key_id, None)
        return None if closed is None else keyring.open_key(self._bundle, closed)

    def _find(self, *, scope_id: UUID, part: Part, audience: Audience) -> KeyHandle | None:
        found = self._newest(scope_id, part, audience)
        if found is None:
            self.prefetch((scope_id, part))
            found = self._newest(scope_id, part, audience)
        return found

    def _newest(self, scope_id: UUID, part: Part, audience: Audience) -> KeyHandle | None:
        """The newest key for this that holds good; one that does not is passed over."""
        wanted = (scope_id, part, audience)
        while True:
            here = [
                key
                for key in (*self._keys.values(), *self._closed.values())
                if (key.scope_id, key.part, key.audience) == wanted
            ]
            newest = max(here, key=lambda key: key.epoch, default=None)
            if newest is None:
                return None
            known = self._keys.get(newest.id)
            handle = known or self._open_found(newest.id)
            if handle is not None:
                return known or self.adopt(handle)

    def forget(self, handles: Iterable[UUID]) -> None:
        """Drop keys that are no longer in use (after a new epoch)."""
        for data_key_id in handles:
            self._keys.pop(data_key_id, None)
            self._closed.pop(data_key_id, None)


@cache
def _decoder(body: type[Any]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(body)


def _log_closed(table: str, row_id: UUID) -> None:
    """A line in the log, with ids alone."""
    log.error("sealed row does not open", extra={"table": table, "row": row_id})
