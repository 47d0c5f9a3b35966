"""Two at the same moment: one has read how things stand, the other changes it, the first writes.

Each test stops the first one just before its first write, lets the other finish, and goes on. On
both databases.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from portal.access.service import sights_of
from portal.agreements import service as agreements
from portal.agreements.models import Round
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.work import unit_of_work
from portal.dyads.invitations import service as invitations
from portal.dyads.invitations.models import Invitation
from portal.dyads.invitations.shapes import InvitationState, NewInvitation
from portal.dyads.models import Dyad
from portal.dyads.service import end_dyad, room_of, share_part
from portal.meetings import service as meetings
from portal.meetings.models import Kept, Meeting
from portal.meetings.shapes import KeptFrom, MeetingState, Offer
from portal.messaging import service as messages
from portal.messaging.models import Message
from portal.messaging.shapes import Outgoing
from portal.vault.models import DataKey, Part, WrappedKey
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson
from tests.messaging.conftest import agree

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)
REFUSED = (Conflict, NotVisible, IntegrityError)


class Pair:
    """Ingrid and Anna, who may write to each other."""

    def __init__(self, app: Flask) -> None:
        self.app, self.people = app, People(app)
        self.ingrid, self.anna = self.people.owner("Ingrid"), self.people.worker("Anna")
        self.id = self.people.dyad(self.ingrid, self.anna, NOW)
        agree(self.ingrid, self.anna, self.id, NOW)

    def ends(self, person: SomePerson) -> None:
        """One of them ends it."""
        with person.viewing(LATER) as viewer:
            end_dyad(viewer, self.id)

    def count(self, table: type[Any]) -> int:
        """How many rows of a table belong to the pair."""
        with unit_of_work(self.app):
            return len(db.session.scalars(select(table.id).where(table.dyad_id == self.id)).all())


@pytest.fixture
def pair(app_on_each: Flask) -> Pair:
    """The two, on SQLite and on PostgreSQL."""
    return Pair(app_on_each)


def with_meanwhile(
    person: SomePerson, work: Callable[[Viewer], object], meanwhile: Callable[[], None]
) -> None:
    """Do some work as somebody; just before its first write, something else happens."""
    me = threading.get_ident()
    done: list[str] = []

    def stop(_conn: Any, statement: Any, *_rest: Any) -> None:
        if threading.get_ident() != me or done or statement.is_select:
            return
        done.append(str(statement))
        with ThreadPoolExecutor(1) as pool:
            pool.submit(meanwhile).result()

    with person.app.app_context():
        engine = db.engine
    event.listen(engine, "before_execute", stop)  # on SQLite: before it has the lock
    try:
        with person.viewing(LATER) as viewer:
            work(viewer)
    finally:
        event.remove(engine, "before_execute", stop)
    assert done


def test_what_a_worker_writes_while_it_ends_is_not_there(pair: Pair) -> None:
    def write(viewer: Viewer) -> None:
        messages.send(viewer, pair.id, Outgoing(text="One more word."), once="press")

    with pytest.raises(REFUSED):
        with_meanwhile(pair.anna, write, lambda: pair.ends(pair.ingrid))
    assert pair.count(Message) == 0


def test_a_time_offered_while_it_ends_is_not_there(pair: Pair) -> None:
    def offer(viewer: Viewer) -> None:
        meetings.offer_meeting(viewer, pair.id, Offer(THURSDAY, "room 2"))

    with pytest.raises(REFUSED):
        with_meanwhile(pair.anna, offer, lambda: pair.ends(pair.ingrid))
    assert pair.count(Meeting) == 0


def test_what_is_kept_for_the_meeting_while_it_ends_is_not_there(pair: Pair) -> None:
    def keep(viewer: Viewer) -> None:
        meetings.keep(viewer, pair.id, line="The mornings")

    with pytest.raises(REFUSED):
        with_meanwhile(pair.anna, keep, lambda: pair.ends(pair.ingrid))
    assert pair.count(Kept) == 0


def test_the_same_thing_kept_in_two_tabs_at_once_stands_there_once(pair: Pair) -> None:
    def keep(viewer: Viewer) -> None:
        meetings.keep(viewer, pair.id, line="Sleep", source=KeptFrom.GOAL, source_id=pair.ingrid.id)

    def keeps_too() -> None:
        with pair.ingrid.viewing(LATER) as viewer:
            keep(viewer)

    with_meanwhile(pair.ingrid, keep, keeps_too)
    assert pair.count(Kept) == 1


def test_a_round_begun_while_it_ends_is_not_there(pair: Pair) -> None:
    with pytest.raises(REFUSED):
        with_meanwhile(
            pair.anna,
            lambda viewer: agreements.start_round(viewer, pair.id),
            lambda: pair.ends(pair.ingrid),
        )
    with unit_of_work(pair.app):
        open_rounds = select(Round.id).where(Round.dyad_id == pair.id, Round.closed_at.is_(None))
        assert db.session.scalars(open_rounds).all() == []


@pytest.mark.parametrize("who", ["ingrid", "anna"])
def test_sharing_in_one_tab_while_it_ends_in_another_shares_nothing(pair: Pair, who: str) -> None:
    with pytest.raises(REFUSED):
        with_meanwhile(
            pair.ingrid,
            lambda viewer: share_part(viewer, pair.id, Part.GOALS),
            lambda: pair.ends(getattr(pair, who)),
        )
    with unit_of_work(pair.app):
        assert (pair.anna.id, Part.GOALS) not in sights_of(pair.ingrid.id)
        held = (
            select(WrappedKey.data_key_id)
            .join(DataKey, DataKey.id == WrappedKey.data_key_id)
            .where(WrappedKey.holder_id == pair.anna.id, DataKey.scope_id == pair.ingrid.id)
        )
        assert db.session.scalars(held).all() == []


def test_nobody_agrees_to_a_time_that_was_moved_meanwhile(pair: Pair) -> None:
    with pair.anna.viewing(NOW) as viewer:
        meetings.offer_meeting(viewer, pair.id, Offer(THURSDAY, "room 2"))
        meeting_id = meetings.meetings_for(viewer, pair.id).coming[0].id

    def moves() -> None:
        with pair.anna.viewing(LATER) as viewer:
            meetings.move_meeting(viewer, meeting_id, Offer(FRIDAY, "room 3"))

    with pytest.raises(Conflict):
        with_meanwhile(
            pair.ingrid,
            lambda viewer: meetings.answer_offer(viewer, meeting_id, yes=True, seen=THURSDAY),
            moves,
        )
    with unit_of_work(pair.app):
        row = db.session.get_one(Meeting, meeting_id)
        assert (row.state, row.starts_at) == (MeetingState.OFFERED, FRIDAY)


def letter(pair: Pair) -> str:
    """The link of a letter that Ingrid wrote to another worker."""
    with pair.ingrid.viewing(NOW) as viewer:
        return invitations.invite(viewer, NewInvitation("bjorn@example.org", "Ingrid")).token


def says_yes(person: SomePerson, token: str) -> Callable[[], None]:
    """Somebody says yes to a letter."""

    def accept() -> None:
        with person.viewing(LATER) as viewer:
            invitations.accept(viewer, token, name=person.name)

    return accept


def pairs_of_letter(pair: Pair, token: str) -> tuple[InvitationState, list[UUID]]:
    """How the letter stands, and the workers of the pairs that began with it."""
    with unit_of_work(pair.app):
        row = db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
        assert row is not None
        workers = db.session.scalars(select(Dyad.worker_id).where(Dyad.id == row.dyad_id)).all()
        return row.state, list(workers)


def test_two_workers_who_say_yes_to_one_letter_are_one_pair(pair: Pair) -> None:
    bjorn, per, token = pair.people.worker("Bjørn"), pair.people.worker("Per"), letter(pair)
    with suppress(*REFUSED):
        with_meanwhile(
            per,
            lambda viewer: invitations.accept(viewer, token, name="Per"),
            says_yes(bjorn, token),
        )
    assert pairs_of_letter(pair, token) == (InvitationState.ACCEPTED, [bjorn.id])
    with unit_of_work(pair.app):
        assert (room_of(bjorn.id).in_use, room_of(per.id).in_use) == (1, 0)


def test_a_yes_to_a_letter_that_is_taken_back_begins_no_pair(pair: Pair) -> None:
    bjorn, token = pair.people.worker("Bjørn"), letter(pair)

    def takes_back() -> None:
        with pair.ingrid.viewing(LATER) as viewer:
            invitations.withdraw_invitation(viewer, invitations.invitations_of(viewer)[0].id)

    with pytest.raises(REFUSED):
        with_meanwhile(
            bjorn, lambda viewer: invitations.accept(viewer, token, name="Bjørn"), takes_back
        )
    assert pairs_of_letter(pair, token) == (InvitationState.WITHDRAWN, [])
    with unit_of_work(pair.app):
        assert room_of(bjorn.id).in_use == 0


def test_two_presses_at_once_send_the_letter_once_more_once(pair: Pair) -> None:
    letter(pair)
    tomorrow = NOW + timedelta(days=2)

    def sends_again(viewer: Viewer) -> None:
        viewer.now = tomorrow
        invitations.send_again(viewer, invitations.invitations_of(viewer)[0].id)

    def presses_too() -> None:
        with pair.ingrid.viewing(tomorrow) as viewer:
            sends_again(viewer)

    with pytest.raises(Conflict):
        with_meanwhile(pair.ingrid, sends_again, presses_too)
    with unit_of_work(pair.app):
        row = db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
        assert row is not None
        assert row.letters_sent == 2
