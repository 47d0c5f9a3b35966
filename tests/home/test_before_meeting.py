"""Before a meeting: what the owner wants first, what the worker kept apart, what matters."""

from datetime import UTC, datetime

from portal.dyads.service import unshare_part
from portal.meetings.service import keep
from portal.meetings.shapes import KeptFrom
from portal.toolbox.service import tool_named
from portal.vault.models import Part
from portal.what_matters import service as what_matters
from portal.what_matters.tool import TOOL
from tests.fixtures.people import People
from tests.fixtures.sharing import share_items

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_what_the_worker_kept_stands_under_a_heading_of_its_own(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    path = f"/people/{dyad_id}/before-meeting"
    assert "Nothing is kept for the meeting yet." in anna.client.get(path).text
    with anna.viewing(NOW) as viewer:
        keep(viewer, dyad_id, line="The new room", source=KeptFrom.OWN)
    page = anna.client.get(path).text
    assert "Ingrid has kept nothing for the meeting yet." in page
    with ingrid.viewing(NOW) as viewer:
        keep(viewer, dyad_id, line="My sister", source=KeptFrom.OWN)
    page = anna.client.get(path).text
    theirs, mine = page.split("What you kept")
    assert "My sister" in theirs
    assert "The new room" in mine
    assert "The new room" not in theirs


def test_what_matters_is_there_once_it_is_shared_and_gone_afterwards(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    path = f"/people/{dyad_id}/before-meeting"
    with ingrid.viewing(NOW) as viewer:
        what_matters.say_what_matters(viewer, "The sea", once=None)
    assert "What matters to Ingrid" not in anna.client.get(path).text
    with ingrid.viewing(NOW) as viewer:
        share_items(viewer, TOOL, dyad_id, [each.id for each in TOOL.items(viewer)])
    assert "What matters to Ingrid" in anna.client.get(path).text
    seen = anna.client.get(f"/people/{dyad_id}/parts/what-matters").text
    assert "The sea" in seen
    assert "What matters to me" not in seen
    with ingrid.viewing(NOW) as viewer:
        unshare_part(viewer, dyad_id, Part.WHAT_MATTERS)
    assert "What matters to Ingrid" not in anna.client.get(path).text


def test_no_page_of_a_worker_is_titled_as_if_it_were_theirs(people: People) -> None:
    names = {"network-map": "Network map", "medicines": "Medicines", "what-matters": "What matters"}
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    for slug, name in names.items():
        tool = tool_named(slug)
        with ingrid.viewing(NOW) as viewer:
            share_items(viewer, tool, dyad_id, [])
        page = anna.client.get(f"/people/{dyad_id}/parts/{slug}").text
        assert f"{name}</h1>" in page
        assert str(tool.name) not in page
