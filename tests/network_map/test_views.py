"""The map's pages, through a client that watches them."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

import time_machine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import event

from portal.core.dates import Local
from portal.core.db import db
from portal.meetings import service as meetings
from portal.network_map import service
from portal.network_map.shapes import (
    Circle,
    Direction,
    Effect,
    HowOften,
    Kind,
    NodeBody,
    Sector,
    Support,
    Tie,
    Wish,
)
from tests.fixtures.people import SomePerson
from tests.network_map.conftest import Pair

ON_THE_WIRE = 50_000
HEADERS = 2_000
"""What the headers of three answers weigh."""


def post(who: SomePerson, page: str, path: str, **fields: object) -> tuple[int, str]:
    """Send a form as the page ``page`` gave it; gives the status and the answer or its place."""
    found = dict(re.findall(r'name="(csrf_token|once|keep)" type="hidden" value="([^"]*)"', page))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert token is not None
    found["csrf_token"] = token[1]
    answer = who.client.post(path, data=found | fields)
    return answer.status_code, answer.headers.get("Location") or answer.get_data(as_text=True)


def fill(pair: Pair, many: int) -> list[UUID]:
    """A map of so many, with everything said about them."""
    sectors, circles, ties = list(Sector), list(Circle), list(Tie)
    with pair.ingrid.viewing() as viewer:
        return [
            service.add_node(
                viewer,
                NodeBody(
                    f"Bjørn Åge from house {number}",
                    list(Kind)[number % 4],
                    sectors[number % 6],
                    circles[number // 6 % 4],
                    HowOften.WEEKLY,
                    ties[number % 4],
                    (Support.COMPANY, Support.ADVICE),
                    Direction.BOTH,
                    list(Effect)[number % 3],
                    Wish.SAME,
                ),
                once=f"n{number}",
            )
            for number in range(many)
        ]


def test_an_empty_map_invites(pair: Pair) -> None:
    page = pair.text("/network-map")
    assert "For example:" in page
    assert "/network-map/new" in page
    assert "<svg" not in page
    assert "Print it" not in page
    assert "/network-map" in pair.text("/toolbox")


def test_a_node_is_added_once_and_stands_in_picture_and_words(pair: Pair) -> None:
    page = pair.text("/network-map/new")
    said = {"name": "Åse", "sector": "leisure", "circle": "1", "tie": "mixed", "kind": "activity"}
    for _press in range(2):
        assert post(pair.ingrid, page, "/network-map/new", **said)[0] == 303
    shown = pair.text("/network-map")
    assert shown.count(">Åse</a>") == 1
    assert shown.count(">Åse</text>") == 1
    assert "Closest · an activity · between us: mixed" in shown


def test_a_form_with_a_fault_comes_back_with_every_word(pair: Pair) -> None:
    page = pair.text("/network-map/new")
    said = {"name": "", "note": "She knits", "phone": "900 00 001", "support": ["advice"]}
    status, back = post(pair.ingrid, page, "/network-map/new", **said)
    assert status == 422
    assert "She knits" in back
    assert 'value="900 00 001"' in back
    assert re.search(r'value="advice" checked', back)


def test_dragging_posts_the_form_of_the_nodes_page(pair: Pair) -> None:
    node_id = pair.add("Lise")
    path = f"/network-map/{node_id}"
    page = pair.text(path)
    assert f'action="{path}/place"' in page
    to = {"sector": "friends", "circle": "1"}
    assert post(pair.ingrid, page, f"{path}/place", **to) == (303, path)
    assert "Friends · Closest" in pair.text(path)
    assert post(pair.ingrid, page, f"{path}/place", **to, **{"from": "map"}) == (
        303,
        "/network-map",
    )
    wrong = {"sector": "nowhere", "circle": "1"}
    assert post(pair.ingrid, page, f"{path}/place", **wrong)[0] == 422


def test_a_change_is_kept_with_how_it_was(pair: Pair) -> None:
    node_id = pair.add("Lise")
    path = f"/network-map/{node_id}/words"
    page = pair.text(path)
    said = {"name": "Lise B", "sector": "family", "circle": "2", "tie": "supportive"}
    assert post(pair.ingrid, page, path, **said) == (303, f"/network-map/{node_id}")
    shown = pair.text(f"/network-map/{node_id}")
    assert "Name: Lise → Lise B" in shown
    assert "Between us: left open → good" in shown


def test_put_away_brought_back_and_deleted(pair: Pair) -> None:
    node_id = pair.add("Lise")
    path, page = f"/network-map/{node_id}", pair.text("/network-map/new")
    assert post(pair.ingrid, page, f"{path}/away", to="away")[0] == 303
    assert "Bring it back" in pair.text("/network-map")
    assert post(pair.ingrid, page, f"{path}/away", to="back")[0] == 303
    assert "Bring it back" not in pair.text("/network-map")
    assert post(pair.ingrid, page, f"{path}/removal")[0] == 409
    assert post(pair.ingrid, page, f"{path}/away", to="away")[0] == 303
    assert post(pair.ingrid, page, f"{path}/removal")[0] == 303
    assert pair.ingrid.client.get(path).status_code == 404


def test_a_snapshot_is_kept_and_set_beside_today(pair: Pair) -> None:
    node_id = pair.add("The choir", sector=Sector.LEISURE, circle=Circle.OUTER)
    page = pair.text("/network-map/snapshots")
    assert post(pair.ingrid, page, "/network-map/snapshots", why="In a new flat")[0] == 303
    with pair.ingrid.viewing() as viewer:
        service.move_node(viewer, node_id, Sector.LEISURE, Circle.CLOSEST)
        (card,) = service.snapshots_of(viewer).here
    beside = pair.text(f"/network-map/snapshots/{card.id}")
    assert beside.count("<svg") == 2
    assert "What is the same" not in beside
    assert "Leisure · Further out" in beside
    assert "Leisure · Closest" in beside
    away = f"/network-map/snapshots/{card.id}/away"
    assert post(pair.ingrid, page, away, to="away")[0] == 303
    assert "Delete for good" in pair.text("/network-map/snapshots")
    gone = f"/network-map/snapshots/{card.id}/removal"
    assert post(pair.ingrid, page, gone)[0] == 303
    assert pair.ingrid.client.get(f"/network-map/snapshots/{card.id}").status_code == 404


def test_a_snapshot_without_a_reason_goes_by_its_day(pair: Pair) -> None:
    pair.add("The choir")
    page = pair.text("/network-map/snapshots")
    assert post(pair.ingrid, page, "/network-map/snapshots", why="")[0] == 303
    with pair.ingrid.viewing() as viewer:
        (card,) = service.snapshots_of(viewer).here
        on = Local(viewer.zone, viewer.language, viewer.now).plain_day(card.kept_at)
    path = f"/network-map/snapshots/{card.id}"
    assert f'href="{path}">{on}</a>' in pair.text("/network-map/snapshots")
    beside = pair.text(path)
    assert f'<h1 class="page-title">As it was on {on}, ' in beside
    assert "Everything stands as it stood." in beside
    assert beside.index("What is the same") < beside.index("<strong>The choir</strong>")
    assert post(pair.ingrid, page, f"{path}/away", to="away")[0] == 303
    assert f'<span class="item-title">{on}</span>' in pair.text("/network-map/snapshots")


def test_one_part_of_life_is_shown_alone(pair: Pair) -> None:
    pair.add("Lise", sector=Sector.FRIENDS)
    pair.add("Dad")
    page = pair.text("/network-map?part=friends")
    assert "Lise" in page
    assert "Dad" not in page
    assert "Nothing stands in this part yet." in pair.text("/network-map?part=work")


def test_the_worker_sees_the_shared_ones_drawn_and_in_words(pair: Pair) -> None:
    lise = pair.add("Lise", may_be_called=True, phone="900 00 001")
    pair.add("Dad")
    path = f"/people/{pair.dyad_id}/parts/network-map"
    assert pair.anna.client.get(path).status_code == 404
    choose = pair.text(f"/sharing/network-map/with/{pair.dyad_id}")
    assert "Lise · Family · Near" in choose
    pair.share(lise)
    seen = pair.text(path, who=pair.anna)
    assert "<svg" in seen
    assert "900 00 001" in seen
    assert "Dad" not in seen
    assert "/network-map/" not in seen
    assert "Only you can see it." in pair.text(f"/toolbox/network-map/{pair.add('Per')}/audience")


def test_a_copy_goes_to_the_meeting_as_it_was_previewed(pair: Pair) -> None:
    lise, _dad = pair.add("Lise", phone="900 00 001", may_be_called=True), pair.add("Dad")
    base = f"/network-map/meeting/{pair.dyad_id}"
    page = pair.text(base)
    status, preview = post(pair.ingrid, page, f"{base}/preview", item=str(lise))
    assert status == 200
    assert "Lise" in preview
    assert "Dad" not in preview
    assert "900 00 001" not in preview
    seen = re.search(r'name="seen" value="([^"]*)"', preview)
    assert seen is not None
    said = {"item": str(lise), "seen": seen[1], "line": ""}
    assert post(pair.ingrid, preview, base, **said)[0] == 422
    said["line"] = "My map"
    assert post(pair.ingrid, preview, base, **said) == (303, "/network-map")
    with pair.anna.viewing() as viewer:
        assert [each.line for each in meetings.meetings_for(viewer, pair.dyad_id).kept] == [
            "My map"
        ]


def test_the_map_is_printed_and_set_as_pdf_with_all_names(pair: Pair) -> None:
    fill(pair, 8)
    node_id = pair.add("Søster Åse", may_be_called=True, phone="900 00 001")
    assert "<svg" in pair.text("/toolbox/network-map/print")
    whole = pdf_words(pair, "/toolbox/network-map/pdf")
    assert "Bjørn Åge from house 3" in whole
    assert "Søster Åse" in whole
    assert "Neighbourhood" in whole
    one = pdf_words(pair, f"/toolbox/network-map/{node_id}/pdf")
    assert "Søster Åse" in one
    assert "900 00 001" in one


def test_two_snapshots_of_one_day_are_told_apart_by_their_time(pair: Pair) -> None:
    pair.add("Lise")
    morning = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)
    for number, (at, why) in enumerate(
        [(morning, ""), (morning + timedelta(hours=5), ""), (morning, "In a new flat")]
    ):
        with pair.ingrid.viewing(at) as viewer:
            service.keep_snapshot(viewer, why, once=str(number))
    with time_machine.travel(morning + timedelta(hours=9), tick=False):
        page = pair.text("/network-map/snapshots")
    assert page.count(">20 November, 09:05</a>") == page.count(">20 November, 14:05</a>") == 1
    assert 'In a new flat</a><span class="item-more">20 November</span>' in page


def test_sixty_names_can_be_read_on_paper(pair: Pair) -> None:
    for number in range(60):
        sector, circle = list(Sector)[number % 6], list(Circle)[number % 4]
        pair.add(f"Åse {number}", sector=sector, circle=circle)
    sizes: dict[str, float] = {}

    def note(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        name = " ".join(text.split())
        sizes[name] = min(sizes.get(name, 99), size * abs(tm[3]))

    answer = pair.ingrid.client.get("/toolbox/network-map/pdf")
    PdfReader(BytesIO(answer.data)).pages[0].extract_text(visitor_text=note)
    assert all(7.5 < sizes[f"Åse {number}"] < 9 for number in range(60)), sizes


def pdf_words(pair: Pair, path: str) -> str:
    answer = pair.ingrid.client.get(path)
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def on_the_wire(pair: Pair, path: str) -> int:
    wire = pair.ingrid.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert wire.headers["Content-Encoding"] == "gzip"
    return len(wire.data)


def test_sixty_drawn_and_five_hundred_listed_stay_small_in_few_queries(
    pair: Pair, app: Flask
) -> None:
    assets = app.extensions["assets"].values()
    room = ON_THE_WIRE - HEADERS - sum(len(each.compressed["gzip"]) for each in assets)
    fill(pair, 60)
    page = pair.text("/network-map")
    assert page.count("<title>Bjørn") == 60
    assert page.index('href="#words"') < page.index("<svg")
    assert '<section class="card card-plain" aria-labelledby="words-title" id="words">' in page
    assert on_the_wire(pair, "/network-map") < room
    with pair.ingrid.viewing() as viewer:
        for number in range(440):
            body = NodeBody(f"Somebody {number}", sector=list(Sector)[number % 6])
            service.add_node(viewer, body, once=f"more {number}")
    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    for path in ("/network-map", "/network-map/list"):
        said.clear()
        page = pair.text(path)
        assert len(said) <= 6, said
        assert len(page.encode()) < ON_THE_WIRE
        assert on_the_wire(pair, path) < room
    following = re.search(r"/network-map/list\?after=[\w-]+", page)
    assert following is not None
    assert pair.text(following[0]).count("<li><a href=") == 50
