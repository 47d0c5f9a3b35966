"""Forms of agreements: the eight questions, alone or together, and settling one of them.

Each question has its own fields; the whole page is all of them. ``to_body()`` gives the answers'
fields as the verbs take them.
"""

from collections.abc import Mapping
from typing import Any

from wtforms import (  # type: ignore[attr-defined]  # SelectChoice is newer than the stubs
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from portal.agreements.shapes import (
    WORDS_MAX,
    Answers,
    AnswerWithin,
    Depth,
    How,
    Names,
    Question,
    Starter,
)
from portal.agreements.wording import ANSWER_WITHIN, DEPTH, HELLO_EVERY, REVIEW_AFTER
from portal.core.forms import PortalForm, Words, at_most
from portal.core.languages import _
from portal.core.spans import WEEKDAYS, Spans, day_fields, span_values

PICK_ONE = _("Please pick one.")


def _choices(named: Mapping[Any, str]) -> list[SelectChoice]:
    """Values with their words, as a field takes them: enum members or numbers."""
    values = ((getattr(each, "value", each), words) for each, words in named.items())
    return [SelectChoice(value, words) for value, words in values]


class QuestionForm(PortalForm):
    """The base of each question's fields, filled in with somebody's answers."""

    def __init__(self, *args: Any, answers: Answers, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, data=_data_of(answers), **kwargs)
        starts = self._fields.get("who_starts")
        if starts is not None:
            starts.choices = _choices(
                {
                    Starter.WORKER: names.worker,
                    Starter.OWNER: names.owner,
                    Starter.EITHER: _("Whoever wants to"),
                }
            )

    def to_body(self) -> dict[str, Any]:
        """The answers' fields that this form asks for, typed."""
        given = {name: self._fields[name].data for name in _READ if name in self._fields}
        values = {name: _READ[name](value) for name, value in given.items()}
        if isinstance(self, Spans):
            values["windows"] = self.spans("reading")
        return values


class PurposeForm(QuestionForm):
    """What for, who else reads, what enters the record."""

    purpose = Words(_("What we use it for"), validators=[at_most(WORDS_MAX)])
    other_readers = Words(_("Who else reads what we write"), validators=[at_most(WORDS_MAX)])
    record = Words(_("What goes from here into the record"), validators=[at_most(WORDS_MAX)])


class ReadingForm(Spans, QuestionForm):
    """On which days and at what time the worker reads."""


for _name, _field in day_fields("reading", needed=_("Please pick at least one day.")).items():
    setattr(ReadingForm, _name, _field)


class AnsweringForm(QuestionForm):
    """By when an answer is expected."""

    answer_within = RadioField(
        _("An answer comes"),
        choices=_choices(ANSWER_WITHIN),
        validators=[InputRequired(PICK_ONE)],
    )


class DepthForm(QuestionForm):
    """How full an answer is."""

    depth = RadioField(
        _("An answer is"),
        choices=_choices(DEPTH),
        validators=[InputRequired(PICK_ONE)],
    )


class StartingForm(QuestionForm):
    """Who writes first, and the rhythm of the worker's hello."""

    who_starts = RadioField(_("Who writes first"), validators=[InputRequired(PICK_ONE)])
    hello_every_weeks = RadioField(
        _("A short hello from the worker"),
        choices=_choices(HELLO_EVERY),
        coerce=int,
        validators=[InputRequired(PICK_ONE)],
    )
    hello_weekday = SelectField(
        _("Day of the hello"), choices=_choices(dict(enumerate(WEEKDAYS))), coerce=int
    )
    how_often = Words(_("How often to write"), validators=[at_most(200)])


class TalkingForm(QuestionForm):
    """What is kept for talking."""

    kept_for_talking = Words(_("What we keep for talking"), validators=[at_most(WORDS_MAX)])


class WorryForm(QuestionForm):
    """Days away, nights, and a worrying message."""

    absence = Words(_("When the worker is away"), validators=[at_most(WORDS_MAX)])
    nights = Words(_("Nights and other days"), validators=[at_most(WORDS_MAX)])
    worrying = Words(_("Steps when a message worries"), validators=[at_most(WORDS_MAX)])
    numbers = Words(_("More numbers to call"), validators=[at_most(WORDS_MAX)])


class LookingForm(QuestionForm):
    """When the two look again, and how either says that it isn't working."""

    review_weeks = RadioField(
        _("We look again"),
        choices=_choices(REVIEW_AFTER),
        coerce=int,
        validators=[InputRequired(PICK_ONE)],
    )
    not_working = Words(_("If it isn't working"), validators=[at_most(WORDS_MAX)])


class AnswersForm(
    PurposeForm,
    ReadingForm,
    AnsweringForm,
    DepthForm,
    StartingForm,
    TalkingForm,
    WorryForm,
    LookingForm,
):
    """All eight questions on one page."""


class SettleFields(PortalForm):
    """How a point is settled, and which state of it was on the page."""

    how = StringField()
    number = IntegerField(widget=HiddenInput(), default=0)

    def look_at(self, number: int) -> None:
        """Say which state of the point is on the page, whatever a kept draft says."""
        self.number.data, self.number.raw_data = number, None

    @property
    def chosen(self) -> How:
        """What was pressed; anything unknown means the words on the form."""
        return _PRESSES.get(self.how.data or "", How.THIRD)


FORMS: dict[Question, type[QuestionForm]] = {
    Question.PURPOSE: PurposeForm,
    Question.READING: ReadingForm,
    Question.ANSWERING: AnsweringForm,
    Question.DEPTH: DepthForm,
    Question.STARTING: StartingForm,
    Question.TALKING: TalkingForm,
    Question.WORRY: WorryForm,
    Question.LOOKING: LookingForm,
}


def settle_form(question: Question, **kwargs: Any) -> Any:
    """A form for settling one question: its fields and the press."""
    return SETTLE_FORMS[question](**kwargs)


SETTLE_FORMS: dict[Question, Any] = {
    question: type(f"Settle{form.__name__}", (form, SettleFields), {"__doc__": form.__doc__})
    for question, form in FORMS.items()
}

_PRESSES = {how.value: how for how in (How.OWNERS, How.WORKERS, How.THIRD, How.KEPT)}

_READ: dict[str, Any] = {
    "purpose": str,
    "other_readers": str,
    "record": str,
    "answer_within": AnswerWithin,
    "depth": Depth,
    "who_starts": Starter,
    "hello_every_weeks": int,
    "hello_weekday": int,
    "how_often": str,
    "kept_for_talking": str,
    "absence": str,
    "nights": str,
    "worrying": str,
    "numbers": str,
    "review_weeks": int,
    "not_working": str,
}


def _data_of(answers: Answers) -> dict[str, Any]:
    """Answers as the fields show them."""
    named = {
        "answer_within": answers.answer_within.value,
        "depth": answers.depth.value,
        "who_starts": answers.who_starts.value,
    }
    plain = {name: getattr(answers, name) for name in _READ}
    return plain | named | span_values("reading", answers.windows)
