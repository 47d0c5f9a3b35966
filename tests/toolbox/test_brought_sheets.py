"""What matters to the owner stands first on every sheet that they bring to a meeting."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from portal.check_ins import service as check_ins
from portal.check_ins.shapes.pages import CopyWish as DaysWish
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.sheet import Sheet
from portal.life_domains import rules
from portal.life_domains import service as life
from portal.life_domains.shapes import EntryBody
from portal.medicines import service as medicines
from portal.medicines.shapes import CopyWish, MedicineWords
from portal.meetings import service as meetings
from portal.network_map import service as network
from portal.network_map.shapes import NodeBody
from portal.toolbox.charts import Scale
from portal.vault.viewer import Viewer
from portal.what_matters import service as what_matters
from tests.fixtures.people import People, SomePerson

SEA = "To live by the sea"


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    """Ingrid, who has said what matters, and something in several parts."""
    owner = people.owner("Ingrid")
    with owner.viewing() as viewer:
        what_matters.say_what_matters(viewer, SEA, once=uuid4().hex)
    return owner


@pytest.fixture
def anna(people: People) -> SomePerson:
    return people.worker("Anna")


@pytest.fixture
def dyad_id(people: People, ingrid: SomePerson, anna: SomePerson) -> UUID:
    return people.dyad(ingrid, anna)


def brought(anna: SomePerson, dyad_id: UUID) -> Sheet:
    """The one copy that Anna can open from the meeting's list."""
    with anna.viewing() as viewer:
        (kept,) = meetings.meetings_for(viewer, dyad_id).kept
        return meetings.copy_for(viewer, kept.id).sheet


def mark_money(viewer: Viewer) -> None:
    money = rules.id_of(viewer.person_id, "money")
    life.add_entry(viewer, money, EntryBody("The bills are paid"), once=uuid4().hex)
    life.mark_domain(viewer, money, on=True)


def test_on_domains_to_talk_about(ingrid: SomePerson, anna: SomePerson, dyad_id: UUID) -> None:
    with ingrid.viewing() as viewer:
        mark_money(viewer)
    with ingrid.viewing() as viewer:
        page = life.topics_page(viewer, dyad_id)
        life.take_topics(viewer, dyad_id, seen=page.seen)
    assert page.sheet.opening == SEA
    assert brought(anna, dyad_id) == page.sheet


def test_on_medicines(ingrid: SomePerson, anna: SomePerson, dyad_id: UUID) -> None:
    with ingrid.viewing() as viewer:
        white = medicines.add(viewer, MedicineWords("The white one"), once=uuid4().hex)
        wish = CopyWish(frozenset((white,)), with_notices=True, with_questions=True)
        preview = medicines.preview_for(viewer, dyad_id, wish)
        medicines.take_copy(viewer, dyad_id, wish, seen=preview.seen)
    assert preview.sheet.opening == SEA
    assert brought(anna, dyad_id) == preview.sheet


def test_on_check_ins(ingrid: SomePerson, anna: SomePerson, dyad_id: UUID) -> None:
    wish = DaysWish(frozenset(("good",)), Scale.DAYS)
    with ingrid.viewing() as viewer:
        preview = check_ins.preview_for(viewer, dyad_id, wish)
        check_ins.take_copy(viewer, dyad_id, wish, seen=preview.seen)
    assert preview.sheet.opening == SEA
    assert brought(anna, dyad_id) == preview.sheet


def test_on_the_map_and_what_was_seen_is_what_goes(
    ingrid: SomePerson, anna: SomePerson, dyad_id: UUID
) -> None:
    with ingrid.viewing() as viewer:
        lise = network.add_node(viewer, NodeBody("Lise"), once=uuid4().hex)
        seen = network.meeting_copy(viewer, dyad_id, [lise]).copy.seen
        what_matters.say_what_matters(viewer, "To sleep", once=uuid4().hex)
    with ingrid.viewing() as viewer:
        with pytest.raises(Conflict):
            network.take_to_meeting(viewer, dyad_id, "My map", [lise], seen=seen)
        copy = network.meeting_copy(viewer, dyad_id, [lise]).copy
        network.take_to_meeting(viewer, dyad_id, "My map", [lise], seen=copy.seen)
    assert brought(anna, dyad_id).opening == "To sleep"


def test_the_preview_says_so_and_makes_no_more_than_six_queries(
    ingrid: SomePerson, dyad_id: UUID
) -> None:
    with ingrid.viewing() as viewer:
        mark_money(viewer)
        network.add_node(viewer, NodeBody("Lise"), once=uuid4().hex)
    said: list[str] = []
    with ingrid.app.app_context():
        engine = db.engine
    pages = (f"/life-domains/topics/{dyad_id}", f"/network-map/meeting/{dyad_id}")
    for path in pages:
        ingrid.client.get(path)
        said.clear()

        def note(*about: object) -> None:
            said.append(str(about[2]))

        event.listen(engine, "before_cursor_execute", note)
        page = ingrid.client.get(path).get_data(as_text=True)
        event.remove(engine, "before_cursor_execute", note)
        assert len(said) <= 6, "\n".join(said)
        assert (SEA in page) is (path == pages[0])
    first = ingrid.client.get(pages[0]).get_data(as_text=True)
    assert "What matters to you stands first, and goes along." in first
