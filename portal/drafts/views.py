"""Where the page's small script saves what is being written."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import signed_in, viewer
from portal.core.errors import BadRequest
from portal.core.forms import KEEP_FIELD
from portal.core.guard import GuardedBlueprint
from portal.core.pages import here
from portal.drafts import service
from portal.drafts.keeping import read_token, typed_fields

drafts = GuardedBlueprint("drafts", __name__, url_prefix="/drafts")


@drafts.post("", allow=signed_in)
def save() -> ResponseReturnValue:
    """Keep the words of a form that is being written; answers with the time they were saved."""
    me, found = viewer(), read_token(request.form.get(KEEP_FIELD, ""))
    if found is None or found.person_id != me.person_id:
        raise BadRequest
    service.keep_draft(me, found.place, typed_fields())
    return jsonify(saved_at=here().clock(me.now))
