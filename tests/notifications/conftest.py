"""A post office that remembers, and people on either database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from portal.core.dates import Local
from portal.core.mail import Mail, MailNotSent, PostOffice
from portal.core.work import unit_of_work
from portal.notifications import service
from portal.notifications.shapes import HandedOver, NoticeKind
from tests.fixtures.people import People

OSLO = ZoneInfo("Europe/Oslo")
NOON = datetime(2026, 11, 21, 12, tzinfo=OSLO).astimezone(UTC)
PORTAL = service.Portal("https://portal.example.org", Local(OSLO, "en", NOON))


@dataclass
class RememberingOffice(PostOffice):
    """Takes mail as an SMTP server would: what is handed over twice arrives twice."""

    taken: list[Mail] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    is_away: bool = False

    def post(self, mail: Mail) -> None:
        if self.is_away:
            raise MailNotSent(is_for_all=True)
        if mail.to in self.refuses:
            raise MailNotSent(is_for_all=False)
        self.taken.append(mail)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass


@dataclass
class House:
    """The portal on one database, with verbs that each run in a unit of work of their own."""

    app: Flask
    people: People
    office: RememberingOffice = field(default_factory=RememberingOffice)

    def does(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with unit_of_work(self.app):
            return verb(*args, **kwargs)

    def tells(self, person_id: UUID, kind: NoticeKind, key: str, at: datetime = NOON) -> None:
        self.does(service.tell, person_id, kind, at=at, key=key, now=at)

    def looks(self, now: datetime = NOON) -> list[HandedOver]:
        """Do what the job does, with the clock in hand. Gives what came of each letter."""
        while self.does(service.gather_due, now):
            pass
        return [
            self.does(service.hand_over, claimed, self.office, PORTAL, now)
            for claimed in self.does(service.claim_letters, now)
        ]

    @property
    def went_to(self) -> list[str]:
        return [mail.to for mail in self.office.taken]


@pytest.fixture
def house(app_on_each: Flask) -> House:
    return House(app_on_each, People(app_on_each))
