"""People who meet, and calendars that ask when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from portal.meetings import service as meetings
from portal.meetings.shapes import Offer
from portal.own_calendar import service
from tests.fixtures.people import People, SomePerson

NOW = datetime.now(UTC).replace(microsecond=0)  # addresses are opened by the real clock
SOON = NOW + timedelta(days=7)
LATER = NOW + timedelta(days=8)


@dataclass
class Town:
    """Ingrid meets Anna and Per; Kari meets Anna."""

    ingrid: SomePerson
    kari: SomePerson
    anna: SomePerson
    per: SomePerson
    with_anna: UUID
    with_per: UUID
    kari_with_anna: UUID

    @classmethod
    def among(cls, people: People) -> "Town":
        """Make the four of them, and their pairs."""
        ingrid, kari = people.owner("Ingrid"), people.owner("Kari")
        anna, per = people.worker("Anna"), people.worker("Per")
        pairs = [people.dyad(*two, NOW) for two in ((ingrid, anna), (ingrid, per), (kari, anna))]
        return cls(ingrid, kari, anna, per, *pairs)

    def suggest(self, dyad_id: UUID, at: datetime, now: datetime = NOW) -> UUID:
        """The pair's owner suggests a time; gives the meeting's id."""
        with self._owner(dyad_id).viewing(now) as viewer:
            meetings.offer_meeting(viewer, dyad_id, Offer(at, "the small room"))
            return max(each.id for each in meetings.meetings_for(viewer, dyad_id).coming)

    def meet(self, dyad_id: UUID, at: datetime, now: datetime = NOW) -> UUID:
        """The two of a pair agree on a time; gives the meeting's id."""
        meeting_id = self.suggest(dyad_id, at, now)
        self.answer(dyad_id, meeting_id, at, now)
        return meeting_id

    def answer(self, dyad_id: UUID, meeting_id: UUID, at: datetime, now: datetime = NOW) -> None:
        """The pair's worker says yes."""
        with self._worker(dyad_id).viewing(now) as viewer:
            meetings.answer_offer(viewer, meeting_id, yes=True, seen=at)

    def move(self, dyad_id: UUID, meeting_id: UUID, at: datetime) -> None:
        """The pair's owner moves a meeting, and the worker says yes."""
        with self._owner(dyad_id).viewing(NOW) as viewer:
            meetings.move_meeting(viewer, meeting_id, Offer(at, "elsewhere"))
        self.answer(dyad_id, meeting_id, at)

    def _owner(self, dyad_id: UUID) -> SomePerson:
        return self.kari if dyad_id == self.kari_with_anna else self.ingrid

    def _worker(self, dyad_id: UUID) -> SomePerson:
        return self.per if dyad_id == self.with_per else self.anna


@pytest.fixture
def town(people: People) -> Town:
    """Two owners and two workers."""
    return Town.among(people)


def token_of(person: SomePerson) -> str:
    """The token of somebody's address, which is made when there is none; "" without one."""
    with person.viewing() as viewer:
        service.make_feed(viewer)
        card = service.feed_of(viewer)
        assert card is not None
        return card.token


def seen_by(person: SomePerson) -> str:
    """What the page of somebody's address sends along with a press for a new one."""
    with person.viewing() as viewer:
        card = service.feed_of(viewer)
        return card.made_at.isoformat() if card else ""


def path_of(person: SomePerson) -> str:
    """Where somebody's calendar asks."""
    return f"/calendar/{token_of(person)}.ics"


def asked(person: SomePerson) -> str:
    """What somebody's calendar is given, signed in nowhere."""
    answer = person.app.test_client().get(path_of(person))
    assert answer.status_code == 200
    return str(answer.text)


def events_in(text: str) -> list[dict[str, str]]:
    """The appointments in a calendar, each property by its name."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines[:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and "END" not in found[-1]:
            found[-1][name] = value
    return found


def starts_in(text: str) -> list[datetime]:
    """When the appointments begin."""
    return [
        datetime.strptime(each["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        for each in events_in(text)
    ]
