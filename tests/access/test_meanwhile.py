"""A new key for a part while the same owner does something else, on PostgreSQL."""

from typing import NamedTuple
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.service import grants_of
from portal.accounts import service as accounts
from portal.accounts.shapes import Caller, SignInBody
from portal.core.clock import utc_now
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.work import unit_of_work
from portal.dyads.service import end_dyad, share_part, unshare_part
from portal.goals import service as goals
from portal.goals.shapes.bodies import GoalBody
from portal.vault.models import Audience, DataKey, Part
from tests.fixtures.application import MakeApp
from tests.fixtures.people import PASSWORD, People, SomePerson
from tests.fixtures.together import meanwhile

pytestmark = pytest.mark.postgres


class Sharing(NamedTuple):
    """Ingrid shares a goal with Anna."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID
    goal_id: UUID

    def title(self) -> str:
        with self.ingrid.viewing() as viewer:
            return goals.goal_page(viewer, self.goal_id).goal.body.title


@pytest.fixture
def sharing(make_app: MakeApp, postgres_url: str) -> Sharing:
    people = People(make_app(database_url=postgres_url))
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        goal_id = goals.add_goal(viewer, GoalBody(title="Swim"), once=None)
        goals.move_goal_to(viewer, goal_id, Audience.SHARED)
        share_part(viewer, dyad_id, Part.GOALS)
    return Sharing(ingrid, anna, dyad_id, goal_id)


def epochs(app: Flask) -> list[int]:
    with unit_of_work(app):
        shared = (DataKey.part == Part.GOALS, DataKey.audience == Audience.SHARED)
        return list(db.session.scalars(select(DataKey.epoch).where(*shared)))


def test_a_goal_that_another_tab_changes_while_sharing_ends_does_not_hold_it_up(
    sharing: Sharing,
) -> None:
    ingrid = sharing.ingrid

    def change() -> None:
        with ingrid.viewing() as viewer:
            goals.change_words(viewer, sharing.goal_id, GoalBody(title="Swim on Tuesdays"))

    with meanwhile(ingrid.app, "SELECT goals.", change) as other_tab, ingrid.viewing() as viewer:
        assert unshare_part(viewer, sharing.dyad_id, Part.GOALS) == 0
    assert isinstance(other_tab.exception(), Conflict)
    assert sharing.title() == "Swim"
    with ingrid.viewing() as viewer:
        assert grants_of(viewer) == []


def test_two_sign_ins_at_once_after_a_worker_has_left_both_come_in(sharing: Sharing) -> None:
    """The part's new key is made by one of them."""
    app, here = sharing.ingrid.app, Caller("127.0.0.1", "Test browser")
    with sharing.anna.viewing() as viewer:
        end_dyad(viewer, sharing.dyad_id)

    def sign_in() -> None:
        with unit_of_work(app):
            body = SignInBody(sharing.ingrid.address, PASSWORD, is_own_device=False)
            accounts.sign_in(body, here, utc_now())

    with meanwhile(app, "INSERT INTO data_keys", sign_in) as other:
        sign_in()
    other.result()
    assert epochs(app) == [2]
    assert sharing.title() == "Swim"
