"""After "Keep for the meeting" the page says that it is kept, and takes it off again."""

import re

import pytest

from tests.what_matters.conftest import SEA, Pair

KEEP, KEPT = "Keep for the meeting with Anna", "Kept for your next meeting with Anna."


def take_off(page: str) -> str:
    """Where the page's press to take it off the list goes."""
    found = re.search(r'action="(/meetings/kept/[^"]+/removal)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("is_sentence", [True, False])
def test_a_kept_thing_says_so_and_comes_off_again(pair: Pair, *, is_sentence: bool) -> None:
    item_id = pair.say(SEA) if is_sentence else pair.add("A walk")
    there = "/what-matters" if is_sentence else f"/what-matters/{item_id}"
    client, token = pair.ingrid.client, pair.token()
    before = client.get(there).text
    assert KEEP in before
    assert KEPT not in before
    client.post(
        f"/toolbox/what-matters/{item_id}/keeping/{pair.dyad_id}", data=token | {"next": there}
    )
    kept = client.get(there).text
    assert KEPT in kept
    assert KEEP not in kept
    assert f'href="/meetings/{pair.dyad_id}#kept"' in kept
    answer = client.post(take_off(kept), data=token | {"next": there})
    assert (answer.status_code, answer.location) == (303, there)
    assert KEEP in client.get(there).text


def test_taking_off_leads_nowhere_else(pair: Pair) -> None:
    walk, client, token = pair.add("A walk"), pair.ingrid.client, pair.token()
    client.post(f"/toolbox/what-matters/{walk}/keeping/{pair.dyad_id}", data=token)
    page = client.get(f"/what-matters/{walk}").text
    answer = client.post(take_off(page), data=token | {"next": "https://elsewhere.example/"})
    assert answer.location == f"/meetings/{pair.dyad_id}"
