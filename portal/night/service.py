"""What an owner does with the night list. Nothing in it ever becomes anybody else's."""

import dataclasses
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select

from portal.agreements.service import terms_of_dyads
from portal.core.clock import QuietHours
from portal.core.db import db
from portal.core.web import place_token, read_place
from portal.dyads.service import dyads_of
from portal.dyads.shapes import DyadCard
from portal.meetings.hooks import TakenOff
from portal.meetings.service import drop_line, keep, on_lists
from portal.night import rules
from portal.night.models import NightRow
from portal.night.shapes import NightBody, NightLine, NightPage, Standing
from portal.notifications.service import choices_of
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

PAGE = 40


def put_down(viewer: Viewer, text: str, *, once: str | None) -> UUID:
    """Put a line down until the viewer's own next morning. The same press twice keeps one."""
    chosen = choices_of(viewer)
    quiet = QuietHours(viewer.zone, chosen.quiet_from, chosen.quiet_until)
    row = NightRow(id=toolbox.id_of_press(viewer, once), owner_id=viewer.person_id)
    body = NightBody(text, rules.morning_after(viewer.now, quiet))
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return row.id


def night_page(viewer: Viewer, before: str | None = None) -> NightPage:
    """A page of the viewer's list, and with whom a line could be taken up."""
    scopes = (Part.NIGHT, Part.DRAFTS)
    dyads = [each for each in dyads_of(viewer, opening=scopes) if each.may_write]
    viewer.box.prefetch(*((viewer.person_id, part) for part in scopes))
    agreed = terms_of_dyads(each.id for each in dyads) if dyads else {}
    found = toolbox.rows_of(
        viewer, NightRow, viewer.person_id, before=read_place(before), most=PAGE + 1
    )
    newest = (row for row, _audience in reversed(found))
    lines = list(viewer.box.each(newest, lambda row: _line(viewer, row)))
    shown = lines[:PAGE]
    is_more = len(lines) > PAGE
    gone = [each for each in shown if not each.is_here]
    return NightPage(
        here=tuple(each for each in shown if each.is_here),
        gone=_with_lists(viewer, gone, dyads),
        older=place_token((shown[-1].made_at, shown[-1].id)) if is_more else None,
        to_write=tuple(each for each in dyads if each.id in agreed),
        to_meet=tuple(dyads),
    )


def last_night_in(viewer: Viewer, rows: Sequence[Any]) -> tuple[NightLine, ...]:
    """What the viewer put down last night, oldest first, from rows that a page has loaded."""
    lines = viewer.box.each(rows, lambda row: _line(viewer, row))
    return rules.of_last_night(lines, viewer.now)


def line_for(viewer: Viewer, night_id: UUID) -> NightBody:
    """One of the viewer's own lines; or NotVisible."""
    return _own(viewer, night_id)[1]


def take_up(viewer: Viewer, night_id: UUID) -> None:
    """The line goes on elsewhere; here it lies among those that are gone."""
    _put(viewer, night_id, Standing.TAKEN_UP)


def let_go(viewer: Viewer, night_id: UUID) -> None:
    """Let a line go; it can be brought back."""
    _put(viewer, night_id, Standing.LET_GO)


def bring_back(viewer: Viewer, night_id: UUID) -> bool:
    """A line that was taken up or let go lies here again.

    True when it was on the list for a meeting that is still to come: it is off that list then.
    """
    kept_with = line_for(viewer, night_id).kept_with
    is_off = kept_with is not None and drop_line(viewer, kept_with, night_id)
    _put(viewer, night_id, Standing.HERE)
    return is_off


def keep_for_meeting(viewer: Viewer, night_id: UUID, dyad_id: UUID) -> None:
    """Put a line on the list for a pair's next meeting; the partner sees it there."""
    keep(viewer, dyad_id, line=line_for(viewer, night_id).text, source_id=night_id)
    _put(viewer, night_id, Standing.TAKEN_UP, kept_with=dyad_id)


def line_taken_off(viewer: Viewer, line: TakenOff) -> None:
    """A line is off the list for a meeting: if it came from here, it is kept there no more."""
    found = db.session.scalar(
        select(NightRow.id).where(
            NightRow.id == line.source_id, NightRow.owner_id == viewer.person_id
        )
    )
    if found is not None:
        _put(viewer, found, Standing.TAKEN_UP)


def leave_for_now(viewer: Viewer) -> None:
    """Leave what the first page shows on the list, and say no more of it there."""
    recent = NightRow.made_at >= viewer.now - rules.REACH
    for row, audience in toolbox.rows_of(viewer, NightRow, viewer.person_id, recent):
        if rules.is_shown(_line(viewer, row), viewer.now):
            body = viewer.box.open(row, NightBody)
            toolbox.keep_row(viewer, row, replace(body, is_left=True), audience)


def delete_line(viewer: Viewer, night_id: UUID) -> None:
    """Delete a line that was let go or taken up, for good."""
    row, body = _own(viewer, night_id)
    toolbox.refuse_unless_away(is_away=body.standing is not Standing.HERE)
    db.session.delete(row)
    toolbox.flush()


def _with_lists(
    viewer: Viewer, lines: Sequence[NightLine], dyads: Sequence[DyadCard]
) -> tuple[NightLine, ...]:
    """The same lines, each with whether it stands on a list for a meeting to come."""
    kept = [each.id for each in lines if each.body.kept_with]
    standing = on_lists(viewer, [each.id for each in dyads], kept)
    return tuple(
        dataclasses.replace(each, is_on_list=(each.body.kept_with, each.id) in standing)
        for each in lines
    )


def _put(
    viewer: Viewer, night_id: UUID, standing: Standing, *, kept_with: UUID | None = None
) -> None:
    row, body = _own(viewer, night_id)
    if (body.standing, body.kept_with) != (standing, kept_with):
        changed = replace(body, standing=standing, kept_with=kept_with)
        toolbox.keep_row(viewer, row, changed, Audience.ONLY_ME)


def _own(viewer: Viewer, night_id: UUID) -> tuple[NightRow, NightBody]:
    row, body, _audience = toolbox.own_row(viewer, NightRow, night_id, NightBody)
    return row, body


def _line(viewer: Viewer, row: Any) -> NightLine:
    body = viewer.box.open(row, NightBody, table=NightRow)
    return NightLine(row.id, body, row.made_at, body.until <= viewer.now)
