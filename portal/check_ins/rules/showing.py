"""How answers become words and dots. Nothing is worked out of them."""

from collections.abc import Iterable, Sequence

from portal.check_ins.shapes.bodies import Answer, Item, Kind
from portal.check_ins.shapes.pages import Entry, Said
from portal.core.languages import _
from portal.toolbox.charts import Axis, Marker, Value, hours_axis, seven_axis, words_axis

NO, YES = _("no"), _("yes")


def in_words(kind: Kind, answer: Answer) -> str:
    """An answer as one would say it."""
    if answer.number is None or kind in (Kind.WORDS, Kind.TEXT):
        return answer.text
    if kind is Kind.YES_NO:
        return str(YES if answer.number else NO)
    if kind is Kind.HOURS:
        return str(_("%(number)s h")) % {"number": f"{answer.number:g}"}
    return f"{answer.number:g}"


def values_of(item: Item, entries: Iterable[Entry]) -> list[Value]:
    """The dots of one thing."""
    found = []
    for entry in entries:
        answer = entry.body.answer(item.id)
        if answer is not None and answer.number is not None:
            text = in_words(item.kind, answer)
            found.append(Value(entry.on, answer.number, text, entry.body.clock))
    return found


def axis_of(item: Item, values: Sequence[Value]) -> Axis:
    """What stands beside the chart of one thing."""
    if item.kind is Kind.WORDS:
        return words_axis(item.words)
    if item.kind is Kind.SEVEN:
        return seven_axis(item.low, item.high)
    if item.kind is Kind.YES_NO:
        return Axis(((0.0, str(NO)), (1.0, str(YES))))
    return hours_axis(values)


def said_of(item: Item, entries: Iterable[Entry]) -> tuple[Said, ...]:
    """The words of one thing, oldest first."""
    answers = ((entry, entry.body.answer(item.id)) for entry in entries)
    return tuple(Said(e.id, e.on, in_words(item.kind, a)) for e, a in answers if a is not None)


def markers_of(entries: Iterable[Entry]) -> list[Marker]:
    """What happened meanwhile, in the owner's words."""
    return [Marker(entry.on, entry.body.happened) for entry in entries if entry.body.happened]
