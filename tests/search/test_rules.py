"""Finding words in a text, and the line around them."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.rules import folded, line_around, texts_in


class Inner(msgspec.Struct):
    text: str
    state: str = "resting"


class Outer(msgspec.Struct):
    title: str
    inner: tuple[Inner, ...]
    count: int = 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Buy the roast", "ROAST"),
        ("Åse kommer på søndag", "ase"),
        ("one\ntwo", "one two"),
        ("a café by the sea", "cafe"),
        ("straße", "STRASSE"),
    ],
)
def test_words_are_found_whatever_their_letters_look_like(text: str, wanted: str) -> None:
    assert line_around(text, wanted)


@pytest.mark.parametrize(("text", "wanted"), [("Buy the roast", "walk"), ("words", " "), ("", "a")])
def test_what_is_not_there_is_not_found(text: str, wanted: str) -> None:
    assert line_around(text, wanted) is None


@given(st.text(max_size=300), st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_the_line_shows_the_words_as_they_were_written(before: str, after: str, it: str) -> None:
    text = f"{before} {it} {after}"
    line = line_around(text, it)
    if folded(it).strip():
        assert line is not None
        assert folded(it).strip() in folded(line[1])
        assert line[1] in text


def test_long_texts_are_cut_around_the_words_and_say_so() -> None:
    line = line_around("a " * 100 + "here" + " b" * 100, "here")
    assert line is not None
    before, words, after = line
    assert (before[:2], words, after[-2:]) == ("… ", "here", " …")


def test_only_words_are_read_not_silent_fields_or_numbers() -> None:
    body = Outer("One", (Inner("two"), Inner("three")))
    assert list(texts_in(body, frozenset({"state"}))) == ["One", "two", "three"]
