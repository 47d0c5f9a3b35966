"""The forms of check-ins. No question of a check-in has to be answered."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from wtforms import Field, HiddenField, RadioField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.check_ins.rules.showing import NO, YES
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.check_ins.words import FIVE, HIGH, LOW
from portal.core.days import Day
from portal.core.errors import FieldError
from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _

NAME_MAX = 100
WORD_MAX = 40
LINE_MAX = 300
WORDS_MAX = 4000
HOURS_LENGTH = 12
SLOTS = 6  # three that are asked, and three more that an older check-in may hold
SKIP = SelectChoice("", _("Skip"))


def hours_in(text: str) -> float:
    """Hours as people write them: ``7``, ``7.5``, ``7,5`` or ``7:30``."""
    whole, colon, minutes = text.partition(":")
    if len(text) > HOURS_LENGTH or (colon and not 0 <= int(minutes) < 60):
        raise ValueError("hours, and minutes below 60")
    hours = float(whole.replace(",", ".")) + (int(minutes) / 60 if colon else 0)
    if not 0 <= hours <= 24:
        raise ValueError("a day has 24 hours")
    return round(hours, 2)


def as_hours(_form: Any, field: Field) -> None:
    """The field holds hours of one day."""
    try:
        hours_in(field.data)
    except ValueError as problem:
        message = str(_("Please write hours like 7 or 7.5. A day has 24."))
        raise ValidationError(message) from problem


class CheckInForm(PortalForm):
    """What was all right, then each thing that is asked, then anything more."""

    good = Words(_("What was all right?"), [at_most(WORDS_MAX)])
    asked = HiddenField("")
    note = Words(_("Anything more?"), [at_most(WORDS_MAX)])
    happened = Line(_("Did something happen that mattered?"), [at_most(LINE_MAX)])
    on = Day(_("Which day?"), [InputRequired(_("Please pick a day."))])

    def __init__(self, items: Sequence[Item], on: date, body: CheckInBody | None = None) -> None:
        self.items = tuple(items)[:SLOTS]
        super().__init__(data=_as_data(self.items, on, body or CheckInBody()))
        self.slots = [_slot(self, number, item) for number, item in enumerate(self.items)]
        for number in range(SLOTS):
            for kind in ("pick", "hours", "text"):
                name = f"{kind}_{number}"
                if self[name] not in self.slots:
                    del self[name]

    @property
    def asks(self) -> frozenset[UUID]:
        """The things that this form asks."""
        return frozenset(item.id for item in self.items)

    def to_body(self) -> tuple[date, CheckInBody]:
        """The day, and what was said; what was skipped is not in it."""
        if (self.asked.data or "") != _names(self.items):
            self.asked.data = _names(self.items)
            raise FieldError("", _("What is asked has changed meanwhile. Please look once more."))
        found = (
            _answer(item, slot.data) for item, slot in zip(self.items, self.slots, strict=True)
        )
        body = CheckInBody(
            good=self.good.data or "",
            answers=tuple(each for each in found if each is not None),
            note=self.note.data or "",
            happened=self.happened.data or "",
        )
        return cast("date", self.on.data), body


for _number in range(SLOTS):
    _pick = RadioField("", choices=[], default="", validate_choice=False)
    setattr(CheckInForm, f"pick_{_number}", _pick)
    setattr(CheckInForm, f"hours_{_number}", Line("", [Optional(), as_hours]))
    setattr(CheckInForm, f"text_{_number}", Words("", [at_most(WORDS_MAX)]))


class ItemForm(PortalForm):
    """What to follow, in the owner's words; each kind asks for what belongs to it."""

    name = Line(_("What would you like to follow?"), [needed(), at_most(NAME_MAX)])
    word_0 = Line(_("The hardest"), [needed(), at_most(WORD_MAX)], default=FIVE[0])
    word_1 = Line(_("Second"), [needed(), at_most(WORD_MAX)], default=FIVE[1])
    word_2 = Line(_("In the middle"), [needed(), at_most(WORD_MAX)], default=FIVE[2])
    word_3 = Line(_("Fourth"), [needed(), at_most(WORD_MAX)], default=FIVE[3])
    word_4 = Line(_("The best"), [needed(), at_most(WORD_MAX)], default=FIVE[4])
    low = Line(_("What does 1 mean?"), [needed(), at_most(WORD_MAX)], default=LOW)
    high = Line(_("What does 7 mean?"), [needed(), at_most(WORD_MAX)], default=HIGH)

    def __init__(self, kind: Kind, item: Item | None = None) -> None:
        super().__init__(data=_item_data(item))
        self.kind = kind
        words = [self[f"word_{number}"] for number in range(5)]
        self.words = words if kind is Kind.WORDS else []
        self.ends = [self.low, self.high] if kind is Kind.SEVEN else []
        for field in (*words, self.low, self.high):
            if field not in (*self.words, *self.ends):
                del self[field.short_name]

    def to_item(self, item_id: UUID, since: datetime) -> Item:
        """The thing as it is now called."""
        low, high = (self.low.data, self.high.data) if self.ends else ("", "")
        return Item(
            id=item_id,
            name=self.name.data or "",
            kind=self.kind,
            since=since,
            words=tuple(field.data or "" for field in self.words),
            low=low or "",
            high=high or "",
        )

    def to_body(self) -> "ItemForm":
        """The form itself: an id and a moment are still missing."""
        return self


