"""A worker whose suggestion was refused reads so where their people stand."""

from datetime import timedelta

from portal.core.clock import utc_now
from portal.meetings import service
from portal.meetings.shapes import Offer
from portal.messaging import service as messages
from portal.messaging.shapes import Outgoing
from tests.fixtures.agreed import agree_on
from tests.fixtures.pages import opened
from tests.fixtures.people import People


def test_a_refused_move_is_said_beside_the_time_that_stands(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    agree_on(ingrid, anna, dyad_id, utc_now())
    first = (utc_now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    later = first + timedelta(days=1)
    with anna.viewing() as viewer:
        service.offer_meeting(viewer, dyad_id, Offer(first, "room 2"))
        meeting_id = service.meetings_for(viewer, dyad_id).coming[0].id
    with ingrid.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=True, seen=first)
    assert "said no to" not in opened(anna.client.get("/your-turn"))
    with anna.viewing() as viewer:
        service.move_meeting(viewer, meeting_id, Offer(later, "room 2"))
    with ingrid.viewing() as viewer:
        service.answer_offer(viewer, meeting_id, yes=False, seen=later)
    for path in ("/your-turn", "/people"):
        page = opened(anna.client.get(path))
        assert "Next meeting" in page
        assert "Ingrid said no to" in page, path
    assert "said no to" not in opened(ingrid.client.get("/"))
    with ingrid.viewing(utc_now() - timedelta(hours=1)) as viewer:
        messages.send(viewer, dyad_id, Outgoing(text="Hello."), once="")
    page = opened(anna.client.get("/your-turn"))
    assert "Waits since" in page
    assert "Ingrid said no to" in page
