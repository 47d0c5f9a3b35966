"""The owner's cards for the wallet."""

from functools import partial
from uuid import UUID

from flask import Response, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, viewer
from portal.accounts.service.pictures import qr_picture
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.papers import pdf_answer
from portal.core.sheet import Sheet
from portal.crisis_plan import service
from portal.crisis_plan.forms import CardForm
from portal.crisis_plan.views.blueprint import plan_cards


@plan_cards.get("", allow=owner)
def index() -> ResponseReturnValue:
    """All of the owner's cards."""
    return render("crisis_plan/cards.html", cards=service.cards_of(viewer()))


@plan_cards.route("/new", allow=owner, methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a card."""
    me = viewer()
    form = CardForm(service.sections_to_choose(me))
    if form.saves(partial(service.make_card, me, once=form.once.data)):
        flash(_("The card is made. Print it, cut it out and fold it."))
        return redirect(url_for("plan_cards.card", card_id=form.outcome), 303)
    return form_page(render("crisis_plan/card_new.html", form=form))


@plan_cards.get("/<uuid:card_id>", allow=owner)
def card(card_id: UUID) -> ResponseReturnValue:
    """One card: its code, what it opens, when it was opened."""
    found = service.card_page(viewer(), card_id)
    public_url = current_app.config["SETTINGS"].public_url
    link = f"{public_url}/card/{found.token}"
    picture = qr_picture(link, str(_("The code of the card"))) if found.groups else ""
    address = f"{public_url}/card"
    return render("crisis_plan/card.html", card=found, picture=picture, address=address)


@plan_cards.post("/<uuid:card_id>/end", allow=owner)
def end(card_id: UUID) -> ResponseReturnValue:
    """End a card at once."""
    service.end_card(viewer(), card_id)
    flash(_("The card has ended. Its code opens nothing any more."))
    return redirect(url_for("plan_cards.card", card_id=card_id), 303)


@plan_cards.get("/<uuid:card_id>/print", allow=owner)
def on_paper(card_id: UUID) -> ResponseReturnValue:
    """Both sides of a card on one page."""
    return render("crisis_plan/card_print.html", sheet=_sheet(card_id), card_id=card_id)


@plan_cards.get("/<uuid:card_id>/pdf", allow=owner)
def as_pdf(card_id: UUID) -> Response:
    """The same as a PDF."""
    return pdf_answer(_sheet(card_id), name="card")


def _sheet(card_id: UUID) -> Sheet:
    return service.card_sheet(viewer(), card_id, current_app.config["SETTINGS"].public_url)
