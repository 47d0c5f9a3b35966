"""The forms of the plan: one for each way in which a section is written, and how it was made."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import FieldList, Form, FormField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.days import Day
from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.crisis_plan.rules.order import ENTRIES_MAX, ORDER
from portal.crisis_plan.shapes import Entry, Kind, Made, Manner, NewCard, PlanBody, Section
from portal.crisis_plan.words import POINTS

TEXT_MAX = 4000
LINE_MAX = 300
TITLE_MAX = 80
EMPTY_ROWS = 2
ROWS_MAX = 100  # what a forged form may bring; the plan says how many there is room for
ON_A_CARD = (Kind.STEPS, Kind.PEOPLE, Kind.HELPERS, Kind.MEET_ME)
"""What a new card opens unless its owner chooses otherwise."""


class SectionForm(PortalForm):
    """What every section has: a heading of one's own, if one likes."""

    title = Line(_("Your own heading"), [at_most(TITLE_MAX)])
    kind: Kind

    def entries_of(self) -> tuple[Entry, ...]:
        """The entries that were written; a section of words has none."""
        return ()

    def to_body(self) -> PlanBody:
        """The section as written."""
        text = self.text.data if "text" in self else ""
        return PlanBody(
            self.kind, text or "", entries=self.entries_of(), title=self.title.data or ""
        )


class WordsForm(SectionForm):
    """A section in words, or one line after the other."""

    text = Words("", [at_most(TEXT_MAX)])


class CallRow(Form):
    """Somebody to call."""

    who = Line(_("Name"), [at_most(LINE_MAX)])
    phone = Line(_("Telephone"), [at_most(40)])
    more = Line(_("When, or what they know"), [at_most(LINE_MAX)])


