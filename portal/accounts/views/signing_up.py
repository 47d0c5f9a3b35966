"""Sign-up in four steps: an address, what to know, a name and a password, the recovery code."""

from functools import partial

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import AddressForm, SignUpForm, TermsForm
from portal.accounts.shapes import Letter, TicketCard
from portal.accounts.views.blueprint import (
    BOTH,
    accounts,
    caller,
    come_in,
    is_demo,
    leave,
    mail_lies_here,
    mailbox,
    onward,
    page,
    takes_app,
)
from portal.core.clock.zones import utc_now
from portal.core.errors import NotVisible
from portal.core.guard import anyone
from portal.core.pages import here, render
from portal.core.web import limiter


@accounts.route("/sign-up", allow=anyone, methods=BOTH)
@limiter.limit("20 per minute;60 per hour", methods=["POST"])
@limiter.limit("5 per hour", methods=["POST"], key_func=mailbox)
def sign_up() -> ResponseReturnValue:
    """The first step: an address. The answer is the same whether it is known here or not."""
    if not current_app.config["SETTINGS"].sign_up_open:
        return render("accounts/sign_up_closed.html"), 403 if request.method == "POST" else 200
    form = AddressForm()
    if form.saves(partial(service.ask_to_sign_up, now=utc_now(), onward=onward())):
        return _sent(form.outcome)
    return page("accounts/sign_up.html", form, onward=onward(), with_app=takes_app(is_worker=False))


def _sent(letter: Letter) -> ResponseReturnValue:
    """Say that a letter is on its way; the demo shows where it leads."""
    path = letter.path if is_demo() else ""
    return render("accounts/letter_sent.html", path=path, mail_lies_here=mail_lies_here())


@accounts.route("/sign-up/<token>", allow=anyone, methods=BOTH)
def sign_up_terms(token: str) -> ResponseReturnValue:
    """The second step: what one should know before beginning."""
    card, form = _card_or_none(token), TermsForm()
    if card is None:
        return _link_over()
    if form.saves(lambda _body: service.accept_terms(token, utc_now())):
        return redirect(url_for("accounts.sign_up_you", token=token, next=onward()), 303)
    return page(
        "accounts/sign_up_terms.html",
        form,
        terms=service.terms_for(here().language, is_worker=card.is_worker),
        numbers=current_app.config["SETTINGS"].service_numbers,
        with_app=takes_app(is_worker=card.is_worker),
    )


@accounts.route("/sign-up/<token>/you", allow=anyone, methods=BOTH)
@limiter.limit("20 per minute", methods=["POST"])
def sign_up_you(token: str) -> ResponseReturnValue:
    """The third step: a name and a password. Then the person is in, and gets their code."""
    form = SignUpForm()
    card = _card_or_none(token, even_used=form.is_submitted())
    if card is None:
        return _link_over()
    if not card.has_accepted:
        return redirect(url_for("accounts.sign_up_terms", token=token, next=onward()), 303)
    if form.saves(lambda body: service.sign_up(token, body, caller(), utc_now())):
        leave()
        return come_in(form.outcome, url_for("accounts.new_code", next=onward()))
    return page(
        "accounts/sign_up_you.html", form, card=card, with_app=takes_app(is_worker=card.is_worker)
    )


def _card_or_none(token: str, *, even_used: bool = False) -> TicketCard | None:
    try:
        return service.ticket_card(token, utc_now(), even_used=even_used)
    except NotVisible:
        return None


def _link_over() -> ResponseReturnValue:
    """A link that was used, or is too old, is often the only one that somebody has at hand."""
    return render("accounts/link_over.html"), 404
