"""What everything on the map is called on screen: one word for each, in one place.

In a template the filters of the map's blueprint give the words.
"""

import enum

from portal.core.languages import _
from portal.network_map.shapes import (
    Circle,
    Difference,
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

Words = dict[enum.Enum, str]

KINDS: Words = {
    Kind.PERSON: _("a person"),
    Kind.PLACE: _("a place"),
    Kind.ACTIVITY: _("an activity"),
    Kind.ANIMAL: _("an animal"),
}
SECTORS: Words = {
    Sector.FAMILY: _("Family"),
    Sector.FRIENDS: _("Friends"),
    Sector.WORK: _("Work or study"),
    Sector.LEISURE: _("Leisure"),
    Sector.NEIGHBOURHOOD: _("Neighbourhood"),
    Sector.SERVICES: _("Services"),
}
CIRCLES: Words = {
    Circle.CLOSEST: _("Closest"),
    Circle.NEAR: _("Near"),
    Circle.WITHIN_REACH: _("Within reach"),
    Circle.OUTER: _("Further out"),
}
OFTEN: Words = {
    HowOften.DAILY: _("daily"),
    HowOften.WEEKLY: _("weekly"),
    HowOften.MONTHLY: _("monthly"),
    HowOften.RARER: _("more rarely"),
}
TIES: Words = {
    Tie.SUPPORTIVE: _("good"),
    Tie.MIXED: _("mixed"),
    Tie.STRAINED: _("strained"),
    Tie.BROKEN: _("broken"),
}
SUPPORTS: Words = {
    Support.EMOTIONAL: _("somebody who listens"),
    Support.PRACTICAL: _("practical help"),
    Support.COMPANY: _("company"),
    Support.ADVICE: _("advice"),
}
DIRECTIONS: Words = {
    Direction.I_GIVE: _("I give"),
    Direction.I_GET: _("I get"),
    Direction.BOTH: _("both ways"),
}
EFFECTS: Words = {
    Effect.LIFTS: _("lifts me"),
    Effect.NEUTRAL: _("neither way"),
    Effect.DRAINS: _("drains me"),
}
WISHES: Words = {
    Wish.CLOSER: _("closer"),
    Wish.SAME: _("as it is"),
    Wish.MORE_DISTANCE: _("more distance"),
}

_ALL: Words = {
    **KINDS,
    **SECTORS,
    **CIRCLES,
    **OFTEN,
    **TIES,
    **SUPPORTS,
    **DIRECTIONS,
    **EFFECTS,
    **WISHES,
}


def said(member: enum.Enum | None) -> str:
    """What a choice is called in the language of whoever reads; empty where it was left open."""
    return str(_ALL[member]) if member is not None else ""


def place_of(body: NodeBody) -> str:
    """Where a node stands: its sector and its circle."""
    return f"{said(body.sector)} · {said(body.circle)}"


def facts_of(body: NodeBody) -> tuple[tuple[str, str], ...]:
    """Everything that was said of a node, term by term; what was left open is left out."""
    support = ", ".join(said(each) for each in body.support)
    rows = (
        (_("What it is"), said(body.kind)),
        (_("Part of life"), said(body.sector)),
        (_("Circle"), said(body.circle)),
        (_("Contact"), said(body.contact)),
        (_("Between us"), said(body.tie)),
        (_("Support"), support),
        (_("Who gives"), said(body.direction)),
        (_("What it does to me"), said(body.effect)),
        (_("What I wish"), said(body.wish)),
        (_("In a crisis"), call_words(body)),
        (_("To remember"), body.note),
    )
    return tuple((str(term), text) for term, text in rows if text)


def call_words(body: NodeBody) -> str:
    """Whether it may be called in a crisis, and on which number."""
    if not body.may_be_called:
        return ""
    may = str(_("may be called"))
    return f"{may} · {body.phone}" if body.phone else may


def short_line(body: NodeBody) -> str:
    """What the drawing shows of a node, and how often there is contact, in one line."""
    return _joined(_kind(body), said(body.contact), *_drawn(body))


def whole_line(body: NodeBody) -> str:
    """A node in one line, beside its name in a list that says sector and circle already."""
    support = ", ".join(said(each) for each in body.support)
    wish = str(_("I wish: %(wish)s")) % {"wish": said(body.wish)} if body.wish else ""
    return _joined(
        _kind(body), said(body.contact), support, said(body.direction), *_drawn(body), wish
    )


def _kind(body: NodeBody) -> str:
    return "" if body.kind is Kind.PERSON else said(body.kind)


def _drawn(body: NodeBody) -> tuple[str, ...]:
    tie = str(_("between us: %(tie)s")) % {"tie": said(body.tie)} if body.tie else ""
    return tie, said(body.effect), call_words(body)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def differences(then: NodeBody, now: NodeBody) -> tuple[Difference, ...]:
    """What is otherwise than before, term by term, with both in words."""
    before = dict((_named(then), *facts_of(then)))
    after = dict((_named(now), *facts_of(now)))
    return tuple(
        Difference(term, before.get(term, ""), after.get(term, ""))
        for term in {**before, **after}
        if before.get(term) != after.get(term)
    )


def _named(body: NodeBody) -> tuple[str, str]:
    return str(_("Name")), body.name
