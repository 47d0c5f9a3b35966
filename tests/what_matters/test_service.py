"""What matters: said anew, put away, deleted; shared and taken back, shown by the keys."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.work import unit_of_work
from portal.dyads.service import unshare_part
from portal.goals.service.statements import GOALS_FOR_TODAY, MATTER
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, DataKey, Part, WrappedKey
from portal.what_matters import service
from portal.what_matters.models import MatterRow
from portal.what_matters.shapes import MatterBody
from portal.what_matters.tool import TOOL
from tests.fixtures.people import People
from tests.what_matters.conftest import SEA, Pair


def audiences(pair: Pair) -> dict[str, Audience]:
    """Who each line is sealed for, by its words; former wordings too."""
    with pair.ingrid.viewing() as viewer:
        rows = toolbox.rows_of(viewer, MatterRow, viewer.person_id)
        return {viewer.box.open(row, MatterBody).text: audience for row, audience in rows}


def test_a_sentence_said_anew_keeps_its_former_words_for_their_owner(pair: Pair) -> None:
    sentence_id = pair.say("The sea")
    assert pair.say(SEA) == sentence_id
    with pair.ingrid.viewing() as viewer:
        page = service.sentence_page(viewer)
        assert service.sentence_of(viewer) == page.text == SEA
    assert [each.body.text for each in page.formers.items] == ["The sea"]


def test_former_words_are_the_owners_alone_whatever_is_shared(pair: Pair) -> None:
    sentence_id = pair.say("The sea")
    pair.share(sentence_id)
    pair.say(SEA)
    assert pair.seen() == [SEA]
    assert audiences(pair) == {SEA: Audience.SHARED, "The sea": Audience.ONLY_ME}


def test_the_same_press_adds_one_line_and_the_same_words_change_nothing(pair: Pair) -> None:
    for _ in range(2):
        with pair.ingrid.viewing() as viewer:
            service.add_to_well(viewer, "A walk", once="a" * 32)
    pair.say(SEA)
    pair.say(SEA)
    with pair.ingrid.viewing() as viewer:
        assert service.well_of(viewer) == ["A walk"]
        assert service.sentence_page(viewer).formers.items == []


def test_a_line_is_put_away_brought_back_and_deleted_with_what_it_said(pair: Pair) -> None:
    line_id = pair.add("A walk")
    with pair.ingrid.viewing() as viewer:
        service.change_line(viewer, line_id, "A long walk")
        service.put_away(viewer, line_id, is_away=True)
    with pair.ingrid.viewing() as viewer:
        assert service.well_of(viewer) == []
        service.put_away(viewer, line_id, is_away=False)
    with pair.ingrid.viewing() as viewer:
        assert service.well_of(viewer) == ["A long walk"]
        with pytest.raises(Conflict):
            service.delete_line(viewer, line_id)
        service.put_away(viewer, line_id, is_away=True)
        service.delete_line(viewer, line_id)
    with unit_of_work(pair.ingrid.app):
        assert db.session.scalars(select(MatterRow)).all() == []


def test_a_list_has_an_end(pair: Pair) -> None:
    with pair.ingrid.viewing() as viewer:
        for number in range(service.MOST):
            service.add_to_well(viewer, f"line {number}", once=uuid4().hex)
        with pytest.raises(FieldError):
            service.add_to_well(viewer, "one more", once=uuid4().hex)


def test_a_worker_sees_the_chosen_lines_exactly_as_previewed(pair: Pair) -> None:
    sentence, walk = pair.say(), pair.add("A walk")
    pair.add("Only for me")
    previewed = pair.preview([sentence, walk])
    with pytest.raises(NotVisible):
        pair.seen()
    pair.share(sentence, walk)
    assert pair.seen() == previewed == [SEA, "A walk"]


def test_what_is_left_out_of_a_new_choice_is_the_owners_alone_again(pair: Pair) -> None:
    sentence, walk = pair.say(), pair.add("A walk")
    pair.share(sentence, walk)
    pair.share(walk)
    assert pair.seen() == ["A walk"]
    assert audiences(pair) == {SEA: Audience.ONLY_ME, "A walk": Audience.SHARED}


def test_the_end_of_sharing_takes_the_key_and_seals_the_rows_anew(pair: Pair) -> None:
    sentence = pair.say()
    pair.share(sentence)
    with unit_of_work(pair.ingrid.app):
        old = db.session.get_one(MatterRow, sentence).data_key_id
        held = select(WrappedKey).where(
            WrappedKey.holder_id == pair.anna.id, WrappedKey.data_key_id == old
        )
        assert len(db.session.scalars(held).all()) == 1
    with pair.ingrid.viewing() as viewer:
        unshare_part(viewer, pair.dyad_id, Part.WHAT_MATTERS)
    with pytest.raises(NotVisible):
        pair.seen()
    with unit_of_work(pair.ingrid.app):
        assert db.session.get_one(MatterRow, sentence).data_key_id != old
        assert db.session.get(DataKey, old) is None
    with pair.ingrid.viewing() as viewer:
        assert service.sentence_of(viewer) == SEA


def test_a_line_put_away_is_not_seen_by_the_worker(pair: Pair) -> None:
    sentence, walk = pair.say(), pair.add("A walk")
    pair.share(sentence, walk)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, walk, is_away=True)
    assert pair.seen() == [SEA]
    assert audiences(pair)["A walk"] is Audience.ONLY_ME


def test_nobody_else_finds_a_line(pair: Pair, people: People) -> None:
    line_id = pair.add("A walk")
    pair.share(line_id)
    for stranger in (people.owner("Kari"), pair.anna):
        with stranger.viewing() as viewer, pytest.raises(NotVisible):
            service.line_page(viewer, line_id)
        with stranger.viewing() as viewer, pytest.raises(NotVisible):
            service.delete_line(viewer, line_id)
    with people.worker("Per").viewing() as viewer, pytest.raises(NotVisible):
        toolbox.shared_tool(viewer, TOOL, pair.dyad_id)


def test_the_first_page_and_the_sheet_say_the_same_sentence(pair: Pair) -> None:
    pair.say("The sea")
    pair.say(SEA)
    pair.add("A walk")
    page = pair.ingrid.client.get("/").text
    assert SEA in page
    assert "A walk" not in page
    assert SEA not in pair.anna.client.get("/your-turn").text


def test_former_wordings_never_push_a_present_line_off_a_page(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "READ", 3)
    first, sentence = pair.add("A walk"), pair.say("The sea, 0")
    pair.share(first, sentence)
    for number in range(1, 24):
        pair.say(f"The sea, {number}")
    with pair.ingrid.viewing() as viewer:
        service.change_line(viewer, first, "A long walk")
        page = service.sentence_page(viewer)
        older = service.sentence_page(viewer, page.formers.older)
        assert service.well_of(viewer) == ["A long walk"]
        assert service.sentence_of(viewer) == "The sea, 23"
        line = service.line_page(viewer, first)
    assert [each.body.text for each in line.formers.items] == ["A walk"]
    said = [each.body.text for each in (*page.formers.items, *older.formers.items)]
    assert said == [f"The sea, {number}" for number in reversed(range(23))]
    assert len(page.formers.items) == 20
    assert older.formers.older is None
    assert pair.seen() == ["The sea, 23", "A long walk"]


def test_the_first_page_reads_no_former_wording(pair: Pair) -> None:
    for number in range(4):
        pair.say(f"The sea, {number}")
    with pair.ingrid.viewing() as viewer:
        params = {"viewer_id": viewer.person_id, "owner_id": viewer.person_id, "size": 9}
        params |= {"night_from": viewer.now}
        found = db.session.execute(GOALS_FOR_TODAY, params).all()
    assert [row.kind for row in found] == [MATTER]


def test_nobody_pages_through_the_former_wordings_of_others(pair: Pair) -> None:
    line_id = pair.add("A walk")
    pair.share(line_id)
    with pair.ingrid.viewing() as viewer:
        service.change_line(viewer, line_id, "A long walk")
    with pair.anna.viewing() as viewer:
        wanted = MatterRow.former_of == line_id
        with pytest.raises(NotVisible):
            service.line_page(viewer, line_id)
        assert toolbox.rows_of(viewer, MatterRow, pair.ingrid.id, wanted) == []
