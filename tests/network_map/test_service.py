"""The map's verbs, with a real database and real keys."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import event, func, select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.web import page_token
from portal.core.work import unit_of_work
from portal.meetings import service as meetings
from portal.network_map import service
from portal.network_map.models import FormerRow, NodeRow, SnapshotRow
from portal.network_map.service.reading import own_drawing
from portal.network_map.shapes import (
    Circle,
    Contact,
    Effect,
    KeptNode,
    Kind,
    NodeBody,
    Sector,
    SnapshotBody,
    Tie,
)
from portal.network_map.tool import TOOL
from portal.search.service import search
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, DataKey
from tests.fixtures.people import SomePerson
from tests.network_map.conftest import Pair

START = datetime.now(UTC) - timedelta(days=20)


def audiences(pair: Pair, table: type[NodeRow] | type[FormerRow] | type[SnapshotRow]) -> list[str]:
    """Whom every row of a table is sealed for."""
    with pair.ingrid.viewing():
        found = db.session.scalars(
            select(DataKey.audience).join(table, table.data_key_id == DataKey.id)
        )
        return [audience.value for audience in found]


def opens(who: SomePerson, table: type[NodeRow], row_id: UUID) -> NodeBody:
    """Open a row with somebody's own keys, past every page and every check."""
    with who.viewing() as viewer:
        return viewer.box.open(db.session.get_one(table, row_id), NodeBody)


def test_everything_starts_as_the_owners_alone(pair: Pair) -> None:
    node_id = pair.add("Lise")
    with pair.ingrid.viewing() as viewer:
        service.keep_snapshot(viewer, "Before", once="s")
        service.move_node(viewer, node_id, Sector.FRIENDS, Circle.CLOSEST)
    for table in (NodeRow, FormerRow, SnapshotRow):
        assert audiences(pair, table) == ["only_me"]
    with pytest.raises(NotVisible):
        opens(pair.anna, NodeRow, node_id)


def test_one_press_adds_one_node(pair: Pair) -> None:
    with pair.ingrid.viewing() as viewer:
        first = service.add_node(viewer, NodeBody("Lise"), once="p")
        again = service.add_node(viewer, NodeBody("Lise"), once="p")
        assert first == again
        assert [node.body.name for node in service.here_of(viewer)] == ["Lise"]


def test_nobody_else_reaches_a_node(pair: Pair) -> None:
    node_id = pair.add("Lise")
    with pair.anna.viewing() as viewer:
        for verb in (service.node_words, service.node_page, service.delete_node):
            with pytest.raises(NotVisible):
                verb(viewer, node_id)
        with pytest.raises(NotVisible):
            service.move_node(viewer, node_id, Sector.WORK, Circle.OUTER)


def test_the_worker_gets_exactly_what_was_shared_as_a_map_of_its_own(pair: Pair) -> None:
    said: dict[str, Any] = {"sector": Sector.FRIENDS, "circle": Circle.CLOSEST}
    shared = [pair.add("Lise", **said), pair.add("Per", **said)]
    hidden = [pair.add(f"Hidden {number}", **said) for number in range(12)]
    pair.share(*shared)
    seen = pair.seen()
    names = [
        node.body.name for corner in seen.corners for _c, nodes in corner.circles for node in nodes
    ]
    assert names == ["Lise", "Per"]
    with pair.ingrid.viewing() as viewer:
        alone = [node for node in service.here_of(viewer) if node.id in shared]
        expected = own_drawing(alone)
    assert seen.drawn is not None
    assert expected is not None
    assert (seen.drawn.edges, seen.drawn.middle) == (expected.edges, expected.middle)
    assert seen.drawn.drawing.width == expected.drawing.width
    assert "Hidden" not in str(seen)
    for node_id in hidden:
        with pytest.raises(NotVisible):
            opens(pair.anna, NodeRow, node_id)


