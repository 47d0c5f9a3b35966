"""The statements that read life domains, built once. All start from what the viewer may see.

A page is one statement: entries, and beside them the names and the arrangement of the domains.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.access.service import may_see
from portal.core.db import RowId
from portal.life_domains.models import ArrangementRow, DomainRow, EntryRow
from portal.vault.models import DataKey
from portal.vault.sealed import SealedRow, columns_of

ENTRY, DOMAIN, ARRANGEMENT = "entry", "domain", "arrangement"
"""The kinds of rows, in the last column."""

SETTINGS_KINDS = frozenset({DOMAIN, ARRANGEMENT})

_VIEWER = bindparam("viewer_id", type_=RowId())
_OWNER = bindparam("owner_id", type_=RowId())
_DOMAIN = bindparam("domain_id", type_=RowId())


def _rows(table: type[SealedRow], domain_id: Any, kind: str) -> Select[Any]:
    return (
        select(
            *columns_of(table),
            DataKey.audience.label("audience"),
            domain_id.label("domain_id"),
            literal(kind).label("kind"),
        )
        .join(DataKey, DataKey.id == table.data_key_id)
        .where(table.owner_id == _OWNER, may_see(table, _VIEWER))
    )


_SETTINGS = (
    _rows(DomainRow, DomainRow.id, DOMAIN),
    _rows(ArrangementRow, ArrangementRow.id, ARRANGEMENT),
)


def _with_settings(*wanted: ColumnElement[bool]) -> Any:
    newest = _rows(EntryRow, EntryRow.domain_id, ENTRY).where(*wanted)
    newest = newest.order_by(EntryRow.made_at.desc(), EntryRow.id.desc()).limit(bindparam("size"))
    page = newest.cte("page")
    return union_all(select(*page.c), *_SETTINGS)


_LAST = aliased(EntryRow)
_LAST_IN_DOMAIN = and_(
    _LAST.id == bindparam("before_id", type_=RowId()), _LAST.domain_id == _DOMAIN
)
_AT = select(_LAST.made_at).where(_LAST_IN_DOMAIN).scalar_subquery()
_ID = select(_LAST.id).where(_LAST_IN_DOMAIN).scalar_subquery()
_OLDER = or_(EntryRow.made_at < _AT, and_(EntryRow.made_at == _AT, EntryRow.id < _ID))

SETTINGS = union_all(*_SETTINGS)
ALL = _with_settings()
IN_DOMAIN = _with_settings(EntryRow.domain_id == _DOMAIN)
OLDER_IN_DOMAIN = _with_settings(EntryRow.domain_id == _DOMAIN, _OLDER)
