"""The forms of goals, pieces and offers. Nothing but a title or a text is ever needed."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any

from msgspec.structs import replace
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import Optional

from portal.core.days import Day
from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.goals import words
from portal.goals.shapes.bodies import (
    ActivityBody,
    Doer,
    Encouragement,
    GoalBody,
    GoalState,
    Horizon,
    HowOften,
    OfferBody,
    RemindAt,
    Size,
)
from portal.life_domains.shapes import Domain

TITLE_MAX = 200
LINE_MAX = 500
WORDS_MAX = 4000

NO_DOMAIN = SelectChoice("", _("None of these"))
AS_FOR_ALL = SelectChoice("", _("As for all my goals"))


def pills(named: words.Words, default: Enum, label: str) -> RadioField:
    """One choice of several, shown as pills; `default` stands until another is picked."""
    return RadioField(label, choices=_choices(named), default=default.value)


def _choices(named: words.Words) -> list[SelectChoice]:
    return [SelectChoice(str(member.value), name) for member, name in named.items()]


def _domains(domains: Sequence[Domain]) -> list[SelectChoice]:
    return [SelectChoice(domain.key, domain.name) for domain in domains]


def _encouragement(value: str | None) -> Encouragement | None:
    return Encouragement(value) if value else None


class GoalForm(PortalForm):
    """The words of a goal. What is left empty is fine."""

    title = Line(_("What would you like?"), [needed(), at_most(TITLE_MAX)])
    why = Words(_("Why does it matter to you?"), [at_most(WORDS_MAX)])
    horizon = pills(words.HORIZONS, Horizon.SOME_DAY, _("About when?"))
    domain = RadioField(_("Which part of life is it in?"), default="")
    helper = Line(_("Who or what could help?"), [at_most(LINE_MAX)])
    look_again_on = Day(_("When would you like to look at it again?"), [Optional()])
    encouragement = RadioField(
        _("How much may others push?"),
        choices=[AS_FOR_ALL, *_choices(words.ENCOURAGEMENTS)],
        default="",
    )

    def __init__(self, domains: Sequence[Domain], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domain.choices = [*_domains(domains), NO_DOMAIN]

    def to_body(self) -> GoalBody:
        """The words of the goal, without its history."""
        return GoalBody(
            title=self.title.data or "",
            why=self.why.data or "",
            domain=self.domain.data or "",
            horizon=Horizon(self.horizon.data),
            helper=self.helper.data or "",
            look_again_on=self.look_again_on.data,
            encouragement=_encouragement(self.encouragement.data),
        )


class NewGoalForm(GoalForm):
    """A new goal: its words, and whether it starts now or is an idea for later."""

    state = RadioField(
        _("Is it for now?"),
        choices=[
            SelectChoice(GoalState.NOW.value, _("Yes, I start with it")),
            SelectChoice(GoalState.IDEA.value, _("Not yet, it is an idea")),
        ],
        default=GoalState.NOW.value,
    )

    def to_body(self) -> GoalBody:
        """The whole new goal."""
        return replace(super().to_body(), state=GoalState(self.state.data))


def goal_words(body: GoalBody) -> dict[str, Any]:
    """What a form of a goal shows at first."""
    return {
        "title": body.title,
        "why": body.why,
        "horizon": body.horizon.value,
        "domain": body.domain,
        "helper": body.helper,
        "look_again_on": body.look_again_on,
        "encouragement": body.encouragement.value if body.encouragement else "",
    }


class HorizonForm(PortalForm):
    """Another horizon for a goal."""

    horizon = pills(words.HORIZONS, Horizon.SOME_DAY, _("About when?"))

    def to_body(self) -> Horizon:
        """The horizon picked."""
        return Horizon(self.horizon.data)


class PieceForm(PortalForm):
    """A smaller piece of a goal."""

    text = Line(_("What is the piece?"), [needed(), at_most(LINE_MAX)])
    size = pills(words.SIZES, Size.SMALL, _("How big does it feel?"))
    doer = pills(words.DOERS, Doer.ME, _("Who does it?"))
    doer_name = Line(_("If somebody else: who?"), [at_most(TITLE_MAX)])
    day = Day(_("On which day?"), [Optional()])
    repeat = SelectField(
        _("Does it come back?"), choices=_choices(words.HOW_OFTEN), default=HowOften.ONCE.value
    )
    remind_at = SelectField(
        _("Would you like a reminder on that day?"),
        choices=_choices(words.REMIND_AT),
        default=RemindAt.NEVER.value,
    )
    plan_b = Line(_("Plan B, if it does not work out"), [at_most(LINE_MAX)])

    @property
    def wants_reminder(self) -> bool:
        """Whether an e-mail is to come."""
        return bool(self.remind_at.data != RemindAt.NEVER.value)

    def to_body(self) -> ActivityBody:
        """The words of the piece, without what was done of it."""
        return ActivityBody(
            text=self.text.data or "",
            size=Size(self.size.data),
            doer=Doer(self.doer.data),
            doer_name=self.doer_name.data or "",
            day=self.day.data,
            repeat=HowOften(self.repeat.data),
            remind_at=RemindAt(self.remind_at.data),
            plan_b=self.plan_b.data or "",
        )


def piece_words(body: ActivityBody) -> dict[str, Any]:
    """What a form of a piece shows at first."""
    return {
        "text": body.text,
        "size": body.size.value,
        "doer": body.doer.value,
        "doer_name": body.doer_name,
        "day": body.day,
        "repeat": body.repeat.value,
        "remind_at": body.remind_at.value,
        "plan_b": body.plan_b,
    }


class SmallerForm(PortalForm):
    """A smaller version of a piece, or the first tiny piece of a goal."""

    text = Line(_("What would be a smaller version?"), [needed(), at_most(LINE_MAX)])
    size = pills(words.SIZES, Size.TINY, _("How big does it feel?"))

    def to_body(self) -> tuple[str, Size]:
        """The smaller words, and how big they feel."""
        return self.text.data or "", Size(self.size.data)


class PieceDayForm(PortalForm):
    """Another day for a piece; none means any day."""

    day = Day(_("On which day?"), [Optional()])

    def to_body(self) -> date | None:
        """The day picked."""
        day: date | None = self.day.data
        return day


class OfferForm(PortalForm):
    """An idea that a worker offers."""

    text = Words(_("Your idea, as a question or an offer"), [needed(), at_most(WORDS_MAX)])

    def to_body(self) -> OfferBody:
        """The words of the idea."""
        return OfferBody(text=self.text.data or "")
