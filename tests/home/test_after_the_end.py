"""When a pair has ended, no page of the owner speaks as if the other one were still there."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.core.clock import utc_now
from portal.dyads.service import end_dyad
from portal.meetings import service as meetings
from portal.messaging import service as messages
from portal.messaging.shapes import Intent, Outgoing
from tests.fixtures.agreed import agree_on
from tests.fixtures.pages import opened
from tests.fixtures.people import People, SomePerson


@pytest.fixture
def ended(app: Flask, people: People) -> tuple[SomePerson, str]:
    """An owner whose worker has ended it a moment after words were sent, and the pair's id."""
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    agree_on(ingrid, anna, dyad_id, utc_now() - timedelta(days=1))
    with ingrid.viewing() as viewer:
        meetings.keep(viewer, dyad_id, line="the buses")
        asked = Outgoing(text="Are you there?", intent=Intent.QUESTION)
        messages.send(viewer, dyad_id, asked, once="once")
    with anna.viewing() as viewer:
        end_dyad(viewer, dyad_id)
    return ingrid, str(dyad_id)


def test_what_was_agreed_is_read_as_something_past(ended: tuple[SomePerson, str]) -> None:
    ingrid, dyad_id = ended
    at = f"/dyads/{dyad_id}/agreement"
    page = opened(ingrid.client.get(at))
    assert "What you two had agreed" in page
    for said in (">stands<", "You look at it again", "You and Anna</span>"):
        assert said not in page
    assert ">stands<" not in opened(ingrid.client.get(f"{at}/versions"))
    assert "It stood from" in opened(ingrid.client.get(f"{at}/versions/1"))
    paper = opened(ingrid.client.get(f"{at}/print"))
    assert "We look at it again" not in paper
    assert "since " not in paper


def test_the_meetings_page_keeps_the_list_and_offers_nothing(
    ended: tuple[SomePerson, str],
) -> None:
    ingrid, dyad_id = ended
    page = opened(ingrid.client.get(f"/meetings/{dyad_id}"))
    assert "the buses" in page
    assert "Only you can see this" in page
    for said in ("Next meeting", "Take off", "You and Anna</span>"):
        assert said not in page


def test_words_that_had_not_arrived_say_so_and_nothing_of_taking_back(
    ended: tuple[SomePerson, str],
) -> None:
    ingrid, dyad_id = ended
    page = opened(ingrid.client.get(f"/messages/{dyad_id}"))
    assert "Are you there?" in page
    assert "You two stopped writing here before an answer came." in page
    assert "You can take it back" not in page


def test_there_is_no_code_to_compare_any_more(ended: tuple[SomePerson, str]) -> None:
    ingrid, dyad_id = ended
    assert ingrid.client.get(f"/dyads/{dyad_id}/code").status_code == 404
