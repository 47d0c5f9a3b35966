"""Meetings as the two of a pair use them: offered, agreed, moved, called off; things kept."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.clock import Window
from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotAllowed, NotVisible
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad
from portal.hours.service import change_week
from portal.hours.shapes import STANDARD_WORKING, WeekBody
from portal.meetings import service
from portal.meetings.shapes import KeptFrom, MeetingPage, Offer, Standing
from portal.notifications.models import Notice
from portal.notifications.shapes import NoticeKind, NoticeState
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
DURING = THURSDAY + timedelta(minutes=20)
AFTER = FRIDAY + timedelta(days=1)


class Pair:
    """Ingrid and Anna, and what each of them sees."""

    def __init__(self, people: People) -> None:
        self.ingrid, self.anna = people.owner(), people.worker()
        self.id = people.dyad(self.ingrid, self.anna, NOW)

    def page(self, person: SomePerson, now: datetime = NOW) -> MeetingPage:
        with person.viewing(now) as viewer:
            return service.meetings_for(viewer, self.id)

    def offer(self, person: SomePerson, at: datetime = THURSDAY) -> UUID:
        with person.viewing(NOW) as viewer:
            service.offer_meeting(viewer, self.id, Offer(at, "room 2"))
        return self.page(person).coming[0].id

    def answer(self, person: SomePerson, *, yes: bool, seen: datetime = THURSDAY) -> None:
        meeting_id = self.page(person).coming[0].id
        with person.viewing(NOW) as viewer:
            service.answer_offer(viewer, meeting_id, yes=yes, seen=seen)

    def agree(self) -> UUID:
        meeting_id = self.offer(self.anna)
        self.answer(self.ingrid, yes=True)
        return meeting_id

    def keep(self, person: SomePerson, line: str, source_id: UUID | None = None) -> UUID:
        with person.viewing(NOW) as viewer:
            source = KeptFrom.GOAL if source_id else KeptFrom.OWN
            return service.keep(viewer, self.id, line=line, source=source, source_id=source_id)

    def lines(self, person: SomePerson, now: datetime = NOW) -> list[str]:
        return [each.line for each in self.page(person, now).kept]


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)


def notices(app: Flask, kind: NoticeKind) -> list[Notice]:
    with unit_of_work(app):
        found = db.session.scalars(
            select(Notice).where(Notice.kind == kind, Notice.state == NoticeState.WAITING)
        ).all()
        db.session.expunge_all()
        return list(found)


def test_a_time_stands_when_the_other_says_yes(app: Flask, pair: Pair) -> None:
    pair.offer(pair.anna)
    assert pair.page(pair.ingrid).coming[0].standing is Standing.YOU_ANSWER
    assert pair.page(pair.anna).coming[0].standing is Standing.THEY_ANSWER
    assert [each.person_id for each in notices(app, NoticeKind.MEETING_OFFERED)] == [pair.ingrid.id]
    pair.answer(pair.ingrid, yes=True)
    assert notices(app, NoticeKind.MEETING_OFFERED) == []
    for person in (pair.ingrid, pair.anna):
        card = pair.page(person).coming[0]
        assert (card.standing, card.starts_at, card.place) == (Standing.AGREED, THURSDAY, "room 2")
    assert evenings(app) == {
        pair.ingrid.id: datetime(2026, 11, 25, 17, tzinfo=UTC),
        pair.anna.id: datetime(2026, 11, 25, 7, tzinfo=UTC),  # as she reads last before it
    }


def evenings(app: Flask) -> dict[UUID, datetime]:
    """Who is told of tomorrow's meeting, and when."""
    return {each.person_id: each.due_at for each in notices(app, NoticeKind.MEETING_TOMORROW)}


def test_a_worker_who_does_not_read_again_before_is_not_told_of_tomorrow(
    app: Flask, pair: Pair
) -> None:
    with pair.anna.viewing(NOW) as viewer:
        change_week(viewer, WeekBody(STANDARD_WORKING, (Window(4, time(8), time(9)),)))
    pair.agree()
    assert set(evenings(app)) == {pair.ingrid.id}


def test_a_no_ends_an_offer_and_a_move_that_is_refused_changes_nothing(pair: Pair) -> None:
    pair.offer(pair.ingrid)
    pair.answer(pair.anna, yes=False)
    assert pair.page(pair.ingrid).coming == []
    meeting_id = pair.agree()
    with pair.ingrid.viewing(NOW) as viewer:
        service.move_meeting(viewer, meeting_id, Offer(FRIDAY, "by phone"))
    card = pair.page(pair.anna).coming[0]
    assert (card.standing, card.starts_at, card.moved_to) == (
        Standing.YOU_ANSWER_MOVE,
        THURSDAY,
        FRIDAY,
    )
    pair.answer(pair.anna, yes=False, seen=FRIDAY)
    card = pair.page(pair.ingrid).coming[0]
    assert (card.standing, card.starts_at, card.place) == (Standing.AGREED, THURSDAY, "room 2")