class CallsForm(SectionForm):
    """People to call; those whom the network map names can be taken along."""

    entries = FieldList(FormField(CallRow), max_entries=ROWS_MAX)
    taken = SelectMultipleField(
        _("From your network map"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    contacts: dict[str, Entry]

    def entries_of(self) -> tuple[Entry, ...]:
        """The people written here, then those taken from the map."""
        rows = [_call(row.data) for row in self.entries]
        rows += [self.contacts[key] for key in self.taken.data or ()]
        return tuple(row for row in rows if row is not None)


class ReasonRow(Form):
    """A treatment, and why."""

    what = Line(_("What"), [at_most(LINE_MAX)])
    why = Line(_("Why"), [at_most(LINE_MAX)])


class ReasonsForm(SectionForm):
    """Treatments, each with its why."""

    entries = FieldList(FormField(ReasonRow), max_entries=ROWS_MAX)

    def entries_of(self) -> tuple[Entry, ...]:
        """The treatments that were written."""
        rows = (Entry(row.data["what"] or "", "", row.data["why"] or "") for row in self.entries)
        return tuple(row for row in rows if row.name or row.more)


class MeetForm(SectionForm):
    """How to meet the owner."""

    like_this = Words(_("Like this"), [at_most(TEXT_MAX)])
    please_not = Words(_("Please not"), [at_most(TEXT_MAX)])

    def entries_of(self) -> tuple[Entry, ...]:
        """The two points."""
        return _points(self)


class AdmittedForm(SectionForm):
    """What is to be done at home if the owner is admitted."""

    tell = Words(_("Whom to tell, and what"), [at_most(TEXT_MAX)])
    children = Words(_("Children"), [at_most(TEXT_MAX)])
    pets = Words(_("Animals"), [at_most(TEXT_MAX)])
    home = Words(_("Home: post, plants, rent, keys"), [at_most(TEXT_MAX)])

    def entries_of(self) -> tuple[Entry, ...]:
        """The four points."""
        return _points(self)


class MadeForm(PortalForm):
    """How the plan was made, and when to look again."""

    how = RadioField(
        _("How did you make it?"),
        choices=[
            SelectChoice("alone", _("Alone")),
            SelectChoice("together", _("Together with somebody")),
        ],
        validators=[InputRequired(_("Please pick one."))],
    )
    with_whom = Line(_("Together with"), [at_most(LINE_MAX)])
    review_on = Day(_("Look at it again on"), [Optional()])

    def to_body(self) -> Made:
        """How it was made."""
        is_alone = self.how.data == "alone"
        return Made(is_alone, "" if is_alone else self.with_whom.data or "", self.review_on.data)


class AnswerForm(PortalForm):
    """A worker's word on the plan."""

    stance = RadioField(
        _("What do you want to say?"),
        choices=[
            SelectChoice("agrees", _("I have read it and agree")),
            SelectChoice("otherwise", _("I have read it and see something otherwise")),
        ],
        validators=[InputRequired(_("Please pick one."))],
    )
    about = RadioField(_("About"), choices=[], default="")
    text = Words(_("In your own words"), [at_most(TEXT_MAX)])

    def __init__(self, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        whole = SelectChoice("", str(_("All that I see")))
        self.about.choices = [whole, *(SelectChoice(key, name) for key, name in sections)]


class CardForm(PortalForm):
    """What a card opens, whose name is on it, what its owner calls it."""

    label = Line(_("What do you call this card?"), [needed(), at_most(TITLE_MAX)])
    name = Line(_("Name on the card"), [at_most(40)])
    sections = SelectMultipleField(
        _("What does it open?"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_("Please pick at least one."))],
    )

    def __init__(self, sections: Sequence[Section]) -> None:
        first = [each.id.hex for each in sections if each.body.kind in ON_A_CARD]
        super().__init__(data={"sections": first})
        self.sections.choices = [SelectChoice(each.id.hex, each.heading) for each in sections]

    def to_body(self) -> NewCard:
        """The card as wanted."""
        chosen = tuple(UUID(each) for each in self.sections.data or ())
        return NewCard(self.label.data or "", self.name.data or "", chosen)


class CardCodeForm(PortalForm):
    """A card's code, typed by hand."""

    code = Line(_("The code on the card"), [needed(), at_most(80)])

    def to_body(self) -> str:
        """The code as typed."""
        return self.code.data or ""


_FORMS: dict[Manner, type[SectionForm]] = {
    Manner.WORDS: WordsForm,
    Manner.LINES: WordsForm,
    Manner.CALLS: CallsForm,
    Manner.REASONS: ReasonsForm,
}
_BY_POINTS = {Kind.MEET_ME: MeetForm, Kind.ADMITTED: AdmittedForm}


def section_form(body: PlanBody, contacts: Sequence[tuple[str, Entry]]) -> SectionForm:
    """The form of a section, filled with what it says now."""
    manner = ORDER[body.kind][1]
    form = (_BY_POINTS.get(body.kind) or _FORMS[manner])(data=_data(body, manner))
    form.kind = body.kind
    if isinstance(form, CallsForm):
        form.contacts = dict(contacts)
        form.taken.choices = [SelectChoice(key, entry.name) for key, entry in contacts]
    return form


def _data(body: PlanBody, manner: Manner) -> dict[str, Any]:
    known: dict[str, Any] = {"title": body.title, "text": body.text}
    if manner is Manner.POINTS:
        return known | {entry.name: entry.more for entry in body.entries}
    room = max(ENTRIES_MAX, len(body.entries))
    rows = [*body.entries, *(Entry() for _row in range(EMPTY_ROWS))][:room]
    if manner is Manner.CALLS:
        known["entries"] = [{"who": r.name, "phone": r.phone, "more": r.more} for r in rows]
    if manner is Manner.REASONS:
        known["entries"] = [{"what": r.name, "why": r.more} for r in rows]
    return known


def _call(row: dict[str, Any]) -> Entry | None:
    entry = Entry(row["who"] or "", row["phone"] or "", row["more"] or "")
    return entry if entry != Entry() else None


def _points(form: SectionForm) -> tuple[Entry, ...]:
    written = ((key, form[key].data or "") for key, _name in POINTS[form.kind])
    return tuple(Entry(key, "", words) for key, words in written if words.strip())
