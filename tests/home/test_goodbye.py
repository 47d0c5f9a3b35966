"""The owner gets to know that a worker ended it: plainly, and until they have seen it."""

from datetime import UTC, datetime

from portal.dyads.service import dyads_of, end_dyad
from portal.home.service import owner_home
from tests.accounts.forms import press
from tests.fixtures.people import People

ON = datetime(2026, 12, 15, 9, tzinfo=UTC)
SAYS = "Sara ended this on 15 December"


def test_a_worker_who_ends_it_is_named_on_the_owners_home_until_seen(people: People) -> None:
    kari, sara = people.owner("Kari"), people.worker("Sara")
    dyad_id = people.dyad(kari, sara)
    with sara.viewing(ON) as viewer:
        end_dyad(viewer, dyad_id)
    page = kari.client.get("/").text
    assert SAYS in page
    assert "What you two wrote stays with you." in page
    assert "This place is yours" not in page
    assert SAYS in kari.client.get(f"/dyads/{dyad_id}").text
    assert press(kari.client, "/", f"/dyads/{dyad_id}/goodbye").status_code == 303
    after = kari.client.get("/").text
    assert SAYS not in after
    assert "This place is yours" not in after
    assert SAYS in kari.client.get("/dyads").text


def test_who_ended_it_themselves_needs_no_card(people: People) -> None:
    kari, sara = people.owner("Kari"), people.worker("Sara")
    dyad_id = people.dyad(kari, sara)
    with kari.viewing(ON) as viewer:
        end_dyad(viewer, dyad_id)
        assert owner_home(viewer).goodbyes == []
    assert "You ended this on 15 December" in kari.client.get(f"/dyads/{dyad_id}").text


def test_an_old_press_does_not_close_what_has_not_happened(people: People) -> None:
    kari, sara = people.owner("Kari"), people.worker("Sara")
    dyad_id = people.dyad(kari, sara)
    assert press(kari.client, "/", f"/dyads/{dyad_id}/goodbye").status_code == 303
    with sara.viewing(ON) as viewer:
        end_dyad(viewer, dyad_id)
    with kari.viewing(ON) as viewer:
        assert [dyad.id for dyad in owner_home(viewer).goodbyes] == [dyad_id]
        assert dyads_of(viewer)[0].tells_its_end
