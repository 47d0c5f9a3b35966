"""The life domain of a goal: under the owner's own name for the owner, and where it is shared."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from portal.core.db import db
from portal.goals import service
from portal.goals.tool import TOOL as GOALS
from portal.life_domains import rules
from portal.life_domains import service as domains
from portal.life_domains.shapes import EntryBody
from portal.life_domains.tool import TOOL as DOMAINS
from portal.toolbox import service as toolbox
from tests.fixtures.sharing import share_items
from tests.goals.conftest import Pair


def domain(pair: Pair, name: str) -> UUID:
    """A life domain of Ingrid's own, in which something is written."""
    with pair.ingrid.viewing() as viewer:
        found = domains.add_domain(viewer, name, once=uuid4().hex)
        domains.add_entry(viewer, found, EntryBody("some words"), once=uuid4().hex)
        return found


def rename(pair: Pair, key: str, name: str) -> None:
    with pair.ingrid.viewing() as viewer:
        domains.rename_domain(viewer, rules.id_of(pair.ingrid.id, key), name)


def names_seen(pair: Pair) -> list[str]:
    """The names that Anna reads beside the goals."""
    with pair.anna.viewing() as viewer:
        review = service.review_page(viewer, pair.dyad_id, service.Since.START).review
    return [str(each.goal.domain_name) for each in review.goals]


def test_the_owner_reads_her_own_names_everywhere(pair: Pair) -> None:
    goal_id = pair.goal(domain="body")
    rename(pair, "body", "My back")
    with pair.ingrid.viewing() as viewer:
        assert service.goal_page(viewer, goal_id).goal.domain_name == "My back"
    for path in ("/goals", f"/goals/{goal_id}", f"/goals/{goal_id}/words", "/goals/new"):
        assert "My back" in pair.ingrid.client.get(path).text


def test_a_worker_reads_the_owners_name_only_where_it_is_shared(pair: Pair) -> None:
    dog = domain(pair, "The dog")
    rename(pair, "body", "My back")
    pair.share(pair.goal("Walk him", domain=dog.hex), pair.goal("Stretch", domain="body"))
    assert sorted(names_seen(pair)) == ["", "Body"]
    for path in (f"/people/{pair.dyad_id}/goals", f"/people/{pair.dyad_id}/before-meeting"):
        page = pair.anna.client.get(path).text
        assert "The dog" not in page
        assert "My back" not in page
    with pair.ingrid.viewing() as viewer:
        entry_id = toolbox.choice_for(viewer, DOMAINS, pair.dyad_id).items[0].id
        share_items(viewer, DOMAINS, pair.dyad_id, [entry_id])
    assert sorted(names_seen(pair)) == ["Body", "The dog"]
    with pair.ingrid.viewing() as viewer:
        toolbox.keep_back(viewer, DOMAINS, entry_id)
    assert sorted(names_seen(pair)) == ["", "Body"]


def test_the_preview_names_the_domain_as_the_worker_will_read_it(pair: Pair) -> None:
    dog = domain(pair, "The dog")
    goal_id = pair.goal(domain=dog.hex)
    with pair.ingrid.viewing() as viewer:
        preview = toolbox.preview_for(viewer, GOALS, pair.dyad_id, [goal_id])
        toolbox.share(viewer, GOALS, pair.dyad_id, [goal_id], seen=preview.seen)
    assert [str(each.goal.domain_name) for each in preview.shown.goals] == names_seen(pair)


def test_from_a_domain_to_its_goals_and_to_a_new_one(pair: Pair) -> None:
    dog = domain(pair, "The dog")
    pair.goal("Walk him", domain=dog.hex)
    pair.goal("Stretch", domain="body")
    client = pair.ingrid.client
    page = client.get(f"/goals?domain={dog.hex}").text
    assert "Walk him" in page
    assert "Stretch" not in page
    assert "The dog" in page
    form = client.get(f"/goals/new?domain={dog.hex}").text
    assert f'value="{dog.hex}" checked' in form
    assert client.get("/goals?domain=nowhere").status_code == 404
    assert client.get("/goals/new?domain=nowhere").status_code == 200


def test_a_goal_stays_in_a_domain_that_is_hidden(pair: Pair) -> None:
    goal_id = pair.goal(domain="body")
    with pair.ingrid.viewing() as viewer:
        domains.turn_domain(viewer, rules.id_of(pair.ingrid.id, "body"), off=True)
    with pair.ingrid.viewing() as viewer:
        page = service.goal_page(viewer, goal_id)
        assert "body" in [each.key for each in page.domains]
        assert "body" not in [each.key for each in domains.domains_of(viewer)]
    other = pair.goal(domain="mind")
    with pair.ingrid.viewing() as viewer:
        assert "body" not in [each.key for each in service.goal_page(viewer, other).domains]


@pytest.mark.parametrize("path", ["", "/{goal}", "/{goal}/words", "/new", "?domain={dog}"])
def test_names_cost_no_page_more_than_six_queries(pair: Pair, path: str) -> None:
    dog = domain(pair, "The dog")
    goal_id = pair.goal(domain=dog.hex)
    pair.share(goal_id)
    with pair.ingrid.viewing() as viewer:
        entry_id = toolbox.choice_for(viewer, DOMAINS, pair.dyad_id).items[0].id
        share_items(viewer, DOMAINS, pair.dyad_id, [entry_id])
    client, said = pair.ingrid.client, list[str]()
    with pair.ingrid.app.app_context():
        engine = db.engine

    def note(*about: object) -> None:
        said.append(str(about[2]))

    event.listen(engine, "before_cursor_execute", note)
    answer = client.get("/goals" + path.format(goal=goal_id, dog=dog.hex))
    event.remove(engine, "before_cursor_execute", note)
    assert "The dog" in answer.text
    assert len(said) <= 6
