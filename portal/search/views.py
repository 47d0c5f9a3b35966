"""The page of a search. The words come in a form, so that no address or log holds them."""

from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner_or_worker, viewer
from portal.core.guard import GuardedBlueprint
from portal.core.pages import render
from portal.search import service
from portal.search.forms import SearchForm

search = GuardedBlueprint("search", __name__)


@search.route("/search", allow=owner_or_worker, methods=["GET", "POST"])
def words() -> ResponseReturnValue:
    """Look for words in everything that one may open."""
    form = SearchForm()
    found = form.outcome if form.saves(partial(service.search, viewer())) else None
    is_wrong = request.method == "POST" and found is None
    return render("search/index.html", form=form, found=found), 422 if is_wrong else 200
