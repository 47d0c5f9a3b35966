"""The forms of the map. Nothing but a name is ever needed."""

import enum
from typing import Any, TypeVar

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.forms import Line, PortalForm, Words, at_most, needed
from portal.core.languages import _
from portal.network_map import words
from portal.network_map.shapes import (
    Circle,
    Direction,
    Effect,
    HowOften,
    Kind,
    NodeBody,
    Sector,
    Support,
    Tie,
    Wish,
)

NAME_MAX = 60
PHONE_MAX = 40
NOTE_MAX = 1000
LINE_MAX = 200
OPEN = SelectChoice("", _("I leave it open"))
EnumT = TypeVar("EnumT", bound=enum.Enum)


def _choices(named: words.Words) -> list[SelectChoice]:
    return [SelectChoice(str(member.value), name) for member, name in named.items()]


def _picked(kind: type[EnumT], value: str | None) -> EnumT | None:
    return kind(value) if value else None


def _pills(label: str, named: words.Words, default: enum.Enum) -> RadioField:
    return RadioField(label, choices=_choices(named), default=default.value)


def _open_pills(label: str, named: words.Words) -> RadioField:
    return RadioField(label, choices=[*_choices(named), OPEN], default="")


class Several(SelectMultipleField):
    """Several of many, as pills."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NodeForm(PortalForm):
    """Somebody or something on the map."""

    name = Line(_("What do you call them?"), [needed(), at_most(NAME_MAX)])
    kind = _pills(_("What is it?"), words.KINDS, Kind.PERSON)
    sector = _pills(_("Which part of life is it in?"), words.SECTORS, Sector.FAMILY)
    circle = _pills(_("How close is it to you?"), words.CIRCLES, Circle.NEAR)
    contact = _open_pills(_("How often are you in touch?"), words.OFTEN)
    tie = _open_pills(_("What is it like between you?"), words.TIES)
    support = Several(_("What support is there?"), choices=_choices(words.SUPPORTS))
    direction = _open_pills(_("Who gives it?"), words.DIRECTIONS)
    effect = _open_pills(_("What does it do to you?"), words.EFFECTS)
    wish = _open_pills(_("What do you wish?"), words.WISHES)
    may_be_called = BooleanField(_("May be called in a crisis"))
    phone = Line(_("Telephone number"), [at_most(PHONE_MAX)])
    note = Words(_("Something to remember"), [at_most(NOTE_MAX)])

    def to_body(self) -> NodeBody:
        """The node as it was typed."""
        return NodeBody(
            name=self.name.data or "",
            kind=Kind(self.kind.data),
            sector=Sector(self.sector.data),
            circle=Circle(self.circle.data),
            contact=_picked(HowOften, self.contact.data),
            tie=_picked(Tie, self.tie.data),
            support=tuple(Support(value) for value in self.support.data or ()),
            direction=_picked(Direction, self.direction.data),
            effect=_picked(Effect, self.effect.data),
            wish=_picked(Wish, self.wish.data),
            may_be_called=bool(self.may_be_called.data),
            phone=self.phone.data or "",
            note=self.note.data or "",
        )


def node_data(body: NodeBody) -> dict[str, Any]:
    """What the form of a node shows at first."""
    return {
        "name": body.name,
        "kind": body.kind.value,
        "sector": body.sector.value,
        "circle": body.circle.value,
        "contact": _value(body.contact),
        "tie": _value(body.tie),
        "support": [each.value for each in body.support],
        "direction": _value(body.direction),
        "effect": _value(body.effect),
        "wish": _value(body.wish),
        "may_be_called": body.may_be_called,
        "phone": body.phone,
        "note": body.note,
    }


def _value(member: enum.Enum | None) -> str:
    return str(member.value) if member is not None else ""


class PlaceForm(PortalForm):
    """Another sector and circle for a node; dragging it posts this form too."""

    sector = SelectField(_("Part of life"), choices=_choices(words.SECTORS))
    circle = SelectField(_("Circle"), choices=_choices(words.CIRCLES))

    def to_body(self) -> tuple[Sector, Circle]:
        """The sector and the circle picked."""
        return Sector(self.sector.data), Circle(self.circle.data)

    @classmethod
    def _keeps_words(cls) -> bool:
        """There is nothing to write, so no draft is looked for."""
        return False


def place_data(body: NodeBody) -> dict[str, Any]:
    """What the form of a node's place shows at first."""
    return {"sector": body.sector.value, "circle": body.circle.value}


class SnapshotForm(PortalForm):
    """Why the map is kept as it is today. Its date is enough."""

    why = Line(_("Why do you keep it today?"), [at_most(LINE_MAX)])

    def to_body(self) -> str:
        """The line."""
        return self.why.data or ""


class CopyForm(PortalForm):
    """The line under which a copy of the map stands on a meeting's list."""

    line = Line(_("What shall stand on the list?"), [needed(), at_most(LINE_MAX)])

    def to_body(self) -> str:
        """The line."""
        return self.line.data or ""
