"""That a person made a press which took something away: known again for a day, by its hash."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.models import LastPress
from portal.core.db import db, insert_into
from portal.vault.canonical import canonical
from portal.vault.server_seal import server_mac
from portal.vault.viewer import Viewer

KNOWN_FOR = timedelta(days=1)
_PURPOSE = b"last press"
_PRESSES: Any = LastPress.__table__


def note_press(viewer: Viewer, press: tuple[str, ...]) -> None:
    """Remember that the viewer made this press; the same one twice is remembered once."""
    row = {"id": _id_of(viewer, press), "pressed_at": viewer.now, "person_id": viewer.person_id}
    db.session.execute(insert_into(_PRESSES).values(row).on_conflict_do_nothing())


def knows_press(viewer: Viewer, press: tuple[str, ...]) -> bool:
    """Whether the viewer made this very press within a day."""
    found = select(LastPress.id).where(
        LastPress.id == _id_of(viewer, press), LastPress.pressed_at > viewer.now - KNOWN_FOR
    )
    return db.session.scalar(found) is not None


def forget_old_presses(now: datetime) -> None:
    """Delete what is no longer known."""
    db.session.execute(delete(LastPress).where(LastPress.pressed_at <= now - KNOWN_FOR))


def _id_of(viewer: Viewer, press: tuple[str, ...]) -> UUID:
    """A keyed hash of who pressed what: it tells nothing to whoever holds the database alone."""
    data = canonical(viewer.person_id, *press)
    return UUID(bytes=server_mac(data, purpose=_PURPOSE)[:16])
