"""Which answers belong to which question, and who decides which of them.

The worker decides hours (and says how often suits them, Friction 3), the owner decides data; all
else needs both (Friction 24).
"""

from typing import Any

from msgspec.structs import replace

from portal.agreements.shapes import Answers, Question, Side

FIELDS: dict[Question, tuple[str, ...]] = {
    Question.PURPOSE: ("purpose", "other_readers", "record"),
    Question.READING: ("windows",),
    Question.ANSWERING: ("answer_within",),
    Question.DEPTH: ("depth",),
    Question.STARTING: ("who_starts", "hello_every_weeks", "hello_weekday", "how_often"),
    Question.TALKING: ("kept_for_talking",),
    Question.WORRY: ("absence", "nights", "worrying", "numbers"),
    Question.LOOKING: ("review_weeks", "not_working"),
}

DECIDERS: dict[str, Side] = {
    "windows": Side.WORKER,
    "answer_within": Side.WORKER,
    "how_often": Side.WORKER,
    "other_readers": Side.OWNER,
    "record": Side.OWNER,
}


def decider_of(question: Question) -> Side | None:
    """Who alone decides the whole question; None when it takes both."""
    deciders = {DECIDERS.get(name) for name in FIELDS[question]}
    return deciders.pop() if len(deciders) == 1 else None


def with_fields(base: Answers, names: tuple[str, ...] | list[str], source: Answers) -> Answers:
    """The base with some of its fields taken from another's answers."""
    values: dict[str, Any] = {name: getattr(source, name) for name in names}
    return replace(base, **values)


def with_question(base: Answers, question: Question, source: Answers) -> Answers:
    """The base with one whole question taken from another's answers."""
    return with_fields(base, FIELDS[question], source)


def same_answer(question: Question, one: Answers, other: Answers) -> bool:
    """Whether two answers to a question are the same to the letter."""
    return all(getattr(one, name) == getattr(other, name) for name in FIELDS[question])
