"""Reading medicines: the owner's list, one of them, and what a worker sees."""

from collections.abc import Collection, Iterable
from uuid import UUID

from portal.core.errors import NotVisible
from portal.dyads.shapes import DyadCard
from portal.medicines.models import MedicineRow
from portal.medicines.shapes import Medicine, MedicineBody, MedicinePage, MedicinesPage
from portal.toolbox import service as toolbox
from portal.toolbox.shapes import People
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer


def medicines_page(viewer: Viewer) -> MedicinesPage:
    """The viewer's own list, with the people around it."""
    people = toolbox.people_around(viewer, Part.MEDICINES)
    return _page(medicines_of(viewer, viewer.person_id), viewer.name, people)


def medicine_page(viewer: Viewer, medicine_id: UUID) -> MedicinePage:
    """One of the viewer's medicines, with its former wordings; or NotVisible."""
    people = toolbox.people_around(viewer, Part.MEDICINES)
    rows = medicines_of(viewer, viewer.person_id)
    formers = tuple(each for each in reversed(rows) if each.body.of == medicine_id)
    for each in rows:
        if each.id == medicine_id and each.body.of is None:
            return MedicinePage(each, formers, people)
    raise NotVisible


def medicines_of(viewer: Viewer, owner_id: UUID) -> list[Medicine]:
    """An owner's rows that the viewer may see, in the order they were made; one query."""
    viewer.box.prefetch((owner_id, Part.MEDICINES))
    rows = toolbox.rows_of(viewer, MedicineRow, owner_id)
    return [_medicine(viewer, row, audience) for row, audience in rows]


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


def _page(rows: Iterable[Medicine], owner_name: str, people: People | None) -> MedicinesPage:
    said = [each for each in rows if each.body.of is None]
    here = [each for each in said if not each.body.is_away]
    return MedicinesPage(
        now=tuple(each for each in here if not each.body.is_stopped),
        before=tuple(each for each in here if each.body.is_stopped),
        away=tuple(each for each in said if each.body.is_away),
        owner_name=owner_name,
        people=people,
    )


def _medicine(viewer: Viewer, row: MedicineRow, audience: Audience) -> Medicine:
    body = viewer.box.open(row, MedicineBody)
    return Medicine(row.id, body, toolbox.is_shared(audience), row.changed_at)
