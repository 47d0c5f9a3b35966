"""The pages of what matters, as a person without scripts goes through them."""

import re

from sqlalchemy import event

from portal.core.db import db
from tests.what_matters.conftest import SEA, Pair


def test_an_empty_page_invites_and_a_sentence_is_kept(pair: Pair) -> None:
    client = pair.ingrid.client
    page = client.get("/what-matters").text
    assert "I want to be a good aunt" in page
    assert "Print it" not in page
    answer = client.post("/what-matters/sentence", data=pair.token() | {"text": SEA})
    assert (answer.status_code, answer.location) == (303, "/what-matters")
    page = client.get("/what-matters").text
    assert SEA in page
    assert "Print it" in page
    assert "Only you can see this" in page


def test_a_line_is_added_once_however_often_it_is_pressed(pair: Pair) -> None:
    client = pair.ingrid.client
    page = client.get("/what-matters").text
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|once|keep)"[^>]*value="([^"]*)"', page))
    for _ in range(2):
        answer = client.post("/what-matters/list", data=hidden | {"text": "A walk by the fjord"})
        assert answer.status_code == 303
    assert client.get("/what-matters").text.count('item-link" href="/what-matters/') == 1


def test_too_many_words_come_back_whole(pair: Pair) -> None:
    words = "å" * 1001
    answer = pair.ingrid.client.post("/what-matters/sentence", data=pair.token() | {"text": words})
    assert answer.status_code == 422
    assert words in answer.text
    assert "All your words are kept" in answer.text


def test_a_line_goes_away_comes_back_and_is_deleted(pair: Pair) -> None:
    line_id, client = pair.add("A walk"), pair.ingrid.client
    client.post(f"/what-matters/{line_id}/place", data=pair.token() | {"to": "away"})
    page = client.get("/what-matters").text
    assert "Bring it back" in page
    client.post(f"/what-matters/{line_id}/place", data=pair.token() | {"to": "back"})
    assert "Bring it back" not in client.get("/what-matters").text
    refused = client.post(f"/what-matters/{line_id}/removal", data=pair.token())
    assert (refused.status_code, "Put it away first" in refused.text) == (409, True)
    client.post(f"/what-matters/{line_id}/place", data=pair.token() | {"to": "away"})
    client.post(f"/what-matters/{line_id}/removal", data=pair.token())
    assert "A walk</a>" not in client.get("/what-matters").text


def test_a_line_shows_then_and_now_to_its_owner_alone(pair: Pair) -> None:
    line_id, client = pair.add("A walk by the fjord"), pair.ingrid.client
    pair.share(line_id)
    path = f"/what-matters/{line_id}"
    assert "Then and now" not in client.get(path).text
    client.post(path, data=pair.token() | {"text": "A swim"})
    page = client.get(path).text
    assert page.index("A swim") < page.index("Then and now") < page.index("A walk by the fjord")
    assert "You and Anna" in page
    assert "Keep for the meeting with Anna" in page
    seen = pair.anna.client.get(f"/people/{pair.dyad_id}/parts/what-matters").text
    assert "A swim" in seen
    assert "A walk by the fjord" not in seen


def test_hostile_words_stay_words(pair: Pair) -> None:
    pair.say("<script>alert(1)</script>")
    for path in ("/", "/what-matters", "/toolbox/what-matters/print"):
        assert "<script>alert" not in pair.ingrid.client.get(path).text


def test_what_keeps_one_well_is_there_when_things_get_hard(pair: Pair) -> None:
    client = pair.ingrid.client
    assert "What keeps you well" not in client.get("/help-now").text
    pair.add("A walk by the fjord")
    for path in ("/help-now", "/crisis-plan"):
        assert "A walk by the fjord" in client.get(path).text
    for other in (pair.anna.client, pair.ingrid.app.test_client()):
        assert "A walk by the fjord" not in other.get("/help-now").text


def test_a_line_makes_no_more_than_six_queries(pair: Pair) -> None:
    line_id, said = pair.add("A walk"), []
    pair.share(line_id)
    with pair.ingrid.app.app_context():
        engine = db.engine

    def note(*about: object) -> None:
        said.append(str(about[2]))

    path = f"/what-matters/{line_id}"
    pair.ingrid.client.get(path)
    event.listen(engine, "before_cursor_execute", note)
    assert pair.ingrid.client.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    assert 0 < len(said) <= 6, "\n".join(said)


def test_former_sentences_go_on_page_by_page(pair: Pair) -> None:
    for number in range(22):
        pair.say(f"The sea, {number};")
    page = pair.ingrid.client.get("/what-matters/sentence").text
    assert "The sea, 20;" in page
    assert "The sea, 0;" not in page
    older = page.split('href="/what-matters/sentence?before=')[1].split('"')[0]
    assert "The sea, 0;" in pair.ingrid.client.get(f"/what-matters/sentence?before={older}").text
