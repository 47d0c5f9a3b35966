"""Forms of meetings that a slow phone without scripts sends twice: each counts once, kindly."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal.meetings import service
from portal.meetings.shapes import MeetingPage, Offer, Standing
from portal.notifications.shapes import NoticeKind
from tests.fixtures.pages import hidden_in, opened
from tests.fixtures.people import People, SomePerson
from tests.messaging.test_telling import told


class Pair:
    """Ingrid and Anna, in browsers without scripts."""

    def __init__(self, people: People) -> None:
        self.ingrid, self.anna = people.owner(), people.worker()
        self.id = people.dyad(self.ingrid, self.anna)
        self.at = (datetime.now(UTC) + timedelta(days=3)).replace(second=0, microsecond=0)

    def page(self, person: SomePerson) -> MeetingPage:
        with person.viewing() as viewer:
            return service.meetings_for(viewer, self.id)

    def offered(self) -> UUID:
        with self.anna.viewing() as viewer:
            service.offer_meeting(viewer, self.id, Offer(self.at, "room 2"))
        return self.page(self.anna).coming[0].id


@pytest.fixture
def pair(people: People) -> Pair:
    return Pair(people)


def twice(client: FlaskClient, page: str, to: str, typed: dict[str, str]) -> list[int]:
    """The states of two answers to one press of a page's form."""
    form = hidden_in(opened(client.get(page))) | typed
    return [client.post(to, data=form).status_code for _each in range(2)]


def test_a_time_put_forward_twice_is_one_suggestion(pair: Pair) -> None:
    at = f"/meetings/{pair.id}/offer"
    typed = {"on": f"{pair.at:%Y-%m-%d}", "clock": "13:00", "venue": "Room 2"}
    assert twice(pair.ingrid.client, at, at, typed) == [303, 303]
    assert len(pair.page(pair.anna).coming) == 1
    assert len(told(pair.anna, NoticeKind.MEETING_OFFERED)) == 1


def test_a_line_kept_twice_is_there_once(pair: Pair) -> None:
    page = f"/meetings/{pair.id}"
    assert twice(pair.ingrid.client, page, f"{page}/list", {"line": "The buses"}) == [303, 303]
    assert [each.line for each in pair.page(pair.anna).kept] == ["The buses"]


def test_the_same_words_kept_from_a_new_page_are_another_line(pair: Pair) -> None:
    page = f"/meetings/{pair.id}"
    for _each in range(2):
        twice(pair.ingrid.client, page, f"{page}/list", {"line": "The buses"})
    assert [each.line for each in pair.page(pair.anna).kept] == ["The buses"] * 2


@pytest.mark.parametrize(
    ("said", "standing"), [("yes", [Standing.AGREED]), ("no", [])], ids=["yes", "no"]
)
def test_an_answer_said_twice_is_said_once(pair: Pair, said: str, standing: list[Standing]) -> None:
    to = f"/meetings/meeting/{pair.offered()}/answer"
    typed = {"answer": said, "seen": pair.at.isoformat()}
    assert twice(pair.ingrid.client, f"/meetings/{pair.id}", to, typed) == [303, 303]
    assert [card.standing for card in pair.page(pair.ingrid).coming] == standing
    assert len(told(pair.anna, NoticeKind.MEETING_ANSWERED)) == 1


def test_a_meeting_called_off_twice_is_off_and_told_once(pair: Pair) -> None:
    meeting_id = pair.offered()
    with pair.ingrid.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=pair.at)
    to = f"/meetings/meeting/{meeting_id}/end"
    assert twice(pair.ingrid.client, f"/meetings/{pair.id}", to, {}) == [303, 303]
    assert pair.page(pair.anna).coming == []
    assert len(told(pair.anna, NoticeKind.MEETING_CALLED_OFF)) == 1
    form = hidden_in(opened(pair.anna.client.get(f"/meetings/{pair.id}")))
    assert pair.anna.client.post(to, data=form).status_code == 409
