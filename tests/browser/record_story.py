"""How Anna asks for a page for the record, and what Ingrid lets go into it.

It is told by ``test_record``, without scripts and by keyboard alone.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from portal.goals import service as goals
from portal.goals.shapes.bodies import ActivityBody, GoalBody, GoalState
from portal.goals.tool import TOOL
from portal.what_matters.service import say_what_matters
from tests.browser.hands import Hands
from tests.fixtures.agreed import agree_on
from tests.fixtures.browser import Live
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items

LAST_WEEK = datetime.now(UTC) - timedelta(days=7)
OpenHands = Callable[[], Hands]


class RecordStory:
    """Ingrid and Anna use the portal together, and Ingrid shares one goal of two."""

    def __init__(self, live: Live, open_hands: OpenHands) -> None:
        people = People(live.app)
        ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
        self.dyad_id = people.dyad(ingrid, anna, LAST_WEEK)
        agree_on(ingrid, anna, self.dyad_id, LAST_WEEK)
        self._before(ingrid)
        self.ingrid = self._signed_in(live, open_hands(), ingrid)
        self.anna = self._signed_in(live, open_hands(), anna)

    def tell(self) -> None:
        """All chapters, in order."""
        self.anna_asks()
        self.ingrid_says_not_now()
        self.ingrid_approves_a_page()
        self.anna_takes_it()
        self.ingrid_takes_it_back()

    def anna_asks(self) -> None:
        """One press, and nothing more to do."""
        self.anna.go(f"/people/{self.dyad_id}")
        self.anna.follow("Pages for the record")
        self.anna.press("Ask for a page for the record")
        self.anna.sees("It is with Ingrid now.")

    def ingrid_says_not_now(self) -> None:
        """It stands on her first page; no reason is asked for."""
        self.ingrid.go("/")
        self.ingrid.sees("Anna asks for a page for the record")
        self.ingrid.press("Not now")
        self.ingrid.sees("Said. You need not explain.")
        self.anna.go(f"/people/{self.dyad_id}")
        self.anna.sees("Ingrid says not now.")

    def ingrid_approves_a_page(self) -> None:
        """She chooses, looks, changes her mind about one thing, and approves."""
        me = self.ingrid
        me.go(f"/meetings/{self.dyad_id}")
        me.follow("A page for the record")
        me.follow("Make a page")
        me.press("See the page")
        me.sees("Tick something, or write a few words.")
        me.write("In my own words", "Ring me before you come.")
        me.pick("My sentence")
        me.pick("with its pieces")
        me.press("See the page")
        me.is_on("A page for the record")
        me.sees("What matters to you is only yours so far.")
        me.sees("Walk to the shop")
        me.follow("Change something")
        me.sees("Here are your words from before.")
        me.leave_out("My sentence")
        me.press("See the page")
        me.press("Approve this page")
        me.sees("Approved. The page is there for both of you.")

    def anna_takes_it(self) -> None:
        """It waits on her list, opens with the plain text beside it, and leaves the list."""
        self.anna.go("/your-turn")
        self.anna.sees("There is a page for the record.")
        self.anna.follow("Open", about="the page for the record")
        self.anna.sees("Ring me before you come.")
        text = self.anna.page.get_by_label("To copy into another system").input_value()
        assert "Goal: Mornings outdoors" in text
        assert "- Walk to the shop (Ingrid)" in text
        assert "good aunt" not in text
        self.anna.follow("Print it")
        self.anna.sees("Ring me before you come.")
        self.anna.go("/your-turn")
        expect(self.anna.page.get_by_role("main")).not_to_contain_text("for the record")

    def ingrid_takes_it_back(self) -> None:
        """It leaves the portal; what was put into a record is spoken of plainly."""
        me = self.ingrid
        me.follow("What taking it back means")
        me.sees("What Anna has already put into the record stays there.")
        me.press("Take it back")
        me.sees("Taken back. Its words are no longer here.")
        self.anna.go(f"/record/with/{self.dyad_id}")
        self.anna.sees("It is no longer here.")

    def _before(self, ingrid: SomePerson) -> None:
        with ingrid.viewing(LAST_WEEK) as viewer:
            body = GoalBody(title="Mornings outdoors", why="The light", state=GoalState.NOW)
            goal_id = goals.add_goal(viewer, body, once="story" + "1" * 27)
            goals.add_goal(viewer, GoalBody(title="My own one"), once="story" + "2" * 27)
            piece = ActivityBody(text="Walk to the shop")
            goals.add_piece(viewer, goal_id, piece, once="story" + "3" * 27)
            say_what_matters(viewer, "I want to be a good aunt.", once="story" + "4" * 27)
        with ingrid.viewing(LAST_WEEK) as viewer:
            share_items(viewer, TOOL, self.dyad_id, [goal_id])

    def _signed_in(self, live: Live, hands: Hands, person: SomePerson) -> Hands:
        cookie = {"name": person.cookie_name(), "value": person.new_cookie(), "url": live.url}
        hands.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the right keys
        return hands
