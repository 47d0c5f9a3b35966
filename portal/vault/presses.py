"""One press, one row: a form's press gives its new row an id, so a press sent twice writes once."""

from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError

from portal.core.db import db
from portal.core.row_ids import new_id
from portal.vault.sealed import SealedRow
from portal.vault.viewer import Viewer


def id_of_press(viewer: Viewer, once: str | None) -> UUID:
    """The id that a press of a form gives its new row: the same press gives the same id."""
    return uuid5(viewer.person_id, once) if once else new_id()


def write_once(row: SealedRow) -> bool:
    """Write a new row that is sealed already; False when the same press has written it before."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        if db.session.get(type(row), row.id) is None:
            raise  # it was refused for another reason
        return False
    return True
