"""Agreeing on a time: offered by one, answered by the other, moved or called off by either."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.languages import _
from portal.dyads.hooks import Pair
from portal.dyads.service import dyad_for, dyad_key, hold, in_dyad
from portal.dyads.shapes import DyadCard
from portal.meetings import rules
from portal.meetings.models import Meeting
from portal.meetings.service.evening import evening_key, remind_both
from portal.meetings.shapes import LastWord, MeetingBody, MeetingState, Offer, Said
from portal.notifications.service import tell, withdraw
from portal.notifications.shapes import NoticeKind
from portal.vault.presses import id_of_press, write_once
from portal.vault.viewer import Viewer

FARTHEST = timedelta(days=730)
_TOLD_AS = {
    Said.YES: NoticeKind.MEETING_ANSWERED,
    Said.NO: NoticeKind.MEETING_ANSWERED,
    Said.CALLED_OFF: NoticeKind.MEETING_CALLED_OFF,
}
CHANGED = _("This meeting has changed in the meantime. Here is how it stands now.")


def offer_meeting(viewer: Viewer, dyad_id: UUID, offer: Offer, *, once: str | None = None) -> UUID:
    """Put a time forward; it stands when the other says yes. Gives the pair's id.

    The same press twice puts it forward once.
    """
    dyad = dyad_for(viewer, dyad_id)
    _may_come(offer, viewer.now)
    row = Meeting(
        id=id_of_press(viewer, once),
        owner_id=dyad.owner_id,
        dyad_id=dyad_id,
        state=MeetingState.OFFERED,
        starts_at=offer.starts_at,
        offered_by=viewer.person_id,
    )
    key = dyad_key(viewer, dyad)
    hold(dyad_id)
    viewer.box.seal(row, MeetingBody(place=offer.place), key, now=viewer.now)
    if write_once(row):
        _ask_partner(viewer, dyad, row)
    return dyad_id


def move_meeting(viewer: Viewer, meeting_id: UUID, offer: Offer) -> UUID:
    """Put another time forward; until the other says yes, the agreed time stands.

    Gives the pair's id. A meeting that was only offered simply gets the new time.
    """
    row, dyad = open_meeting(viewer, meeting_id)
    _may_come(offer, viewer.now)
    _tell_no_more(row)
    body = viewer.box.open(row, MeetingBody)
    if row.state is MeetingState.AGREED:
        body = MeetingBody(place=body.place, offered_place=offer.place)
        row.offered_at = offer.starts_at
    else:
        body = MeetingBody(place=offer.place)
        _set_time(row, offer.starts_at)
    row.offered_by = viewer.person_id
    viewer.box.seal(row, body, dyad_key(viewer, dyad), now=viewer.now)
    _ask_partner(viewer, dyad, row)
    return dyad.id


def answer_offer(viewer: Viewer, meeting_id: UUID, *, yes: bool, seen: datetime) -> UUID:
    """Say yes or no to the time that the other put forward; gives the pair's id.

    ``seen`` is the time that stood on the page: when it has changed since, Conflict. The same
    press twice says it once.
    """
    row, dyad = _held_meeting(viewer, meeting_id)
    said = LastWord(Said.YES if yes else Said.NO, viewer.person_id, seen)
    if viewer.box.open(row, MeetingBody).last == said:
        return dyad.id
    _require_open(row, viewer.now)
    if waiting_time(row) != seen or row.offered_by in (None, viewer.person_id):
        raise Conflict(str(CHANGED))
    _tell_no_more(row)
    body = viewer.box.open(row, MeetingBody)
    place = _move(row, body) if yes and row.offered_at is not None else body.place
    if row.state is MeetingState.OFFERED:
        row.state = MeetingState.AGREED if yes else MeetingState.CALLED_OFF
    row.offered_at = row.offered_by = None
    _say(viewer, dyad, row, MeetingBody(place=place, last=said))
    if row.state is MeetingState.AGREED:
        remind_both(row, dyad, viewer.now)
    return dyad.id


def call_off(viewer: Viewer, meeting_id: UUID) -> UUID:
    """Call a meeting off; what was kept stays for the next one. Gives the pair's id.

    The other one is told. A time that is only suggested is taken back, or refused, by the same.
    The same press twice calls it off once.
    """
    row, dyad = _held_meeting(viewer, meeting_id)
    body = viewer.box.open(row, MeetingBody)
    if row.state is MeetingState.CALLED_OFF and body.last and body.last.by == viewer.person_id:
        return dyad.id
    _require_open(row, viewer.now)
    _tell_no_more(row)
    withdraw(evening_key(row))
    said = LastWord(_what_ends(row, viewer.person_id), viewer.person_id, row.starts_at)
    row.state = MeetingState.CALLED_OFF
    row.offered_at = row.offered_by = None
    _say(viewer, dyad, row, MeetingBody(place=body.place, last=said))
    return dyad.id


def stop_telling_worker(pair: Pair, now: datetime) -> None:
    """A pair has ended: its worker is told of its coming meetings no more. The owner keeps them."""
    rows = db.session.scalars(
        select(Meeting).where(Meeting.dyad_id == pair.dyad_id, Meeting.starts_at > now)
    )
    for row in rows:
        withdraw(_offer_key(row))
        for key in (evening_key(row), _said_key(row)):
            withdraw(key, person_id=pair.worker_id)


def open_meeting(viewer: Viewer, meeting_id: UUID) -> tuple[Meeting, DyadCard]:
    """A meeting of the viewer's that can still change, with its pair; held while it changes."""
    row, dyad = _held_meeting(viewer, meeting_id)
    _require_open(row, viewer.now)
    return row, dyad


