"""A page of paper comes for every text that a person can type."""

import re
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import StreamObject

from portal.core.drawing import Drawing, Label
from portal.core.papers import pdf_answer
from portal.core.sheet import Facts, Grid, Picture, Points, Section, Sheet, Words
from portal.core.typesetting import page_count, pdf_of

EVERY_DAY = ("✅", "🇳🇴", "👍🏽", "1️⃣", "👩‍👩‍👧‍👦", "🫨", "🪿", "🏳️‍🌈", "❤️", "☎️", "😊")
"""Signs from the keyboards of phones, for each of which there is a shape."""

ODD = (
    "a\ufeffb",
    "\ufffe",
    "\uffff",
    "\U0010ffff",
    "a\0b",
    "\u0378",
    "\ue000",
    "\x07",
    "\u202eabc\u202c\u2028",
    "\u200d",
    "\U000e0041",
    "a\u0301\u0378",
    "a\u20e3",
    "",
    " \t\n",
    "العربية ไทย 中文 𓀀",
    "".join(chr(code) for code in range(0xA0, 0x110000, 3331) if not 0xD800 <= code < 0xE000),
)


def sheet_with(words: str) -> Sheet:
    """A sheet with the words in every place where there can be any."""
    drawing = Drawing(
        400, 200, words, words, (Label(9, 50, words), Label(9, 90, words, 12, room=40))
    )
    blocks = (
        Words(words),
        Points((words, words)),
        Facts(((words, words),)),
        Grid(words, (words, words), ((words, words),)),
        Grid(words, (words, words), ((words, words),) * 9, is_across=True),
        Picture(drawing),
        Picture(drawing, is_large=True),
    )
    return Sheet(words, words, date(2026, 9, 1), (Section(words, blocks, words),), words, words)


def page_with(app: Flask, words: str) -> PdfReader:
    """The sheet with these words as it comes from the typesetter's own process."""
    with app.test_request_context():
        answer = pdf_answer(sheet_with(words), name="sheet")
    return PdfReader(BytesIO(answer.data))


def is_accessible(page: PdfReader) -> bool:
    """Whether the page says of itself that it keeps to PDF/UA."""
    said = page.root_object["/Metadata"].get_object()
    assert isinstance(said, StreamObject)
    return b"pdfuaid:part>1" in said.get_data()


def text_of(page: PdfReader) -> str:
    """All that is to be read on a page."""
    return " ".join(each.extract_text() for each in page.pages)


@pytest.mark.parametrize("sign", EVERY_DAY)
def test_the_signs_of_every_day_have_their_shape_on_paper(app: Flask, sign: str) -> None:
    page = page_with(app, f"Olav {sign}")
    assert is_accessible(page)
    assert "□" not in text_of(page)


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_a_page_comes_for_signs_that_nobody_draws(app: Flask, words: str) -> None:
    page = page_with(app, f"Olav {words} er her")
    assert is_accessible(page)
    assert {"er", "her"} <= set(re.findall("[a-z]+", text_of(page)))


def test_a_page_says_what_its_boxes_stand_for(app: Flask) -> None:
    text = text_of(page_with(app, "Olav \u0378"))
    assert "Olav □" in text
    assert "□ stands for a sign that this page cannot show." in " ".join(text.split())


def test_a_page_without_words_comes(app: Flask) -> None:
    assert page_with(app, "").pages


@pytest.mark.timeout(120)
def test_a_page_comes_for_any_words(app: Flask) -> None:
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.text(), max_size=40).map(" ".join))
    def a_page_comes(words: str) -> None:
        assert page_with(app, words).pages

    a_page_comes()


@pytest.mark.parametrize("points", [0, 30, 45, 48, 50, 52, 60, 300])
def test_pages_are_counted_as_the_typesetter_sets_them(points: int) -> None:
    lines = Points(tuple(f"Linje {number}: æ, ø og å ✅" for number in range(points)))
    sheet = Sheet("A page", "Ingrid", date(2026, 9, 1), (Section("Lines", (lines,)),))
    made = pdf_of(sheet, language="en", of="Ingrid", boxed="", pictures=[])
    pages = len(PdfReader(BytesIO(made)).pages)
    counted = page_count(sheet, language="en", of="Ingrid")
    assert counted == pages or (counted, pages) == (2, 1)  # a line's room is left free
    assert (counted == 1) is (points < 50)


def test_pages_are_counted_for_any_words() -> None:
    for words in (*EVERY_DAY, *ODD):
        sheet = Sheet(words, words, date(2026, 9, 1), (Section(words, (Words(words),), words),))
        assert page_count(sheet, language="en", of=words) == 1
