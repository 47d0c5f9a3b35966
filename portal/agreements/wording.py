"""An agreement in plain sentences: the same words on screen, in print and beside a message.

Everything is worded from where the viewer stands: "you" is the viewer, the other has a name.
"""

from collections.abc import Iterable, Sequence
from datetime import time
from itertools import groupby

from portal.agreements.rules import FIELDS, changes
from portal.agreements.shapes import (
    Answers,
    AnswerWithin,
    Depth,
    Entry,
    How,
    Line,
    Names,
    Question,
    Side,
    Starter,
    Terms,
)
from portal.core.clock import Window
from portal.core.languages import _
from portal.core.spans import WEEKDAYS

ANSWER_WITHIN = {
    AnswerWithin.ONE_DAY: _("within 1 working day after reading"),
    AnswerWithin.TWO_DAYS: _("within 2 working days after reading"),
    AnswerWithin.THREE_DAYS: _("within 3 working days after reading"),
    AnswerWithin.FIVE_DAYS: _("within 5 working days after reading"),
    AnswerWithin.AT_MEETING: _("at the next meeting"),
}

DEPTH = {
    Depth.ACKNOWLEDGE: _("a sign that it is read"),
    Depth.SHORT: _("a short answer"),
    Depth.WORKED: _("a worked-through answer"),
}

HELLO_EVERY = {
    1: _("every week"),
    2: _("every second week"),
    4: _("every fourth week"),
}

REVIEW_AFTER = {
    2: _("after 2 weeks"),
    4: _("after 4 weeks"),
    8: _("after 8 weeks"),
    12: _("after 12 weeks"),
}

_UNSAID = ("numbers",)
"""What is not said at all while it is empty: nothing is missing then."""

_WORD_LABELS = {
    "other_readers": _("Who else reads"),
    "record": _("What goes from here into the record"),
    "how_often": _("How often to write"),
    "absence": _("Days away"),
    "nights": _("Nights and other days"),
    "worrying": _("A worrying message"),
    "numbers": _("More numbers to call"),
    "not_working": _("If it isn't working"),
}


def question_label(question: Question, names: Names) -> str:
    """The question as it stands above its answers."""
    return str(_QUESTIONS[question]) % {"worker": names.worker}


def entries(agreed: Answers, names: Names, before: Answers | None = None) -> tuple[Entry, ...]:
    """All eight questions with what was agreed; with the old answers where they change."""
    changed = changes(before, agreed) if before else ()
    return tuple(
        Entry(
            question=question,
            label=question_label(question, names),
            lines=lines(question, agreed, names),
            was=lines(question, before, names) if before and question in changed else (),
            is_changed=question in changed,
        )
        for question in Question
    )


def lines(question: Question, answers: Answers, names: Names) -> tuple[Line, ...]:
    """One answer in plain words, a line for each thing it says. Empty words say so."""
    match question:
        case Question.READING:
            return (Line("", _capital(reading_times(answers.windows))),)
        case Question.ANSWERING:
            return (Line("", _capital(str(ANSWER_WITHIN[answers.answer_within]))),)
        case Question.DEPTH:
            return (Line("", _capital(str(DEPTH[answers.depth]))),)
        case Question.STARTING:
            return (Line("", _starting(answers, names)), *_words(("how_often",), answers))
        case Question.LOOKING:
            after = _capital(str(_review_after(answers.review_weeks)))
            return (Line("", after), *_words(("not_working",), answers))
        case _:
            return tuple(_words(FIELDS[question], answers))


def lines_beside(
    question: Question, one: Answers, other: Answers, names: Names
) -> tuple[Line, ...]:
    """The other answer, to stand beside one: what differs, then that the rest is the same."""
    first, second = lines(question, one, names), lines(question, other, names)
    different = tuple(line for line in second if line not in first)
    if len(different) == len(second):
        return second
    same = _("The rest is the same.") if different else _("The same.")
    return (*different, Line("", str(same)))


def essential_sentences(terms: Terms, kept_for_talking: str, names: Names) -> tuple[str, ...]:
    """The agreement's essentials in a few short sentences, for pages beside it."""
    sentences = [
        str(_("Answers %(when)s, %(depth)s.", when=_when(terms), depth=_depth(terms))),
        _reads(terms.windows, names),
        _starts(terms, names),
    ]
    if kept_for_talking:
        talking = kept_for_talking.rstrip(". \n")
        sentences.append(str(_("Kept for talking: %(what)s.", what=talking)))
    return tuple(sentences)


