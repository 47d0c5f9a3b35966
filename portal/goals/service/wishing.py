"""How much others may push on all of an owner's goals (Friction 28)."""

from portal.access.service import visible
from portal.core.db import db
from portal.core.row_ids import new_id
from portal.goals.models import Wish
from portal.goals.service import writing
from portal.goals.shapes.bodies import Encouragement, WishBody
from portal.toolbox.service import flush, write_once
from portal.vault.models import Audience
from portal.vault.viewer import Viewer


def wish_for_all(viewer: Viewer, encouragement: Encouragement) -> None:
    """Say how much others may push where a goal says nothing else; the last word holds.

    It is sealed under the shared key of the goals, which nobody else holds before they are shared.
    """
    row = db.session.scalar(visible(Wish, viewer, viewer.person_id))
    is_new = row is None
    row = row or Wish(id=new_id(), owner_id=viewer.person_id)
    key = writing.own_key(viewer, Audience.SHARED)
    viewer.box.seal(row, WishBody(encouragement), key, now=viewer.now)
    if not is_new:
        flush()
    elif not write_once(row):  # another page of the same person was a moment earlier
        wish_for_all(viewer, encouragement)
