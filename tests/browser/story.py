"""The whole story of two people with the portal, from the first page to the last good-bye.

Ingrid holds a phone, Anna sits at a desk. Each chapter starts where the one before it ended. It is
told by ``test_walk_without_scripts`` and by ``test_walk_by_keyboard``.
"""

import re
from collections.abc import Callable
from datetime import time, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from portal.core.clock import utc_now
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.reminders.models import Reminder
from tests.browser.hands import Hands
from tests.fixtures.people import PASSWORD
from workers.notifications import send_due

INGRID, ANNA = "ingrid@example.org", "anna@example.org"
ADDRESS = re.compile(r"https?://\S+")
TWO_WEEKS = timedelta(days=14)


class Story:
    """Ingrid, Anna, and the portal between them."""

    def __init__(self, app: Flask, ingrid: Hands, anna: Hands) -> None:
        self.app = app
        self.mail: Path = app.config["SETTINGS"].mail_dir
        self.ingrid, self.anna = ingrid, anna
        self.pair_page = ""

    def tell(self, other_device: Callable[[], Hands]) -> None:
        """All chapters, in order."""
        self.ingrid_signs_up()
        self.they_meet()
        self.they_answer_alone()
        self.they_agree()
        self.they_compare_the_code()
        self.they_write()
        self.ingrid_sets_a_goal()
        self.she_is_reminded_as_she_likes()
        self.she_shares_it()
        self.anna_offers_an_idea()
        self.she_stops_sharing()
        self.they_meet_again()
        self.she_looks_after_her_account(other_device())
        self.they_part()

    # ------------------------------------------------------------ B. sign up

    def ingrid_signs_up(self) -> None:
        """From the welcome page to a home that invites."""
        me = self.ingrid
        me.go("/")
        me.follow("Make your own place")
        me.write("Your e-mail address", INGRID)
        me.press("Send me the link")
        me.is_on("A letter is on its way")
        me.go(self.link_for(INGRID))
        self._make_account(me, "Ingrid")
        me.sees("This place is yours")

    def _make_account(self, me: Hands, name: str) -> None:
        me.pick("I have read this.")
        me.press("Go on")
        me.is_on("About you")
        me.write("What would you like to be called?", name)
        me.write("A password", "password123")
        me.press("Go on")
        me.sees("Many people use this password")
        me.write("A password", PASSWORD)
        me.press("Go on")
        if name == "Anna":
            self._set_up_codes()
        me.is_on("Your recovery code")
        asked = re.findall(r"group (\d)", me.page.locator("main form").inner_text())
        group = me.page.locator(".code-group").nth(int(asked[0]) - 1).inner_text()
        me.write("Type group", group)
        me.press("I have it")

    # --------------------------------------------------------------- C. meet

    def they_meet(self) -> None:
        """Ingrid invites, Anna makes an account with an app for codes, and says yes."""
        self.ingrid.follow("Invite your worker")
        self.ingrid.write("Their e-mail address", ANNA)
        self.ingrid.write("A few words to them", "Shall we write between our meetings?")
        self.ingrid.press("Send the invitation")
        self.ingrid.sees(ANNA)
        self.anna.go(self.link_for(ANNA))
        self.anna.is_on("Ingrid invites you")
        self.anna.sees("Shall we write between our meetings?")
        self.anna.press("Yes, make an account")
        self._make_account(self.anna, "Anna")
        self.anna.is_on("Ingrid invites you")
        self.anna.press("Yes, let us use it together")
        self.anna.is_on("You and Ingrid: your agreement")
        self.pair_page = urlsplit(self.anna.page.url).path.removesuffix("/agreement")
        self.ingrid.go("/")
        self.ingrid.sees("You and Anna are both here.")

    def _set_up_codes(self) -> None:
        self.anna.is_on("Set up an app for codes")
        secret = "".join(self.anna.page.locator(".code-group").all_inner_texts())
        self.anna.write("Six digits", pyotp.TOTP(secret).at(utc_now()))
        self.anna.press("Turn it on")

    # -------------------------------------------------------------- D. agree

    def they_answer_alone(self) -> None:
        """Both answer the eight questions; neither sees the other's answers before."""
        self.ingrid.follow("Open the agreement")
        self.ingrid.press("Answer the questions")
        self.ingrid.pick("Ingrid")
        self.ingrid.write("What we keep for talking", "Medicines, and my childhood")
        self.ingrid.press("I am done")
        self.ingrid.sees("Nothing waits on you.")
        self.anna.go(f"{self.pair_page}/agreement")
        assert "childhood" not in self.anna.page.content()
        self.anna.follow("Answer the questions")
        self.anna.write("What we keep for talking", "Diagnoses")
        self.anna.press("I am done")
        self.anna.is_on("Where you two stand")
        self.anna.sees("Medicines, and my childhood")

    def they_agree(self) -> None:
        """One difference is settled, one is kept for the meeting, and both say yes."""
        self.ingrid.go("/")
        self.ingrid.follow("Open the agreement")
        self.ingrid.follow("See where you two stand")
        self.ingrid.follow("Settle it", about="Who writes first?")
        self.ingrid.press("Take Anna’s answer")
        self.ingrid.is_on("What do we keep for talking?")
        self.ingrid.press("Keep for the meeting")
        self.ingrid.sees("All else is settled.")
        self.ingrid.follow("Read the draft")
        self.ingrid.press("Say yes to this")
        self.anna.go("/")
        self.anna.is_on("Your turn")
        self.anna.follow("Open the agreement")
        self.anna.follow("Read the draft")
        self.anna.press("Say yes to this")
        self.anna.sees("What you two agreed")
        self.anna.sees("Here your answers were apart.")
        self.anna.sees("Medicines, and my childhood")

    def they_compare_the_code(self) -> None:
        """Both see the same code on their own page, and say so."""
        codes = []
        for me in (self.ingrid, self.anna):
            me.go(self.pair_page)
            me.follow("See the code")
            codes.append(me.page.locator(".code-group").all_inner_texts())
            me.press("It is the same")
        assert codes[0] == codes[1]
        self.anna.sees("It is really you two here.")

    # -------------------------------------------------------------- E. write

    def they_write(self) -> None:
        """A message goes, is taken back, goes again, is opened, and answered in one press."""
        me = self.ingrid
        me.follow("Messages")
        me.follow("Anna")
        me.sees("You two agreed on an answer within 2 working days")
        self._send("Not this after all.")
        me.press("Take it back")
        me.sees("You took a message back")
        self._send("Slept badly again. <b>Bus 12</b> was full.")
        me.sees("It is on its way to Anna.")
        me.sees("<b>Bus 12</b>")
        me.press("Let it arrive now")
        me.sees("With Anna, not opened yet")
        self.anna.follow("Your turn")
        assert "Slept badly" not in self.anna.page.content()
        self.anna.press("Open", about="Ingrid")
        self.anna.sees("Slept badly again. <b>Bus 12</b> was full.")
        assert "Not this after all" not in self.anna.page.content()
        self.anna.press("Read, thank you")
        self.anna.sees("you said: read, thank you")
        me.follow("Messages")
        me.follow("Anna")
        me.sees("Anna has read it")

    def _send(self, words: str) -> None:
        self.ingrid.write("The main point, in one line", "The mornings")
        self.ingrid.write("Your words", words)
        self.ingrid.pick("Something practical")
        self.ingrid.press("Send")

    # --------------------------------------------------------------- F. goals

    def ingrid_sets_a_goal(self) -> None:
        """A goal in her own words, and two pieces of it; one is done."""
        me = self.ingrid
        me.follow("Toolbox")
        me.follow("Goals")
        me.follow("Write a goal")
        me.sees("Only you can see this")
        me.write("What would you like?", "Mornings outdoors")
        me.write("Why does it matter to you?", "I sleep better when I have seen the sky.")
        me.press("Keep this goal")
        me.is_on("Mornings outdoors")
        for words in ("Walk to the shop", "Sit on the porch"):
            me.follow("Add a piece")
            me.write("What is the piece?", words)
            me.press("Add this piece")
        me.press("Done", about="Sit on the porch")
        me.press("Easier")
        me.sees("easier")

    # ---------------------------------------------------------- G. reminders

    def she_is_reminded_as_she_likes(self) -> None:
        """A piece gets a day and a reminder; a kind of notice is off, and nights begin early."""
        me = self.ingrid
        me.follow("Change", about="Walk to the shop")
        me.set_day("On which day?", (utc_now() + TWO_WEEKS).date())
        me.unfold("More, if you like")
        me.choose("Would you like a reminder on that day?", "in the morning")
        me.press("Keep these words")
        me.is_on("Mornings outdoors")
        me.follow("Settings")
        me.follow("Notices")
        me.leave_out("Your worker offers an idea")
        me.set_time("No e-mails from", time(20, 0))
        me.press("Keep")
        me.sees("Your choices are kept.")
        with unit_of_work(self.app):
            (due_at,) = db.session.scalars(select(Reminder.due_at))
        assert due_at > utc_now()

    def she_shares_it(self) -> None:
        """First exactly what Anna would see, then the press that shares it."""
        me = self.ingrid
        me.follow("Toolbox")
        me.follow("Who sees what")
        me.follow("Look at sharing it", about="Goals")
        me.pick("Mornings outdoors")
        me.press("See what Anna would see")
        me.sees("I sleep better when I have seen the sky.")
        me.sees("Nothing is shared yet.")
        me.press("Share this with Anna")
        me.sees("Anna sees what is shared here now")

    def anna_offers_an_idea(self) -> None:
        """Anna looks before they meet, and offers something; Ingrid takes it in."""
        self.anna.follow("People")
        self.anna.follow("Ingrid")
        self.anna.follow("Goals")
        self.anna.sees("I sleep better when I have seen the sky.")
        self.anna.follow("Offer an idea")
        self.anna.write("Your idea", "Shall we start with the porch?")
        self.anna.press("Offer it")
        self.anna.sees("It is with Ingrid.")
        self.ingrid.go("/goals")
        self.ingrid.follow("Mornings outdoors")
        self.ingrid.sees("Anna offers an idea")
        self.ingrid.press("Take it in")
        self.ingrid.sees("Shall we start with the porch?")

    def she_stops_sharing(self) -> None:
        """What stood open at Anna's is closed at her next request."""
        self.anna.page.reload()
        self.anna.sees("Ingrid took it in.")
        self.ingrid.go("/sharing")
        self.ingrid.press("End this")
        answer = self.anna.page.reload()
        assert answer is not None
        assert answer.status == 404
        assert "Mornings" not in self.anna.page.content()
        self.anna.follow("To the first page")
        self.ingrid.follow("See who opened what")
        self.ingrid.sees("Anna")

    # --------------------------------------------------------- I. meet again

    def they_meet_again(self) -> None:
        """Anna suggests a time, Ingrid says yes, then moves it; Ingrid orders what is kept."""
        self.anna.follow("Meetings")
        self.anna.follow("Open", about="Ingrid")
        self.anna.follow("Suggest a time")
        self._suggest(self.anna, "Suggest it to Ingrid", 1, time(13, 0))
        self.ingrid.follow("Meetings")
        self.ingrid.press("Yes, that works")
        self.ingrid.follow("Suggest another time")
        self._suggest(self.ingrid, "Suggest it to Anna", 2, time(14, 30))
        self.anna.follow("Your turn")
        self.anna.follow("Answer", about="meeting with Ingrid")
        self.anna.press("Yes, move it")
        self.anna.sees("14:30")
        for line in ("The buses", "The evening dose"):
            self.ingrid.write("Keep something for the meeting", line)
            self.ingrid.press("Keep it")
        self.ingrid.press("Up", about="The evening dose")
        kept = self.ingrid.page.locator("#kept .item-title").all_inner_texts()
        assert kept[1:] == ["The evening dose", "The buses"]

    def _suggest(self, me: Hands, label: str, days: int, clock: time) -> None:
        me.set_day("Day", (utc_now() + TWO_WEEKS).date() + timedelta(days=days))
        me.set_time("Time", clock)
        me.write("Place or link", "The day centre, second floor")
        me.press(label)

    # ------------------------------------------------- B, J. account and help

    def she_looks_after_her_account(self, other: Hands) -> None:
        """Another device is signed in, and is signed out from here. Help is one press away."""
        other.go("/sign-in")
        other.write("E-mail", INGRID)
        other.write("Password", PASSWORD)
        other.press("Sign in")
        self.ingrid.follow("Settings")
        self.ingrid.follow("Devices")
        self.ingrid.press("Sign out everywhere else")
        other.follow("Toolbox")
        other.is_on("Sign in")
        other.follow("Help now")
        number = other.page.get_by_role("link", name="113")
        expect(number).to_have_attribute("href", "tel:113")

    # ---------------------------------------------------------------- C. part

    def they_part(self) -> None:
        """Ingrid ends it; her words stay with her, and Anna sees nothing more."""
        me = self.ingrid
        me.go(self.pair_page)
        me.follow("What ending means")
        me.press("End it now")
        me.follow("Anna")
        me.sees("What you two wrote stays with you.")
        me.follow("What you wrote to each other")
        me.sees("Slept badly again.")
        self.anna.follow("People")
        self.anna.sees("Ingrid ended the use with you")
        answer = self.anna.page.goto(self.pair_page)
        assert answer is not None
        assert answer.status == 404

    # ---------------------------------------------------------------- letters

    def link_for(self, address: str) -> str:
        """The path of the link in the newest letter to somebody, once all that is due has gone."""
        with unit_of_work(self.app):
            send_due()
        letters = [self._read(file) for file in self.mail.glob("*.eml")]
        (text,) = [text for to, text in letters if to == address]
        found = ADDRESS.search(text)
        assert found is not None
        return re.sub(r"^https?://[^/]+", "", found.group())

    def _read(self, file: Path) -> tuple[str, str]:
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        body = letter.get_body(("plain",))
        assert body is not None
        return str(letter["To"]), str(body.get_content())