def standing_label(how: How, names: Names, *, decider: Side | None, tried: Side | None) -> str:
    """How a point stands, in a word or two."""
    if how is How.DECIDED and decider:
        return str(_("%(name)s decides", name=names.of(decider)))
    if how is How.OWNERS:
        return str(_("%(name)s’s answer", name=names.owner))
    if how is How.WORKERS:
        return str(_("%(name)s’s answer", name=names.worker))
    if how is How.TRIED and tried:
        return str(_("%(name)s’s answer, tried for four weeks", name=names.of(tried)))
    return str(_STANDING[how])


def reading_times(windows: Iterable[Window]) -> str:
    """Reading windows as words: weekdays that share their hours stand together."""
    ordered = sorted(windows, key=lambda each: (each.start, each.end, each.weekday))
    spans = [
        str(
            _("%(days)s %(span)s", days=joined([str(WEEKDAYS[w.weekday]) for w in same]), span=span)
        )
        for span, same in groupby(ordered, key=_span)
    ]
    return joined(spans) if spans else str(_("no reading times"))


def joined(words: Sequence[str]) -> str:
    """Words in a row: "one, two and three"."""
    if len(words) < 2:
        return "".join(words)
    return str(_("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1]))


def _words(fields: Iterable[str], answers: Answers) -> list[Line]:
    found = []
    for name in fields:
        words: str = getattr(answers, name)
        if not words and name in _UNSAID:
            continue
        label = str(_WORD_LABELS.get(name, ""))
        found.append(Line(label, words or str(_("Nothing written here."))))
    return found


def _starting(answers: Answers, names: Names) -> str:
    rhythm = {
        "every": str(_hello_every(answers.hello_every_weeks)),
        "day": str(WEEKDAYS[answers.hello_weekday]),
        "worker": names.worker,
        "owner": names.owner,
    }
    if answers.who_starts is Starter.OWNER:
        return str(_("%(owner)s, when it suits.", **rhythm))
    if answers.who_starts is Starter.EITHER:
        return str(_("Either. %(worker)s says a short hello %(every)s, on %(day)s.", **rhythm))
    return str(_("%(worker)s, with a short hello %(every)s, on %(day)s.", **rhythm))


def _reads(windows: tuple[Window, ...], names: Names) -> str:
    times = reading_times(windows)
    if names.mine is Side.WORKER:
        return str(_("You read %(times)s.", times=times))
    return str(_("%(worker)s reads %(times)s.", worker=names.worker, times=times))


def _starts(terms: Terms, names: Names) -> str:
    if terms.hello_every_weeks is None or terms.hello_weekday is None:
        if names.mine is Side.OWNER:
            return str(_("You write first, when it suits you."))
        return str(_("%(owner)s writes first, when it suits.", owner=names.owner))
    rhythm = {
        "every": str(_hello_every(terms.hello_every_weeks)),
        "day": str(WEEKDAYS[terms.hello_weekday]),
    }
    if names.mine is Side.WORKER:
        return str(_("You say hello %(every)s, on %(day)s.", **rhythm))
    return str(_("%(worker)s says hello %(every)s, on %(day)s.", worker=names.worker, **rhythm))


def _when(terms: Terms) -> str:
    return str(ANSWER_WITHIN[terms.answer_within])


def _depth(terms: Terms) -> str:
    return str(_DEPTH_SHORT[terms.depth])


def _hello_every(weeks: int) -> str:
    return str(HELLO_EVERY.get(weeks) or _("every %(weeks)s weeks", weeks=weeks))


def _review_after(weeks: int) -> str:
    return str(REVIEW_AFTER.get(weeks) or _("after %(weeks)s weeks", weeks=weeks))


def _span(window: Window) -> str:
    return f"{_clock(window.start)}–{_clock(window.end)}"


def _clock(at: time) -> str:
    return at.strftime("%H:%M")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_DEPTH_SHORT = {
    Depth.ACKNOWLEDGE: _("a sign of reading"),
    Depth.SHORT: _("short"),
    Depth.WORKED: _("worked through"),
}

_STANDING = {
    How.MEETS: _("You agree"),
    How.CLOSE: _("Close"),
    How.DECIDED: _("Decided"),
    How.OPEN: _("Talk about it"),
    How.THIRD: _("In your own words"),
    How.KEPT: _("Kept for the meeting"),
    How.TRIED: _("Tried for four weeks"),
}

_QUESTIONS = {
    Question.PURPOSE: _("What do we use this for?"),
    Question.READING: _("When does %(worker)s read?"),
    Question.ANSWERING: _("When is an answer expected?"),
    Question.DEPTH: _("How full an answer?"),
    Question.STARTING: _("Who writes first?"),
    Question.TALKING: _("What do we keep for talking?"),
    Question.WORRY: _("Days away, nights, or a worrying message?"),
    Question.LOOKING: _("When do we look again?"),
}
