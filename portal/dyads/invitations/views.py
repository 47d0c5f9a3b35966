"""Pages of invitations: one's own, and the letter behind a link."""

from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.gates import owner_or_worker, viewer
from portal.accounts.service import invite_to_sign_up, mailbox_key, send_to_sign_up
from portal.core.clock import utc_now
from portal.core.guard import GuardedBlueprint, anyone, current_viewer
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.web import limiter
from portal.dyads.invitations import service
from portal.dyads.invitations.forms import AcceptForm, InviteForm
from portal.dyads.service import own_title

invitations = GuardedBlueprint("invitations", __name__)


@invitations.get("/invitations", allow=owner_or_worker)
def index() -> ResponseReturnValue:
    """One's own invitations, and the letters that one put off or has not opened."""
    me = viewer()
    sent, letters = service.invitations_of(me), service.letters_now(me)
    return render("invitations/index.html", sent=sent, letters=letters)


@invitations.route(
    "/invitations/new", allow=owner_or_worker, endpoint="new", methods=["GET", "POST"]
)
def new() -> ResponseReturnValue:
    """Write an invitation."""
    me, form = viewer(), _with_own_names(InviteForm)
    if form.saves(lambda body: service.invite(me, body)):
        flash(_("Your invitation is on its way."))
        return _to_one(form.outcome.id)
    return form_page(render("invitations/new.html", form=form))


@invitations.get("/invitations/<uuid:invitation_id>", allow=owner_or_worker)
def one(invitation_id: UUID) -> ResponseReturnValue:
    """One invitation: how it stands, and what one can do now."""
    card = service.invitation_for(viewer(), invitation_id)
    path = url_for("invitations.letter", token=card.token) if card.token else ""
    link = f"{current_app.config['SETTINGS'].public_url}{path}" if path else ""
    return render("invitations/one.html", invitation=card, link=link)


@invitations.post("/invitations/<uuid:invitation_id>/letter", allow=owner_or_worker)
def send_again(invitation_id: UUID) -> ResponseReturnValue:
    """Send the letter once more."""
    service.send_again(viewer(), invitation_id)
    flash(_("The letter is on its way once more."))
    return _to_one(invitation_id)


@invitations.post("/invitations/<uuid:invitation_id>/withdrawal", allow=owner_or_worker)
def withdraw(invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    service.withdraw_invitation(viewer(), invitation_id)
    flash(_("You took the invitation back. Its link opens nothing any more."))
    return redirect(url_for("invitations.index"), 303)


@invitations.get("/letter", allow=anyone)
def reminder() -> ResponseReturnValue:
    """Where a reminder leads: the link itself is in the first e-mail."""
    return render("invitations/reminder.html")


@invitations.get("/letter/<token>", allow=anyone)
def letter(token: str) -> ResponseReturnValue:
    """The letter that a link opens."""
    return _letter_page(token, _with_own_names(AcceptForm) if current_viewer() else None)


@invitations.post("/letter/<token>/yes", allow=owner_or_worker)
def accept(token: str) -> ResponseReturnValue:
    """Say yes."""
    me, form = viewer(), _with_own_names(AcceptForm)
    if not form.saves(lambda names: service.accept(me, token, name=names[0], title=names[1])):
        return _letter_page(token, form), 422
    if form.outcome is None:
        return _to_letter(token)
    flash(_("You are in touch now. Next, agree how you two use Tandem."))
    return redirect(f"/dyads/{form.outcome}/agreement", 303)


@invitations.post("/letter/<token>/not-now", allow=anyone)
def put_off(token: str) -> ResponseReturnValue:
    """Say not now."""
    service.put_off(current_viewer(), token, utc_now())
    return _to_letter(token)


@invitations.get("/letter/<token>/no", allow=anyone)
def declining(token: str) -> ResponseReturnValue:
    """What a no means, before it is said."""
    letter = service.letter_for(current_viewer(), token, utc_now())
    return render("invitations/no.html", letter=letter) if letter.is_open else _to_letter(token)


@invitations.post("/letter/<token>/no", allow=anyone)
def decline(token: str) -> ResponseReturnValue:
    """Say no."""
    service.decline(current_viewer(), token, utc_now())
    return _to_letter(token)


def _this_letter() -> str:
    """What counts the mails that one letter leads to; the secret itself is no name for it."""
    return mailbox_key(str((request.view_args or {}).get("token")))


@invitations.post("/letter/<token>/account", allow=anyone)
@limiter.limit("20 per minute")
@limiter.limit("5 per hour", key_func=_this_letter)
def make_account(token: str) -> ResponseReturnValue:
    """Begin an account for the person whom the letter went to, then come back to it."""
    now, onward = utc_now(), url_for("invitations.letter", token=token)
    who = service.reader_of(token, request.args.get("to", ""), now)
    if who.came_by_mail:
        path = invite_to_sign_up(who.address, who.role, now)
        return redirect(f"{path}?next={onward}", 303)
    sent = send_to_sign_up(who.address, who.role, now, onward=onward)
    settings = current_app.config["SETTINGS"]
    path, lies_here = sent.path if settings.demo else "", not settings.smtp_host
    return render("accounts/letter_sent.html", path=path, mail_lies_here=lies_here)


def _letter_page(token: str, form: AcceptForm | None) -> str:
    found = service.letter_for(current_viewer(), token, utc_now())
    mark = request.args.get("to")
    return render("invitations/letter.html", letter=found, form=form, mark=mark)


def _with_own_names(kind: type[InviteForm] | type[AcceptForm]) -> InviteForm | AcceptForm:
    """A form with one's own name (and a worker's title) filled in."""
    me = viewer()
    title = own_title(me) if request.method == "GET" else ""
    form = kind(data={"name": me.name, "title": title})
    if not me.is_worker:
        del form.title
    return form


def _to_one(invitation_id: UUID) -> Response:
    return redirect(url_for("invitations.one", invitation_id=invitation_id), 303)


def _to_letter(token: str) -> Response:
    return redirect(url_for("invitations.letter", token=token), 303)
