"""The town after years of use: its lists are long, so that a page that asks row by row shows."""

from datetime import timedelta
from uuid import UUID, uuid4

from portal.access import openings
from portal.agreements import service as agreements
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.goals import service as goals
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState
from portal.goals.tool import TOOL
from portal.hours import service as hours
from portal.hours.shapes import NewAbsence, PhraseBody
from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.messaging import service as messages
from portal.messaging.shapes import Outgoing
from portal.vault.models import Part
from tests.access.scene import NOW, Scene
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items
from tests.security.long_toolbox import fill_toolbox

GOALS, MESSAGES, PAIRS, KEPT, OPENINGS, RECORD_PAGES = 100, 120, 30, 60, 60, 12


class LongTown(Scene):
    """Ingrid and Anna with long lists; Anna with thirty pairs."""

    def _remember(self) -> None:
        self._goals()
        self._messages()
        self._kept()
        self._openings()
        self._record_pages()
        self._crowd()
        fill_toolbox(self)
        super()._remember()

    def _goals(self) -> None:
        goal_ids = [self.ids["anna"].values["goal_id"]]
        for number in range(GOALS):
            with self.ingrid.viewing(NOW) as viewer:
                state = list(GoalState)[number % 5]
                body = GoalBody(title=f"goal {number}", state=state)
                goal_ids.append(goals.add_goal(viewer, body, once=uuid4().hex))
                for text in ("one", "two"):
                    body_of_piece = ActivityBody(text=text, day=NOW.date())
                    goals.add_piece(viewer, goal_ids[-1], body_of_piece, once=uuid4().hex)
        with self.ingrid.viewing(NOW) as viewer:
            share_items(viewer, TOOL, self.with_anna, goal_ids)

    def _messages(self) -> None:
        for number in range(MESSAGES):
            writer = self.anna if number % 4 == 3 else self.ingrid
            at = NOW - timedelta(days=20) + timedelta(hours=number)
            with writer.viewing(at) as viewer:
                messages.send(viewer, self.with_anna, Outgoing(text="hello"), once=uuid4().hex)

    def _kept(self) -> None:
        for _ in range(KEPT):
            with self.ingrid.viewing(NOW) as viewer:
                meetings.keep(viewer, self.with_anna, line="a line")

    def _record_pages(self) -> None:
        for number in range(RECORD_PAGES):
            with self.ingrid.viewing(NOW) as viewer:
                self._page(viewer, self.with_anna, once=f"page {number}")

    def _openings(self) -> None:
        with unit_of_work(self.app):
            for hour in range(OPENINGS):
                at = NOW.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hour)
                openings.write_opening(self.anna.id, self.ingrid.id, Part.GOALS, at)
            db.session.flush()

    def _crowd(self) -> None:
        people = People(self.app)
        people.count = 100
        for _ in range(PAIRS - 1):
            owner = people.owner("Nils")
            dyad_id = people.dyad(owner, self.anna, NOW - timedelta(days=9))
            self._busy(owner, dyad_id)
        with self.anna.viewing(NOW) as viewer:
            for number in range(20):
                hours.add_phrase(viewer, PhraseBody("A short hello"))
                day = NOW.date() + timedelta(days=50 + 3 * number)
                hours.add_absence(viewer, NewAbsence(day, day))

    def _busy(self, owner: SomePerson, dyad_id: UUID) -> None:
        with owner.viewing(NOW - timedelta(days=8)) as viewer:
            agreements.accept_defaults(viewer, dyad_id)
        with self.anna.viewing(NOW - timedelta(days=8)) as viewer:
            round_ = agreements.draft_for(viewer, dyad_id).round
            assert round_ is not None
            agreements.accept(viewer, dyad_id, revision=round_.revision)
        with owner.viewing(NOW - timedelta(hours=5)) as viewer:
            messages.send(viewer, dyad_id, Outgoing(text="hello"), once=uuid4().hex)
            meetings.offer_meeting(viewer, dyad_id, Offer(NOW + timedelta(days=3), "room 2"))