def test_the_preview_is_what_the_worker_sees(pair: Pair) -> None:
    node_id = pair.add("Lise", may_be_called=True, phone="900 00 009")
    pair.add("Per")
    with pair.ingrid.viewing() as viewer:
        preview = toolbox.preview_for(viewer, TOOL, pair.dyad_id, [node_id])
    pair.share(node_id)
    seen = pair.seen()
    assert str(preview.shown.drawn) == str(seen.drawn)
    assert [corner.sector for corner in preview.shown.corners] == [Sector.FAMILY]
    assert opens(pair.anna, NodeRow, node_id).phone == "900 00 009"


def test_keeping_back_seals_a_node_away_from_the_worker(pair: Pair) -> None:
    node_id = pair.add("Lise")
    pair.share(node_id)
    with pair.ingrid.viewing() as viewer:
        before = db.session.get_one(NodeRow, node_id).data_key_id
        toolbox.keep_back(viewer, TOOL, node_id)
    with pair.ingrid.viewing():
        assert db.session.get_one(NodeRow, node_id).data_key_id != before
    with pytest.raises(NotVisible):
        opens(pair.anna, NodeRow, node_id)
    assert pair.seen().corners == ()


def test_a_shared_node_never_shows_how_it_was(pair: Pair) -> None:
    node_id = pair.add("Lise", at=START, note="We quarrelled")
    with pair.ingrid.viewing(START + timedelta(days=1)) as viewer:
        service.change_node(viewer, node_id, NodeBody("Lise"))
    pair.share(node_id)
    assert audiences(pair, FormerRow) == ["only_me"]
    assert "quarrelled" not in str(pair.seen())


def test_history_says_what_was_so_then_and_so_now(pair: Pair) -> None:
    node_id = pair.add("Lise", at=START, tie=Tie.MIXED)
    with pair.ingrid.viewing(START + timedelta(days=3)) as viewer:
        service.move_node(viewer, node_id, Sector.FRIENDS, Circle.CLOSEST)
    with pair.ingrid.viewing(START + timedelta(days=9)) as viewer:
        was = service.node_words(viewer, node_id)
        service.change_node(viewer, node_id, replace(was, tie=Tie.SUPPORTIVE))
        page = service.node_page(viewer, node_id)
    tied, moved = page.formers.items
    assert [(each.what, each.then, each.now) for each in tied.differences] == [
        ("Between us", "mixed", "good")
    ]
    assert [(each.then, each.now) for each in moved.differences] == [
        ("Family", "Friends"),
        ("Near", "Closest"),
    ]
    assert moved.until == START + timedelta(days=3)


def test_changes_of_one_sitting_are_one_change_and_nothing_new_is_none(pair: Pair) -> None:
    node_id = pair.add("Lise", at=START)
    for minutes, circle in enumerate((Circle.OUTER, Circle.WITHIN_REACH, Circle.CLOSEST)):
        with pair.ingrid.viewing(START + timedelta(days=1, minutes=minutes)) as viewer:
            service.move_node(viewer, node_id, Sector.FAMILY, circle)
            service.move_node(viewer, node_id, Sector.FAMILY, circle)
    with pair.ingrid.viewing() as viewer:
        (former,) = service.node_page(viewer, node_id).formers.items
    assert [(each.then, each.now) for each in former.differences] == [("Near", "Closest")]


def test_a_long_history_is_paged_and_no_change_is_left_out(pair: Pair) -> None:
    node_id = pair.add("Lise 0", at=START)
    for number in range(1, toolbox.FORMERS + 6):
        with pair.ingrid.viewing(START + timedelta(days=number)) as viewer:
            was = service.node_words(viewer, node_id)
            service.change_node(viewer, node_id, replace(was, name=f"Lise {number}"))
    found, before = [], None
    for _page in range(2):
        with pair.ingrid.viewing() as viewer:
            page = service.node_page(viewer, node_id, before).formers
        found += [(each.then, each.now) for former in page.items for each in former.differences]
        before = page.older
    names = [f"Lise {number}" for number in range(toolbox.FORMERS + 5, -1, -1)]
    assert found == list(zip(names[1:], names, strict=False))
    assert before is None
    shown = pair.ingrid.client.get(f"/network-map/{node_id}").text
    assert "Lise 0 →" not in shown
    older = re.search(r'href="(/network-map/[^"]*before=[^"#]*)', shown)
    assert older is not None
    assert "Lise 0 →" in pair.ingrid.client.get(older[1]).text
    with pair.ingrid.viewing() as viewer, pytest.raises(NotVisible):
        service.node_page(viewer, node_id, f"1.{page_token(node_id)}")
    with unit_of_work(pair.ingrid.app):
        for row in db.session.scalars(select(FormerRow)):
            row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    answer = pair.ingrid.client.get(older[1])
    assert answer.status_code == 200
    assert "Something here does not open." in answer.text


