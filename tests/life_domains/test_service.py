"""Writing, arranging, looking back and sharing, on a real database and by the keys."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.work import unit_of_work
from portal.life_domains import rules, service
from portal.life_domains.models import ArrangementRow, DomainRow, EntryRow
from portal.life_domains.shapes import EntryBody, MoreHelp
from portal.life_domains.tool import TOOL
from portal.meetings.service import copy_for, meetings_for
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, DataKey, Part, WrappedKey
from portal.vault.sealed import SealedRow
from tests.fixtures.people import People, SomePerson
from tests.life_domains.conftest import Pair, words_in

DAY = timedelta(days=1)
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


def keys_of(person: SomePerson) -> set[Audience]:
    """The audiences of the life domains' keys that a person holds."""
    with unit_of_work(person.app):
        held = (
            select(DataKey.audience)
            .join(WrappedKey, WrappedKey.data_key_id == DataKey.id)
            .where(WrappedKey.holder_id == person.id, DataKey.part == Part.LIFE_DOMAINS)
        )
        return set(db.session.scalars(held))


def audience_of(pair: Pair, table: type[SealedRow], row_id: UUID) -> Audience:
    with unit_of_work(pair.ingrid.app):
        row = db.session.get_one(table, row_id)
        return db.session.get_one(DataKey, row.data_key_id).audience


def test_entries_stand_by_domain_newest_first_on_either_database(pair_on_each: Pair) -> None:
    pair = pair_on_each
    for days in range(25):
        pair.write(f"entry {days}", at=MARCH + days * DAY, rating=1 + days % 7)
    pair.write("Quiet", "home", at=MARCH)
    found: list[str] = []
    before = None
    while True:
        with pair.ingrid.viewing() as viewer:
            page = service.domain_page(viewer, pair.domain_id(), before)
        assert (page.chart is None) is (before is not None)
        found += [each.body.status for each in ([page.newest] if page.newest else [])]
        found += [each.body.status for each in page.earlier]
        before = page.older
        if before is None:
            break
    assert found == [f"entry {days}" for days in reversed(range(25))]


def test_a_chart_has_a_dot_and_a_line_of_its_table_for_each_rating(pair: Pair) -> None:
    for days, rating in ((0, 2), (30, 4), (60, None), (90, 7)):
        pair.write(at=MARCH + days * DAY, rating=rating)
    with pair.ingrid.viewing(MARCH + 91 * DAY) as viewer:
        chart = service.domain_page(viewer, pair.domain_id()).chart
    assert chart is not None
    said = [" ".join(row) for row in chart.table.rows]
    assert len(said) == 3
    assert "7, good as it is" in "".join(said)


def test_the_same_press_writes_once_and_nothing_at_all_is_asked_for_a_word(pair: Pair) -> None:
    for _ in range(2):
        with pair.ingrid.viewing() as viewer:
            service.add_entry(viewer, pair.domain_id(), EntryBody("Fine"), once="a" * 32)
            service.add_domain(viewer, "The dog", once="b" * 32)
    with pair.ingrid.viewing() as viewer:
        assert service.domain_page(viewer, pair.domain_id()).earlier == ()
        assert [each.name for each in service.parts_page(viewer).life].count("The dog") == 1
    with pair.ingrid.viewing() as viewer, pytest.raises(FieldError):
        service.add_entry(viewer, pair.domain_id(), EntryBody(), once=None)


def test_an_entry_may_be_a_rating_alone(pair: Pair) -> None:
    entry_id = pair.write("", rating=4, more_help=MoreHelp.YES)
    with pair.ingrid.viewing() as viewer:
        body, domain = service.entry_for(viewer, entry_id)
    assert (body.rating, domain.key) == (4, "money")


def test_domains_are_renamed_hidden_ordered_and_added(pair: Pair) -> None:
    dog = pair.add("The dog")
    with pair.ingrid.viewing() as viewer:
        service.rename_domain(viewer, pair.domain_id("body"), "My back")
        service.rename_domain(viewer, pair.domain_id("mind"), "Mind")
        service.turn_domain(viewer, pair.domain_id("family"), off=True)
        service.turn_domain(viewer, pair.domain_id("meaning"), off=False)
        service.move_domain(viewer, dog, up=True)
    with pair.ingrid.viewing() as viewer:
        names = [str(each.name) for each in service.domains_of(viewer)]
        page = service.parts_page(viewer)
    assert names[:2] == ["Home", "Money"]
    assert names[-2:] == ["The dog", "Meaning"]
    assert "My back" in names
    assert "Family and partner" not in names
    assert [str(each.name) for each in page.help] == [
        "Medicines",
        "Practical help",
        "Our meetings",
    ]
    mind = next(each for each in page.life if each.key == "mind")
    assert not mind.is_renamed  # the given name is nobody's own


