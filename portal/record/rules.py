"""Pure decisions about pages for the record; no database, no clock."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from portal.core.sheet import Block, Facts, Points, Sheet, Words
from portal.record.shapes import Ask, Asking, Reply

HOUR = timedelta(hours=1)


def asking(asked_at: datetime | None, reply: Reply | None, replied_at: datetime | None) -> Ask:
    """How a worker's asking stands, and since when."""
    if asked_at is None:
        return Ask()
    if reply is None:
        return Ask(Asking.WAITING, asked_at)
    standing = Asking.NOT_NOW if reply is Reply.NOT_NOW else Asking.MADE
    return Ask(standing, replied_at)


def may_ask(ask: Ask, last_met_at: datetime | None) -> bool:
    """Whether a worker can ask: once, and again when a page came of it.

    After a "not now" it is for the two to talk: so again once they have met since.
    """
    if ask.standing is Asking.NOT_NOW:
        return last_met_at is not None and ask.since is not None and last_met_at > ask.since
    return ask.standing is not Asking.WAITING


def is_unopened(approved_at: datetime | None, opened_in: datetime | None) -> bool:
    """Whether the worker has not opened the newest page yet, as far as the owner's log knows.

    The log keeps the hour: a page that was approved within that hour counts as opened.
    """
    if approved_at is None:
        return False
    return opened_in is None or opened_in + HOUR <= approved_at


def mark_of(sheet: Sheet) -> str:
    """A mark of everything on a sheet: it changes when any of it does."""
    return hashlib.sha256(msgspec.json.encode(sheet)).hexdigest()


def as_text(sheet: Sheet, of: str) -> str:
    """A sheet as plain text, to copy into another system. ``of``: the line under the title."""
    parts = [f"{sheet.title}\n{of}", sheet.lead]
    for section in sheet.sections:
        head = "\n".join(filter(None, (section.title, section.note)))
        parts.append("\n".join((head, *_lines(section.blocks))))
    return "\n\n".join(part for part in (*parts, sheet.foot) if part)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Words):
            yield block.text
        elif isinstance(block, Points):
            yield from (f"- {item}" for item in block.items)
        elif isinstance(block, Facts):
            yield from (f"{term}:{_beside(text)}" for term, text in block.rows)


def _beside(text: str) -> str:
    """What a fact says: beside its name, or below it where it has several lines."""
    return ("\n" if "\n" in text else " ") + text
