"""The pages that serve every part alike: choose, look, share, keep back; seen by the worker."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.access.models import Opening
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.work import unit_of_work
from portal.meetings.service import meetings_for
from portal.toolbox import service as toolbox
from portal.vault.models import Part
from portal.what_matters.tool import TOOL
from tests.fixtures.people import People
from tests.what_matters.conftest import SEA, Pair


def base(pair: Pair) -> str:
    return f"/sharing/what-matters/with/{pair.dyad_id}"


def shares_by_hand(pair: Pair, *chosen: UUID) -> str:
    """Ingrid ticks, looks and shares; gives the page that she looked at."""
    client = pair.ingrid.client
    ticked = {"item": [str(each) for each in chosen]}
    looked = client.post(f"{base(pair)}/preview", data=pair.token() | ticked).text
    seen = re.findall(r'name="seen" value="([^"]*)"', looked)[0]
    answer = client.post(base(pair), data=pair.token() | ticked | {"seen": seen})
    assert answer.status_code == 303
    return looked


def test_choose_look_share(pair: Pair) -> None:
    sentence = pair.say()
    pair.add("Only for me")
    assert "Only for me" in pair.ingrid.client.get(base(pair)).text
    looked = shares_by_hand(pair, sentence)
    assert SEA in looked
    assert "Only for me" not in looked
    page = pair.anna.client.get(f"/people/{pair.dyad_id}/parts/what-matters").text
    assert SEA in page
    assert "Only for me" not in page


def test_looking_shares_nothing(pair: Pair) -> None:
    ticked = {"item": str(pair.say())}
    pair.ingrid.client.post(f"{base(pair)}/preview", data=pair.token() | ticked)
    with pytest.raises(NotVisible):
        pair.seen()
    path = f"/people/{pair.dyad_id}/parts/what-matters"
    assert pair.anna.client.get(path).status_code == 404


def test_what_changed_since_the_look_is_looked_at_again(pair: Pair) -> None:
    sentence = pair.say("The sea")
    with pair.ingrid.viewing() as viewer:
        seen = toolbox.preview_for(viewer, TOOL, pair.dyad_id, [sentence]).seen
    pair.say("Something else")
    with pair.ingrid.viewing() as viewer, pytest.raises(Conflict):
        toolbox.share(viewer, TOOL, pair.dyad_id, [sentence], seen=seen)
    with pytest.raises(NotVisible):
        pair.seen()


def test_one_item_goes_along_after_its_preview_and_is_kept_back(pair: Pair) -> None:
    pair.share(pair.say())
    walk, client = pair.add("A walk by the fjord"), pair.ingrid.client
    path = f"/toolbox/what-matters/{walk}/audience"
    page = client.get(path).text
    assert "exactly what Anna would see" in page
    seen = re.findall(r'name="seen" value="([^"]*)"', page)[0]
    client.post(path, data=pair.token() | {"audience": "shared", "seen": seen})
    assert pair.seen() == [SEA, "A walk by the fjord"]
    assert "Seen by Anna" in client.get(path).text
    client.post(path, data=pair.token() | {"audience": "only_me"})
    assert pair.seen() == [SEA]


def test_an_item_of_a_part_that_nobody_sees_leads_to_choosing_with_it_picked(pair: Pair) -> None:
    walk, client = pair.add("A walk by the fjord"), pair.ingrid.client
    pair.say()
    page = client.get(f"/toolbox/what-matters/{walk}/audience").text
    assert "Share with Anna" in page
    choose = client.get(f"{base(pair)}?item={walk}").text
    assert re.findall(r'value="([^"]*)" checked', choose) == [str(walk)]
    assert f'href="{base(pair)}?item={walk}"' in page


def test_a_worker_of_a_part_in_which_nothing_is_shared_any_more_reads_that(pair: Pair) -> None:
    sentence = pair.say()
    pair.share(sentence)
    data = pair.token() | {"audience": "only_me"}
    pair.ingrid.client.post(f"/toolbox/what-matters/{sentence}/audience", data=data)
    page = pair.anna.client.get(f"/people/{pair.dyad_id}/parts/what-matters").text
    assert "Nothing is shared here just now." in page


def test_an_item_without_a_look_does_not_go_along(pair: Pair) -> None:
    pair.share(pair.say())
    walk, client = pair.add("A walk"), pair.ingrid.client
    path = f"/toolbox/what-matters/{walk}/audience"
    answer = client.post(path, data=pair.token() | {"audience": "shared"})
    assert answer.status_code == 409
    assert client.post(path, data=pair.token() | {"audience": "everybody"}).status_code == 400
    assert pair.seen() == [SEA]


def test_a_worker_who_opens_a_part_stands_in_the_owners_list(pair: Pair) -> None:
    pair.share(pair.say())
    pair.ingrid.client.get(base(pair))
    with unit_of_work(pair.ingrid.app):
        assert db.session.scalars(select(Opening)).all() == []
    pair.anna.client.get(f"/people/{pair.dyad_id}/parts/what-matters")
    with unit_of_work(pair.ingrid.app):
        found = db.session.scalars(select(Opening)).one()
        assert (found.part, found.owner_id) == (Part.WHAT_MATTERS, pair.ingrid.id)
    assert "Anna" in pair.ingrid.client.get("/sharing/openings").text


def test_strangers_and_made_up_names_find_nothing(pair: Pair, people: People) -> None:
    walk = pair.add("A walk")
    pair.share(walk)
    kari = people.owner("Kari").client
    for path in (
        base(pair),
        f"/toolbox/what-matters/{walk}/audience",
        f"/toolbox/no-such-part/{walk}/audience",
        "/toolbox/no-such-part/print",
        f"/people/{pair.dyad_id}/parts/what-matters",
    ):
        assert kari.get(path).status_code == 404, path
    per = people.worker("Per").client
    assert per.get(f"/people/{pair.dyad_id}/parts/what-matters").status_code == 404


def test_one_press_keeps_an_item_for_the_meeting_once(pair: Pair) -> None:
    walk, client = pair.add("A walk"), pair.ingrid.client
    for _ in range(2):
        answer = client.post(
            f"/toolbox/what-matters/{walk}/keeping/{pair.dyad_id}",
            data=pair.token() | {"next": "https://elsewhere.example/"},
        )
        assert (answer.status_code, answer.location) == (303, "/what-matters")
    with pair.anna.viewing() as viewer:
        assert [each.line for each in meetings_for(viewer, pair.dyad_id).kept] == ["A walk"]
