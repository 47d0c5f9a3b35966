"""What an exercise and a reflection are made of, and what the pages get to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from markupsafe import Markup

from portal.core.web import Page
from portal.toolbox.shapes import People


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of an exercise's file. An empty ``reviewer`` says that nobody has reviewed it yet.

    ``note``: what may stir somebody up in it; ``questions``: what one may answer, in order.
    """

    title: str
    about: str
    theme: str
    minutes: int
    maker: str
    reviewer: str
    written_on: date
    source: str
    note: str = ""
    is_calming: bool = False
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its name in paths, its head, and its text as safe HTML."""

    slug: str
    head: Head
    text: Markup


class Answer(msgspec.Struct, frozen=True):
    """One question as it was asked, and what its owner wrote."""

    question: str
    text: str


class ReflectionBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody wrote in an exercise; only questions that were answered.

    ``goal_id`` ties it to a goal, ``is_for_plan`` to the crisis plan. A former version is a row of
    its own, ``of`` its reflection, said ``until`` a moment, and always the owner's alone.
    """

    slug: str
    title: str
    answers: tuple[Answer, ...]
    goal_id: UUID | None = None
    is_for_plan: bool = False
    is_away: bool = False
    of: UUID | None = None
    until: datetime | None = None


class ChoiceBody(msgspec.Struct, frozen=True):
    """Which calming exercise the owner wants to be led to when they stop."""

    calming: str


@dataclass(frozen=True, slots=True)
class Reflection:
    """One reflection as a page shows it."""

    id: UUID
    body: ReflectionBody
    is_shared: bool
    made_at: datetime
    changed_at: datetime

    @property
    def first_words(self) -> str:
        """The first answer, which tells one reflection from another."""
        return self.body.answers[0].text if self.body.answers else ""


@dataclass(frozen=True, slots=True)
class ExercisesPage:
    """All exercises by theme, in the order of their titles; the owner's calming one."""

    by_theme: tuple[tuple[str, tuple[Exercise, ...]], ...]
    calming: str
    has_written: bool


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """One exercise, and what its owner wrote in it before, newest first."""

    exercise: Exercise
    calming: str
    before: tuple[Reflection, ...]


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal to which a reflection can be tied."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class ReflectionPage:
    """One reflection with a page of former versions, and the goals it could be tied to."""

    reflection: Reflection
    formers: Page[Reflection]
    goals: tuple[GoalChoice, ...]
    tied_to: str
    people: People


@dataclass(frozen=True, slots=True)
class ReflectionsPage:
    """The owner's reflections, newest first; ``older`` is the token of the next page."""

    reflections: tuple[Reflection, ...]
    away: tuple[Reflection, ...]
    older: str | None
    shared_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedReflections:
    """Shared reflections as a worker sees them, newest first."""

    owner_name: str
    reflections: tuple[Reflection, ...]
