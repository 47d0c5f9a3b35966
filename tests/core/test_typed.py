"""What people type: one form of Unicode, no traps, one address and not two."""

import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.forms import as_typed
from portal.core.prose import prose
from portal.core.typed import can_be_seen, composed, is_address, one_line, writable

ADDRESSES = [
    "kari@example.org",
    "kåre.nordmann+x@blåbær.no",
    "a_b-c@mail.x-y.example",
    "me@localhost",
]
NO_ADDRESSES = [
    "",
    "kari",
    "kari@",
    "@example.org",
    "kari@example",
    "kari@example..org",
    "kari@example.org.",
    "kari@-example.org",
    "ka ri@example.org",
    "kari@example.org\nBcc: other@example.org",
    "kari@example.org\r\nBcc",
    "any<kari@example.org>",
    "any<kari@example.org",
    "kari@example.org,other@example.org",
    "kari,other@example.org",
    '"kari"@example.org',
    "kari@[127.0.0.1]",
    "kari(x)@example.org",
    "kari\u202e@example.org",
    "kari\u200b@example.org",
    "kari\x00@example.org",
    "k" * 250 + "@example.org",
]


def test_words_are_composed() -> None:
    assert as_typed("bla\u030aba\u0308r") == "blåbär"


@pytest.mark.parametrize("mark", ["\u0301\u0316", "\u0f73", "\u0f71\u0f72"])
def test_a_pile_of_marks_stays_as_it_was_typed(mark: str) -> None:
    """Putting a pile in order takes minutes for one page of it; nobody reads it anyway."""
    pile = "a" + mark * 5000
    assert composed(pile) is pile
    assert as_typed(pile) == pile


def test_marks_that_a_language_needs_are_put_in_order() -> None:
    word = "a" + "\u0301\u0316" * 20
    assert composed(word) == unicodedata.normalize("NFC", word) != word


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\ufeff", "\ufffe", "\uffff", "\ufdd0", "\U0010ffff"]
)
def test_what_is_no_text_is_left_out(sign: str) -> None:
    assert as_typed(f"a{sign}b") == "ab"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\v", "\f"])
def test_every_kind_of_line_end_becomes_one(end: str) -> None:
    assert as_typed(f"a{end}b\tc") == "a\nb\tc"


@given(st.text())
def test_any_words_can_stand_in_a_drawing(words: str) -> None:
    assert ElementTree.fromstring(f"<text>{escape(as_typed(words))}</text>") is not None


@given(st.text(st.sampled_from("aå \t\n\r\v\u2028\ufeff\u200d\ufdd0")))
def test_plain_words_and_others_are_handled_alike(words: str) -> None:
    """A control is left out, and every sign around it is looked at."""
    assert writable(words) == writable(f"{words}\x07")


def test_a_line_turns_and_breaks_nothing_around_it() -> None:
    assert one_line(" Anna\u202e\u2066 Berg\nnurse\x00\u2028 ") == "Anna Berg nurse"
    assert one_line("نور‌الدین 👩\u200d🔬") == "نور‌الدین 👩\u200d🔬"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200d", "\u2800", "\u3164", "\u00a0\ufeff"])
def test_what_has_no_shape_is_not_there(text: str) -> None:
    assert not can_be_seen(text)
    assert can_be_seen(f"{text}x")


@pytest.mark.parametrize("address", ADDRESSES)
def test_whole_addresses_are_known(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_a_mail_server_could_read_otherwise_is_no_address(address: str) -> None:
    assert not is_address(address)


@pytest.mark.parametrize(
    "typed",
    [
        "http://bank.example@evil.example/",
        "https://bank.example%2F@evil.example",
        "HTTPS://user:word@evil.example/",
        "https://@evil.example/",
        "javascript:alert(1)//https:",
    ],
)
def test_an_address_that_leads_elsewhere_than_it_seems_is_no_link(typed: str) -> None:
    assert "<a" not in prose(typed)
    assert typed in prose(typed)


def test_an_address_with_a_sign_further_on_is_a_link() -> None:
    assert 'href="https://example.org/@kari?to=a@b"' in prose(
        "See https://example.org/@kari?to=a@b"
    )


def test_signs_that_turn_the_words_around_are_not_shown() -> None:
    shown = prose("https://evil.example/\u202egro.knab see")
    assert "\u202e" not in shown
