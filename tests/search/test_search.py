"""Searching one's words: everything that one may open, and nothing else."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.agreements import service as agreements
from portal.crisis_plan import service as plan
from portal.crisis_plan.shapes import Entry, Kind, NewCard, PlanBody
from portal.drafts.service import keep_draft
from portal.goals import service as goals
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState
from portal.goals.tool import TOOL
from portal.hours.service import add_absence, add_phrase
from portal.hours.shapes import NewAbsence, PhraseBody
from portal.medicines import service as medicines
from portal.medicines.shapes import MedicineWords
from portal.medicines.tool import TOOL as MEDICINES
from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.messaging import service as messages
from portal.messaging.shapes import Outgoing
from portal.network_map import service as network
from portal.network_map.shapes import NodeBody
from portal.search.service import FINDABLE, search
from portal.toolbox import service as toolbox
from portal.what_matters import service as what_matters
from tests.fixtures.agreed import Agree
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items

NOW = datetime.now(UTC)


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    return people.owner("Ingrid")


@pytest.fixture
def anna(people: People) -> SomePerson:
    return people.worker("Anna")


def names_of(person: SomePerson, words: str) -> list[str]:
    with person.viewing() as viewer:
        return [hit.path for hit in search(viewer, words).hits]


def add_goal(owner: SomePerson, title: str) -> UUID:
    with owner.viewing() as viewer:
        body = GoalBody(title=title, state=GoalState.NOW)
        return goals.add_goal(viewer, body, once=uuid4().hex)


def test_an_owner_finds_their_words_wherever_they_lie(ingrid: SomePerson) -> None:
    goal_id = add_goal(ingrid, "Mornings by the fjord")
    with ingrid.viewing() as viewer:
        goals.add_piece(viewer, goal_id, ActivityBody(text="A walk to the fjord"), once="b" * 32)
        what_matters.say_what_matters(viewer, "The fjord in winter", once="c" * 32)
    assert sorted(names_of(ingrid, "FJORD")) == [
        f"/goals/{goal_id}",
        f"/goals/{goal_id}",
        "/what-matters",
    ]
    assert names_of(ingrid, "nowhere") == []


def test_a_state_of_a_thing_is_no_word_of_anybody(ingrid: SomePerson) -> None:
    add_goal(ingrid, "Something")
    assert names_of(ingrid, "now") == []


def test_nobody_finds_what_is_not_theirs(people: People, ingrid: SomePerson) -> None:
    add_goal(ingrid, "Secret harbour")
    assert names_of(people.owner("Kari"), "harbour") == []


def test_a_worker_finds_what_is_shared_and_nothing_else(
    people: People, ingrid: SomePerson, anna: SomePerson
) -> None:
    dyad_id = people.dyad(ingrid, anna)
    shared, kept = add_goal(ingrid, "Harbour, shared"), add_goal(ingrid, "Harbour, kept back")
    assert names_of(anna, "harbour") == []
    with ingrid.viewing() as viewer:
        share_items(viewer, TOOL, dyad_id, [shared])
    assert names_of(anna, "harbour") == [f"/people/{dyad_id}/goals"]
    assert names_of(anna, "kept back") == []
    assert f"/goals/{kept}" in names_of(ingrid, "kept back")


def test_looking_for_a_word_opens_no_message(
    people: People, ingrid: SomePerson, anna: SomePerson, agree: Agree
) -> None:
    dyad_id = people.dyad(ingrid, anna, NOW - timedelta(days=9))
    agree(ingrid, anna, dyad_id, NOW - timedelta(days=8))
    with ingrid.viewing(NOW - timedelta(hours=2)) as viewer:
        messages.send(viewer, dyad_id, Outgoing(text="about the lighthouse"), once="a" * 32)
    assert names_of(ingrid, "lighthouse") == [f"/messages/{dyad_id}"]
    assert names_of(anna, "lighthouse") == []
    with anna.viewing(NOW) as viewer:
        messages.open_waiting(viewer, dyad_id)
    assert names_of(anna, "lighthouse") == [f"/messages/{dyad_id}"]


def test_words_of_the_plan_and_of_its_cards_are_found(ingrid: SomePerson) -> None:
    with ingrid.viewing() as viewer:
        plan.write_section(viewer, PlanBody(Kind.STEPS, "Ring the lighthouse"), once="a" * 32)
        tell = PlanBody(Kind.ADMITTED, entries=(Entry("tell", "", "Solveig"),))
        plan.write_section(viewer, tell, once="b" * 32)
        chosen = tuple(each.id for each in plan.sections_to_choose(viewer))
        card = NewCard("In the lighthouse bag", "", chosen)
        card_id = plan.make_card(viewer, card, once="c" * 32)
    found = names_of(ingrid, "lighthouse")
    assert sorted(found) == sorted(["/crisis-plan/steps", f"/crisis-plan/cards/{card_id}"])
    assert names_of(ingrid, "solveig") == ["/crisis-plan/admitted"]
    assert names_of(ingrid, "tell") == []


def test_former_words_lead_to_the_page_on_which_they_stand(ingrid: SomePerson) -> None:
    with ingrid.viewing() as viewer:
        plan.write_section(viewer, PlanBody(Kind.STEPS, "Ring the harbour"), once="a" * 32)
        medicine_id = medicines.add(viewer, MedicineWords("The harbour one"), once="b" * 32)
    with ingrid.viewing() as viewer:
        plan.write_section(viewer, PlanBody(Kind.STEPS, "Ring Solveig"), once="c" * 32)
        medicines.change(viewer, medicine_id, MedicineWords("The white one"))
    found = names_of(ingrid, "harbour")
    assert sorted(found) == ["/crisis-plan/steps", f"/medicines/{medicine_id}"]
    for path in found:
        assert "harbour" in ingrid.client.get(path).get_data(as_text=True)


def test_both_find_the_words_of_their_agreement_and_of_where_they_meet(
    people: People, ingrid: SomePerson, anna: SomePerson, agree: Agree
) -> None:
    dyad_id = people.dyad(ingrid, anna, NOW - timedelta(days=9))
    agree(ingrid, anna, dyad_id, NOW - timedelta(days=8), numbers="Ring the lighthouse keeper")
    with anna.viewing() as viewer:
        offer = Offer(NOW + timedelta(days=3), "Under the lighthouse")
        meetings.offer_meeting(viewer, dyad_id, offer)
    for person in (ingrid, anna):
        found = sorted(names_of(person, "lighthouse"))
        assert found == [f"/dyads/{dyad_id}/agreement", f"/meetings/{dyad_id}"]
    assert names_of(people.owner("Kari"), "lighthouse") == []


def test_words_of_a_copy_lead_to_the_copy_and_its_drawing_says_nothing(
    people: People, ingrid: SomePerson, anna: SomePerson
) -> None:
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        node_id = network.add_node(viewer, NodeBody("The lighthouse"), once=uuid4().hex)
        seen = network.meeting_copy(viewer, dyad_id, None).copy.seen
        network.take_to_meeting(viewer, dyad_id, "My map", {node_id}, seen=seen)
    with anna.viewing() as viewer:
        (kept,) = meetings.meetings_for(viewer, dyad_id).kept
    copy = f"/meetings/kept/{kept.id}/copy"
    assert names_of(anna, "lighthouse") == [copy]
    assert "lighthouse" in anna.client.get(copy).text
    assert names_of(anna, "My map") == [f"/meetings/{dyad_id}"]
    for of_the_drawing in ("strong", "middle", "sage"):
        assert names_of(anna, of_the_drawing) == []


def test_a_worker_finds_their_own_phrases(anna: SomePerson) -> None:
    with anna.viewing() as viewer:
        add_phrase(viewer, PhraseBody("Just a short hello from the lighthouse."))
    assert names_of(anna, "lighthouse") == ["/phrases"]


def test_what_is_put_away_is_found_by_its_owner_alone(
    people: People, ingrid: SomePerson, anna: SomePerson
) -> None:
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        kept = medicines.add(viewer, MedicineWords("The lighthouse one"), once="a" * 32)
        away = medicines.add(viewer, MedicineWords("The harbour one"), once="b" * 32)
        share_items(viewer, MEDICINES, dyad_id, [kept, away])
    assert len(names_of(anna, "one")) == 2
    with ingrid.viewing() as viewer:
        medicines.put_away(viewer, away, is_away=True)
    assert names_of(anna, "harbour") == []
    assert names_of(anna, "lighthouse") == [f"/people/{dyad_id}/parts/medicines"]
    assert names_of(ingrid, "harbour") == [f"/medicines/{away}"]


def test_one_finds_ones_own_answers_while_a_round_runs_and_nobody_elses(
    people: People, ingrid: SomePerson, anna: SomePerson
) -> None:
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        agreements.start_round(viewer, dyad_id)
        agreements.answer(viewer, dyad_id, {"purpose": "Talk about the lighthouse"})
    at = f"/dyads/{dyad_id}/agreement"
    assert names_of(ingrid, "lighthouse") == [f"{at}/answers"]
    with ingrid.viewing() as viewer:
        agreements.finish_answers(viewer, dyad_id)
    assert names_of(ingrid, "lighthouse") == [at]
    assert names_of(anna, "lighthouse") == []
    with anna.viewing() as viewer:
        agreements.finish_answers(viewer, dyad_id, {"purpose": "The harbour"})
    assert names_of(ingrid, "harbour") == []
    assert names_of(anna, "lighthouse") == []
    with ingrid.viewing() as viewer:
        agreements.set_aside_round(viewer, dyad_id)
    assert names_of(ingrid, "lighthouse") == []


def test_one_finds_ones_own_drafts_and_no_choices_in_them(
    people: People, ingrid: SomePerson, anna: SomePerson, agree: Agree
) -> None:
    dyad_id = people.dyad(ingrid, anna)
    agree(ingrid, anna, dyad_id)
    kept = {
        f"message:{dyad_id}": {"text": ["About the lighthouse"], "intent": ["be_heard"]},
        "/goals/new": {"title": ["See the lighthouse"], "state": ["resting"]},
        "letter-answer": {"words": ["The lighthouse, no page of its own"]},
    }
    with ingrid.viewing() as viewer:
        for place, fields in kept.items():
            keep_draft(viewer, place, fields)
    found = names_of(ingrid, "lighthouse")
    assert sorted(found) == ["/goals/new", f"/messages/{dyad_id}"]
    for path in found:
        assert "lighthouse" in ingrid.client.get(path).get_data(as_text=True)
    for of_a_form in ("be_heard", "resting"):
        assert names_of(ingrid, of_a_form) == []
    assert names_of(anna, "lighthouse") == []


def test_drafts_and_days_away_are_found_on_each_database(app_on_each: Flask) -> None:
    anna = People(app_on_each).worker("Anna")
    first = NOW.date() + timedelta(days=20)
    with anna.viewing() as viewer:
        add_absence(viewer, NewAbsence(first, first, "At the lighthouse"))
        keep_draft(viewer, "/phrases", {"text": ["Greetings from the lighthouse"]})
    assert sorted(names_of(anna, "lighthouse")) == ["/hours", "/phrases"]


def test_a_worker_finds_their_lines_about_days_away_that_are_to_come(
    people: People, ingrid: SomePerson, anna: SomePerson
) -> None:
    people.dyad(ingrid, anna)
    first = NOW.date() + timedelta(days=20)
    with anna.viewing() as viewer:
        add_absence(viewer, NewAbsence(first, first, "At the lighthouse"))
    assert names_of(anna, "lighthouse") == ["/hours"]
    assert names_of(ingrid, "lighthouse") == []
    with anna.viewing(NOW + timedelta(days=22)) as viewer:
        assert search(viewer, "lighthouse").hits == ()


@pytest.mark.usefixtures("app")
def test_every_part_of_the_toolbox_is_looked_through() -> None:
    looked_through = {kind.table.__part__ for kind in FINDABLE}
    assert looked_through >= {tool.part for tool in toolbox.TOOLS}


def test_owner_and_worker_are_led_to_the_search(ingrid: SomePerson, anna: SomePerson) -> None:
    for person, path in ((ingrid, "/toolbox"), (anna, "/your-turn")):
        assert 'href="/search"' in person.client.get(path).get_data(as_text=True)


def test_the_words_looked_for_stand_in_no_address(ingrid: SomePerson) -> None:
    add_goal(ingrid, "Mornings by the fjord")
    page = ingrid.client.get("/search").get_data(as_text=True)
    assert '<form method="post" action="/search"' in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    answer = ingrid.client.post("/search", data={"words": "fjord", "csrf_token": token[1]})
    assert "<mark>fjord</mark>" in answer.get_data(as_text=True)
    empty = ingrid.client.post("/search", data={"words": " ", "csrf_token": token[1]})
    assert empty.status_code == 422