def _held_meeting(viewer: Viewer, meeting_id: UUID) -> tuple[Meeting, DyadCard]:
    row = db.session.scalar(in_dyad(Meeting, viewer).where(Meeting.id == meeting_id))
    if row is None:
        raise NotVisible
    dyad = dyad_for(viewer, row.dyad_id)
    if not dyad.is_live:
        raise Conflict(str(CHANGED))
    hold(dyad.id)
    db.session.refresh(row)
    return row, dyad


def _require_open(row: Meeting, now: datetime) -> None:
    """While it goes on there is still an answer to give, or another time to find."""
    if rules.has_passed(row.starts_at, now):
        raise Conflict(str(_("This meeting is over by now.")))
    if row.state is MeetingState.CALLED_OFF:
        raise Conflict(str(CHANGED))


def waiting_time(row: Meeting) -> datetime | None:
    """The time that waits for a yes, or None when nothing waits."""
    return row.offered_at or (row.starts_at if row.state is MeetingState.OFFERED else None)


def _move(row: Meeting, body: MeetingBody) -> str:
    """The meeting takes the new time; gives the new place."""
    withdraw(evening_key(row))
    _set_time(row, row.offered_at or row.starts_at)
    return body.offered_place


def _set_time(row: Meeting, starts_at: datetime) -> None:
    row.starts_at = starts_at
    row.sequence += 1


def _what_ends(row: Meeting, me: UUID) -> Said:
    if row.state is MeetingState.AGREED:
        return Said.CALLED_OFF
    return Said.TAKEN_BACK if row.offered_by == me else Said.NO


def _say(viewer: Viewer, dyad: DyadCard, row: Meeting, body: MeetingBody) -> None:
    """Keep what was said last and tell the other one; what was only a suggestion goes quietly."""
    viewer.box.seal(row, body, dyad_key(viewer, dyad), now=viewer.now)
    kind = _TOLD_AS.get(body.last.said) if body.last else None
    if kind is not None:
        tell(dyad.partner_id, kind, at=viewer.now, key=_said_key(row), now=viewer.now)


def _may_come(offer: Offer, now: datetime) -> None:
    if offer.starts_at <= now:
        raise FieldError("on", str(_("This time has gone by. Please pick a later one.")))
    if offer.starts_at > now + FARTHEST:
        raise FieldError("on", str(_("Please pick a day within the next two years.")))


def _ask_partner(viewer: Viewer, dyad: DyadCard, row: Meeting) -> None:
    kind, key = NoticeKind.MEETING_OFFERED, _offer_key(row)
    tell(dyad.partner_id, kind, at=viewer.now, key=key, now=viewer.now)


def _tell_no_more(row: Meeting) -> None:
    """What was suggested or said before has its answer, or is replaced."""
    withdraw(_offer_key(row) if row.offered_by is not None else _said_key(row))


def _offer_key(row: Meeting) -> str:
    return f"meeting-offer:{row.id.hex}:{_version(row)}"


def _said_key(row: Meeting) -> str:
    return f"meeting-{row.state.value}:{row.id.hex}:{_version(row)}"


def _version(row: Meeting) -> str:
    """When its words were last sealed: a time that is suggested once more is told once more."""
    return f"{row.changed_at:%Y%m%dT%H%M%S}"
