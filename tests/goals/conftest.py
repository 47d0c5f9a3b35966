"""Ingrid, who has goals, and Anna, her worker."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.dyads.service import unshare_part
from portal.goals import service
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState, OfferBody
from portal.goals.tool import TOOL
from portal.toolbox import service as toolbox
from portal.toolbox.tool import Preview
from portal.vault.models import Part
from portal.vault.viewer import Viewer
from tests.fixtures.people import People, SomePerson

CHRISTMAS = "Get through Christmas in a good way"


@dataclass
class Pair:
    """The two, their pair, and short ways to do what tests need first."""

    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID

    def goal(self, title: str = CHRISTMAS, **words: Any) -> UUID:
        """A goal of Ingrid's, on now, which only she sees."""
        words = {"state": GoalState.NOW} | words
        with self.ingrid.viewing() as viewer:
            return service.add_goal(viewer, GoalBody(title=title, **words), once=uuid4().hex)

    def piece(self, goal_id: UUID, text: str = "Buy the roast", day: date | None = None) -> UUID:
        """A piece of a goal."""
        with self.ingrid.viewing() as viewer:
            body = ActivityBody(text=text, day=day)
            return service.add_piece(viewer, goal_id, body, once=uuid4().hex)

    def share(self, *goal_ids: UUID) -> None:
        """Ingrid lets Anna see these goals, after seeing the preview."""
        with self.ingrid.viewing() as viewer:
            share(viewer, self.dyad_id, *goal_ids)

    def stop_sharing(self) -> None:
        """Ingrid ends the sharing."""
        with self.ingrid.viewing() as viewer:
            unshare_part(viewer, self.dyad_id, Part.GOALS)

    def offer(self, goal_id: UUID, text: str = "An hour alone on the 24th?") -> UUID:
        """Anna offers an idea."""
        with self.anna.viewing() as viewer:
            return service.offer_idea(
                viewer, self.dyad_id, goal_id, OfferBody(text=text), once=uuid4().hex
            )


def share(viewer: Viewer, dyad_id: UUID, *goal_ids: UUID) -> None:
    """Share what the preview showed."""
    preview = preview_of(viewer, dyad_id, *goal_ids)
    share_as_seen(viewer, dyad_id, *goal_ids, seen=preview.seen)


def preview_of(viewer: Viewer, dyad_id: UUID, *goal_ids: UUID) -> Preview:
    """What the worker would see of these goals."""
    return toolbox.preview_for(viewer, TOOL, dyad_id, goal_ids)


def share_as_seen(viewer: Viewer, dyad_id: UUID, *goal_ids: UUID, seen: str) -> None:
    """Share these goals, as a preview with this mark showed them."""
    toolbox.share(viewer, TOOL, dyad_id, goal_ids, seen=seen)


def keep_back(viewer: Viewer, goal_id: UUID) -> None:
    """One goal is the owner's alone again."""
    toolbox.keep_back(viewer, TOOL, goal_id)


def go_along(viewer: Viewer, goal_id: UUID) -> None:
    """Let one goal go along as its preview showed it."""
    seen = toolbox.audience_of(viewer, TOOL, goal_id).seen
    toolbox.let_go_along(viewer, TOOL, goal_id, seen=seen)


@pytest.fixture
def pair(people: People) -> Pair:
    """Ingrid and Anna."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna))


@pytest.fixture
def pair_on_each(app_on_each: Flask) -> Pair:
    """Ingrid and Anna, on either database."""
    people = People(app_on_each)
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    return Pair(ingrid, anna, people.dyad(ingrid, anna))
