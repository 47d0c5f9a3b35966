"""How near two answers are, by plain rules that anybody can check.

Nothing is inferred about a person: words are compared as words, days as days. Two answers *meet*,
are *close* (and the portal proposes a meeting point), or are *worth a talk*.
"""

import enum
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from msgspec.structs import replace

from portal.agreements.rules.fields import DECIDERS, FIELDS, same_answer, with_fields
from portal.agreements.shapes import (
    Answers,
    AnswerWithin,
    Depth,
    Nearness,
    Question,
    Side,
    Starter,
)
from portal.core.clock import Window

REVIEW_WEEKS = (2, 4, 8, 12)
_TELLING_LETTERS = 4
_SENTENCES = re.compile(r"((?<=[.!?])\s+|\n+)")
_THING_WORDS = 3
_SAFETY_WORDS = ("absence", "nights", "worrying")
"""Where the two must know the same thing: any difference in words is worth a talk."""


def compare(question: Question, one: Answers, other: Answers) -> Nearness:
    """How near two answers to a question are: as near as their furthest field."""
    decided = (compare_field(name, one, other) for name in FIELDS[question] if name in DECIDERS)
    return max(*decided, shared_nearness(question, one, other), Nearness.MEETS)


def shared_nearness(question: Question, one: Answers, other: Answers) -> Nearness:
    """The same without what one of the two decides alone."""
    if question is Question.STARTING:
        return _starting(one, other)
    shared = (name for name in FIELDS[question] if name not in DECIDERS)
    return max((compare_field(name, one, other) for name in shared), default=Nearness.MEETS)


def compare_field(name: str, one: Answers, other: Answers) -> Nearness:
    """How near two answers are in one field."""
    mine, theirs = getattr(one, name), getattr(other, name)
    match name:
        case "windows":
            return _windows(mine, theirs)
        case "answer_within":
            return _on_scale(tuple(AnswerWithin), mine, theirs)
        case "depth":
            return _on_scale(tuple(Depth), mine, theirs)
        case "review_weeks":
            return _on_scale(REVIEW_WEEKS, mine, theirs)
        case "who_starts":
            return _starters(mine, theirs)
        case "hello_every_weeks" | "hello_weekday" | "numbers":
            return Nearness.MEETS if mine == theirs else Nearness.CLOSE
        case _:
            return _words(mine, theirs, must_be_same=name in _SAFETY_WORDS)


def meeting_point(question: Question, owner: Answers, worker: Answers) -> Answers:
    """What the draft says where two answers meet or are close; its other questions are the owner's.

    Who decides, decides. Else: the shorter answer, the rarer hello on the worker's day, the sooner
    review, and of words both, the owner's first.
    """
    names = FIELDS[question]
    workers = [name for name in names if DECIDERS.get(name) is Side.WORKER]
    point = with_fields(owner, workers, worker)
    match question:
        case Question.DEPTH:
            return replace(point, depth=min(owner.depth, worker.depth, key=_place_of))
        case Question.STARTING:
            return _starting_point(owner, worker)
        case Question.LOOKING:
            point = replace(point, review_weeks=min(owner.review_weeks, worker.review_weeks))
    words = {
        name: both_words(getattr(owner, name), getattr(worker, name))
        for name in names
        if name not in DECIDERS and isinstance(getattr(owner, name), str)
    }
    return replace(point, **words)


def both_words(owner: str, worker: str) -> str:
    """The words of both: one where it holds the other, else the owner's, then the worker's.

    What one of them says that stands in the other's words too is there once.
    """
    if _holds(owner, worker):
        return owner
    if _holds(worker, owner):
        return worker
    added = _without(worker, owner)
    both = (_without(owner, added) if added else owner, added)
    return "\n".join(words.strip() for words in both if words.strip())


def _holds(words: str, part: str) -> bool:
    return not _plain(part) or f" {_plain(part)} " in f" {_plain(words)} "


def _without(words: str, said: str) -> str:
    """The words without the sentences, or things in a list, that are said already."""
    kept = []
    for sentence, gap in zip_longest(*[iter(_SENTENCES.split(words))] * 2, fillvalue=""):
        things = sentence.split(",")
        is_list = all(len(thing.split()) <= _THING_WORDS for thing in things)
        left = [each for each in (things if is_list else [sentence]) if not _holds(said, each)]
        if left:
            rest = ",".join(left).strip()
            kept.append((rest if len(left) < len(things) and is_list else sentence) + gap)
    return "".join(kept)


def changes(before: Answers, after: Answers) -> tuple[Question, ...]:
    """The questions whose answer would change, in the order of the pages."""
    return tuple(each for each in Question if not same_answer(each, before, after))


def _starting(one: Answers, other: Answers) -> Nearness:
    """Rhythm and weekday matter only where the worker may start."""
    who = _starters(one.who_starts, other.who_starts)
    if who is Nearness.TALK or Starter.OWNER in (one.who_starts, other.who_starts):
        return who
    rhythm = compare_field("hello_every_weeks", one, other)
    return max(who, rhythm, compare_field("hello_weekday", one, other))


def _starting_point(owner: Answers, worker: Answers) -> Answers:
    named = [each for each in (owner, worker) if each.who_starts is not Starter.EITHER]
    return replace(
        owner,
        who_starts=(named or [owner])[0].who_starts,
        hello_every_weeks=max(owner.hello_every_weeks, worker.hello_every_weeks),
        hello_weekday=worker.hello_weekday,
        how_often=worker.how_often,
    )


def _starters(mine: Starter, theirs: Starter) -> Nearness:
    if mine is theirs:
        return Nearness.MEETS
    return Nearness.CLOSE if Starter.EITHER in (mine, theirs) else Nearness.TALK


def _windows(mine: tuple[Window, ...], theirs: tuple[Window, ...]) -> Nearness:
    if set(mine) == set(theirs):
        return Nearness.MEETS
    shared = {each.weekday for each in mine} & {each.weekday for each in theirs}
    return Nearness.CLOSE if shared else Nearness.TALK


def _on_scale(scale: Sequence[Any], mine: Any, theirs: Any) -> Nearness:
    """Neighbours are close. A value that left the scale since is compared by itself."""
    if mine == theirs:
        return Nearness.MEETS
    if mine not in scale or theirs not in scale:
        return Nearness.TALK
    steps = abs(scale.index(mine) - scale.index(theirs))
    return Nearness.CLOSE if steps == 1 else Nearness.TALK


def _words(mine: str, theirs: str, *, must_be_same: bool) -> Nearness:
    """The same but for spaces and capitals: meet. One empty, or a telling word shared: close."""
    if _plain(mine) == _plain(theirs):
        return Nearness.MEETS
    if not _plain(mine) or not _plain(theirs):
        return Nearness.CLOSE
    if must_be_same:
        return Nearness.TALK
    return Nearness.CLOSE if _telling(mine) & _telling(theirs) else Nearness.TALK


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _telling(words: str) -> set[str]:
    return {word for word in _plain(words).split() if len(word) >= _TELLING_LETTERS}


def _place_of(member: enum.Enum) -> int:
    return list(type(member)).index(member)
