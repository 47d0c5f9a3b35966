"""What a card opens, for whoever holds it: read only, signed in or not."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.core.clock import utc_now
from portal.core.guard import anyone
from portal.core.pages import form_page, render
from portal.core.web import limiter
from portal.crisis_plan import service
from portal.crisis_plan.forms import CardCodeForm
from portal.crisis_plan.views.blueprint import open_cards


def _this_card() -> str:
    """What counts the openings of one card; the code itself is no name for it."""
    return service.card_mark(str((request.view_args or {}).get("card_token")))


@open_cards.route("", allow=anyone, methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
def by_hand() -> ResponseReturnValue:
    """Type the code of a card, and read what it opens."""
    form = CardCodeForm()
    if form.saves(lambda code: service.open_typed(code, utc_now())):
        return render("crisis_plan/card_open.html", card=form.outcome)
    return form_page(render("crisis_plan/card_code.html", form=form))


@open_cards.get("/<card_token>", allow=anyone)
@limiter.limit("20 per minute")
def ask(card_token: str) -> ResponseReturnValue:
    """Where the card's picture leads: one press opens it, and its owner is told."""
    name = service.name_on(card_token)
    return render("crisis_plan/card_ask.html", name=name, card_token=card_token)


@open_cards.post("/<card_token>", allow=anyone)
@limiter.limit("20 per minute")
@limiter.limit("60 per hour", key_func=_this_card)
def opened(card_token: str) -> ResponseReturnValue:
    """The sections that a card opens."""
    return render("crisis_plan/card_open.html", card=service.open_card(card_token, utc_now()))
