"""The pages of medicines, without scripts."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import event

from portal.core.db import db
from portal.medicines.service import reading
from tests.fixtures.pages import hidden_in
from tests.medicines.conftest import Cabinet


def text_of(cabinet: Cabinet, path: str) -> str:
    answer = cabinet.ingrid.client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_empty_page_invites(cabinet: Cabinet) -> None:
    page = text_of(cabinet, "/medicines")
    assert "Add a medicine" in page
    assert "For example" in page


def test_a_medicine_is_added_once_and_stands_on_the_list(cabinet: Cabinet) -> None:
    form = hidden_in(text_of(cabinet, "/medicines/new")) | {
        "name": "Den hvite",
        "how": "½ på kvelden",
    }
    for _press in range(2):
        assert cabinet.ingrid.client.post("/medicines/new", data=form).status_code == 303
    page = text_of(cabinet, "/medicines")
    assert page.count("Den hvite") == 1
    assert "½ på kvelden" in page


def test_an_error_keeps_every_word(cabinet: Cabinet) -> None:
    form = hidden_in(text_of(cabinet, "/medicines/new")) | {"notices": "My mouth is dry"}
    answer = cabinet.ingrid.client.post("/medicines/new", data=form)
    assert answer.status_code == 422
    assert "My mouth is dry" in answer.get_data(as_text=True)


def test_then_and_now_stand_on_its_page(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one", how="one")
    path = f"/medicines/{white}/words"
    form = hidden_in(text_of(cabinet, path)) | {"name": "The white one", "how": "half"}
    cabinet.ingrid.client.post(path, data=form)
    page = text_of(cabinet, f"/medicines/{white}")
    assert page.index("half") < page.index("Then and now") < page.index("one</li>")


def test_times_are_chosen_and_taken_away(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    path = f"/medicines/{white}/reminders"
    form = hidden_in(text_of(cabinet, path))
    cabinet.ingrid.client.post(path, data=form | {"time_0": "20:00", "time_2": "08:00"})
    assert "08:00, 20:00" in text_of(cabinet, f"/medicines/{white}")
    assert "I have seen it" in text_of(cabinet, "/medicines")
    empty = {f"time_{number}": "" for number in range(4)}
    cabinet.ingrid.client.post(path, data=form | empty)
    assert "08:00" not in text_of(cabinet, f"/medicines/{white}")


def test_the_copy_goes_along_as_it_was_previewed(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one", questions="Earlier?")
    cabinet.add("The blue one")
    base = f"/medicines/copy/{cabinet.dyad_id}"
    form = hidden_in(text_of(cabinet, base)) | {"item": [str(white)], "more": ["questions"]}
    seen = cabinet.ingrid.client.post(f"{base}/preview", data=form).get_data(as_text=True)
    assert "Earlier?" in seen
    assert "The blue one" not in seen
    taken = cabinet.ingrid.client.post(base, data=form | {"seen": hidden_in(seen)["seen"]})
    assert taken.status_code == 303
    assert "My medicines" in cabinet.anna.client.get(taken.location).get_data(as_text=True)


def test_the_list_fits_one_page_of_paper_with_its_letters(cabinet: Cabinet) -> None:
    for number in range(12):
        cabinet.add(f"Øyedråper {number}", how="på kvelden", what_for="å sove", since="våren")
    assert "Øyedråper 3" in text_of(cabinet, "/toolbox/medicines/print")
    answer = cabinet.ingrid.client.get("/toolbox/medicines/pdf")
    pages = PdfReader(BytesIO(answer.data)).pages
    assert len(pages) == 1
    assert "Øyedråper 11" in pages[0].extract_text()


def test_one_medicine_goes_on_paper_too(cabinet: Cabinet) -> None:
    white, _blue = cabinet.add("The white one"), cabinet.add("The blue one")
    page = text_of(cabinet, f"/toolbox/medicines/{white}/print")
    assert "The white one" in page
    assert "The blue one" not in page


def test_a_worker_sees_a_shared_one_through_the_common_page(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one", questions="Earlier?")
    cabinet.add("The blue one")
    cabinet.share(white)
    page = cabinet.anna.client.get(f"/people/{cabinet.dyad_id}/parts/medicines")
    assert page.status_code == 200
    assert "Earlier?" in page.get_data(as_text=True)
    assert "The blue one" not in page.get_data(as_text=True)


def test_a_long_list_takes_few_queries(cabinet: Cabinet) -> None:
    white = cabinet.add("The white one")
    for number in range(90):
        cabinet.add(f"Number {number}", how="one")
    text_of(cabinet, "/medicines")
    said: list[str] = []
    with cabinet.ingrid.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    for path in ("/medicines", f"/medicines/{white}"):
        said.clear()
        assert len(text_of(cabinet, path).encode()) < 50_000
        assert len(said) <= 6, said


def test_both_page_through_a_long_list(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    cabinet.share(*(cabinet.add(f"Medicine {number}") for number in range(3)))
    worker = cabinet.anna.client
    for client, path in (
        (cabinet.ingrid.client, "/medicines"),
        (worker, f"/people/{cabinet.dyad_id}/parts/medicines"),
    ):
        page = client.get(path).text
        assert "Medicine 2" in page
        assert "Medicine 0" not in page
        older = page.split(f'href="{path}?before=')[1].split('"')[0]
        rest = client.get(f"{path}?before={older}").text
        assert "Medicine 0" in rest
        assert "Medicine 1" not in rest
        assert f'href="{path}"' in rest
        assert client.get(f"{path}?before=nonsense").status_code == 400
    paper = text_of(cabinet, "/toolbox/medicines/print")
    assert all(f"Medicine {number}" in paper for number in range(3))
