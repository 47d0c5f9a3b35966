"""The pages of the record: a pair's pages, one of them, on paper; and the way to a new one."""

from functools import partial
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.gates import owner, owner_or_worker, viewer, worker
from portal.core.errors import FieldError, NotVisible
from portal.core.guard import GuardedBlueprint
from portal.core.languages import _
from portal.core.pages import form_page, render
from portal.core.papers import pdf_answer
from portal.core.sheet import Sheet
from portal.drafts.keeping import typed_fields
from portal.record import service
from portal.record.forms import RecordForm
from portal.record.shapes import ApprovedPage, RecordPreview

record = GuardedBlueprint("record", __name__, url_prefix="/record")


@record.get("/with/<uuid:dyad_id>", allow=owner_or_worker)
def index(dyad_id: UUID) -> ResponseReturnValue:
    """A pair's pages for the record, newest first."""
    before = request.args.get("before")
    page = service.pages_of(viewer(), dyad_id, before)
    return render("record/index.html", page=page, before=before)


@record.route("/with/<uuid:dyad_id>/new", allow=owner, methods=["GET", "POST"])
def new(dyad_id: UUID) -> ResponseReturnValue:
    """Step one: what stands on the page. Step two: exactly that page; nobody has it yet."""
    me, form = viewer(), _form(dyad_id)
    found = _preview(form, dyad_id) if form.validate_on_submit() else None
    if found is not None:
        service.keep_for_later(me, form.place, typed_fields())
        return render("record/preview.html", preview=found, form=form)
    return form_page(_choose(form, dyad_id))


@record.post("/with/<uuid:dyad_id>", allow=owner)
def approve(dyad_id: UUID) -> ResponseReturnValue:
    """Step three: approve what was seen."""
    me, form, seen = viewer(), _form(dyad_id), request.form.get("seen", "")
    verb = partial(service.approve, me, dyad_id, seen=seen, once=form.once.data)
    if form.saves(verb):
        flash(_("Approved. The page is there for both of you."))
        return redirect(url_for("record.page", page_id=form.outcome), 303)
    found = None if form.words.errors else _preview(form, dyad_id)
    if found is not None:
        return render("record/preview.html", preview=found, form=form), 422
    return _choose(form, dyad_id), 422


@record.get("/<uuid:page_id>", allow=owner_or_worker)
def page(page_id: UUID) -> ResponseReturnValue:
    """One approved page."""
    me = viewer()
    found = service.page_for(me, page_id)
    return render("record/page.html", page=found, text=service.text_of(me, found))


@record.get("/<uuid:page_id>/print", allow=owner_or_worker)
def on_paper(page_id: UUID) -> ResponseReturnValue:
    """The same, for printing."""
    found = service.page_for(viewer(), page_id)
    return render("record/print.html", page=found, sheet=_sheet(found))


@record.get("/<uuid:page_id>/pdf", allow=owner_or_worker)
def as_pdf(page_id: UUID) -> Response:
    """The same as a PDF of one page."""
    return pdf_answer(_sheet(service.page_for(viewer(), page_id)), name="sheet")


@record.route("/<uuid:page_id>/taking-back", allow=owner, methods=["GET", "POST"])
def take_back(page_id: UUID) -> ResponseReturnValue:
    """Take a page back, after reading what that means."""
    if request.method == "POST":
        dyad_id = service.take_back(viewer(), page_id)
        flash(_("Taken back. Its words are no longer here."))
        return redirect(url_for("record.index", dyad_id=dyad_id), 303)
    return render("record/take_back.html", page=service.page_for(viewer(), page_id))


@record.post("/with/<uuid:dyad_id>/ask", allow=worker)
def ask(dyad_id: UUID) -> ResponseReturnValue:
    """A worker asks for a page."""
    service.ask(viewer(), dyad_id)
    return redirect(url_for("record.index", dyad_id=dyad_id), 303)


@record.post("/with/<uuid:dyad_id>/not-now", allow=owner)
def not_now(dyad_id: UUID) -> ResponseReturnValue:
    """The owner says not now."""
    service.answer_not_now(viewer(), dyad_id)
    flash(_("Said. You need not explain."))
    return redirect(url_for("record.index", dyad_id=dyad_id), 303)


def _form(dyad_id: UUID) -> RecordForm:
    return RecordForm(place=url_for("record.new", dyad_id=dyad_id))


def _choose(form: RecordForm, dyad_id: UUID) -> str:
    offered = service.offered_for(viewer(), dyad_id)
    return render("record/choose.html", offered=offered, form=form)


def _preview(form: RecordForm, dyad_id: UUID) -> RecordPreview | None:
    """The page as it would be; None when there is something to mend first."""
    try:
        return service.preview_for(viewer(), dyad_id, form.to_body())
    except FieldError as problem:
        if problem.message not in form.form_errors:
            form.put_error(problem)
        return None


def _sheet(page: ApprovedPage) -> Sheet:
    if page.sheet is None:
        raise NotVisible
    return page.sheet
