"""Once a dated copy is on the list for a meeting, its page says so and offers a newer one."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.check_ins import service as check_ins
from portal.check_ins.shapes.bodies import CheckInBody
from portal.check_ins.shapes.pages import CopyWish as DaysWish
from portal.life_domains import rules
from portal.life_domains import service as life
from portal.life_domains.shapes import EntryBody
from portal.medicines import service as medicines
from portal.medicines.shapes import CopyWish, MedicineWords
from portal.meetings import service as meetings
from portal.network_map import service as network
from portal.network_map.shapes import NodeBody
from portal.network_map.tool import TOOL as MAP
from portal.toolbox import service as toolbox
from portal.toolbox.charts import Scale
from portal.vault.viewer import Viewer
from tests.fixtures.pages import opened
from tests.fixtures.people import People, SomePerson

NEWER = "Take a newer copy"


def take_map(viewer: Viewer, dyad_id: UUID) -> None:
    node = network.add_node(viewer, NodeBody("My sister"), once=uuid4().hex)
    copy = network.meeting_copy(viewer, dyad_id, [node]).copy
    network.take_to_meeting(viewer, dyad_id, "My network", [node], seen=copy.seen)


def take_check_ins(viewer: Viewer, dyad_id: UUID) -> None:
    body = CheckInBody(good="The sun")
    check_ins.check_in(viewer, viewer.now.date(), body, once=uuid4().hex)
    wish = DaysWish(frozenset(("good",)), Scale.WEEKS)
    seen = check_ins.preview_for(viewer, dyad_id, wish).seen
    check_ins.take_copy(viewer, dyad_id, wish, seen=seen)


def take_medicines(viewer: Viewer, dyad_id: UUID) -> None:
    white = medicines.add(viewer, MedicineWords("The white one"), once=uuid4().hex)
    wish = CopyWish(frozenset((white,)), with_notices=True, with_questions=True)
    seen = medicines.preview_for(viewer, dyad_id, wish).seen
    medicines.take_copy(viewer, dyad_id, wish, seen=seen)


def take_topics(viewer: Viewer, dyad_id: UUID) -> None:
    money = rules.id_of(viewer.person_id, "money")
    life.add_entry(viewer, money, EntryBody("The bills are paid"), once=uuid4().hex)
    life.mark_domain(viewer, money, on=True)
    life.take_topics(viewer, dyad_id, seen=life.topics_page(viewer, dyad_id).seen)


@pytest.fixture
def ingrid(people: People) -> SomePerson:
    return people.owner("Ingrid")


@pytest.fixture
def dyad_id(people: People, ingrid: SomePerson) -> UUID:
    return people.dyad(ingrid, people.worker("Anna"))


@pytest.mark.parametrize(
    ("path", "take", "before"),
    [
        ("/network-map", take_map, "Make a copy for the meeting with Anna"),
        ("/check-ins", take_check_ins, "Make a copy for the meeting with Anna"),
        ("/medicines", take_medicines, "Make a copy for the meeting with Anna"),
        ("/life-domains", take_topics, "Take to the meeting with Anna"),
    ],
    ids=["map", "check-ins", "medicines", "topics"],
)
def test_a_copy_on_the_list_says_so_until_it_is_taken_off(
    ingrid: SomePerson,
    dyad_id: UUID,
    path: str,
    take: Callable[[Viewer, UUID], None],
    before: str,
) -> None:
    with ingrid.viewing() as viewer:
        take(viewer, dyad_id)
    with ingrid.viewing() as viewer:
        (kept,) = meetings.meetings_for(viewer, dyad_id).kept
    page = opened(ingrid.client.get(path))
    assert "is on the list with Anna." in page
    assert f'href="/meetings/kept/{kept.id}/copy"' in page
    assert NEWER in page
    assert before not in page
    with ingrid.viewing() as viewer:
        meetings.take_off(viewer, kept.id)
    page = opened(ingrid.client.get(path))
    assert before in page
    assert NEWER not in page


def test_a_line_without_a_copy_is_none(app_on_each: Flask) -> None:
    people = People(app_on_each)
    ingrid = people.owner("Ingrid")
    dyad_id = people.dyad(ingrid, people.worker("Anna"))
    with ingrid.viewing() as viewer:
        node = network.add_node(viewer, NodeBody("My sister"), once=uuid4().hex)
        toolbox.keep_item(viewer, MAP, node, dyad_id)
    assert NEWER not in opened(ingrid.client.get("/network-map"))
