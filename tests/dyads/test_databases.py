"""The claims and conditions of pairs and invitations, on SQLite and on a real PostgreSQL."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.clock import Window
from portal.core.db import db
from portal.core.errors import FieldError, NotVisible
from portal.dyads.invitations import service
from portal.dyads.invitations.models import Reminder
from portal.dyads.invitations.service import closing, postings
from portal.dyads.invitations.shapes import InvitationState, NewInvitation
from portal.dyads.service import dyads_of, end_dyad, room_of, set_cap
from portal.hours.service import add_absence, calendar_of, change_week, hours_shown
from portal.hours.shapes import NewAbsence, WeekBody
from portal.notifications.models import LinkLetter
from tests.fixtures.people import People

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_pair_lives_ends_and_begins_again(app_on_each: Flask) -> None:
    people = People(app_on_each)
    ingrid, kari, anna = people.owner("Ingrid"), people.owner("Kari"), people.worker("Anna")
    with anna.viewing(NOW) as viewer:
        set_cap(viewer, 1)
    first = people.dyad(ingrid, anna, NOW)
    with anna.viewing(NOW) as viewer:
        token = service.invite(viewer, NewInvitation(kari.address, "Anna")).token
    with kari.viewing(NOW) as viewer:
        assert service.accept(viewer, token, name="Kari") is None
    with ingrid.viewing(NOW) as viewer:
        end_dyad(viewer, first)
    with anna.viewing(NOW) as viewer, pytest.raises(NotVisible):
        end_dyad(viewer, first)
    second = people.dyad(ingrid, anna, NOW)
    with anna.viewing(NOW) as viewer:
        assert [card.id for card in dyads_of(viewer)] == [second]
        assert (room_of(anna.id).cap, room_of(anna.id).in_use) == (1, 1)


def test_invitations_are_open_once_reminded_once_and_closed_in_time(app_on_each: Flask) -> None:
    people = People(app_on_each)
    ingrid = people.owner("Ingrid")
    with ingrid.viewing(NOW) as viewer:
        service.invite(viewer, NewInvitation("somebody@example.org", "Ingrid"))
    with ingrid.viewing(NOW + timedelta(hours=1)) as viewer, pytest.raises(FieldError):
        service.invite(viewer, NewInvitation("somebody@example.org", "Ingrid"))
    for day in (7, 8):
        with ingrid.viewing(NOW):
            postings.remind_due(NOW + timedelta(days=day))
    with ingrid.viewing(NOW):
        assert len(db.session.scalars(select(LinkLetter)).all()) == 2
        assert db.session.scalar(select(Reminder.id)) is None
        closing.expire_old(NOW + timedelta(days=30))
    with ingrid.viewing(NOW) as viewer:
        [card] = service.invitations_of(viewer)
        assert card.state is InvitationState.EXPIRED


def test_a_workers_time_is_read_in_one_piece(app_on_each: Flask) -> None:
    people = People(app_on_each)
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna, NOW)
    day = NOW.date()
    with anna.viewing(NOW) as viewer:
        change_week(viewer, WeekBody((Window(1, time(8), time(15)),), ()))
        add_absence(viewer, NewAbsence(day, day, "Back tomorrow."))
    with ingrid.viewing(NOW) as viewer:
        (shown,) = hours_shown(viewer, dyad_id).absences
        assert (shown.note, shown.is_now) == ("Back tomorrow.", True)
        calendar = calendar_of(anna.id)
    assert (calendar.windows, calendar.weekdays) == ((), frozenset({1}))
    assert calendar.absences[0].covers(day)
