"""A small town for the ledger: one owner with three workers, and people who have no business there.

Ingrid uses the portal with Anna (goals shared), with Per (nothing shared) and used it with Ola
(ended). Kari is another owner. Ada runs the service. Everything is made with the portal's verbs.
"""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from portal.agreements import service as agreements
from portal.check_ins import service as check_ins
from portal.check_ins.shapes.bodies import Answer, CheckInBody, Item, Kind
from portal.core.db import db
from portal.core.sheet import Section, Sheet, Words
from portal.core.work import unit_of_work
from portal.crisis_plan import service as plan
from portal.crisis_plan.shapes import Kind as PlanKind
from portal.crisis_plan.shapes import NewCard, PlanBody
from portal.crisis_plan.tool import TOOL as PLAN_TOOL
from portal.dyads import service as dyads
from portal.dyads.invitations import service as invitations
from portal.dyads.invitations.shapes import NewInvitation
from portal.goals import service as goals
from portal.goals.shapes.bodies import (
    ActivityBody,
    Encouragement,
    GoalBody,
    GoalState,
    OfferBody,
)
from portal.goals.tool import TOOL as GOALS_TOOL
from portal.hours import service as hours
from portal.hours.shapes import NewAbsence, PhraseBody
from portal.library import service as library
from portal.library.tool import TOOL as LIBRARY_TOOL
from portal.life_domains import service as life_domains
from portal.life_domains.shapes import EntryBody
from portal.life_domains.tool import TOOL as LIFE_TOOL
from portal.medicines import service as medicines
from portal.medicines.shapes import MedicineWords
from portal.medicines.tool import TOOL as MEDICINES_TOOL
from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.messaging import service as messages
from portal.messaging.shapes import Outgoing
from portal.network_map import service as network
from portal.network_map.shapes import Circle, NodeBody, Sector
from portal.network_map.shapes import Kind as NodeKind
from portal.network_map.tool import TOOL as NETWORK_TOOL
from portal.night import service as night
from portal.notifications.shapes import NoticeKind
from portal.own_calendar import service as own_calendar
from portal.record import service as record
from portal.record.rules import mark_of
from portal.record.service.sheets import sheet_for
from portal.record.shapes import RecordWish
from portal.reminders import service as reminders
from portal.reminders.models import Reminder
from portal.toolbox.service import TOOLS
from portal.vault.models import Session
from portal.vault.viewer import Viewer
from portal.what_matters import service as what_matters
from portal.what_matters.tool import TOOL as MATTERS_TOOL
from tests.fixtures.people import People, SomePerson
from tests.fixtures.sharing import share_items

NOW = datetime.now(UTC)
MET = NOW + timedelta(days=5)


@dataclass
class Ids:
    """What a path may name, as one role would name it."""

    values: dict[str, Any] = field(default_factory=dict)

    def within(self, **values: Any) -> "Ids":
        """The same ids with some others in their place."""
        return Ids(self.values | values)


def _item(name: str, kind: Kind, item_id: UUID, since: datetime) -> Item:
    return Item(item_id, name, kind, since)