def test_an_agreed_move_takes_the_evening_before_along(app: Flask, pair: Pair) -> None:
    meeting_id = pair.agree()
    with pair.ingrid.viewing(NOW) as viewer:
        service.move_meeting(viewer, meeting_id, Offer(FRIDAY, "by phone"))
    pair.answer(pair.anna, yes=True, seen=FRIDAY)
    card = pair.page(pair.ingrid).coming[0]
    assert (card.starts_at, card.place, card.moved_to) == (FRIDAY, "by phone", None)
    assert evenings(app)[pair.ingrid.id] == datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_nobody_answers_their_own_offer_or_one_that_has_changed(pair: Pair) -> None:
    pair.offer(pair.anna)
    with pytest.raises(Conflict):
        pair.answer(pair.anna, yes=True)
    with pytest.raises(Conflict):
        pair.answer(pair.ingrid, yes=True, seen=FRIDAY)


def test_calling_off_leaves_the_kept_things_and_no_notice(app: Flask, pair: Pair) -> None:
    meeting_id = pair.agree()
    pair.keep(pair.ingrid, "buses")
    with pair.anna.viewing(NOW) as viewer:
        service.call_off(viewer, meeting_id)
    assert pair.page(pair.ingrid).coming == []
    assert pair.lines(pair.ingrid) == ["buses"]
    assert notices(app, NoticeKind.MEETING_TOMORROW) == []


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=800)])
def test_a_time_that_cannot_be_is_refused_at_its_field(pair: Pair, at: datetime) -> None:
    with pytest.raises(FieldError), pair.ingrid.viewing(NOW) as viewer:
        service.offer_meeting(viewer, pair.id, Offer(at, ""))


def test_what_was_kept_belongs_to_the_next_meeting_and_is_gone_after_it(pair: Pair) -> None:
    pair.agree()
    pair.keep(pair.ingrid, "buses")
    assert pair.page(pair.ingrid, AFTER).last_met_at == THURSDAY
    assert pair.lines(pair.ingrid, AFTER) == []
    with pair.ingrid.viewing(AFTER) as viewer:
        service.keep(viewer, pair.id, line="the evening dose")
    assert pair.lines(pair.anna, AFTER) == ["the evening dose"]


def test_a_meeting_is_coming_for_its_hour_and_held_from_then_on(pair: Pair) -> None:
    pair.agree()
    over_at = THURSDAY + timedelta(hours=1)
    during = pair.page(pair.ingrid, over_at - timedelta(seconds=1))
    assert ([card.starts_at for card in during.coming], during.last_met_at) == ([THURSDAY], None)
    after = pair.page(pair.ingrid, over_at)
    assert (after.coming, after.last_met_at) == ([], THURSDAY)


@pytest.mark.parametrize("yes", [True, False])
def test_while_its_hour_goes_on_a_time_can_still_be_answered(pair: Pair, yes: bool) -> None:
    meeting_id = pair.offer(pair.anna)
    with pair.ingrid.viewing(DURING) as viewer:
        service.answer_offer(viewer, meeting_id, yes=yes, seen=THURSDAY)
    assert [card.is_agreed for card in pair.page(pair.anna, DURING).coming] == [True] * yes


def test_while_its_hour_goes_on_a_meeting_can_be_moved_or_called_off(pair: Pair) -> None:
    meeting_id = pair.agree()
    with pair.anna.viewing(DURING) as viewer:
        service.move_meeting(viewer, meeting_id, Offer(THURSDAY + timedelta(days=1), "room 3"))
    with pair.ingrid.viewing(DURING) as viewer:
        service.call_off(viewer, meeting_id)
    assert pair.page(pair.anna, DURING).coming == []


def test_when_its_hour_is_over_nothing_changes_it_and_the_page_says_why(pair: Pair) -> None:
    meeting_id = pair.agree()
    over_at = THURSDAY + timedelta(hours=1)
    with pytest.raises(Conflict, match="over by now"), pair.ingrid.viewing(over_at) as viewer:
        service.call_off(viewer, meeting_id)
    assert pair.page(pair.ingrid, over_at).last_met_at == THURSDAY


def test_what_both_agreed_to_is_called_off_only_after_a_question(pair: Pair) -> None:
    pair.offer(pair.anna)
    page = pair.ingrid.client.get(f"/meetings/{pair.id}").text
    assert "Call it off" not in page
    pair.answer(pair.ingrid, yes=True)
    page = pair.ingrid.client.get(f"/meetings/{pair.id}").text
    assert "<summary>Call it off</summary>" in page
    assert page.index("hears of it at once") < page.index("Yes, call it off")


def test_an_offered_time_that_passed_was_no_meeting(pair: Pair) -> None:
    pair.offer(pair.anna)
    assert pair.page(pair.ingrid, AFTER).last_met_at is None


