"""Lists of threads: who waits for whom, since when, until when. Nothing private is in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal.core.rows import in_sizes, one_of, places, read
from portal.dyads.service import dyads_of
from portal.dyads.shapes import DyadCard
from portal.messaging.models import Thread
from portal.messaging.shapes import News, Outcome, ThreadCard
from portal.vault.viewer import Viewer


def threads_of(viewer: Viewer, dyads: list[DyadCard] | None = None) -> list[ThreadCard]:
    """A card for each of the viewer's dyads, also where nothing was written yet.

    Those with something new or waiting first, the nearest answer-by moment first among them, then
    those that live, then those that ended. One query, and the two of ``dyads_of`` unless its list
    is given.
    """
    dyads = dyads_of(viewer) if dyads is None else dyads
    statement, size = _marks(len(dyads))
    rows = read(statement, places("dyad", [dyad.id for dyad in dyads], size))
    marks = {row.dyad_id: row for row in rows}
    cards = [card_in(dyad, marks.get(dyad.id), viewer.now) for dyad in dyads]
    return sorted(cards, key=_rank)


def card_in(dyad: DyadCard, row: Any, now: datetime) -> ThreadCard:
    """A dyad's card, from a row with the columns of ``MARKS``; None where nothing was written."""
    news_at = None
    if row is not None:
        news_at = min(
            (at for at in (row.reply_news_at, row.outcome_news_at) if at and at <= now),
            default=None,
        )
    due_at = row.waits_due_at if row else None
    since = _past(row.waits_since, now) if row else None
    return ThreadCard(
        dyad_id=dyad.id,
        partner_id=dyad.partner_id,
        partner_name=dyad.partner_name,
        partner_title=dyad.partner_title,
        is_owner=dyad.is_owner,
        is_live=dyad.is_live,
        last_number=row.last_number if row else 0,
        news=_news(row, now) if dyad.is_owner and news_at else None,
        waits_since=since,
        unopened_since=_past(row.waits_unopened_since, now) if row else None,
        due_at=due_at if since else None,
        is_late=since is not None and due_at is not None and due_at <= now,
        knock_since=_past(row.waits_knock_since, now) if row else None,
        phone_since=_past(row.waits_phone_since, now) if row else None,
        worker_wrote_at=row.worker_wrote_at if row else None,
    )


def _news(row: Any, now: datetime) -> News:
    """The newest of what is new: the worker's words, or their last press."""
    wrote_at = _past(row.reply_news_at, now)
    if wrote_at is not None:
        wrote_at = _past(row.worker_wrote_at, now) or wrote_at
    if row.outcome_news_at is None or (wrote_at and wrote_at >= (row.said_at or wrote_at)):
        return News(wrote_at or now, Outcome.ANSWERED)
    return News(row.said_at or row.outcome_news_at, row.said, row.said_due_at)


def _past(at: datetime | None, now: datetime) -> datetime | None:
    """What can still be taken back is not there yet."""
    return at if at is not None and at <= now else None


def _rank(card: ThreadCard) -> tuple[bool, bool, bool, float, str]:
    is_calling = card.is_waiting if not card.is_owner else card.news is not None
    due_at = card.due_at.timestamp() if card.due_at else float("inf")
    return (not card.is_live, not is_calling, not card.is_late, due_at, card.partner_name)


_THREAD = Thread.__table__.c
MARKS: tuple[Any, ...] = (
    _THREAD.dyad_id,
    _THREAD.last_number,
    _THREAD.worker_wrote_at,
    _THREAD.waits_since,
    _THREAD.waits_unopened_since,
    _THREAD.waits_due_at,
    _THREAD.waits_knock_since,
    _THREAD.waits_phone_since,
    _THREAD.reply_news_at,
    _THREAD.outcome_news_at,
    _THREAD.said,
    _THREAD.said_at,
    _THREAD.said_due_at,
)


@in_sizes
def _marks(size: int) -> Select[Any]:
    return select(*MARKS).where(one_of(_THREAD.dyad_id, "dyad", size))
