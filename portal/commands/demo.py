"""The demo: a few weeks in the life of two people who use the portal together.

Everything goes through the same verbs as the pages, as the people themselves and at past times, so
the demo holds nothing that the portal could not hold. The people in it are made up.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from flask import Flask

from portal.accounts.service.people import set_up_person
from portal.accounts.shapes import ProfileBody
from portal.agreements import service as agreements
from portal.commands import demo_days, demo_life, demo_network, demo_plan
from portal.core.clock import at_local
from portal.core.work import unit_of_work
from portal.dyads import service as dyads
from portal.dyads.invitations import service as invitations
from portal.dyads.invitations.shapes import NewInvitation
from portal.goals import service as goals
from portal.goals.shapes.bodies import (
    ActivityBody,
    Encouragement,
    GoalBody,
    GoalState,
    Horizon,
    HowItWent,
    HowOften,
    Movement,
    OfferBody,
    Size,
)
from portal.goals.tool import TOOL
from portal.hours.service import add_phrase
from portal.hours.shapes import PhraseBody
from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.messaging import service as messages
from portal.messaging.shapes import Intent, Outgoing
from portal.toolbox import service as toolbox
from portal.vault.box import Box
from portal.vault.keys import Bundle
from portal.vault.viewer import Role, Viewer

PASSWORD = "seven quiet herons"  # it is printed: the demo keeps nobody out


@dataclass
class Actor:
    """Somebody in the demo, with their keys at hand."""

    app: Flask
    id: UUID
    name: str
    address: str
    role: Role
    bundle: Bundle = field(repr=False)

    @contextmanager
    def at(self, now: datetime) -> Iterator[Viewer]:
        """One piece of work as this person at a moment."""
        settings = self.app.config["SETTINGS"]
        with unit_of_work(self.app):
            yield Viewer(
                person_id=self.id,
                role=self.role,
                name=self.name,
                zone=settings.zone,
                language=settings.language,
                now=now,
                box=Box(self.id, self.bundle),
            )


def fill(app: Flask, now: datetime | None = None) -> str:
    """Fill an empty portal with the demo; gives what to tell whoever started it."""
    return _words(people_in(app, now))


def people_in(app: Flask, now: datetime | None = None) -> list[Actor]:
    """Fill an empty portal with the demo; gives its people with their keys at hand."""
    now = now or datetime.now(UTC)
    begun = now - timedelta(days=25)
    ingrid = _somebody(app, "Ingrid", "ingrid@example.org", Role.OWNER, begun)
    anna = _somebody(app, "Anna Berg", "anna@example.org", Role.WORKER, begun, "psychiatric nurse")
    ada = _somebody(app, "Ada", "ada@example.org", Role.ADMINISTRATOR, begun)
    days = Days(app, now)
    dyad_id = _meet(ingrid, anna, days)
    _agree(ingrid, anna, dyad_id, days)
    _set_goals(ingrid, anna, dyad_id, days)
    _write(ingrid, anna, dyad_id, days)
    _see_each_other(ingrid, anna, dyad_id, days)
    _life(ingrid, dyad_id, days)
    _network(ingrid, days)
    _plan(ingrid, anna, dyad_id, days)
    with ingrid.at(days.ago(0)) as viewer:
        demo_days.follow_days(viewer)
        demo_days.list_medicines(viewer)
        demo_days.try_exercises(viewer, app.config["SETTINGS"].home)
    return [ingrid, anna, ada]


@dataclass(frozen=True)
class Days:
    """The demo's calendar: days counted back from today, in the portal's zone."""

    app: Flask
    now: datetime

    def ago(self, days: int, clock: str = "10:00") -> datetime:
        """So many days ago, at a time of day; never later than now."""
        zone = self.app.config["SETTINGS"].zone
        day = self.now.astimezone(zone).date() - timedelta(days=days)
        at = at_local(day, time.fromisoformat(clock), zone)
        return min(at, self.now - timedelta(minutes=15)) if days >= 0 else at

    def on(self, days: int) -> date:
        """The date so many days from today."""
        zone = self.app.config["SETTINGS"].zone
        return self.now.astimezone(zone).date() + timedelta(days=days)


def _somebody(
    app: Flask, name: str, address: str, role: Role, now: datetime, title: str = ""
) -> Actor:
    with unit_of_work(app):
        profile = ProfileBody(name=name, title=title, code_kept_at=now)
        made = set_up_person(address, profile, PASSWORD, role, now)
    return Actor(app, made.person_id, name, address, role, made.bundle)


def _meet(ingrid: Actor, anna: Actor, days: Days) -> UUID:
    with ingrid.at(days.ago(24)) as viewer:
        greeting = "This is the portal I told you about. Shall we try it?"
        sent = invitations.invite(viewer, NewInvitation(anna.address, "Ingrid", greeting=greeting))
    with anna.at(days.ago(23)) as viewer:
        found = invitations.accept(viewer, sent.token, name="Anna Berg", title="psychiatric nurse")
        add_phrase(viewer, PhraseBody("Just a short hello from me. I am thinking of your Friday."))
    if found is None:
        raise RuntimeError("the demo's pair did not begin")
    for person in (ingrid, anna):
        with person.at(days.ago(22)) as viewer:
            dyads.confirm_code(viewer, found)
    return found


def _agree(ingrid: Actor, anna: Actor, dyad_id: UUID, days: Days) -> None:
    with ingrid.at(days.ago(22, "10:10")) as viewer:
        agreements.accept_defaults(viewer, dyad_id)
    with anna.at(days.ago(22, "10:20")) as viewer:
        page = agreements.draft_for(viewer, dyad_id)
        agreements.accept(viewer, dyad_id, revision=page.round.revision)


CHRISTMAS = GoalBody(
    title="Get through Christmas in a good way",
    why="I want the children to remember it as calm.",
    domain="family",
    horizon=Horizon.MONTH,
    state=GoalState.NOW,
)
MORNINGS = GoalBody(
    title="Mornings outdoors",
    why="I sleep better when I have seen the sky.",
    domain="body",
    horizon=Horizon.SEASON,
    state=GoalState.NOW,
)
ADVISER = GoalBody(
    title="Call the study adviser", domain="days", encouragement=Encouragement.LEAVE_ALONE
)
CHOIR = GoalBody(title="Sing in the choir again", why="I miss it.", domain="free-time")
IDEA = OfferBody("Could an hour alone on the 24th be one of the pieces?")


def _set_goals(ingrid: Actor, anna: Actor, dyad_id: UUID, days: Days) -> None:
    with ingrid.at(days.ago(15)) as viewer:
        shared = [_add(viewer, each) for each in (CHRISTMAS, MORNINGS, ADVISER)]
        christmas, mornings, adviser = shared
        _add(viewer, CHOIR)
        goals.put_in_state(viewer, adviser, GoalState.RESTING)
        skipped = ActivityBody(text="List what we can skip this year")
        skipped_id = goals.add_piece(viewer, christmas, skipped, once=_press())
        roast = ActivityBody(text="Buy the roast", day=days.on(6))
        goals.add_piece(viewer, christmas, roast, once=_press())
        sister = ActivityBody(text="Ask my sister to bring dessert", plan_b="send a text")
        goals.add_piece(viewer, christmas, sister, once=_press())
        walk = ActivityBody(
            text="Walk to the shop and back", size=Size.TINY, day=days.on(0), repeat=HowOften.DAILY
        )
        goals.add_piece(viewer, mornings, walk, once=_press())
    with ingrid.at(days.ago(8)) as viewer:
        goals.mark_done(viewer, christmas, skipped_id, times_done=0)
        goals.say_how_it_went(viewer, christmas, skipped_id, HowItWent.EASIER)
        goals.say_movement(viewer, mornings, Movement.FORWARD)
        seen = toolbox.preview_for(viewer, TOOL, dyad_id, shared).seen
        toolbox.share(viewer, TOOL, dyad_id, shared, seen=seen)
    with anna.at(days.ago(4)) as viewer:
        goals.offer_idea(viewer, dyad_id, christmas, IDEA, once=_press())


def _add(viewer: Viewer, body: GoalBody) -> UUID:
    return goals.add_goal(viewer, body, once=_press())


def _write(ingrid: Actor, anna: Actor, dyad_id: UUID, days: Days) -> None:
    with ingrid.at(days.ago(5, "21:40")) as viewer:
        words = Outgoing(
            main_point="Can I move Thursday to the afternoon?",
            text="Slept badly again. The buses before ten are so full that I turn back.",
            intent=Intent.QUESTION,
        )
        messages.send(viewer, dyad_id, words, once=_press())
    with anna.at(days.ago(4, "09:10")) as viewer:
        messages.open_waiting(viewer, dyad_id)
        answer = (
            "Yes, 13:00 works. Thank you for telling me about the buses. "
            "May we put that on Thursday’s list?"
        )
        messages.send(viewer, dyad_id, Outgoing(text=answer), once=_press())
    with ingrid.at(days.ago(2, "19:30")) as viewer:
        messages.open_waiting(viewer, dyad_id)
        words = Outgoing(text="Thank you. The walk went well today.", intent=Intent.TELLING)
        messages.send(viewer, dyad_id, words, once=_press())
    with ingrid.at(days.ago(1, "18:30")) as viewer:
        words = Outgoing(
            main_point="Is the evening dose too high?",
            text="I wake up heavy since it went up. It can wait until we meet, if you think so.",
            intent=Intent.QUESTION,
        )
        messages.send(viewer, dyad_id, words, once=_press())


def _see_each_other(ingrid: Actor, anna: Actor, dyad_id: UUID, days: Days) -> None:
    before, after = days.ago(12, "13:00"), days.ago(-5, "13:00")
    for offered, starts_at in ((days.ago(20), before), (days.ago(4, "09:20"), after)):
        with anna.at(offered) as viewer:
            offer = Offer(starts_at, "The day centre, second floor")
            meetings.offer_meeting(viewer, dyad_id, offer)
        with ingrid.at(offered + timedelta(minutes=30)) as viewer:
            card = meetings.meetings_for(viewer, dyad_id).coming[-1]
            meetings.answer_offer(viewer, card.id, yes=True, seen=card.starts_at)
    with ingrid.at(days.ago(1, "18:00")) as viewer:
        meetings.keep(viewer, dyad_id, line="The buses before ten")
        meetings.keep(viewer, dyad_id, line="A question about the evening dose")


def _plan(ingrid: Actor, anna: Actor, dyad_id: UUID, days: Days) -> None:
    with ingrid.at(days.ago(20)) as viewer:
        demo_plan.begin_plan(viewer)
    with ingrid.at(days.ago(14)) as viewer:
        demo_plan.write_plan(viewer)
        demo_plan.share_plan(viewer, dyad_id)
    with anna.at(days.ago(13)) as viewer:
        demo_plan.answer_plan(viewer, dyad_id)


def _life(ingrid: Actor, dyad_id: UUID, days: Days) -> None:
    with ingrid.at(days.ago(21)) as viewer:
        demo_life.begin(viewer)
    with ingrid.at(days.ago(9)) as viewer:
        demo_life.go_on(viewer, now=False)
    with ingrid.at(days.ago(2)) as viewer:
        demo_life.go_on(viewer, now=True)
        demo_life.share(viewer, dyad_id)


def _network(ingrid: Actor, days: Days) -> None:
    with ingrid.at(days.ago(14, "11:00")) as viewer:
        demo_network.draw_map(viewer)
    with ingrid.at(days.ago(2, "11:00")) as viewer:
        demo_network.move_on(viewer)


def _press() -> str:
    """What a form's one press is called."""
    return secrets.token_hex(16)


def _words(actors: list[Actor]) -> str:
    said = {Role.OWNER: "service user", Role.WORKER: "worker", Role.ADMINISTRATOR: "administrator"}
    lines = [f"  {each.address:<20} {each.name} ({said[each.role]})" for each in actors]
    return "\n".join(
        [
            "This is a demo. Everybody in it is made up. Sign in as one of:",
            *lines,
            f"Password for all of them: {PASSWORD}",
            "The second factor is off in the demo; it is on for workers everywhere else.",
        ]
    )
