"""What an owner does with exercises. What they write starts as theirs alone."""

from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from portal.access.service import visible
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.core.languages import _
from portal.core.web import Place, place_token, read_place
from portal.dyads.shapes import DyadCard
from portal.goals.service import goals_to_share
from portal.library.models import ChoiceRow, ReflectionRow
from portal.library.reading import exercises
from portal.library.shapes import (
    Answer,
    ChoiceBody,
    Exercise,
    ExercisePage,
    ExercisesPage,
    GoalChoice,
    Reflection,
    ReflectionBody,
    ReflectionPage,
    ReflectionsPage,
    SharedReflections,
)
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

DEFAULT_CALMING = "feet-on-the-floor"
PAGE = 30
READS = 500
BEFORE = 5


def exercises_page(viewer: Viewer, home: Path) -> ExercisesPage:
    """All exercises by theme, with the viewer's calming one."""
    found = exercises(viewer.language, home)
    themes = dict.fromkeys(each.head.theme for each in found.values())
    by_theme = tuple(
        (theme, tuple(each for each in _by_title(found) if each.head.theme == theme))
        for theme in sorted(themes)
    )
    return ExercisesPage(by_theme, calming_for(viewer, home), bool(_reflections(viewer, most=1)))


def exercise_page(viewer: Viewer, slug: str, home: Path) -> ExercisePage:
    """One exercise, with what the viewer wrote in it before; or NotVisible."""
    exercise = exercise_for(viewer, slug, home)
    written = [each for each in _reflections(viewer) if _is_now(each) and each.body.slug == slug]
    return ExercisePage(exercise, calming_for(viewer, home), tuple(written[:BEFORE]))


def exercise_for(viewer: Viewer, slug: str, home: Path) -> Exercise:
    """One exercise by its name, or NotVisible."""
    found = exercises(viewer.language, home).get(slug)
    if found is None:
        raise NotVisible
    return found


def calming_for(viewer: Viewer, home: Path) -> str:
    """The calming exercise that the viewer has chosen, or the one to begin with.

    A service may take an exercise out again; there is a way out all the same.
    """
    row = _choice(viewer)
    found = viewer.box.each([row] if row else [], lambda each: viewer.box.open(each, ChoiceBody))
    chosen = next((body.calming for body in found), DEFAULT_CALMING)
    return chosen if chosen in exercises(viewer.language, home) else DEFAULT_CALMING


def choose_calming(viewer: Viewer, slug: str, home: Path) -> None:
    """Choose where one is led to when one stops an exercise."""
    exercise_for(viewer, slug, home)
    row = _choice(viewer) or ChoiceRow(id=toolbox.id_of_press(viewer, None))
    row.owner_id = viewer.person_id
    toolbox.keep_row(viewer, row, ChoiceBody(slug), Audience.ONLY_ME)


def keep_answers(
    viewer: Viewer, exercise: Exercise, answers: Sequence[str], *, once: str | None
) -> UUID:
    """Keep what the viewer wrote in an exercise. The same press twice keeps it once."""
    row = ReflectionRow(id=toolbox.id_of_press(viewer, once), owner_id=viewer.person_id)
    body = ReflectionBody(exercise.slug, exercise.head.title, _given(exercise, answers))
    toolbox.add_once(viewer, row, body, Audience.ONLY_ME)
    return row.id


def change_answers(viewer: Viewer, reflection_id: UUID, answers: Sequence[str]) -> None:
    """Say a reflection in other words; the former ones stay the owner's, with their date."""
    row, body, audience = _own(viewer, reflection_id)
    texts = [text for text in answers if text]
    if not texts:
        raise FieldError("answer_0", _("Please write something, or delete it on its own page."))
    changed = tuple(
        Answer(answer.question, text) for answer, text in zip(body.answers, answers, strict=True)
    )
    if changed == body.answers:
        return
    former = replace(body, of=row.id, until=viewer.now)
    toolbox.keep_row(viewer, row, replace(body, answers=changed), audience)
    kept_id = toolbox.id_of_press(viewer, None)
    kept = ReflectionRow(id=kept_id, owner_id=viewer.person_id, former_of=row.id)
    toolbox.add_once(viewer, kept, former, Audience.ONLY_ME)


def tie_to_goal(viewer: Viewer, reflection_id: UUID, goal_id: UUID | None) -> None:
    """Tie a reflection to one of the viewer's goals, or to none; NotVisible for others' goals."""
    if goal_id is not None and goal_id not in {goal.id for goal in goals_to_share(viewer)}:
        raise NotVisible
    row, body, audience = _own(viewer, reflection_id)
    toolbox.keep_row(viewer, row, replace(body, goal_id=goal_id), audience)


def tie_to_plan(viewer: Viewer, reflection_id: UUID, *, is_for_plan: bool) -> None:
    """Keep a reflection with the crisis plan, or no longer."""
    row, body, audience = _own(viewer, reflection_id)
    toolbox.keep_row(viewer, row, replace(body, is_for_plan=is_for_plan), audience)


def put_away(viewer: Viewer, reflection_id: UUID, *, is_away: bool) -> None:
    """Put a reflection away, or bring it back; either way it is the viewer's alone."""
    row, body, _audience = _own(viewer, reflection_id)
    if body.is_away != is_away:
        toolbox.keep_row(viewer, row, replace(body, is_away=is_away), Audience.ONLY_ME)


