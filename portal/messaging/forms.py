"""The forms of a thread: write, answer, one press, the hello."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import Optional

from portal.agreements.shapes import Depth, Terms
from portal.core.forms import Line, PortalForm, Words
from portal.core.languages import _
from portal.hours.shapes import Phrase
from portal.messaging.shapes import Intent, Outcome, Outgoing
from portal.messaging.starters import STARTERS, open_end

INTENTS = [
    SelectChoice(Intent.BE_HEARD.value, _("To be heard")),
    SelectChoice(Intent.TELLING.value, _("Just telling")),
    SelectChoice(Intent.QUESTION.value, _("A question")),
    SelectChoice(Intent.MEETING.value, _("For our meeting")),
    SelectChoice(Intent.GOAL.value, _("About a goal")),
    SelectChoice(Intent.PRACTICAL.value, _("Something practical")),
]
DEPTHS = [
    SelectChoice(Depth.ACKNOWLEDGE.value, _("A sign that I read it")),
    SelectChoice(Depth.SHORT.value, _("A short answer")),
    SelectChoice(Depth.WORKED.value, _("A fuller answer")),
]


class WriteForm(PortalForm):
    """The owner writes (Friction 2). The default asks for a sign; never for no answer."""

    main_point = Line(_("The main point, in one line"))
    text = Words(_("Your words"))
    intent = RadioField(
        _("What would you like back?"), choices=INTENTS, default=Intent.BE_HEARD.value
    )

    @property
    def starters(self) -> list[tuple[str, str]]:
        """First words, each as it is offered and as it stands in the box."""
        return [(words, open_end(words)) for words in map(str, STARTERS)]

    def to_body(self) -> Outgoing:
        """The words on their way."""
        return Outgoing(
            main_point=self.main_point.data or "",
            text=self.text.data or "",
            intent=Intent(self.intent.data),
        )


class AnswerForm(PortalForm):
    """The worker writes or answers, as fully as the two agreed (Friction 17)."""

    text = Words(_("Your words"))
    depth = RadioField(_("What is it?"), choices=DEPTHS)

    def __init__(self, *args: Any, terms: Terms | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.depth.data is None:
            self.depth.data = (terms.depth if terms else Depth.SHORT).value

    def to_body(self) -> Outgoing:
        """The words on their way."""
        return Outgoing(text=self.text.data or "", depth=self.depth.data or "")


class HelloForm(PortalForm):
    """The agreed hello: the worker's own words, two taps (Friction 5)."""

    phrase = RadioField(_("One of your own"), validators=[Optional()], validate_choice=False)
    text = Words(_("Or other words"))

    def __init__(self, *args: Any, phrases: Sequence[Phrase] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phrases = {str(phrase.id): phrase.text for phrase in phrases}
        self.phrase.choices = [SelectChoice(key, text) for key, text in self.phrases.items()]

    def to_body(self) -> str:
        """Words written here come before a chosen phrase."""
        return self.text.data or self.phrases.get(self.phrase.data or "", "")


class OnePressForm(PortalForm):
    """One press: what becomes of a bundle or a message."""

    press = HiddenField("")
    by_on = DateField(_("Day"), validators=[Optional()])

    def to_body(self) -> Outcome | None:
        """What was pressed; None for something that is not there."""
        known = {each.value: each for each in Outcome}
        return known.get(self.press.data or "")


class PressForm(PortalForm):
    """A press without anything to fill in."""

    def to_body(self) -> str:
        """The press itself, so that a double one is known."""
        return self.once.data or ""


__all__ = [
    "AnswerForm",
    "HelloForm",
    "OnePressForm",
    "PressForm",
    "WriteForm",
]
