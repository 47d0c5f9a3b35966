"""What a slice says of its rows so that somebody can find their words again.

Nothing is indexed: rows are opened within the session and read (architecture, "Sealed rows").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Date, bindparam

from portal.access.visibility import may_see
from portal.core.db import RowId
from portal.vault.sealed import SealedRow

ME = bindparam("viewer_id", type_=RowId())
TODAY = bindparam("today", type_=Date())
"""The viewer, and their day, in a statement that is built once."""


@dataclass(frozen=True, slots=True)
class Findable:
    """One kind of row. ``name``: what to call the place, as a sentence in the reader's language.

    ``where``: which rows the viewer may open; by default those of a part that they may see.
    ``place``: the column whose value leads to the page; ``path(place, dyad_id)`` is that page, for
    the owner when ``dyad_id`` is None, else for the worker of that pair. ``named``: the column to
    take instead where the place has a name and no id.
    ``of``: for former wordings in the same table, whose page they stand on; it goes before the
    column. ``words``: what a body says, where its fields are not simply words (else all of them,
    without the ``silent`` ones, which hold a key). ``within``: for a body in which the words are
    closed once more; gives them, for a row's id and its body.
    """

    name: str
    table: type[SealedRow]
    body: type[msgspec.Struct]
    place: Any  # a mapped column of the table; SQLAlchemy's types cannot say that
    path: Callable[[Any, UUID | None], str]
    where: ColumnElement[bool] | None = None
    silent: frozenset[str] = frozenset()
    of: Callable[[Any], UUID | str | None] | None = None
    words: Callable[[Any], Iterable[str]] | None = None
    named: Any = None  # as place
    within: Callable[[UUID, Any], msgspec.Struct] | None = None

    @property
    def visible(self) -> ColumnElement[bool]:
        """The condition of what the viewer may open."""
        return may_see(self.table, ME) if self.where is None else self.where