def test_at_most_three_are_marked_and_a_hidden_one_is_not(pair: Pair) -> None:
    with pair.ingrid.viewing() as viewer:
        marks = [
            service.mark_domain(viewer, pair.domain_id(key), on=True)
            for key in ("home", "money", "body", "mind")
        ]
        assert marks == [True, True, True, False]
        service.turn_domain(viewer, pair.domain_id("home"), off=True)
        assert service.mark_domain(viewer, pair.domain_id("mind"), on=True)
    with pair.ingrid.viewing() as viewer:
        marked = [card.domain.key for card in service.index_page(viewer).marked]
    assert marked == ["money", "body", "mind"]


def test_then_and_now_stand_side_by_side(pair: Pair) -> None:
    pair.write("Debts", at=MARCH)
    pair.write("Fewer debts", at=MARCH + 10 * DAY)
    gone = pair.write("Written in anger", at=MARCH + 20 * DAY)
    pair.write("A quiet flat", "home", at=MARCH)
    pair.write("New friends", "friends", at=MARCH + 30 * DAY)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, gone, is_away=True)
    with pair.ingrid.viewing() as viewer:
        page = service.then_page(viewer, date(2026, 3, 5))
    told = {
        each.domain.key: (
            each.then.body.status if each.then else None,
            each.now.body.status if each.now else None,
            each.is_same,
        )
        for each in page.pairs
    }
    assert told == {
        "home": ("A quiet flat", "A quiet flat", True),
        "money": ("Debts", "Fewer debts", False),
        "friends": (None, "New friends", False),
    }


def test_a_worker_sees_shared_entries_by_domain_and_the_owners_own_names(pair: Pair) -> None:
    dog = pair.add("The dog")
    with pair.ingrid.viewing() as viewer:
        service.rename_domain(viewer, pair.domain_id("money"), "Debts and bills")
    shared = [pair.write("He is old now", dog), pair.write("The bills are paid")]
    pair.write("Only for me")
    pair.write("Only for me", "home")
    pair.share(*shared)
    assert pair.seen() == [
        ("Debts and bills", ["The bills are paid"]),
        ("The dog", ["He is old now"]),
    ]


def test_a_name_is_shared_exactly_as_long_as_an_entry_of_its_domain_is(pair: Pair) -> None:
    first, second = pair.write("One"), pair.write("Two")
    domain_id = pair.domain_id()
    assert audience_of(pair, DomainRow, domain_id) is Audience.ONLY_ME
    pair.share(first, second)
    assert audience_of(pair, DomainRow, domain_id) is Audience.SHARED
    with pair.ingrid.viewing() as viewer:
        toolbox.keep_back(viewer, TOOL, first)
    assert audience_of(pair, DomainRow, domain_id) is Audience.SHARED
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, second, is_away=True)
    assert audience_of(pair, DomainRow, domain_id) is Audience.ONLY_ME
    assert audience_of(pair, EntryRow, second) is Audience.ONLY_ME
    assert pair.seen() == []


def test_hiding_a_domain_keeps_it_to_its_owner(pair: Pair) -> None:
    entry_id = pair.write()
    pair.share(entry_id)
    with pair.ingrid.viewing() as viewer:
        service.mark_domain(viewer, pair.domain_id("home"), on=True)
        service.turn_domain(viewer, pair.domain_id(), off=True)
    assert pair.seen() == []
    assert audience_of(pair, EntryRow, entry_id) is Audience.ONLY_ME
    with unit_of_work(pair.ingrid.app):
        arrangement = db.session.scalars(select(ArrangementRow)).one()
        key = db.session.get_one(DataKey, arrangement.data_key_id)
        assert key.audience is Audience.ONLY_ME


def test_the_end_of_sharing_takes_the_key_away_and_gives_the_rows_another(pair: Pair) -> None:
    entry_id = pair.write()
    pair.share(entry_id)
    assert keys_of(pair.anna) == {Audience.SHARED}
    with unit_of_work(pair.ingrid.app):
        old = db.session.get_one(EntryRow, entry_id).data_key_id
    pair.ingrid.client.post(f"/sharing/{pair.dyad_id}/life_domains/end", data=token(pair))
    with pytest.raises(NotVisible):
        pair.seen()
    assert keys_of(pair.anna) == set()
    with unit_of_work(pair.ingrid.app):
        assert db.session.get_one(EntryRow, entry_id).data_key_id != old
        assert db.session.get(DataKey, old) is None


