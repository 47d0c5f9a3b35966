"""What an owner does with what matters to them. Everything starts as the owner's alone."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.core.web import Page
from portal.dyads.shapes import DyadCard
from portal.toolbox import service as toolbox
from portal.toolbox.shapes import People
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer
from portal.what_matters.models import MatterRow
from portal.what_matters.shapes import Kind, LinePage, Matter, MatterBody, MattersPage, SentencePage

MOST = 100
READ = 1000


def matters_page(viewer: Viewer) -> MattersPage:
    """The viewer's own sentence and list, with the people around it."""
    people = toolbox.people_around(viewer, Part.WHAT_MATTERS)
    lines = lines_of(viewer, viewer.person_id)
    if sentence := _sentence_among(lines):
        people = toolbox.with_kept(viewer, people, sentence.id)
    return _page(lines, viewer.name, people)


def sentence_page(viewer: Viewer, before: str | None = None) -> SentencePage:
    """The viewer's sentence, with a page of what it said before, newest first."""
    found = _own_page(viewer).sentence
    if found is None:
        return SentencePage("", Page(()))
    now, formers = toolbox.with_formers(viewer, MatterRow, found.id, _matter, before)
    return SentencePage(now.body.text, formers)


def lines_of(viewer: Viewer, owner_id: UUID) -> list[Matter]:
    """An owner's lines that the viewer may see, in the order they were written; one query.

    They are as they read now; former wordings are asked for line by line.
    """
    viewer.box.prefetch((owner_id, Part.WHAT_MATTERS))
    rows = toolbox.rows_of(viewer, MatterRow, owner_id, MatterRow.former_of.is_(None), most=READ)
    lines = viewer.box.each(rows, lambda found: _matter(viewer, *found))
    return [line for line in lines if line.body.until is None]


def sentence_of(viewer: Viewer) -> str:
    """What matters to the viewer, in their own words; empty while they have written nothing."""
    sentence = _own_page(viewer).sentence
    return sentence.body.text if sentence else ""


def sentence_in(viewer: Viewer, rows: Sequence[Any]) -> str:
    """The same, from rows of the viewer's lines that a page has loaded already."""

    def opened(row: Any) -> MatterBody:
        return viewer.box.open(row, MatterBody, table=MatterRow)

    for body in viewer.box.each(rows, opened):
        if body.kind is Kind.MATTERS and body.until is None and not body.is_away:
            return body.text
    return ""


def well_of(viewer: Viewer) -> list[str]:
    """What keeps the viewer well, in the order they wrote it."""
    return [line.body.text for line in _own_page(viewer).well]


def say_what_matters(viewer: Viewer, text: str, *, once: str | None) -> None:
    """Write the sentence, or say it anew; the former one is kept with its date."""
    found = _own_page(viewer).sentence
    if found is None:
        _add(viewer, MatterBody(Kind.MATTERS, text), once)
    else:
        change_line(viewer, found.id, text)


def add_to_well(viewer: Viewer, text: str, *, once: str | None) -> None:
    """Add to the list of what keeps one well. The same press twice adds one line."""
    if len(_own_page(viewer).well) >= MOST:
        raise FieldError("text", _("The list holds 100 lines. Take one off to make room."))
    _add(viewer, MatterBody(Kind.KEEPS_WELL, text), once)


def line_page(viewer: Viewer, matter_id: UUID, before: str | None = None) -> LinePage:
    """One of the viewer's own lines, with a page of what it said before; or NotVisible."""
    people = toolbox.people_around(viewer, Part.WHAT_MATTERS)
    line, formers = toolbox.with_formers(viewer, MatterRow, matter_id, _matter, before)
    if line.body.until is not None:
        raise NotVisible
    return LinePage(line, formers, toolbox.with_kept(viewer, people, line.id))


def change_line(viewer: Viewer, matter_id: UUID, text: str) -> None:
    """Say a line in other words; its audience stays, and its former words stay the owner's."""
    row, body, audience = _own_line(viewer, matter_id)
    if text == body.text:
        return
    former = replace(body, of=row.id, until=viewer.now)
    toolbox.keep_row(viewer, row, replace(body, text=text, is_away=False), audience)
    _add(viewer, former, None, former_of=row.id)


def put_away(viewer: Viewer, matter_id: UUID, *, is_away: bool) -> None:
    """Put a line away, or bring it back; either way it is the viewer's alone."""
    row, body, _audience = _own_line(viewer, matter_id)
    if body.is_away != is_away:
        toolbox.keep_row(viewer, row, replace(body, is_away=is_away), Audience.ONLY_ME)


def delete_line(viewer: Viewer, matter_id: UUID) -> None:
    """Delete a line that was put away for good, with what it said before."""
    row, body, _audience = _own_line(viewer, matter_id)
    toolbox.refuse_unless_away(is_away=body.is_away)
    toolbox.delete_with_formers(viewer, row, lambda each: viewer.box.open(each, MatterBody).of)


def move_line(viewer: Viewer, matter_id: UUID, audience: Audience) -> None:
    """Let a line go along when the part is shared, or keep it back."""
    row, _body, _audience = _own_line(viewer, matter_id)
    toolbox.move_rows(viewer, [row], audience)


def shown_to(viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None) -> MattersPage:
    """What a worker sees: shared lines that are not put away; the owner's preview goes here too."""
    lines = lines_of(viewer, dyad.owner_id)
    chosen = [line for line in lines if only is None or line.id in only]
    return _page([line for line in chosen if not line.body.is_away], dyad.owner_name, None)


def _own_page(viewer: Viewer) -> MattersPage:
    return _page(lines_of(viewer, viewer.person_id), viewer.name, None)


def _page(lines: Collection[Matter], owner_name: str, people: People | None) -> MattersPage:
    here = [line for line in lines if not line.body.is_away]
    return MattersPage(
        sentence=_sentence_among(here),
        well=tuple(line for line in here if line.body.kind is Kind.KEEPS_WELL),
        away=tuple(line for line in lines if line.body.is_away),
        owner_name=owner_name,
        people=people,
    )


def _sentence_among(lines: Collection[Matter]) -> Matter | None:
    kind = Kind.MATTERS
    return next((line for line in lines if line.body.kind is kind and not line.body.is_away), None)


def _own_line(viewer: Viewer, matter_id: UUID) -> tuple[MatterRow, MatterBody, Audience]:
    row, body, audience = toolbox.own_row(viewer, MatterRow, matter_id, MatterBody)
    if body.until is not None:
        raise NotVisible
    return row, body, audience


def _add(viewer: Viewer, body: MatterBody, once: str | None, former_of: UUID | None = None) -> None:
    row_id = toolbox.id_of_press(viewer, once)
    row = MatterRow(id=row_id, owner_id=viewer.person_id, former_of=former_of)
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)


def _matter(viewer: Viewer, row: MatterRow, audience: Audience) -> Matter:
    body = viewer.box.open(row, MatterBody)
    return Matter(row.id, body, toolbox.is_shared(audience), row.made_at, row.changed_at)
