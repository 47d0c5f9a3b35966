"""Handing over: letters leave the database here, so here a lease guards them.

The order is *claim, hand over, mark as sent*, each in a transaction of its own. A job killed before
the hand-over leaves a lease that runs out, and the letter goes out then. Killed between hand-over
and mark, the letter is handed over once more with the same Message-ID (and file name), which
mailboxes know as the same mail: better the same nudge twice at worst than one lost. A job that is
slow stops before its lease ends, so no letter is ever in two hands.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from portal.accounts.models import Person
from portal.accounts.service import address_of
from portal.core.clock import Reading, local_day
from portal.core.dates import Local
from portal.core.db import db
from portal.core.mail import Mail, MailNotSent, PostOffice
from portal.core.pages import render_for
from portal.notifications.hooks import readings_of
from portal.notifications.models import Letter, LinkLetter, Notice, NoticeSettings
from portal.notifications.rules import AT_ANY_HOUR, allowed_from, pause_after, reads_from
from portal.notifications.service.choosing import CHOSEN, choices_in, zone_named
from portal.notifications.service.linking import open_link
from portal.notifications.service.statements import BATCH, run, table_of, take
from portal.notifications.shapes import Claimed, HandedOver, LetterState, NoticeState
from portal.vault.envelope import DoesNotOpen
from portal.vault.viewer import Role

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
LONGEST_HAND_OVER = timedelta(minutes=2)
HOME = "/"


class Portal(NamedTuple):
    """What a letter must know about this portal: its address, and its own zone and language."""

    public_url: str
    local: Local


def claim_letters(now: datetime) -> list[Claimed]:
    """Take a batch of letters that are due, those first that somebody has just asked for."""
    claimed = _claim(LinkLetter, now)
    return claimed if len(claimed) == BATCH else claimed + _claim(Letter, now)


def hand_over(claimed: Claimed, office: PostOffice, portal: Portal, now: datetime) -> HandedOver:
    """Hand one letter over and mark it, or put it off. Says what came of it."""
    if now > claimed.lease_until - LONGEST_HAND_OVER:
        return HandedOver.NOT_OURS
    outcome = _write(claimed, portal, now)
    if isinstance(outcome, Mail):
        outcome = _post(office, outcome)
    if outcome is HandedOver.SENT:
        _mark_sent(claimed, now)
    if outcome in (HandedOver.LATER, HandedOver.SERVER_AWAY):
        put_off([claimed], now)
    return outcome


def put_off(claimed: Iterable[Claimed], now: datetime) -> None:
    """Let go of letters that could not be handed over; each is tried again after a pause."""
    for each in claimed:
        table = _table(each)
        db.session.execute(
            update(table)
            .where(table.id == each.id, *_still_ours(table, each))
            .values(due_at=now + pause_after(each.attempts), lease_until=None)
            .execution_options(synchronize_session=False)
        )
        log.info("letter put off", extra={"letter_id": each.id, "attempts": each.attempts})


def _claim(model: type[Letter | LinkLetter], now: datetime) -> list[Claimed]:
    table = table_of(model)
    is_due = (
        table.c.state == LetterState.WAITING,
        table.c.due_at <= now,
        table.c.lease_until.is_(None) | (table.c.lease_until <= now),
    )
    rows = run(
        update(table)
        .where(table.c.id.in_(take(table, *is_due, by="due_at")))
        .values(lease_until=now + LEASE, attempts=table.c.attempts + 1)
        .returning(table.c.id, table.c.attempts, table.c.lease_until)
    )
    return [Claimed(row.id, model is LinkLetter, row.attempts, row.lease_until) for row in rows]


def _write(claimed: Claimed, portal: Portal, now: datetime) -> Mail | HandedOver:
    """Write a letter of either kind. One that does not open is tried again later, by itself.

    Its address was damaged, or sealed under secrets that are not these: the log names the letter.
    """
    write = _write_link_letter if claimed.has_link else _write_letter
    try:
        return write(claimed, portal, now)
    except DoesNotOpen:
        log.error("letter does not open", extra={"letter_id": claimed.id})
        return HandedOver.LATER


def _write_letter(claimed: Claimed, portal: Portal, now: datetime) -> Mail | HandedOver:
    """Write a person's letter, unless they should not be told now any more, or its day is over.

    Such a letter is unmade: its notices wait for the first allowed moment and are gathered anew.
    """
    found = db.session.execute(
        select(Letter.on_day, Person.id, Person.role, Person.zone, Person.language, *CHOSEN)
        .join(Person, Person.id == Letter.person_id)
        .outerjoin(NoticeSettings, NoticeSettings.person_id == Person.id)
        .where(Letter.id == claimed.id, *_still_ours(Letter, claimed))
    ).first()
    if found is None:
        return HandedOver.NOT_OURS
    on_day, person_id, role, zone_name, language, *chosen = found
    zone, choices = zone_named(zone_name), choices_in(*chosen)
    readings = _readings(claimed.id, person_id, now) if role is Role.WORKER else ()
    allowed_at = max(allowed_from(now, choices, zone), reads_from(readings, now, choices, zone))
    if allowed_at > now or on_day != local_day(now, zone):
        _unmake(claimed.id, allowed_at)
        return HandedOver.NOT_NOW
    local = Local(zone, language, now)
    return _mail(claimed, address_of(person_id), HOME, Portal(portal.public_url, local))


def _readings(letter_id: UUID, worker_id: UUID, now: datetime) -> Sequence[Reading]:
    """When a worker may get a letter; empty where something in it comes at any hour."""
    told = (Notice.letter_id == letter_id, Notice.state == NoticeState.TOLD)
    kinds = db.session.scalars(select(Notice.kind).where(*told))
    return readings_of([worker_id], now).get(worker_id, ()) if AT_ANY_HOUR.isdisjoint(kinds) else ()


def _write_link_letter(claimed: Claimed, portal: Portal, _now: datetime) -> Mail | HandedOver:
    letter = db.session.scalar(
        select(LinkLetter).where(LinkLetter.id == claimed.id, *_still_ours(LinkLetter, claimed))
    )
    if letter is None:
        return HandedOver.NOT_OURS
    body = open_link(letter)
    return _mail(claimed, body.address, body.path, portal)


def _mail(claimed: Claimed, address: str, path: str, portal: Portal) -> Mail:
    """The one text that every e-mail of the portal has; only its link differs, at equal length."""
    here = {"link": portal.public_url + path, "portal_url": portal.public_url}
    return Mail(
        mail_id=f"letter-{claimed.id}",
        to=address,
        subject=render_for(portal.local, "emails/subject.txt").strip(),
        text=render_for(portal.local, "emails/letter.txt", **here),
    )


def _post(office: PostOffice, mail: Mail) -> HandedOver:
    try:
        office.post(mail)
    except MailNotSent as problem:
        return HandedOver.SERVER_AWAY if problem.is_for_all else HandedOver.LATER
    return HandedOver.SENT


def _mark_sent(claimed: Claimed, now: datetime) -> None:
    if claimed.has_link:
        db.session.execute(delete(LinkLetter).where(LinkLetter.id == claimed.id))
        return
    db.session.execute(
        update(Letter)
        .where(Letter.id == claimed.id)
        .values(state=LetterState.SENT, sent_at=now, lease_until=None)
    )


def _unmake(letter_id: UUID, look_at: datetime) -> None:
    """Take a letter apart: its notices wait again, and it does not count for any day."""
    db.session.execute(
        update(Notice)
        .where(Notice.letter_id == letter_id, Notice.state == NoticeState.TOLD)
        .values(state=NoticeState.WAITING, look_at=look_at, letter_id=None)
    )
    db.session.execute(delete(Letter).where(Letter.id == letter_id))


def _table(claimed: Claimed) -> type[Letter | LinkLetter]:
    return LinkLetter if claimed.has_link else Letter


def _still_ours(
    table: type[Letter | LinkLetter], claimed: Claimed
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.state == LetterState.WAITING, table.lease_until == claimed.lease_until
