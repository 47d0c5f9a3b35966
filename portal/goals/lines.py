"""Pieces and changes said in one line, for pages that show many of them.

In a template: ``{{ piece|piece_line(today) }}``, ``{{ piece|day_line(today) }}``,
``{{ once|done_line }}`` and ``{{ change|change_line }}``.
Words that people wrote pass through as they are; the template escapes the whole line.
"""

from datetime import date
from functools import cache

from portal.core.dates import reader
from portal.core.languages import SentenceEnvironment, _
from portal.goals.shapes.bodies import ActivityBody, Change, Doer, DoneOnce, HowOften, RemindAt
from portal.goals.shapes.pages import Piece
from portal.goals.words import said_in

_PHRASES = {
    "any day now": _("any day now"),
    "any day": _("any day"),
    "worker": _("worker"),
    "reminder": _("reminder %(when)s"),
    "plan B": _("plan B: %(plan)s"),
    "done": _("done %(day)s"),
    "with plan B": _("with plan B"),
    "moved": _("moved: %(horizon)s"),
}
_NEXT_WEEK = 7


def piece_line(environment: SentenceEnvironment, piece: Piece, today: date, me: str = "") -> str:
    """Who does a piece, when, how big, how often, and plan B. `me`: what others call the owner."""
    body = piece.body
    parts = [
        _doer(environment, body, me),
        day_line(environment, piece, today),
        said_in(environment, body.size),
    ]
    if body.repeat is not HowOften.ONCE:
        parts.append(said_in(environment, body.repeat))
    phrases = _phrases(environment.language)
    if body.remind_at is not RemindAt.NEVER and body.day and not me:
        parts.append(phrases["reminder"] % {"when": said_in(environment, body.remind_at)})
    if body.plan_b:
        parts.append(phrases["plan B"] % {"plan": body.plan_b})
    return " · ".join(parts)


def done_line(environment: SentenceEnvironment, once: DoneOnce) -> str:
    """One time that a piece was done."""
    phrases = _phrases(environment.language)
    parts = [phrases["done"] % {"day": reader().near_day(once.at)}]
    if once.is_plan_b:
        parts.append(phrases["with plan B"])
    if once.how:
        parts.append(said_in(environment, once.how))
    return " · ".join(parts)


def change_line(environment: SentenceEnvironment, change: Change) -> str:
    """One dated change of a goal."""
    if change.horizon:
        horizon = said_in(environment, change.horizon)
        text = _phrases(environment.language)["moved"] % {"horizon": horizon}
    else:
        what = change.state or change.movement
        text = said_in(environment, what) if what else ""
    return f"{text}, {reader().short_day(change.at)}"


def day_line(environment: SentenceEnvironment, piece: Piece, today: date) -> str:
    """The day of a piece: never late, at most "any day now"."""
    phrases = _phrases(environment.language)
    if piece.is_any_day_now:
        return phrases["any day now"]
    if piece.day is None:
        return phrases["any day"]
    ahead = (piece.day - today).days
    if 1 < ahead < _NEXT_WEEK:
        return reader().weekday(piece.day)
    return reader().near_day(piece.day)


def _doer(environment: SentenceEnvironment, body: ActivityBody, me: str) -> str:
    if body.doer is Doer.OTHER and body.doer_name:
        return body.doer_name
    if me and body.doer is Doer.ME:
        return me
    if me and body.doer is Doer.WORKER:
        return _phrases(environment.language)["worker"]
    return said_in(environment, body.doer)


@cache
def _phrases(language: str) -> dict[str, str]:
    """The sentences of one language. Called while a page of that language is made."""
    del language  # the cache's key; the sentences look at the page being made
    return {name: str(sentence) for name, sentence in _PHRASES.items()}
