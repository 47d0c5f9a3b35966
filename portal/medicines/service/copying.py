"""Medicines on paper, and a dated copy for a meeting."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from portal.core.clock import local_day
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.sheet import Facts, Grid, Section, Sheet, Words
from portal.dyads.shapes import DyadCard
from portal.medicines.service.reading import medicines_of
from portal.medicines.shapes import CopyChoice, CopyWish, Medicine
from portal.meetings.shapes import KeptFrom
from portal.toolbox import service as toolbox
from portal.toolbox.shapes import CopyPreview
from portal.vault.models import Part
from portal.vault.viewer import Viewer

TITLE = _("My medicines")


def choice_for(viewer: Viewer, dyad_id: UUID) -> CopyChoice:
    """What the viewer could take to the meeting of one of their pairs."""
    return CopyChoice(_dyad(viewer, dyad_id), tuple(_here(viewer)))


def preview_for(viewer: Viewer, dyad_id: UUID, wish: CopyWish) -> CopyPreview:
    """Exactly the copy that would be taken along. Nothing has been yet."""
    dyad = _dyad(viewer, dyad_id)
    return toolbox.preview_copy(viewer, dyad, sheet_for(viewer, wish))


def take_copy(viewer: Viewer, dyad_id: UUID, wish: CopyWish, *, seen: str) -> None:
    """Take the copy that was seen to a pair's next meeting. Raises Conflict when it has changed."""
    copy = preview_for(viewer, dyad_id, wish)
    toolbox.take_copy(viewer, copy, source=KeptFrom.MEDICINES, seen=seen)


def sheet_for(viewer: Viewer, wish: CopyWish | None = None) -> Sheet:
    """The list on one page: what is taken, what is noticed, what to ask, what was before.

    Raises NotVisible when something was picked that is not there.
    """
    found = _here(viewer) if wish is None else _picked(viewer, wish)
    sections = _taken(found)
    if wish is None or wish.with_notices:
        sections += _said(str(_("What I notice")), found, "notices")
    if wish is None or wish.with_questions:
        sections += _said(str(_("What I want to ask")), found, "questions")
    sections += _before(found)
    nothing = Section(str(TITLE), (Words(str(_("Nothing is written here yet."))),))
    return Sheet(
        title=str(TITLE),
        name=viewer.name,
        on=local_day(viewer.now, viewer.zone),
        sections=tuple(sections) or (nothing,),
        foot=str(_("In my own words. It is no prescription.")),
    )


def _dyad(viewer: Viewer, dyad_id: UUID) -> DyadCard:
    return toolbox.dyad_to_meet(viewer, dyad_id, Part.MEDICINES)


def _here(viewer: Viewer) -> list[Medicine]:
    rows = medicines_of(viewer, viewer.person_id)
    return [each for each in rows if not each.body.is_away]


def _picked(viewer: Viewer, wish: CopyWish) -> list[Medicine]:
    rows = medicines_of(viewer, viewer.person_id)
    found = [each for each in rows if each.id in wish.ids]
    if len(found) < len(wish.ids):
        raise NotVisible
    return found


def _taken(found: Iterable[Medicine]) -> list[Section]:
    title = str(_("What I take now"))
    heads = (str(_("Name")), str(_("How I take it")), str(_("What for")), str(_("Since")))
    words = [each.words for each in found if not each.body.is_stopped]
    rows = tuple((said.name, said.how, said.what_for, said.since) for said in words)
    return [Section(title, (Grid(title, heads, rows),))] if rows else []


def _said(title: str, found: Sequence[Medicine], what: str) -> list[Section]:
    rows = tuple((m.words.name, getattr(m.words, what)) for m in found if getattr(m.words, what))
    return [Section(title, (Facts(rows),))] if rows else []


def _before(found: Iterable[Medicine]) -> list[Section]:
    title = str(_("What I took before"))
    heads = (str(_("Name")), str(_("Since")), str(_("Until")))
    stopped = [each for each in found if each.body.is_stopped]
    rows = tuple((each.words.name, each.words.since, each.body.until) for each in stopped)
    return [Section(title, (Grid(title, heads, rows),))] if rows else []
