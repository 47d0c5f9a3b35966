"""Where one has asked somebody already, empty pages do not say to invite first."""

import pytest

from portal.dyads.invitations import service
from portal.dyads.invitations.shapes import NewInvitation
from tests.fixtures.pages import opened
from tests.fixtures.people import People


@pytest.mark.parametrize("path", ["/messages", "/meetings"])
def test_after_an_invitation_an_empty_page_says_that_it_waits(people: People, path: str) -> None:
    ingrid = people.owner("Ingrid")
    assert "Invite your worker" in opened(ingrid.client.get(path))
    with ingrid.viewing() as viewer:
        service.invite(viewer, NewInvitation("anna@example.org", "Ingrid"))
    page = opened(ingrid.client.get(path))
    assert "You have asked somebody." in page
    assert "Invite your worker" not in page
    with ingrid.viewing() as viewer:
        service.withdraw_invitation(viewer, service.invitations_of(viewer)[0].id)
    assert "Invite your worker" in opened(ingrid.client.get(path))