def test_put_away_comes_back_and_deleted_is_gone_with_its_history(pair: Pair) -> None:
    node_id = pair.add("Lise", at=START)
    pair.share(node_id)
    with pair.ingrid.viewing() as viewer:
        service.move_node(viewer, node_id, Sector.WORK, Circle.OUTER)
        service.put_away(viewer, node_id, is_away=True)
        assert service.here_of(viewer) == []
        assert [node.body.name for node in service.map_page(viewer).away] == ["Lise"]
    assert pair.seen().corners == ()
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, node_id, is_away=False)
        assert [node.is_shared for node in service.here_of(viewer)] == [False]
    with pair.anna.viewing() as viewer, pytest.raises(NotVisible):
        viewer.box.open(db.session.get_one(NodeRow, node_id), NodeBody)
    with pair.ingrid.viewing() as viewer:
        with pytest.raises(Conflict):
            service.delete_node(viewer, node_id)
        service.put_away(viewer, node_id, is_away=True)
        service.delete_node(viewer, node_id)
    with pair.ingrid.viewing():
        for table in (NodeRow, FormerRow):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_a_snapshot_stays_as_it_was_and_stands_beside_today(pair: Pair) -> None:
    lise = pair.add("Lise", circle=Circle.OUTER)
    pair.add("Per")
    with pair.ingrid.viewing() as viewer:
        kept = service.keep_snapshot(viewer, "Before I moved", once="k")
        assert service.keep_snapshot(viewer, "Before I moved", once="k") == kept
    with pair.ingrid.viewing() as viewer:
        service.move_node(viewer, lise, Sector.FRIENDS, Circle.CLOSEST)
        service.add_node(viewer, NodeBody("Bamse", Kind.ANIMAL, Sector.NEIGHBOURHOOD), once="b")
        per = next(node for node in service.here_of(viewer) if node.body.name == "Per")
        service.put_away(viewer, per.id, is_away=True)
        service.delete_node(viewer, per.id)
    with pair.ingrid.viewing() as viewer:
        page = service.snapshot_page(viewer, kept)
    by_name = {change.name: change for change in page.changes}
    moved = by_name["Lise"]
    assert moved.then is not None
    assert moved.now is not None
    assert (moved.then.circle, moved.now.circle) == (Circle.OUTER, Circle.CLOSEST)
    assert by_name["Bamse"].then is None
    assert by_name["Per"].now is None
    assert page.then is not None
    assert "Per" in str(page.then.drawing)
    assert page.now is not None
    assert "Per" not in str(page.now.drawing)


def test_snapshots_are_put_away_brought_back_and_deleted(pair: Pair) -> None:
    with pair.ingrid.viewing() as viewer, pytest.raises(FieldError):
        service.keep_snapshot(viewer, "Nothing there", once="n")
    pair.add("Lise")
    with pair.ingrid.viewing() as viewer:
        kept = service.keep_snapshot(viewer, "Before", once="k")
        service.put_snapshot_away(viewer, kept, is_away=True)
        found = service.snapshots_of(viewer)
        assert (found.here, [card.why for card in found.away]) == ((), ["Before"])
        service.put_snapshot_away(viewer, kept, is_away=False)
        _row, body, _audience = toolbox.own_row(viewer, SnapshotRow, kept, SnapshotBody)
        assert isinstance(body.nodes[0], KeptNode)
        with pytest.raises(Conflict):
            service.delete_snapshot(viewer, kept)
        service.put_snapshot_away(viewer, kept, is_away=True)
        service.delete_snapshot(viewer, kept)
        assert service.snapshots_of(viewer).here == ()
    with pair.anna.viewing() as viewer, pytest.raises(NotVisible):
        service.snapshot_page(viewer, kept)


