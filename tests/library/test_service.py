"""What owners do with exercises, and what a worker sees of it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.crisis_plan import service as plan
from portal.crisis_plan.shapes import Kind, PlanBody
from portal.dyads.service import unshare_part
from portal.goals import service as goals
from portal.goals.shapes.bodies import GoalBody, GoalState
from portal.library import service
from portal.library.models import ChoiceRow, ReflectionRow
from portal.library.shapes import ChoiceBody, ReflectionBody, SharedReflections
from portal.library.tool import TOOL
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, Part
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items

SLUG = "the-first-two-minutes"
NOW = datetime.now(UTC)


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    return people.owner("Ingrid")


def written(owner: SomePerson, *answers: str, once: str | None = None) -> UUID:
    texts = [*answers, "", "", ""][:3]
    with owner.viewing() as viewer:
        exercise = service.exercise_for(viewer, SLUG, owner.app.config["SETTINGS"].home)
        return service.keep_answers(viewer, exercise, texts, once=once or uuid4().hex)


def seen_by(worker: SomePerson, dyad_id: UUID) -> SharedReflections:
    with worker.viewing() as viewer:
        shown = toolbox.shared_tool(viewer, TOOL, dyad_id).shown
        assert isinstance(shown, SharedReflections)
        return shown


def test_only_what_was_answered_is_kept_and_one_press_keeps_it_once(ingrid: SomePerson) -> None:
    first = written(ingrid, "The plates", once="a" * 32)
    assert written(ingrid, "The plates", once="a" * 32) == first
    with ingrid.viewing() as viewer:
        (reflection,) = service.reflections_of(viewer)
    assert [answer.text for answer in reflection.body.answers] == ["The plates"]


def test_empty_answers_are_not_kept(ingrid: SomePerson) -> None:
    with pytest.raises(FieldError):
        written(ingrid, "")


def test_changed_words_stay_as_then_and_now_and_are_never_shared(
    people: People, ingrid: SomePerson
) -> None:
    anna = people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    reflection_id = written(ingrid, "What I took back")
    with ingrid.viewing() as viewer:
        share_items(viewer, TOOL, dyad_id, [reflection_id])
        service.change_answers(viewer, reflection_id, ["What I say now"])
        page = service.reflection_page(viewer, reflection_id)
    assert [each.first_words for each in page.formers.items] == ["What I took back"]
    assert [each.first_words for each in seen_by(anna, dyad_id).reflections] == ["What I say now"]


def test_a_worker_sees_what_is_shared_until_it_is_not(people: People, ingrid: SomePerson) -> None:
    anna = people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    shared, _kept = written(ingrid, "Shared"), written(ingrid, "Kept back")
    with ingrid.viewing() as viewer:
        preview = toolbox.preview_for(viewer, TOOL, dyad_id, [shared])
        share_items(viewer, TOOL, dyad_id, [shared])
        row = db.session.get_one(ReflectionRow, shared)
        before = row.data_key_id
    assert seen_by(anna, dyad_id).reflections[0].body == preview.shown.reflections[0].body
    assert len(seen_by(anna, dyad_id).reflections) == 1
    with ingrid.viewing() as viewer:
        unshare_part(viewer, dyad_id, Part.REFLECTIONS)
    with pytest.raises(NotVisible):
        seen_by(anna, dyad_id)
    with anna.viewing() as viewer:
        row = db.session.get_one(ReflectionRow, shared)
        assert row.data_key_id != before
        with pytest.raises(NotVisible):
            viewer.box.open(row, ReflectionBody)


def test_a_reflection_is_tied_to_a_goal_and_the_plan_in_one_press(
    people: People, ingrid: SomePerson
) -> None:
    reflection_id = written(ingrid, "The plates")
    with ingrid.viewing() as viewer:
        body = GoalBody(title="A kitchen I like", state=GoalState.NOW)
        goal_id = goals.add_goal(viewer, body, once="b" * 32)
        service.tie_to_goal(viewer, reflection_id, goal_id)
        service.tie_to_plan(viewer, reflection_id, is_for_plan=True)
        page = service.reflection_page(viewer, reflection_id)
        assert page.tied_to == "A kitchen I like"
        for found in (
            service.reflections_page(viewer, goal_id=goal_id),
            service.reflections_page(viewer, plan=True),
        ):
            assert [each.id for each in found.reflections] == [reflection_id]
    kari = people.owner("Kari")
    others = written(kari, "Mine")
    with kari.viewing() as viewer, pytest.raises(NotVisible):
        service.tie_to_goal(viewer, others, goal_id)


def test_the_way_out_leads_to_the_chosen_calming_exercise(ingrid: SomePerson) -> None:
    home = ingrid.app.config["SETTINGS"].home
    with ingrid.viewing() as viewer:
        assert service.calming_for(viewer, home) == service.DEFAULT_CALMING
    for slug in ("warm-hands", "a-long-breath-out"):
        with ingrid.viewing() as viewer:
            service.choose_calming(viewer, slug, home)
    answer = ingrid.client.get("/exercises/calm")
    assert answer.location == "/exercises/a-long-breath-out"


def test_there_is_a_way_out_when_the_chosen_exercise_is_gone(ingrid: SomePerson) -> None:
    with ingrid.viewing() as viewer:
        row = ChoiceRow(id=uuid4(), owner_id=viewer.person_id)
        toolbox.keep_row(viewer, row, ChoiceBody("one-that-was-taken-out"), Audience.ONLY_ME)
    answer = ingrid.client.get("/exercises/calm", follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path == f"/exercises/{service.DEFAULT_CALMING}"


def test_deleting_takes_former_versions_along(ingrid: SomePerson) -> None:
    reflection_id = written(ingrid, "One")
    with ingrid.viewing() as viewer:
        service.change_answers(viewer, reflection_id, ["Two"])
        with pytest.raises(Conflict):
            service.delete_reflection(viewer, reflection_id)
        service.put_away(viewer, reflection_id, is_away=True)
        assert service.reflections_of(viewer) == []
        service.delete_reflection(viewer, reflection_id)
        assert db.session.scalars(select(ReflectionRow)).all() == []


def test_every_goal_is_one_press_away_and_leads_back(ingrid: SomePerson) -> None:
    reflection_id = written(ingrid, "The plates")
    ids = []
    for number in range(7):
        with ingrid.viewing() as viewer:
            body = GoalBody(title=f"Goal {number}", state=GoalState.NOW)
            ids.append(goals.add_goal(viewer, body, once=uuid4().hex))
    page = ingrid.client.get(f"/reflections/{reflection_id}").get_data(as_text=True)
    assert all(f'value="{goal_id}"' in page for goal_id in ids)
    with ingrid.viewing() as viewer:
        service.tie_to_goal(viewer, reflection_id, ids[0])
        service.tie_to_plan(viewer, reflection_id, is_for_plan=True)
        plan.write_section(viewer, PlanBody(Kind.STEPS, "Ring Solveig"), once=uuid4().hex)
    for path, link in (
        (f"/goals/{ids[0]}", f"/reflections?goal={ids[0]}"),
        ("/crisis-plan", "/reflections?for=plan"),
    ):
        assert f'href="{link}"' in ingrid.client.get(path).get_data(as_text=True)
        shelf = ingrid.client.get(link).get_data(as_text=True)
        assert f"/reflections/{reflection_id}" in shelf


def test_what_is_put_away_is_closed_to_a_worker_and_comes_back_as_the_owners(
    people: People, ingrid: SomePerson
) -> None:
    anna = people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    reflection_id, other = written(ingrid, "The plates"), written(ingrid, "The cups")
    with ingrid.viewing() as viewer:
        share_items(viewer, TOOL, dyad_id, [reflection_id, other])
    for is_away in (True, False):
        with ingrid.viewing() as viewer:
            service.put_away(viewer, reflection_id, is_away=is_away)
        assert [each.id for each in seen_by(anna, dyad_id).reflections] == [other]
        with anna.viewing() as viewer, pytest.raises(NotVisible):
            viewer.box.open(db.session.get_one(ReflectionRow, reflection_id), ReflectionBody)


def test_the_list_goes_on_page_by_page(ingrid: SomePerson) -> None:
    for number in range(service.PAGE + 5):
        with ingrid.viewing(NOW - timedelta(hours=number)) as viewer:
            home = ingrid.app.config["SETTINGS"].home
            exercise = service.exercise_for(viewer, SLUG, home)
            service.keep_answers(viewer, exercise, [f"{number}", "", ""], once=None)
    with ingrid.viewing() as viewer:
        first = service.reflections_page(viewer)
        rest = service.reflections_page(viewer, first.older)
    ids = {each.id for each in (*first.reflections, *rest.reflections)}
    assert len(ids) == service.PAGE + 5
    assert rest.older is None


def test_a_reflection_of_long_ago_still_has_its_page(ingrid: SomePerson) -> None:
    first = written(ingrid, "Long ago")
    with ingrid.viewing() as viewer:
        exercise = service.exercise_for(viewer, SLUG, ingrid.app.config["SETTINGS"].home)
        for _number in range(service.READS):
            service.keep_answers(viewer, exercise, ["Later", "", ""], once=None)
    with ingrid.viewing() as viewer:
        page = service.reflection_page(viewer, first)
        assert [answer.text for answer in page.reflection.body.answers] == ["Long ago"]
        with pytest.raises(NotVisible):
            service.reflection_page(viewer, uuid4())


def test_a_reflection_prints_and_reads_back_from_the_pdf(ingrid: SomePerson) -> None:
    reflection_id = written(ingrid, "Oppvasken på søndag")
    base = f"/toolbox/reflections/{reflection_id}"
    assert "Oppvasken på søndag" in ingrid.client.get(f"{base}/print").get_data(as_text=True)
    pdf = PdfReader(BytesIO(ingrid.client.get(f"{base}/pdf").data))
    assert "Oppvasken på søndag" in pdf.pages[0].extract_text()
