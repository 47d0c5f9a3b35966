"""Reading medicines: the owner's list, one of them, and what a worker sees."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from portal.core.errors import NotVisible
from portal.core.web import Place, place_token, read_place
from portal.dyads.shapes import DyadCard
from portal.medicines.models import MedicineRow
from portal.medicines.shapes import Medicine, MedicineBody, MedicinePage, MedicinesPage
from portal.meetings.shapes import KeptFrom
from portal.toolbox import service as toolbox
from portal.toolbox.shapes import People
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

PAGE = 50


def medicines_page(viewer: Viewer, before: str | None = None) -> MedicinesPage:
    """A page of the viewer's own list, with the people around it; those added last come first."""
    around = toolbox.people_around(viewer, Part.MEDICINES)
    people = toolbox.with_copies(viewer, around, KeptFrom.MEDICINES)
    return _some(viewer, viewer.person_id, before, viewer.name, people)


def medicine_page(viewer: Viewer, medicine_id: UUID, before: str | None = None) -> MedicinePage:
    """One of the viewer's medicines, with a page of its former wordings; or NotVisible."""
    people = toolbox.people_around(viewer, Part.MEDICINES)
    found, formers = toolbox.with_formers(viewer, MedicineRow, medicine_id, _medicine, before)
    if found.body.of is not None:
        raise NotVisible
    return MedicinePage(found, formers, toolbox.with_kept(viewer, people, found.id))


def medicines_of(viewer: Viewer, owner_id: UUID) -> list[Medicine]:
    """An owner's medicines that the viewer may see, in the order they were added; one query."""
    return _opened(viewer, _rows(viewer, owner_id))


def own_medicine(viewer: Viewer, medicine_id: UUID) -> tuple[MedicineRow, MedicineBody, Audience]:
    """One of the viewer's medicines to change; or NotVisible. A former wording never changes."""
    row, body, audience = toolbox.own_row(viewer, MedicineRow, medicine_id, MedicineBody)
    if body.of is not None:
        raise NotVisible
    return row, body, audience


def body_for(viewer: Viewer, medicine_id: UUID) -> MedicineBody:
    """What stands in one of the viewer's medicines; or NotVisible."""
    return own_medicine(viewer, medicine_id)[1]


def shown_to(viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None) -> MedicinesPage:
    """What a worker sees: shared medicines that are not put away. The owner's preview too."""
    rows = medicines_of(viewer, dyad.owner_id)
    chosen = [each for each in rows if only is None or each.id in only]
    return _page([each for each in chosen if not each.body.is_away], dyad.owner_name, None)


def shown_page(viewer: Viewer, dyad: DyadCard, before: str | None) -> MedicinesPage:
    """What a worker sees, a page at a time; what is put away is never among what is shared."""
    return _some(viewer, dyad.owner_id, before, dyad.owner_name, None)


def _some(
    viewer: Viewer, owner_id: UUID, before: str | None, owner_name: str, people: People | None
) -> MedicinesPage:
    rows = _rows(viewer, owner_id, before=read_place(before), most=PAGE + 1)
    shown = rows[-PAGE:]
    page = _page(_opened(viewer, shown), owner_name, people)
    if len(rows) <= PAGE:
        return page
    first, _audience = shown[0]
    return replace(page, older=place_token((first.made_at, first.id)))


def _rows(
    viewer: Viewer, owner_id: UUID, *, before: Place | None = None, most: int = toolbox.ALL
) -> Sequence[tuple[MedicineRow, Audience]]:
    viewer.box.prefetch((owner_id, Part.MEDICINES))
    now = MedicineRow.former_of.is_(None)
    return toolbox.rows_of(viewer, MedicineRow, owner_id, now, before=before, most=most)


def _opened(viewer: Viewer, rows: Iterable[tuple[MedicineRow, Audience]]) -> list[Medicine]:
    found = viewer.box.each(rows, lambda each: _medicine(viewer, *each))
    return [each for each in found if each.body.of is None]


def _page(rows: Sequence[Medicine], owner_name: str, people: People | None) -> MedicinesPage:
    here = [each for each in rows if not each.body.is_away]
    return MedicinesPage(
        now=tuple(each for each in here if not each.body.is_stopped),
        before=tuple(each for each in here if each.body.is_stopped),
        away=tuple(each for each in rows if each.body.is_away),
        owner_name=owner_name,
        people=people,
    )


def _medicine(viewer: Viewer, row: MedicineRow, audience: Audience) -> Medicine:
    body = viewer.box.open(row, MedicineBody)
    return Medicine(row.id, body, toolbox.is_shared(audience), row.made_at, row.changed_at)
