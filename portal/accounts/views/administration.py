"""What an administrator sees: which commands there are. Nobody's words are here."""

from flask.typing import ResponseReturnValue

from portal.accounts.gates import administrator
from portal.accounts.views.blueprint import accounts
from portal.core.pages import render


@accounts.get("/administration", allow=administrator)
def administration() -> ResponseReturnValue:
    """The commands, in plain words."""
    return render("accounts/administration.html")