class Scene:
    """The town, its clients by role, and a way to put everything back as it was."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        people = People(app)
        self.ingrid, self.kari = people.owner("Ingrid"), people.owner("Kari")
        self.anna, self.per, self.ola = (people.worker(name) for name in ("Anna", "Per", "Ola"))
        self.ada = people.administrator()
        self.with_anna = self._pair(people, self.anna)
        self.with_per = self._pair(people, self.per)
        self.with_ola = self._pair(people, self.ola)
        self.ids = {"anna": self._fill(self.with_anna, self.anna)}
        self.ids["per"] = self._meet(self.with_per, self.per)
        self.ids["ola"] = self._meet(self.with_ola, self.ola)
        self._share()
        self.tools = self._tools()
        with self.ingrid.viewing(NOW) as viewer:
            dyads.end_dyad(viewer, self.with_ola)
        self.cookies = self._cookies()
        self._remember()

    def ids_for(self, role: str) -> dict[str, Any]:
        """The ids that a role would put into a path: its own pair's where it has one."""
        base = self.ids["anna"].values
        own = {"worker_without_grant": "per", "worker_ended": "ola"}.get(role)
        return base | self.ids[own].values if own else base

    def restore(self) -> None:
        """Put the database back as it was when the town was built."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for leftover in (f"{self._file}-wal", f"{self._file}-shm"):
            Path(leftover).unlink(missing_ok=True)
        shutil.copyfile(self._kept, self._file)

    def _pair(self, people: People, worker: SomePerson) -> UUID:
        dyad_id = people.dyad(self.ingrid, worker, NOW - timedelta(days=30))
        with self.ingrid.viewing(NOW - timedelta(days=29)) as viewer:
            agreements.accept_defaults(viewer, dyad_id)
        with worker.viewing(NOW - timedelta(days=29)) as viewer:
            round_ = agreements.draft_for(viewer, dyad_id).round
            assert round_ is not None
            agreements.accept(viewer, dyad_id, revision=round_.revision)
        with self.ingrid.viewing(NOW - timedelta(days=1)) as viewer:
            agreements.start_round(viewer, dyad_id)
        return dyad_id

    def _meet(self, dyad_id: UUID, worker: SomePerson) -> Ids:
        with worker.viewing(NOW - timedelta(hours=3)) as viewer:
            meetings.offer_meeting(viewer, dyad_id, Offer(MET, "room 2"))
            kept_id = meetings.keep(viewer, dyad_id, line="a line")
            sheet = Sheet("A copy", "Anna", NOW.date(), (Section("One", (Words("words"),)),))
            copy_id = meetings.keep(viewer, dyad_id, line="another line", sheet=sheet)
        with self.ingrid.viewing(NOW - timedelta(hours=2)) as viewer:
            meeting_id = meetings.meetings_for(viewer, dyad_id).coming[0].id
            number = messages.send(viewer, dyad_id, Outgoing(text="hello"), once="a" * 32)
            page_id = self._page(viewer, dyad_id, once=f"page {dyad_id}")
        return Ids(
            {
                "dyad_id": dyad_id,
                "meeting_id": meeting_id,
                "kept_id": kept_id,
                "copy_id": copy_id,
                "number": number,
                "page_id": page_id,
                "seen": MET.isoformat(),
            }
        )

    def _page(self, viewer: Viewer, dyad_id: UUID, *, once: str) -> UUID:
        """An approved page for the record, in her own words alone."""
        wish = RecordWish(words="Mornings are best")
        seen = mark_of(sheet_for(viewer, record.offered_for(viewer, dyad_id), wish))
        return record.approve(viewer, dyad_id, wish, seen=seen, once=once)

    def _fill(self, dyad_id: UUID, worker: SomePerson) -> Ids:
        found = self._meet(dyad_id, worker)
        with self.ingrid.viewing(NOW) as viewer:
            body = GoalBody(title="Mornings outdoors", state=GoalState.NOW)
            goal_id = goals.add_goal(viewer, replace(body, title="Out early"), once="b" * 32)
            goals.change_words(viewer, goal_id, body)
            piece = ActivityBody(text="Walk to the shop")
            piece_id = goals.add_piece(viewer, goal_id, piece, once="c" * 32)
            letter = invitations.invite(viewer, NewInvitation("new@example.org", "Ingrid"))
        with worker.viewing(NOW) as viewer:
            day = NOW.date() + timedelta(days=40)
            hours.add_absence(viewer, NewAbsence(day, day))
            hours.add_phrase(viewer, PhraseBody("A short hello"))
            record.ask(viewer, dyad_id)
        return found.within(
            goal_id=goal_id,
            piece_id=piece_id,
            invitation_id=letter.id,
            letter=letter.token,
            absence_id=self._first(worker, hours.absences_of),
            phrase_id=self._first(worker, hours.phrases_of),
            feed_token=self._feed(),
            question="purpose",
            reminder_id=self._reminder(),
            version=1,
            part="goals",
            **self._tool(),
            **self._reflection(),
            **self._check_ins(),
            **self._medicines(),
            **self._domain(),
            **self._network(),
            **self._night(),
            name="no-such-file",
            token="no-such-token",  # a path's value, not a secret
        )

    def _tool(self) -> dict[str, Any]:
        """One part of the toolbox with two items, one of which is shared later."""
        for days, words in ((20, "Out on the porch"), (0, "Out on the steps")):
            with self.ingrid.viewing(NOW - timedelta(days=days)) as viewer:
                for kind in (PlanKind.STEPS, PlanKind.WELL):
                    plan.write_section(viewer, PlanBody(kind, words), once=words + kind.value)
        with self.ingrid.viewing(NOW) as viewer:
            what_matters.say_what_matters(viewer, "The sea", once="e" * 32)
            what_matters.add_to_well(viewer, "A walk", once="f" * 32)
            lines = what_matters.lines_of(viewer, viewer.person_id)
            steps = plan.section_page(viewer, PlanKind.STEPS).section.id
            wish = NewCard("In my purse", "Ingrid", (steps,))
            card = plan.card_page(viewer, plan.make_card(viewer, wish, once="card"))
            phone_id = plan.add_phone(viewer)
        return {
            "section_kind": "steps",
            "phone_id": phone_id,
            "card_id": card.id,
            "card_token": card.token,
            "tool": "what-matters",
            "item_id": lines[0].id,
            "matter_id": lines[1].id,
        }

    def _domain(self) -> dict[str, Any]:
        """A life domain of Ingrid's own, marked, with two entries; and one that lies hidden."""
        with self.ingrid.viewing(NOW) as viewer:
            domain_id = life_domains.add_domain(viewer, "The dog", once="0" * 31 + "a")
            hidden_id = life_domains.add_domain(viewer, "The band", once="0" * 31 + "b")
            life_domains.turn_domain(viewer, hidden_id, off=True)
            life_domains.mark_domain(viewer, domain_id, on=True)
            for number, words in enumerate(("He is well", "He is old")):
                body = EntryBody(words, rating=4)
                once = "0" * 31 + str(number)
                entry_id = life_domains.add_entry(viewer, domain_id, body, once=once)
        return {"domain_id": domain_id, "entry_id": entry_id}

    def _network(self) -> dict[str, Any]:
        """A map with two nodes, one of them changed and one shared later, kept as it was once."""
        with self.ingrid.viewing(NOW - timedelta(days=2)) as viewer:
            body = NodeBody("My sister", may_be_called=True, phone="900 00 001")
            node_id = network.add_node(viewer, body, once="net" + "1" * 29)
            choir = NodeBody("The choir", NodeKind.ACTIVITY, Sector.LEISURE, Circle.OUTER)
            network.add_node(viewer, choir, once="net" + "2" * 29)
            snapshot_id = network.keep_snapshot(viewer, "Before", once="net" + "3" * 29)
        with self.ingrid.viewing(NOW) as viewer:
            network.move_node(viewer, node_id, Sector.FAMILY, Circle.CLOSEST)
        return {"node_id": node_id, "snapshot_id": snapshot_id}

    def _night(self) -> dict[str, Any]:
        """Two lines put down at night, one of them let go; and what holds for all goals."""
        with self.ingrid.viewing(NOW - timedelta(days=2)) as viewer:
            night_id = night.put_down(viewer, "The letter", once="night" + "1" * 27)
            gone_id = night.put_down(viewer, "The lamp", once="night" + "2" * 27)
            night.let_go(viewer, gone_id)
            goals.wish_for_all(viewer, Encouragement.KEEP_AT_IT)
        return {"night_id": night_id}

    def _check_ins(self) -> dict[str, Any]:
        """Two things followed, one of them stopped; two check-ins, one of them put away."""
        asked = ("Sleep", Kind.HOURS), ("Outdoors", Kind.YES_NO)
        with self.ingrid.viewing(NOW) as viewer:
            sleep, outdoors = (
                check_ins.follow(viewer, partial(_item, name, kind), once=f"check-in {name}")
                for name, kind in asked
            )
            check_ins.stop_asking(viewer, outdoors)
            body = CheckInBody(good="The sun", answers=(Answer(sleep, 7.5), Answer(outdoors, 1)))
            for once in ("g" * 32, "h" * 32):
                check_ins.check_in(viewer, NOW.date() - timedelta(days=1), body, once=once)
            page = check_ins.days_page(viewer, None)
            check_in_id = page.days[0].entry.id
            check_ins.put_away(viewer, check_in_id, is_away=True)
        return {"check_in_id": check_in_id, "question_id": outdoors, "question_kind": "words"}

    def _reflection(self) -> dict[str, Any]:
        """Something that Ingrid wrote in an exercise."""
        slug = "the-first-two-minutes"
        with self.ingrid.viewing(NOW) as viewer:
            exercise = library.exercise_for(viewer, slug, self.app.config["SETTINGS"].home)
            answers = ["The plates", "Put them beside the sink", ""]
            reflection_id = library.keep_answers(viewer, exercise, answers, once="9" * 32)
            library.choose_calming(viewer, "warm-hands", self.app.config["SETTINGS"].home)
        return {"slug": slug, "reflection_id": reflection_id}

    def _medicines(self) -> dict[str, Any]:
        """Three medicines: one taken, one from before, one put away."""
        with self.ingrid.viewing(NOW) as viewer:
            found = [
                medicines.add(viewer, MedicineWords(name, how="one", questions="why?"), once=name)
                for name in ("The white one", "The blue one", "The old one")
            ]
            medicines.set_times(viewer, found[0], (time(8, 0), time(20, 0)))
            medicines.stop(viewer, found[1], "October")
            medicines.put_away(viewer, found[2], is_away=True)
        return {"medicine_id": found[2], "taken_id": found[0]}

    def _feed(self) -> str:
        """The address by which Ingrid's calendar asks; Anna's asks too."""
        with self.anna.viewing(NOW) as viewer:
            own_calendar.make_feed(viewer)
        with self.ingrid.viewing(NOW) as viewer:
            own_calendar.make_feed(viewer)
            card = own_calendar.feed_of(viewer)
            assert card is not None
            return card.token

    def _reminder(self) -> UUID:
        """A reminder of Ingrid's."""
        kind = NoticeKind.ACTIVITY_REMINDER
        with unit_of_work(self.app):
            reminders.remind(self.ingrid.id, kind, at=MET, key="scene:1", now=NOW)
            return db.session.scalars(
                select(Reminder.id).where(Reminder.dedupe_key == "scene:1")
            ).one()

    def _first(self, worker: SomePerson, verb: Any) -> UUID:
        with worker.viewing(NOW) as viewer:
            found: UUID = verb(viewer)[0].id
            return found

    def _share(self) -> None:
        ids = self.ids["anna"].values
        with self.ingrid.viewing(NOW) as viewer:
            share_items(viewer, GOALS_TOOL, self.with_anna, [ids["goal_id"]])
        with self.ingrid.viewing(NOW) as viewer:
            share_items(viewer, MATTERS_TOOL, self.with_anna, [ids["item_id"]])
        one_each = {
            NETWORK_TOOL: "node_id",
            LIFE_TOOL: "entry_id",
            MEDICINES_TOOL: "taken_id",
            LIBRARY_TOOL: "reflection_id",
        }
        for tool, name in one_each.items():
            with self.ingrid.viewing(NOW) as viewer:
                share_items(viewer, tool, self.with_anna, [ids[name]])
        with self.ingrid.viewing(NOW) as viewer:
            steps = plan.section_page(viewer, PlanKind.STEPS).section.id
            share_items(viewer, PLAN_TOOL, self.with_anna, [steps])
        with self.anna.viewing(NOW) as viewer:
            idea = OfferBody("Start with the porch")
            offer_id = goals.offer_idea(viewer, self.with_anna, ids["goal_id"], idea, once="d" * 32)
        ids["offer_id"] = offer_id

    def _tools(self) -> tuple[dict[str, Any], ...]:
        """Every part of the toolbox, with something in it, as paths name them."""
        with self.ingrid.viewing(NOW) as viewer:
            first = {each.slug: each.items(viewer)[:1] for each in TOOLS if each.is_shareable}
        ids = {slug: item.id for slug, (item,) in first.items()}
        ids |= {"what-matters": self.ids["anna"].values["item_id"]}
        ids |= {"check-ins": self.ids["anna"].values["question_id"]}
        return tuple({"tool": each.slug, "item_id": ids[each.slug]} for each in TOOLS)

    def client(self, role: str) -> FlaskClient:
        """A browser of somebody with a role; new every time, because some calls end a session."""
        client = self.app.test_client()
        if role in self.cookies:
            client.set_cookie(self.ingrid.cookie_name(), self.cookies[role])
        return client

    def _cookies(self) -> dict[str, str]:
        people = {
            "owner": self.ingrid,
            "other_owner": self.kari,
            "worker": self.anna,
            "worker_without_grant": self.per,
            "worker_of_others": self.per,
            "worker_ended": self.ola,
            "administrator": self.ada,
        }
        cookies = {role: person.new_cookie() for role, person in people.items()}
        with unit_of_work(self.app):
            session_id = db.session.scalar(
                select(Session.id).where(Session.person_id == self.ingrid.id)
            )
        self.ids["anna"].values["session_id"] = session_id
        return cookies

    def _remember(self) -> None:
        self._file = self.app.config["SETTINGS"].home / "tandem.sqlite3"
        self._kept = self._file.with_suffix(".kept")
        with unit_of_work(self.app):
            db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        with self.app.app_context():
            db.engine.dispose()
        shutil.copyfile(self._file, self._kept)
