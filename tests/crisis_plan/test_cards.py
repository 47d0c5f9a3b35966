"""Cards for the wallet: they open exactly what was chosen, are noted, and end at one press."""

import io
import re
from typing import cast
from uuid import UUID, uuid4

import pytest
import segno
from pypdf import PdfReader
from sqlalchemy import Table, func, select

from portal.accounts.rules.codes import read_code
from portal.core.db import db
from portal.core.drawing import Group, Label
from portal.core.errors import NotVisible
from portal.core.work import unit_of_work
from portal.crisis_plan import service
from portal.crisis_plan.models import CardOpening, PlanCard
from portal.crisis_plan.rules.card import Sides, card_drawing, qr_path, shortened
from portal.crisis_plan.shapes import CardPage, Kind, NewCard
from portal.notifications.models import Notice
from portal.notifications.rules import OWNER_KINDS
from portal.notifications.shapes import NoticeKind
from tests.crisis_plan.conftest import PEOPLE, STEPS, Pair, press, text_of


def make(pair: Pair, *ids: UUID) -> CardPage:
    with pair.ingrid.viewing() as viewer:
        made = service.make_card(viewer, NewCard("Purse", "Ingrid", ids), once=uuid4().hex)
    return page(pair, made)


def page(pair: Pair, card_id: UUID) -> CardPage:
    with pair.ingrid.viewing() as viewer:
        return service.card_page(viewer, card_id)


def row_of(card: CardPage) -> PlanCard:
    return db.session.get_one(PlanCard, card.id)


def opened(pair: Pair, card: CardPage) -> str:
    client, path = pair.ingrid.app.test_client(), f"/card/{card.token}"
    if client.get(path).status_code != 200:
        return ""
    return press(client, path).text


def test_a_card_opens_exactly_the_chosen_sections_signed_out(pair: Pair) -> None:
    steps = pair.write(Kind.STEPS, STEPS)
    pair.write(Kind.KEEPS_HERE, "The cat")
    card = make(pair, steps)
    text = opened(pair, card)
    assert "Ring Solveig" in text
    assert "The cat" not in text


def test_a_card_follows_its_sections_and_leaves_out_what_is_put_away(pair: Pair) -> None:
    steps, people = pair.write(Kind.STEPS, STEPS), pair.write(Kind.PEOPLE, entries=PEOPLE)
    card = make(pair, steps, people)
    pair.write(Kind.STEPS, "Something else now")
    text = opened(pair, card)
    assert "Something else now" in text
    assert "Ring Solveig" not in text
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, Kind.STEPS, is_away=True)
        service.put_away(viewer, Kind.PEOPLE, is_away=True)
        service.delete_section(viewer, Kind.PEOPLE)
    assert "Nothing stands on this card just now." in opened(pair, card)