def test_crisis_contacts_are_those_who_may_be_called_closest_first(pair: Pair) -> None:
    outer = pair.add("Anna", circle=Circle.OUTER, may_be_called=True, note="Weekdays")
    close = pair.add("Lise", circle=Circle.CLOSEST, may_be_called=True, phone="900 00 001")
    pair.add("Dad", circle=Circle.CLOSEST, phone="900 00 002")
    away = pair.add("Per", may_be_called=True)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, away, is_away=True)
        assert service.crisis_contacts(viewer) == [
            Contact(close, "Lise", "900 00 001", ""),
            Contact(outer, "Anna", "", "Weekdays"),
        ]
    with pair.anna.viewing() as viewer:
        assert service.crisis_contacts(viewer) == []


def test_a_copy_for_the_meeting_holds_what_was_seen_and_no_numbers(pair: Pair) -> None:
    lise = pair.add("Lise", may_be_called=True, phone="900 00 001", note="in trust")
    pair.add("Per")
    with pair.ingrid.viewing() as viewer:
        copy = service.meeting_copy(viewer, pair.dyad_id, [lise]).copy
        for _press in range(2):
            service.take_to_meeting(viewer, pair.dyad_id, "My map", [lise], seen=copy.seen)
    with pair.anna.viewing() as viewer:
        kept = meetings.meetings_for(viewer, pair.dyad_id).kept
        assert [each.line for each in kept] == ["My map"]
        words = str(meetings.copy_for(viewer, kept[0].id).sheet)
    assert "Lise" in words
    assert not [each for each in ("Per", "900", "in trust") if each in words]


def test_a_copy_is_asked_for_again_when_the_map_changed_since(pair: Pair) -> None:
    lise = pair.add("Lise")
    with pair.ingrid.viewing() as viewer:
        seen = service.meeting_copy(viewer, pair.dyad_id, [lise]).copy.seen
    with pair.ingrid.viewing() as viewer:
        service.change_node(viewer, lise, NodeBody("Lise", effect=Effect.LIFTS))
    with pair.ingrid.viewing() as viewer:
        with pytest.raises(Conflict):
            service.take_to_meeting(viewer, pair.dyad_id, "My map", [lise], seen=seen)
        with pytest.raises(FieldError):
            service.take_to_meeting(viewer, pair.dyad_id, "My map", [], seen=seen)
    with pair.anna.viewing() as viewer, pytest.raises(NotVisible):
        service.meeting_copy(viewer, pair.dyad_id, None)


def test_words_on_the_map_are_found_by_their_owner_and_by_nobody_else(pair: Pair) -> None:
    pair.add("Lise", note="She knits")
    with pair.ingrid.viewing() as viewer:
        assert [hit.path for hit in search(viewer, "knits").hits]
    with pair.anna.viewing() as viewer:
        assert search(viewer, "knits").hits == ()


def test_five_hundred_nodes_are_read_by_a_few_queries_and_more_do_not_fit(
    pair: Pair, app: Flask
) -> None:
    sectors, circles = list(Sector), list(Circle)
    with pair.ingrid.viewing() as viewer:
        for number in range(500):
            sector, circle = sectors[number % 6], circles[number // 6 % 4]
            body = NodeBody(f"Somebody {number}", sector=sector, circle=circle)
            service.add_node(viewer, body, once=uuid4().hex)
    with pair.ingrid.viewing() as viewer, pytest.raises(FieldError):
        service.add_node(viewer, NodeBody("One too many"), once="more")
    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: said.append(str(about[2])))
    with pair.ingrid.viewing() as viewer:
        said.clear()
        page = service.map_page(viewer)
        assert len(said) <= 6
        assert page.has_more
        assert page.drawn is not None
        names, after = [], None
        while True:
            part = service.list_page(viewer, after)
            names += [
                node.body.name
                for corner in part.corners
                for _c, nodes in corner.circles
                for node in nodes
            ]
            if part.after is None:
                break
            after = part.after
    assert sorted(names) == sorted(f"Somebody {number}" for number in range(500))
    assert audiences(pair, NodeRow) == [Audience.ONLY_ME.value] * 500
