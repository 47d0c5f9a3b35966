"""Parts on paper: what matters first, Norwegian letters, one page where it fits."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from portal.crisis_plan import service as plan
from portal.crisis_plan.shapes import Kind, PlanBody
from portal.life_domains.rules import id_of
from portal.life_domains.service import add_entry
from portal.life_domains.shapes import EntryBody
from tests.fixtures.people import People
from tests.what_matters.conftest import Pair

NORWEGIAN = "Å være på sjøen, æ ø å – «her»"


def read(pair: Pair, path: str) -> tuple[str, int]:
    """The text of a PDF, and how many pages it has."""
    answer = pair.ingrid.client.get(path)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="sheet.pdf"'
    reader = PdfReader(BytesIO(answer.data))
    assert fonts_in(reader)
    assert all(fonts_in(reader))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split()), len(reader.pages)


def fonts_in(reader: PdfReader) -> list[bool]:
    """Of each font of a document, whether it lies in the file."""
    objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    return [
        any(str(key).startswith("/FontFile") for key in each)
        for each in objects
        if isinstance(each, DictionaryObject) and each.get("/Type") == "/FontDescriptor"
    ]


def test_the_sentence_and_the_list_are_read_back_from_the_pdf(pair: Pair) -> None:
    pair.say(NORWEGIAN)
    pair.add("En tur langs fjorden")
    text, pages = read(pair, "/toolbox/what-matters/pdf")
    assert NORWEGIAN in text
    assert "En tur langs fjorden" in text
    assert "Ingrid" in text
    assert pages == 1


def test_what_matters_stands_first_on_the_sheet_of_another_part(pair: Pair) -> None:
    pair.say(NORWEGIAN)
    with pair.ingrid.viewing() as viewer:
        add_entry(viewer, id_of(viewer.person_id, "home"), EntryBody("Stille leilighet"), once=None)
    text, _pages = read(pair, "/toolbox/life-domains/pdf")
    assert text.index(NORWEGIAN) < text.index("Stille leilighet")
    page = pair.ingrid.client.get("/toolbox/life-domains/print").text
    assert page.index(NORWEGIAN) < page.index("Stille leilighet")


def test_an_empty_part_still_makes_a_page(pair: Pair) -> None:
    text, pages = read(pair, "/toolbox/what-matters/pdf")
    assert "What matters to me" in text
    assert pages == 1
    for tool in ("crisis-plan", "network-map", "life-domains", "reflections", "check-ins"):
        page = pair.ingrid.client.get(f"/toolbox/{tool}/print").text
        assert page.count("Nothing is written here yet.") == 1, tool


def test_the_numbers_to_call_stand_last_on_a_plan_on_paper(pair: Pair) -> None:
    pair.say(NORWEGIAN)
    with pair.ingrid.viewing() as viewer:
        plan.write_section(viewer, PlanBody(Kind.STEPS, "Ring the bell"), once="steps")
        steps = plan.section_page(viewer, Kind.STEPS).section.id
    text, pages = read(pair, "/toolbox/crisis-plan/pdf")
    assert text.index("Ring the bell") < text.index("Others who answer") < text.index("116117")
    assert pages == 1
    page = pair.ingrid.client.get("/toolbox/crisis-plan/print").text
    assert page.index("Ring the bell") < page.index("116117")
    for path in (f"/toolbox/crisis-plan/{steps}/print", "/toolbox/what-matters/print"):
        assert "116117" not in pair.ingrid.client.get(path).text


@pytest.mark.parametrize("path", ["/toolbox/what-matters/pdf", "/toolbox/life-domains/print"])
def test_a_worker_gets_no_paper(pair: Pair, people: People, path: str) -> None:
    pair.share(pair.say())
    assert pair.anna.client.get(path).status_code == 404