def delete_reflection(viewer: Viewer, reflection_id: UUID) -> None:
    """Delete a reflection that was put away for good, with its former versions."""
    row, body, _audience = _own(viewer, reflection_id)
    toolbox.refuse_unless_away(is_away=body.is_away)
    toolbox.delete_with_formers(viewer, row, lambda each: viewer.box.open(each, ReflectionBody).of)


def move_reflection(viewer: Viewer, reflection_id: UUID, audience: Audience) -> None:
    """Let a reflection go along when the part is shared, or keep it back."""
    row, _body, _audience = _own(viewer, reflection_id)
    toolbox.move_rows(viewer, [row], audience)


def reflections_page(
    viewer: Viewer, before: str | None = None, *, goal_id: UUID | None = None, plan: bool = False
) -> ReflectionsPage:
    """A page of the viewer's reflections, newest first; only what is tied, if asked."""
    people = toolbox.people_around(viewer, Part.REFLECTIONS)
    found = _reflections(viewer, before=read_place(before))
    wanted = [each for each in found if _is_now(each) and _is_tied(each, goal_id, plan=plan)]
    is_more = len(wanted) > PAGE or len(found) == READS
    shown = wanted[:PAGE]
    return ReflectionsPage(
        reflections=tuple(shown),
        away=tuple(each for each in found if each.body.is_away and not each.body.until),
        older=place_token((shown[-1].made_at, shown[-1].id)) if is_more and shown else None,
        shared_with=people.who_sees,
    )


def reflection_page(
    viewer: Viewer, reflection_id: UUID, before: str | None = None
) -> ReflectionPage:
    """One of the viewer's reflections, with a page of its former versions; or NotVisible."""
    people = toolbox.people_around(viewer, Part.REFLECTIONS, Part.GOALS)
    mine, formers = toolbox.with_formers(viewer, ReflectionRow, reflection_id, _card, before)
    if mine.body.until is not None:
        raise NotVisible
    goals = tuple(GoalChoice(goal.id, goal.body.title) for goal in goals_to_share(viewer))
    return ReflectionPage(
        reflection=mine,
        formers=formers,
        goals=goals,
        tied_to=next((goal.title for goal in goals if goal.id == mine.body.goal_id), ""),
        people=toolbox.with_kept(viewer, people, mine.id),
    )


def reflection_body(viewer: Viewer, reflection_id: UUID) -> ReflectionBody:
    """What one of the viewer's reflections says; or NotVisible."""
    viewer.box.prefetch((viewer.person_id, Part.REFLECTIONS), (viewer.person_id, Part.DRAFTS))
    return _own(viewer, reflection_id)[1]


def reflections_of(viewer: Viewer) -> list[Reflection]:
    """The viewer's own reflections that are neither put away nor former ones, newest first."""
    return [each for each in _reflections(viewer) if _is_now(each)]


def reflections_shown(
    viewer: Viewer, dyad: DyadCard, only: Collection[UUID] | None
) -> SharedReflections:
    """What a worker sees of an owner's reflections; the owner's preview goes here too."""
    found = _reflections(viewer, dyad.owner_id)
    shown = (each for each in found if _is_now(each) and (only is None or each.id in only))
    return SharedReflections(dyad.owner_name, tuple(shown))


def _reflections(
    viewer: Viewer,
    owner_id: UUID | None = None,
    *,
    before: Place | None = None,
    most: int = READS,
) -> list[Reflection]:
    """An owner's rows as they read now, newest first; one query, and one for keys."""
    owner_id = owner_id or viewer.person_id
    viewer.box.prefetch((owner_id, Part.REFLECTIONS))
    now = ReflectionRow.former_of.is_(None)
    rows = toolbox.rows_of(viewer, ReflectionRow, owner_id, now, before=before, most=most)
    return list(viewer.box.each(reversed(rows), lambda each: _card(viewer, *each)))


def _is_now(each: Reflection) -> bool:
    return each.body.until is None and not each.body.is_away


def _is_tied(each: Reflection, goal_id: UUID | None, *, plan: bool) -> bool:
    return (goal_id is None or each.body.goal_id == goal_id) and (not plan or each.body.is_for_plan)


def _card(viewer: Viewer, row: ReflectionRow, audience: Audience) -> Reflection:
    body = viewer.box.open(row, ReflectionBody)
    return Reflection(row.id, body, toolbox.is_shared(audience), row.made_at, row.changed_at)


def _own(viewer: Viewer, reflection_id: UUID) -> tuple[ReflectionRow, ReflectionBody, Audience]:
    row, body, audience = toolbox.own_row(viewer, ReflectionRow, reflection_id, ReflectionBody)
    if body.until is not None:
        raise NotVisible
    return row, body, audience


def _choice(viewer: Viewer) -> ChoiceRow | None:
    viewer.box.prefetch((viewer.person_id, Part.REFLECTIONS))
    return db.session.scalar(visible(ChoiceRow, viewer, viewer.person_id))


def _given(exercise: Exercise, answers: Sequence[str]) -> tuple[Answer, ...]:
    pairs = zip(exercise.head.questions, answers, strict=True)
    given = tuple(Answer(question, text) for question, text in pairs if text)
    if not given:
        raise FieldError("answer_0", _("Nothing is written yet. You can also just leave the page."))
    return given


def _by_title(found: dict[str, Exercise]) -> list[Exercise]:
    return sorted(found.values(), key=lambda each: each.head.title.casefold())
