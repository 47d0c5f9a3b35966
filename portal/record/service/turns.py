"""What the first pages say of a pair's record, out of the one statement that they make anyway."""

from typing import Any

from sqlalchemy import Select, and_, select

from portal.access.models import Opening
from portal.dyads.models import Dyad
from portal.record import rules
from portal.record.models import RecordAsk, RecordPage
from portal.record.shapes import RecordTurn
from portal.vault.models import Part

_dyads: Any = Dyad.__table__
_pages: Any = RecordPage.__table__
_asks: Any = RecordAsk.__table__
_opened_in = (
    select(Opening.hour_at)
    .where(
        _pages.c.id.is_not(None),  # without a page nothing is looked for
        Opening.owner_id == _dyads.c.owner_id,
        Opening.viewer_id == _dyads.c.worker_id,
        Opening.part == Part.DYAD,
    )
    .order_by(Opening.hour_at.desc())
    .limit(1)
    .correlate(_pages, _dyads)
)
PAGE: tuple[Any, ...] = (
    _pages.c.id,
    _pages.c.made_at,
    _opened_in.scalar_subquery().label("opened_in"),
)
"""What ``turn_in`` needs of the newest page that stands; in which hour one was opened last."""
ASK: tuple[Any, ...] = (_asks.c.asked_at, _asks.c.reply, _asks.c.replied_at)
"""What ``turn_in`` needs of a worker's asking."""


def with_record(rows: Select[Any]) -> Select[Any]:
    """Beside each pair of a statement its newest page that stands, and its worker's asking."""
    one = _pages.alias("any_record_page")
    newest = (
        select(one.c.id)
        .where(one.c.dyad_id == _dyads.c.id, one.c.taken_back_at.is_(None))
        .order_by(one.c.made_at.desc(), one.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    with_page = rows.outerjoin(_pages, and_(_pages.c.id == newest))
    return with_page.outerjoin(_asks, _asks.c.dyad_id == _dyads.c.id)


def turn_in(page: Any, ask: Any) -> RecordTurn:
    """A pair's record, for a page that has its columns ``PAGE`` and ``ASK``."""
    is_unopened = rules.is_unopened(page.made_at, page.opened_in)
    now_stands = rules.asking(ask.asked_at, ask.reply, ask.replied_at)
    return RecordTurn(page.id, page.made_at, is_unopened, now_stands)
