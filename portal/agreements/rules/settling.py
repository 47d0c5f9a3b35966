"""From two people's answers and what they settled to a draft that both can accept.

Where answers meet or are close the draft has a value at once. A point that is worth a talk stays
open until somebody settles it: one side's answer, a third in words of their own, one side's answer
on trial, or kept for the meeting with a stand-in until then.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from portal.agreements.rules.comparing import compare, meeting_point, shared_nearness
from portal.agreements.rules.fields import (
    DECIDERS,
    FIELDS,
    decider_of,
    same_answer,
    with_fields,
    with_question,
)
from portal.agreements.shapes import Answers, How, Nearness, Question, SettledBody, Side


@dataclass(frozen=True, slots=True)
class Point:
    """One question with both answers, and what stands for it.

    ``value`` holds what the draft says; while the point is open, its stand-in. ``number`` counts
    how often the point was settled, so that two presses at once are told apart. ``body``: what was
    settled, if anything was.
    """

    question: Question
    nearness: Nearness
    how: How
    owner: Answers
    worker: Answers
    value: Answers
    wish: Answers | None = None
    wish_by: Side | None = None
    tried: Side | None = None
    number: int = 0
    body: SettledBody | None = None

    @property
    def is_open(self) -> bool:
        """Whether the two still have to settle it."""
        return self.how is How.OPEN

    @property
    def decider(self) -> Side | None:
        """Who alone decides it, if anybody."""
        return decider_of(self.question)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agreement would say if both accepted now. ``points``: all eight, in order."""

    points: tuple[Point, ...]
    agreed: Answers

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The points that still have to be settled."""
        return tuple(point.question for point in self.points if point.is_open)

    @property
    def kept(self) -> tuple[Question, ...]:
        """The points kept for the meeting."""
        return tuple(point.question for point in self.points if point.how is How.KEPT)

    def yes_of(self, side: Side) -> int | None:
        """To which draft a side last said a yes that lapsed since; None when none did."""
        marks = (mark for each in self._bodies() for mark in each.took_back)
        return max((number for who, number in marks if who is side), default=None)

    def changed_since_yes(self, side: Side) -> tuple[Question, ...]:
        """What changed since a side said yes, while that yes no longer counts."""
        yes = self.yes_of(side)
        if yes is None:
            return ()
        return tuple(p.question for p in self.points if p.body and p.body.revision > yes)

    def _bodies(self) -> tuple[SettledBody, ...]:
        return tuple(point.body for point in self.points if point.body)

    @property
    def tried(self) -> Side | None:
        """Whose answers are tried for four weeks, if anybody's."""
        return next((point.tried for point in self.points if point.tried), None)

    @property
    def trying(self) -> tuple[Question, ...]:
        """The points at which one side's answer is tried."""
        return tuple(point.question for point in self.points if point.tried)

    @property
    def is_trial(self) -> bool:
        """Whether some point is one side's answer, tried for four weeks."""
        return self.tried is not None


def draft_of(
    owner: Answers,
    worker: Answers,
    settled_points: Mapping[Question, tuple[int, SettledBody]],
    stand_in: Answers,
) -> Draft:
    """The draft. ``settled_points``: number and body; ``stand_in``: the present or usual terms."""
    points = tuple(
        _point(question, owner, worker, settled_points.get(question), stand_in)
        for question in Question
    )
    agreed = owner
    for point in points:
        agreed = with_question(agreed, point.question, point.value)
    return Draft(points, agreed)


def settled(point: Point, how: How, by: Side, third: Answers, stand_in: Answers) -> SettledBody:
    """What is kept when somebody settles a point. Fields that another decides become a wish.

    ``third``: what somebody wrote themselves. For KEPT the stand-in stands until the two have
    talked.
    """
    chosen = {
        How.OWNERS: point.owner,
        How.WORKERS: point.worker,
        How.KEPT: stand_in,
    }.get(how, third)
    value = with_fields(chosen, _fields_of(point.question, by.other), _decided(point, by.other))
    if how is How.KEPT:
        value = with_fields(value, _fields_of(point.question, by), _decided(point, by))
    is_wish = how is not How.KEPT and not same_answer(point.question, chosen, value)
    return SettledBody(how=how, by=by, value=value, wish=chosen if is_wish else None)


def changed_by(body: SettledBody, before: Draft, yeses: tuple[Side, ...], was: int) -> SettledBody:
    """The same with what it does to the draft whose number ``was``: it takes these yeses back.

    Those that lapsed before and were not said again are carried along.
    """
    lapsed = {side: before.yes_of(side) for side in Side} | dict.fromkeys(yeses, was)
    marks = tuple((side, number) for side, number in lapsed.items() if number is not None)
    return replace(body, revision=was + 1, took_back=marks)


def may_be_tried(point: Point) -> bool:
    """Whether one side's answer can be tried: the two differ, and nobody settled it otherwise.

    What one of the two decides alone (hours, data) is no difference in this.
    """
    return point.how in (How.OPEN, How.CLOSE, How.TRIED)


def tried(point: Point, side: Side, by: Side) -> SettledBody:
    """What is kept when one side's answer is tried; what either decides stays as they decided."""
    value = point.owner if side is Side.OWNER else point.worker
    for decider in Side:
        value = with_fields(value, _fields_of(point.question, decider), _decided(point, decider))
    return SettledBody(how=How.TRIED, by=by, value=value, tried=side)


def _point(
    question: Question,
    owner: Answers,
    worker: Answers,
    done: tuple[int, SettledBody] | None,
    stand_in: Answers,
) -> Point:
    nearness = compare(question, owner, worker)
    if done:
        number, body = done
        return Point(
            question,
            nearness,
            body.how,
            owner,
            worker,
            body.value,
            wish=body.wish,
            wish_by=body.by if body.wish else None,
            tried=body.tried,
            number=number,
            body=body,
        )
    value, how = meeting_point(question, owner, worker), How.MEETS
    if nearness is not Nearness.MEETS:
        how = How.DECIDED if _is_decided(question, owner, worker) else How.CLOSE
    if how is How.CLOSE and shared_nearness(question, owner, worker) is Nearness.TALK:
        value, how = _decided_in(question, stand_in, owner, worker), How.OPEN
    return Point(question, nearness, how, owner, worker, value)


def _is_decided(question: Question, owner: Answers, worker: Answers) -> bool:
    """Whether the answers differ only in what one of the two decides alone."""
    return shared_nearness(question, owner, worker) is Nearness.MEETS


def _decided_in(question: Question, base: Answers, owner: Answers, worker: Answers) -> Answers:
    value = with_fields(base, _fields_of(question, Side.OWNER), owner)
    return with_fields(value, _fields_of(question, Side.WORKER), worker)


def _decided(point: Point, side: Side) -> Answers:
    """The answers that hold what this side last decided for the point."""
    if point.how in (How.OPEN, How.MEETS, How.CLOSE, How.DECIDED):
        return point.owner if side is Side.OWNER else point.worker
    return point.value


def _fields_of(question: Question, side: Side) -> list[str]:
    return [name for name in FIELDS[question] if DECIDERS.get(name) is side]