def test_keeping_the_same_goal_twice_keeps_it_once(pair: Pair) -> None:
    goal_id = pair.id
    assert pair.keep(pair.ingrid, "Christmas", goal_id) == pair.keep(
        pair.ingrid, "Christmas", goal_id
    )
    assert pair.lines(pair.anna) == ["Christmas"]


def test_a_kept_thing_leads_back_to_where_it_comes_from(pair: Pair) -> None:
    source_id = uuid4()
    for source in (KeptFrom.GOAL, KeptFrom.MESSAGE, KeptFrom.AGREEMENT):
        with pair.ingrid.viewing() as viewer:
            service.keep(viewer, pair.id, line=source.value, source=source, source_id=uuid4())
    pair.keep(pair.ingrid, "Mornings", source_id)
    for_ingrid = pair.ingrid.client.get(f"/meetings/{pair.id}").text
    for_anna = pair.anna.client.get(f"/meetings/{pair.id}").text
    for page in (for_ingrid, for_anna):
        assert f'href="/dyads/{pair.id}/agreement"' in page
        assert f'href="/messages/{pair.id}"' in page
    assert f'href="/goals/{source_id}"' in for_ingrid
    assert "/goals/" not in for_anna


def test_the_owner_orders_and_either_takes_their_own_off(pair: Pair) -> None:
    pair.keep(pair.ingrid, "one")
    second = pair.keep(pair.anna, "two")
    with pair.ingrid.viewing(NOW) as viewer:
        service.move_kept(viewer, second, up=True)
    assert pair.lines(pair.anna) == ["two", "one"]
    with pytest.raises(NotAllowed), pair.anna.viewing(NOW) as viewer:
        service.move_kept(viewer, second, up=False)
    first = pair.page(pair.anna).kept[1].id
    with pytest.raises(NotAllowed), pair.anna.viewing(NOW) as viewer:
        service.take_off(viewer, first)
    with pair.ingrid.viewing(NOW) as viewer:
        service.take_off(viewer, second)
    assert pair.lines(pair.ingrid) == ["one"]


def test_after_an_end_only_the_owner_is_told_of_the_meeting(app: Flask, pair: Pair) -> None:
    pair.agree()
    with pair.ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    told = {each.person_id for each in notices(app, NoticeKind.MEETING_TOMORROW)}
    assert told == {pair.ingrid.id}


def test_strangers_and_former_workers_see_no_meeting(people: People, pair: Pair) -> None:
    meeting_id = pair.agree()
    for stranger in (people.owner("Kari"), people.worker("Per")):
        with pytest.raises(NotVisible):
            pair.page(stranger)
        with pytest.raises(NotVisible), stranger.viewing(NOW) as viewer:
            service.call_off(viewer, meeting_id)
    with pair.ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, pair.id)
    with pytest.raises(NotVisible):
        pair.page(pair.anna)
    assert pair.page(pair.ingrid).coming[0].id == meeting_id


def test_first_pages_show_the_soonest_meeting_of_every_pair(people: People, pair: Pair) -> None:
    pair.agree()
    per = people.worker("Per")
    people.dyad(pair.ingrid, per, NOW)
    pair.keep(pair.ingrid, "buses")
    with pair.ingrid.viewing(NOW) as viewer:
        coming = service.coming_meetings(viewer)
    assert [(each.dyad.partner_name, each.has_kept) for each in coming] == [
        ("Anna", True),
        ("Per", False),
    ]
    assert coming[0].meeting is not None
    assert coming[0].meeting.starts_at == THURSDAY
    assert coming[1].meeting is None


def test_what_is_kept_stays_there_however_others_meet(pair: Pair, people: People) -> None:
    other, per = people.owner("Bjørn"), people.worker("Per")
    theirs = people.dyad(other, per, NOW)
    with per.viewing(NOW) as viewer:
        service.offer_meeting(viewer, theirs, Offer(THURSDAY, ""))
    with other.viewing(NOW) as viewer:
        offered = service.meetings_for(viewer, theirs).coming[0].id
        service.answer_offer(viewer, offered, yes=True, seen=THURSDAY)
    pair.keep(pair.ingrid, "the buses")
    with pair.ingrid.viewing(AFTER) as viewer:
        assert [each.has_kept for each in service.coming_meetings(viewer)] == [True]


def test_medicines_stand_last_unless_the_owner_moves_them(pair: Pair) -> None:
    pair.keep(pair.ingrid, "the buses")
    with pair.ingrid.viewing(NOW) as viewer:
        for line in ("the white one", "the blue one"):
            kept = service.keep(viewer, pair.id, line=line, source=KeptFrom.MEDICINES)
    pair.keep(pair.anna, "the ward")
    assert pair.lines(pair.ingrid) == ["the buses", "the ward", "the white one", "the blue one"]
    for _step in range(3):
        with pair.ingrid.viewing(NOW) as viewer:
            service.move_kept(viewer, kept, up=True)
    pair.keep(pair.ingrid, "the choir")
    assert pair.lines(pair.anna) == [
        "the blue one",
        "the buses",
        "the ward",
        "the choir",
        "the white one",
    ]