def token(pair: Pair) -> dict[str, str]:
    page = pair.ingrid.client.get("/life-domains/parts").text
    return {"csrf_token": page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}


def test_the_preview_is_what_the_worker_gets(pair: Pair) -> None:
    shared = pair.write("The bills are paid")
    pair.write("Only for me")
    with pair.ingrid.viewing() as viewer:
        preview = toolbox.preview_for(viewer, TOOL, pair.dyad_id, [shared])
    pair.share(shared)
    assert words_in(preview.shown) == pair.seen()


def test_a_name_that_changed_since_the_preview_is_looked_at_again(pair: Pair) -> None:
    entry_id = pair.write()
    with pair.ingrid.viewing() as viewer:
        seen = toolbox.preview_for(viewer, TOOL, pair.dyad_id, [entry_id]).seen
    with pair.ingrid.viewing() as viewer:
        service.rename_domain(viewer, pair.domain_id(), "What I owe my brother")
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        toolbox.share(viewer, TOOL, pair.dyad_id, [entry_id], seen=seen)


def test_deleting_is_for_what_was_put_away_and_for_good(pair: Pair) -> None:
    dog = pair.add()
    entry_id = pair.write("He is old now", dog)
    other = pair.write("Still here", dog)
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        service.delete_entry(viewer, entry_id)
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        service.delete_domain(viewer, dog)
    with pair.ingrid.viewing() as viewer:
        service.put_away(viewer, entry_id, is_away=True)
        service.delete_entry(viewer, entry_id)
        service.turn_domain(viewer, dog, off=True)
        service.delete_domain(viewer, dog)
    with unit_of_work(pair.ingrid.app):
        assert db.session.get(EntryRow, other) is None
        assert db.session.get(DomainRow, dog) is None
    with pair.ingrid.viewing() as viewer, pytest.raises(NotVisible):
        service.delete_domain(viewer, pair.domain_id("home"))


def test_nobody_else_finds_anything(pair: Pair, people: People) -> None:
    entry_id = pair.write()
    kari = people.owner("Kari")
    for stranger in (kari, pair.anna):
        with stranger.viewing() as viewer, pytest.raises(NotVisible):
            service.entry_for(viewer, entry_id)
        with stranger.viewing() as viewer, pytest.raises(NotVisible):
            service.domain_page(viewer, pair.domain_id())
        with stranger.viewing() as viewer, pytest.raises(NotVisible):
            service.add_entry(viewer, pair.domain_id(), EntryBody("x"), once=None)


def test_marked_domains_go_to_a_meeting_as_they_were_seen(pair: Pair) -> None:
    pair.write("The bills are paid", helps="my sister")
    with pair.ingrid.viewing() as viewer, pytest.raises(NotVisible):
        service.topics_page(viewer, pair.dyad_id)
    with pair.ingrid.viewing() as viewer:
        service.mark_domain(viewer, pair.domain_id(), on=True)
        service.mark_domain(viewer, pair.domain_id("home"), on=True)
        seen = service.topics_page(viewer, pair.dyad_id).seen
    pair.write("Bills again")
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        service.take_topics(viewer, pair.dyad_id, seen=seen)
    with pair.ingrid.viewing() as viewer:
        page = service.topics_page(viewer, pair.dyad_id)
        service.take_topics(viewer, pair.dyad_id, seen=page.seen)
    pair.write("Later words")
    with pair.anna.viewing() as viewer:
        kept = meetings_for(viewer, pair.dyad_id).kept
        assert [each.line for each in kept] == ["Home, Money"]
        copy = copy_for(viewer, kept[0].id)
    assert copy.sheet == page.sheet
    assert [section.title for section in copy.sheet.sections] == ["Home", "Money"]


def test_the_meetings_list_names_the_domain_and_none_of_its_words(pair: Pair) -> None:
    entry_id = pair.write("Nobody may know")
    with pair.ingrid.viewing() as viewer:
        toolbox.keep_item(viewer, TOOL, entry_id, pair.dyad_id)
    with pair.anna.viewing() as viewer:
        kept = meetings_for(viewer, pair.dyad_id).kept
    assert [each.line for each in kept] == ["Money"]
    with pair.ingrid.viewing() as viewer, pytest.raises(NotVisible):
        toolbox.keep_item(viewer, TOOL, uuid4(), pair.dyad_id)


def test_twenty_of_ones_own_are_enough(pair: Pair) -> None:
    for number in range(rules.AT_MOST_ADDED):
        pair.add(f"part {number}")
    with pytest.raises(FieldError):
        pair.add("one more")
