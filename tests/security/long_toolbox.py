"""A toolbox after years of use: every part as full as it can be, or with five hundred things."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from portal.check_ins import service as check_ins
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.library import service as library
from portal.library.tool import TOOL as REFLECTIONS
from portal.life_domains import service as life_domains
from portal.life_domains.shapes import EntryBody
from portal.life_domains.tool import TOOL as LIFE
from portal.medicines import service as medicines
from portal.medicines.shapes import MedicineWords
from portal.medicines.tool import TOOL as MEDICINES
from portal.network_map import service as network
from portal.network_map.shapes import Circle, NodeBody, Sector
from portal.network_map.tool import TOOL as NETWORK
from portal.what_matters import service as what_matters
from portal.what_matters.tool import TOOL as MATTERS
from tests.access.scene import NOW, Scene
from tests.fixtures.sharing import share_items

MANY, A_YEAR = 500, 365
LINES_MOST = 98  # the list holds a hundred, and the town has some already
NODES_MOST = 497


def fill_toolbox(town: Scene) -> None:
    """Every part of Ingrid's, and all that can be shared is shared with Anna."""
    for fill in (_lines, _entries, _nodes, _check_ins, _medicines, _reflections):
        fill(town)
    for tool in (MATTERS, LIFE, NETWORK, MEDICINES, REFLECTIONS):
        with town.ingrid.viewing(NOW) as viewer:
            ids = [each.id for each in tool.items(viewer)]
            share_items(viewer, tool, town.with_anna, ids)


def _lines(town: Scene) -> None:
    with town.ingrid.viewing(NOW) as viewer:
        for number in range(LINES_MOST):
            what_matters.add_to_well(viewer, f"line {number}", once=uuid4().hex)


def _entries(town: Scene) -> None:
    domain_id: UUID = town.ids["anna"].values["domain_id"]
    for number in range(MANY):
        with town.ingrid.viewing(NOW - timedelta(days=MANY - number)) as viewer:
            body = EntryBody(f"how it is, {number}", helps="a walk", rating=1 + number % 7)
            life_domains.add_entry(viewer, domain_id, body, once=uuid4().hex)


def _nodes(town: Scene) -> None:
    with town.ingrid.viewing(NOW) as viewer:
        for number in range(NODES_MOST):
            place = list(Sector)[number % 6], list(Circle)[number % 4]
            body = NodeBody(f"somebody {number}", sector=place[0], circle=place[1])
            network.add_node(viewer, body, once=uuid4().hex)


def _check_ins(town: Scene) -> None:
    with town.ingrid.viewing(NOW - timedelta(days=A_YEAR)) as viewer:
        energy = check_ins.follow(viewer, _energy, once=uuid4().hex)
    with town.ingrid.viewing(NOW) as viewer:
        for day in range(A_YEAR):
            body = CheckInBody(good="the sun", answers=(Answer(energy, number=1 + day % 7),))
            on = NOW.date() - timedelta(days=1 + day)
            check_ins.check_in(viewer, on, body, once=uuid4().hex)


def _energy(item_id: UUID, _since: datetime) -> Item:
    return Item(item_id, "Energy", Kind.SEVEN, NOW - timedelta(days=A_YEAR), low="low", high="high")


def _medicines(town: Scene) -> None:
    with town.ingrid.viewing(NOW) as viewer:
        for number in range(MANY):
            words = MedicineWords(f"medicine {number}", how="one", questions="why?")
            medicines.add(viewer, words, once=uuid4().hex)


def _reflections(town: Scene) -> None:
    with town.ingrid.viewing(NOW) as viewer:
        home = town.app.config["SETTINGS"].home
        exercise = library.exercise_for(viewer, "the-first-two-minutes", home)
        for number in range(MANY):
            answers = [f"the plates, {number}", "two minutes", ""]
            library.keep_answers(viewer, exercise, answers, once=uuid4().hex)
