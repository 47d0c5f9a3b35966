"""What Ingrid does with her toolbox, from her first sentence to the end of sharing it.

Ingrid and Anna use the portal together already. It is told by ``test_toolbox_without_scripts`` and
by ``test_toolbox_by_keyboard``.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from portal.goals import service as goals
from portal.goals.shapes.bodies import GoalBody, GoalState
from portal.life_domains import service as life_domains
from portal.life_domains.shapes import EntryBody
from tests.browser.hands import Hands
from tests.fixtures.agreed import agree_on
from tests.fixtures.browser import Live
from tests.fixtures.people import People, SomePerson

NOW = datetime.now(UTC)
LAST_SPRING = NOW - timedelta(days=90)
OpenHands = Callable[[], Hands]


class ToolboxStory:
    """Ingrid with her toolbox, Anna who sees what she is shown, and whoever finds a card."""

    def __init__(self, live: Live, owner_hands: OpenHands, worker_hands: OpenHands) -> None:
        people = People(live.app)
        ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
        self.dyad_id = people.dyad(ingrid, anna, LAST_SPRING)
        agree_on(ingrid, anna, self.dyad_id, LAST_SPRING)
        self._last_spring(ingrid)
        self.ingrid = self._signed_in(live, owner_hands(), ingrid)
        self.anna = self._signed_in(live, worker_hands(), anna)
        self.finder = worker_hands()

    def tell(self) -> None:
        """All chapters, in order."""
        self.she_says_what_matters()
        self.she_says_how_it_is()
        self.she_draws_her_network()
        self.she_writes_a_plan()
        self.somebody_finds_her_card()
        self.she_checks_in()
        self.she_takes_a_copy_along()
        self.she_lists_a_medicine()
        self.she_tries_an_exercise()
        self.she_finds_her_words()
        self.she_shares_one_part()

    # ---------------------------------------------------- what matters, life

    def she_says_what_matters(self) -> None:
        """A sentence, said anew; the first one stays with her. And what keeps her well."""
        me = self._open("What matters to me")
        me.follow("Write it")
        me.write("What matters to me", "I decide about my days.")
        me.press("Keep it")
        me.follow("Say it anew")
        me.write("What matters to me", "I want to be a good aunt.")
        me.press("Keep it")
        me.sees("I want to be a good aunt.")
        me.follow("Then and now")
        me.unfold("Then and now")
        me.sees("I decide about my days.")
        me.follow("Back to What matters to me")
        me.write("What keeps me well", "A walk by the sea")
        me.press("Add it")
        me.sees("A walk by the sea")

    def she_says_how_it_is(self) -> None:
        """A part of her life as it is now, beside how it was in spring."""
        me = self._open("Life domains")
        me.follow("The dog")
        me.follow("Say how it is now")
        me.write("How is it, in your own words?", "He is <b>old</b>, and happy.")
        me.pick("6")
        me.press("Keep it")
        me.sees("He is <b>old</b>, and happy.")
        me.follow("Then and now, for all domains")
        me.sees("He barks all night.")
        me.sees("He is <b>old</b>, and happy.")

    # --------------------------------------------------------------- network

    def she_draws_her_network(self) -> None:
        """Somebody near, kept as it is today, then moved without a script."""
        me = self._open("My network")
        me.follow("Add somebody or something")
        me.write("What do you call them?", "Solveig")
        me.pick("Near")
        me.unfold("More, if you like")
        me.pick("May be called in a crisis")
        me.write("Telephone number", "900 00 001")
        me.press("Put it on my map")
        me.follow("Then and now")
        me.write("Why do you keep it today?", "Before I moved")
        me.press("Keep it")
        me.follow("Back to My network")
        me.follow("Solveig")
        me.choose("Part of life", "Friends")
        me.choose("Circle", "Closest")
        me.press("Put it there")
        me.sees("Friends · Closest")
        me.follow("Back to My network")
        me.follow("Then and now")
        me.follow("Before I moved")
        me.sees("Family · Near")
        me.sees("Friends · Closest")

    # ----------------------------------------------------------- crisis plan

    def she_writes_a_plan(self) -> None:
        """Her first steps, how to meet her, and Solveig from the map; then Help now has them."""
        me = self._open("Crisis plan")
        me.follow("How to meet me")
        me.write("Like this", "Sit down beside me.")
        me.press("Keep it")
        me.unfold("You could also write", within="#stage-hard")
        me.follow("What I do first")
        me.write("What I do first", "Put on my shoes\nGo out on the steps")
        me.press("Keep it")
        me.unfold("You could also write", within="#stage-hard")
        me.follow("Who I call first")
        me.pick("Solveig")
        me.press("Keep it")
        me.follow("Help now")
        me.sees("Go out on the steps")
        number = me.page.get_by_role("link", name="Solveig")
        expect(number).to_have_attribute("href", "tel:90000001")

    def somebody_finds_her_card(self) -> None:
        """A card opens the chosen sections for whoever holds it, until she ends it."""
        me = self._open("Crisis plan")
        me.follow("Cards for the wallet")
        me.follow("Make a card")
        me.write("What do you call this card?", "In my purse")
        me.press("Make the card")
        me.is_on("In my purse")
        code = " ".join(me.page.locator(".code-group").all_inner_texts())
        other = self.finder
        other.go("/card")
        other.write("The code on the card", code)
        other.press("Open it")
        other.sees("Sit down beside me.")
        other.sees("Go out on the steps")
        assert "good aunt" not in other.page.content()
        me.page.reload()
        me.sees("or within the hour after")
        me.press("End it now")
        other.go("/card")
        other.write("The code on the card", code)
        other.press("Open it")
        other.is_on("A card with a code")
        assert "beside me" not in other.page.content()

    # ------------------------------------------------- check-ins, medicines

    def she_checks_in(self) -> None:
        """What was all right, then one thing of her own; its chart says the same in words."""
        me = self._open("Check-ins")
        me.follow("Choose what to follow")
        me.follow("A number from 1 to 7")
        me.write("What would you like to follow?", "My patience")
        me.press("Keep it")
        me.follow("Back to My check-ins")
        me.follow("Check in")
        me.write("What was all right?", "The sun on the porch")
        me.pick("5")
        me.press("Keep it")
        me.sees("The sun on the porch")
        me.unfold("The same in words")
        expect(me.page.get_by_role("table")).to_contain_text("5")

    def she_takes_a_copy_along(self) -> None:
        """Anna gets the copy that Ingrid looked at, and nothing that was left out of it."""
        me = self.ingrid
        me.follow("Make a copy for the meeting with Anna")
        me.pick("My patience")
        me.leave_out("What was all right")
        me.press("See the copy")
        me.sees("Exactly this copy")
        me.sees("My patience")
        me.press("Take it to the meeting")
        self.anna.follow("Meetings")
        self.anna.follow("Open", about="Ingrid")
        self.anna.follow("Open the copy")
        self.anna.sees("My patience")
        assert "porch" not in self.anna.page.content()

    def she_lists_a_medicine(self) -> None:
        """A name is enough; what she wants to ask stands on the list."""
        me = self._open("Medicines")
        me.follow("Add a medicine")
        me.write("What is it called?", "The white one")
        me.write("What do you want to ask?", "Why am I thirsty?")
        me.press("Keep it")
        me.sees("Why am I thirsty?")

    # ---------------------------------------------------- exercises, search

    def she_tries_an_exercise(self) -> None:
        """What she wrote is hers, and belongs to a goal."""
        me = self._open("Exercises")
        me.follow("The first two minutes")
        me.write("What is the thing?", "The plates by the window")
        me.press("Keep what I wrote")
        me.press("Mornings outdoors")
        me.sees("It is tied to the goal “Mornings outdoors”.")

    def she_finds_her_words(self) -> None:
        """A part of a word finds it, wherever it was written."""
        me = self._open("Search my words")
        for words, whole in (("plates", "by the window"), ("thirst", "Why am I"), ("aunt", "good")):
            me.write("Which words", words)
            me.press("Search")
            me.sees(whole)

    # --------------------------------------------------------------- sharing

    def she_shares_one_part(self) -> None:
        """Anna sees what Ingrid saw first, until Ingrid ends it."""
        me = self._open("Who sees what")
        me.follow("Look at sharing it", about="Medicines")
        me.pick("The white one")
        me.press("See what Anna would see")
        me.sees("Why am I thirsty?")
        me.sees("Nothing is shared yet.")
        me.press("Share this with Anna")
        self.anna.follow("People")
        self.anna.follow("Ingrid")
        self.anna.follow("Medicines")
        self.anna.sees("Why am I thirsty?")
        me.press("Stop sharing this with Anna")
        answer = self.anna.page.reload()
        assert answer is not None
        assert answer.status == 404
        assert "thirsty" not in self.anna.page.content()

    # ---------------------------------------------------------------- before

    def _open(self, part: str) -> Hands:
        self.ingrid.go("/toolbox")
        self.ingrid.follow(part)
        return self.ingrid

    def _last_spring(self, ingrid: SomePerson) -> None:
        with ingrid.viewing(LAST_SPRING) as viewer:
            body = GoalBody(title="Mornings outdoors", state=GoalState.NOW)
            goals.add_goal(viewer, body, once="1" * 32)
            domain_id = life_domains.add_domain(viewer, "The dog", once="2" * 32)
            noisy = EntryBody("He barks all night.", rating=3)
            life_domains.add_entry(viewer, domain_id, noisy, once="3" * 32)

    def _signed_in(self, live: Live, hands: Hands, person: SomePerson) -> Hands:
        cookie = {"name": person.cookie_name(), "value": person.new_cookie(), "url": live.url}
        hands.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict as it asks
        hands.go("/")
        return hands