class ReminderForm(PortalForm):
    """A time of day, or none."""

    at = TimeField(_("Remind me every day at"), validators=[Optional()])

    def to_body(self) -> time | None:
        """The time, if there is one."""
        return self.at.data


def _names(items: Sequence[Item]) -> str:
    return " ".join(item.id.hex for item in items)


def _as_data(items: Sequence[Item], on: date, body: CheckInBody) -> dict[str, Any]:
    data: dict[str, Any] = {
        "good": body.good,
        "note": body.note,
        "happened": body.happened,
        "on": on,
        "asked": _names(items),
    }
    for number, item in enumerate(items):
        answer = body.answer(item.id)
        if answer is None:
            continue
        shown = "" if answer.number is None else f"{answer.number:g}"
        data |= {
            f"pick_{number}": shown,
            f"hours_{number}": shown,
            f"text_{number}": answer.text,
        }
    return data


def _slot(form: CheckInForm, number: int, item: Item) -> Field:
    """The one field that asks for a thing."""
    kind = {Kind.HOURS: "hours", Kind.TEXT: "text"}.get(item.kind, "pick")
    found: Any = form[f"{kind}_{number}"]
    found.label.text = item.name
    if kind == "pick":
        found.choices = [*_choices(item), SKIP]
        found.data = found.data or ""
    slot: Field = found
    return slot


def _choices(item: Item) -> list[SelectChoice]:
    if item.kind is Kind.WORDS:
        return [SelectChoice(str(at), word) for at, word in enumerate(item.words, start=1)]
    if item.kind is Kind.YES_NO:
        return [SelectChoice("1", YES), SelectChoice("0", NO)]
    return [SelectChoice(str(at), str(at)) for at in range(1, 8)]


def _answer(item: Item, said: str | None) -> Answer | None:
    if not said:
        return None
    if item.kind is Kind.TEXT:
        return Answer(item.id, text=said)
    if item.kind is Kind.HOURS:
        return Answer(item.id, number=hours_in(said))
    picked = {choice.value: str(choice.label) for choice in _choices(item)}
    if said not in picked:
        return None
    text = picked[said] if item.kind is Kind.WORDS else ""
    return Answer(item.id, number=float(said), text=text)


def _item_data(item: Item | None) -> dict[str, str]:
    if item is None:
        return {}
    words = {f"word_{number}": word for number, word in enumerate(item.words)}
    return {"name": item.name, "low": item.low, "high": item.high} | words