def test_an_ended_card_opens_nothing_and_keeps_no_copy(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    with pair.ingrid.viewing() as viewer:
        service.end_card(viewer, card.id)
    assert opened(pair, card) == ""
    assert page(pair, card.id).groups == ()
    pair.write(Kind.STEPS, "Changed since")
    with unit_of_work(pair.ingrid.app):
        row = row_of(card)
        assert (row.look_up, row.copy) == (None, None)
        assert row.ended_at is not None


def test_the_database_alone_opens_no_card(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    code = read_code(card.token)
    with unit_of_work(pair.ingrid.app):
        row = row_of(card)
        held = row.sealed + (row.copy or b"") + (row.look_up or b"")
    for secret in (code, card.token.encode(), b"Solveig"):
        assert secret not in held


@pytest.mark.parametrize("column", ["copy", "look_up", "id"])
def test_swapped_rows_of_cards_do_not_open(pair: Pair, column: str) -> None:
    steps, cat = pair.write(Kind.STEPS, STEPS), pair.write(Kind.KEEPS_HERE, "The cat")
    one, other = make(pair, steps), make(pair, cat)
    with unit_of_work(pair.ingrid.app):
        table = cast("Table", PlanCard.__table__)
        first, second = (getattr(row_of(card), column) for card in (one, other))
        spare = uuid4() if column == "id" else b"spare"
        for old, new in ((first, spare), (second, first), (spare, second)):
            db.session.connection().execute(
                table.update().where(table.c[column] == old).values({column: new})
            )
    for card in (one, other):
        text = opened(pair, card)
        assert "Solveig" not in text
        assert "The cat" not in text


def test_a_tampered_copy_does_not_open(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    with unit_of_work(pair.ingrid.app):
        row = row_of(card)
        assert row.copy is not None
        row.copy = row.copy[:-1] + bytes((row.copy[-1] ^ 1,))
    assert opened(pair, card) == ""


def test_every_opening_is_noted_by_the_hour_and_told_without_content(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    assert opened(pair, card)
    assert opened(pair, card)
    found = page(pair, card.id).openings
    assert len(found) == 2
    assert all((at.minute, at.second) == (0, 0) for at in found)
    with unit_of_work(pair.ingrid.app):
        notices = db.session.scalars(
            select(Notice).where(Notice.kind == NoticeKind.CARD_OPENED)
        ).all()
        assert {each.person_id for each in notices} == {pair.ingrid.id}
        assert len(notices) == len(set(found))  # one an hour
    assert NoticeKind.CARD_OPENED in OWNER_KINDS


def test_the_row_of_an_opening_keeps_no_moment(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    assert opened(pair, card)
    with unit_of_work(pair.ingrid.app):
        (row,) = db.session.scalars(select(CardOpening))
        assert row.id.version == 4  # a random one; other ids begin with the millisecond


def test_a_living_card_is_listed_before_all_that_have_ended(pair: Pair) -> None:
    steps = pair.write(Kind.STEPS, STEPS)
    first, later = make(pair, steps), make(pair, steps)
    with pair.ingrid.viewing() as viewer:
        service.end_card(viewer, later.id)
        assert [each.id for each in service.cards_of(viewer)] == [first.id, later.id]


def test_looking_at_the_cards_address_notes_nothing(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    page_of_card = text_of(pair.ingrid.app.test_client(), f"/card/{card.token}")
    assert "Ingrid" in page_of_card
    assert "Solveig" not in page_of_card
    assert page(pair, card.id).openings == ()


def test_a_wrong_code_opens_nothing_and_notes_nothing(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    client = pair.ingrid.app.test_client()
    other = "0" * 28
    for wrong in (other, card.token[:-1], "nothing"):
        assert client.get(f"/card/{wrong}").status_code == 404
    with unit_of_work(pair.ingrid.app):
        assert db.session.scalar(select(func.count()).select_from(CardOpening)) == 0


def test_only_its_owner_sees_and_ends_a_card(pair: Pair) -> None:
    card = make(pair, pair.write(Kind.STEPS, STEPS))
    with pytest.raises(NotVisible), pair.anna.viewing() as viewer:
        service.card_page(viewer, card.id)
    with pytest.raises(NotVisible), pair.anna.viewing() as viewer:
        service.end_card(viewer, card.id)
    assert opened(pair, card)


def test_a_card_is_made_typed_by_hand_and_ended_on_its_pages(pair: Pair) -> None:
    client, steps = pair.ingrid.client, pair.write(Kind.STEPS, STEPS)
    fields = {"label": "Purse", "name": "Ingrid", "sections": steps.hex}
    path = press(client, "/crisis-plan/cards/new", **fields).location
    shown = text_of(client, path)
    groups = re.findall(r'code-group">(\w{4})<', shown)
    assert len(groups) == 7
    visitor = pair.ingrid.app.test_client()
    answer = press(visitor, "/card", code=" ".join(groups).lower())
    assert answer.status_code == 200
    assert "Ring Solveig" in answer.text
    assert "or within the hour after" in text_of(client, path)
    assert press(visitor, "/card", code="ABCD").status_code == 422
    assert press(client, path, f"{path}/end").status_code == 303
    assert visitor.get(f"/card/{''.join(groups)}").status_code == 404
    answer = press(visitor, "/card", code="".join(groups))
    assert answer.status_code == 422
    assert "This code opens nothing" in answer.text
    assert "This card has ended." in text_of(client, path)


def test_a_card_needs_something_to_open(pair: Pair) -> None:
    assert "Write something in your plan first." in text_of(
        pair.ingrid.client, "/crisis-plan/cards/new"
    )
    pair.write(Kind.KEEPS_HERE, "The cat")
    answer = press(pair.ingrid.client, "/crisis-plan/cards/new", label="Purse")
    assert answer.status_code == 422
    assert "Please pick at least one." in answer.text


def test_both_sides_and_the_code_stand_on_one_page_of_pdf(pair: Pair) -> None:
    steps, people = pair.write(Kind.STEPS, STEPS), pair.write(Kind.PEOPLE, entries=PEOPLE)
    card = make(pair, steps, people)
    answer = pair.ingrid.client.get(f"/crisis-plan/cards/{card.id}/pdf")
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for words in (" ".join(card.groups), "Ring Solveig", "+47 900 00 001", "/card"):
        assert words in text
    text_of(pair.ingrid.client, f"/crisis-plan/cards/{card.id}/print")


def test_the_path_of_a_code_is_the_code() -> None:
    text = "https://tandem.example/card/ABCD"
    matrix = [list(row) for row in segno.make(text, micro=False, error="m").matrix]
    size = len(matrix)
    drawn = [[0] * size for _row in matrix]
    for left, top, length in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", qr_path(text, 0, 0, size)):
        for step in range(round(float(length))):
            drawn[round(float(top))][round(float(left)) + step] = 1
    assert drawn == [[int(bool(dark)) for dark in row] for row in matrix]


def test_words_on_a_card_stay_on_their_side() -> None:
    back = tuple("A very long line that would run over the edge of any card" for _ in range(12))
    sides = Sides(
        "Ingrid", "Please scan this, or type the code.", "x/card", ["ABCD"] * 7, "1", back
    )
    drawing = card_drawing(sides, "https://x/card/1", title="t", desc="d")
    labels = [part for part in drawing.parts if isinstance(part, Label)]
    assert all(0 < each.x < drawing.width and 0 < each.y < drawing.height for each in labels)
    assert sum(isinstance(part, Group) for part in drawing.parts) == 1
    assert len(shortened("x" * 99)) == 38
