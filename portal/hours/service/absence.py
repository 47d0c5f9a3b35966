"""Days away: plain dates for the clocks, and a line for each pair under the key of the two."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, select

from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.core.row_ids import new_id
from portal.dyads.service import dyad_key, dyads_of
from portal.hours import hooks
from portal.hours.models import AwayNote, AwayTime
from portal.hours.shapes import AbsenceCard, AbsenceShown, NewAbsence, NoteBody
from portal.vault.models import Audience, Part
from portal.vault.presses import id_of_press, write_once
from portal.vault.viewer import Viewer

LONGEST = timedelta(days=730)
SHOWN_AHEAD = timedelta(days=42)
_MOST = 50


def absences_of(viewer: Viewer) -> list[AbsenceCard]:
    """The viewer's own days away, from today on, earliest first."""
    today = local_day(viewer.now, viewer.zone)
    rows = db.session.scalars(
        select(AwayTime)
        .where(AwayTime.owner_id == viewer.person_id, AwayTime.until_on >= today)
        .order_by(AwayTime.from_on, AwayTime.id)
        .limit(_MOST)
    )
    return list(viewer.box.each(rows, lambda row: _card(viewer, row, today)))


def _card(viewer: Viewer, row: AwayTime, today: date) -> AbsenceCard:
    note = viewer.box.open(row, NoteBody).note
    return AbsenceCard(row.id, row.from_on, row.until_on, note, is_now=row.from_on <= today)


def add_absence(viewer: Viewer, new: NewAbsence, *, once: str | None = None) -> None:
    """Keep days away and tell the line to everybody the viewer is a pair with.

    An answer that was promised for these days is promised for a later one. The same press twice
    keeps them once.
    """
    _check(viewer, new)
    row = AwayTime(
        id=id_of_press(viewer, once),
        owner_id=viewer.person_id,
        from_on=new.from_on,
        until_on=new.until_on,
    )
    key = viewer.box.own_key(Part.PROFILE, Audience.ONLY_ME, now=viewer.now)
    viewer.box.seal(row, NoteBody(new.note), key, now=viewer.now)
    if not write_once(row):
        return
    if new.note:
        _tell_pairs(viewer, row.id, new.note)
    hooks.went_away(viewer.person_id, viewer.now)


def is_waited_for(viewer: Viewer) -> bool:
    """Whether somebody waits for an answer of the viewer's, who thinks of going away."""
    return hooks.somebody_waits(viewer.person_id, viewer.now)


def remove_absence(viewer: Viewer, away_time_id: UUID) -> None:
    """Take days away back; the line goes with them."""
    row = db.session.get(AwayTime, away_time_id)
    if row is None or row.owner_id != viewer.person_id:
        raise NotVisible
    db.session.delete(row)
    db.session.flush()
    hooks.changed(viewer.person_id, viewer.now)


def absences_shown(viewer: Viewer, dyad_id: UUID, worker_id: UUID) -> list[AbsenceShown]:
    """The worker's days away now and within six weeks, as the two of a pair see them (one query).

    Earliest first. For a pair that is open already.
    """
    today = local_day(viewer.now, viewer.zone)
    rows = db.session.execute(
        select(AwayTime.from_on, AwayTime.until_on, AwayNote)
        .outerjoin(
            AwayNote, and_(AwayNote.away_time_id == AwayTime.id, AwayNote.dyad_id == dyad_id)
        )
        .where(
            AwayTime.owner_id == worker_id,
            AwayTime.until_on >= today,
            AwayTime.from_on <= today + SHOWN_AHEAD,
        )
        .order_by(AwayTime.from_on, AwayTime.until_on)
        .limit(_MOST)
    )
    return [
        AbsenceShown(from_on, until_on, _note(viewer, note), is_now=from_on <= today)
        for from_on, until_on, note in rows
    ]


def _note(viewer: Viewer, row: AwayNote | None) -> str:
    return viewer.box.open(row, NoteBody).note if row is not None else ""


def _tell_pairs(viewer: Viewer, away_time_id: UUID, note: str) -> None:
    for card in dyads_of(viewer):
        if not card.may_write:
            continue
        row = AwayNote(
            id=new_id(), owner_id=card.owner_id, away_time_id=away_time_id, dyad_id=card.id
        )
        viewer.box.seal(row, NoteBody(note), dyad_key(viewer, card), now=viewer.now)
        db.session.add(row)


def _check(viewer: Viewer, new: NewAbsence) -> None:
    today: date = local_day(viewer.now, viewer.zone)
    if new.until_on < new.from_on:
        raise FieldError("until_on", _("The last day is before the first one."))
    if new.until_on < today:
        raise FieldError("until_on", _("These days have gone by already."))
    if new.until_on - new.from_on > LONGEST:
        raise FieldError("until_on", _("Please choose at most two years."))
