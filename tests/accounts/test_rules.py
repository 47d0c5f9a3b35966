import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.reading import common_passwords, terms
from portal.accounts.rules import codes
from portal.accounts.rules.devices import device_name
from portal.accounts.rules.passwords import Weakness, weakness_of
from portal.accounts.rules.pauses import PASSWORD_LIMIT, pause_after, still_counts


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("ninechars", Weakness.SHORT),
        ("tencharsxy", None),
        ("x" * 201, Weakness.LONG),
        ("correct horse battery staple", Weakness.COMMON),
        ("PASSWORD123", Weakness.COMMON),
        ("abababababab", Weakness.COMMON),
        ("abcdefghijklm", Weakness.COMMON),
        ("kjærlighet på fjellet", None),
        ("Ingrid!1987", Weakness.OWN_WORDS),
        ("Ingrid and the seven whales", None),
    ],
)
def test_length_counts_and_common_ones_are_refused(
    password: str, weakness: Weakness | None
) -> None:
    assert weakness_of(password, common=common_passwords(), own_words=["Ingrid"]) is weakness


def test_two_hundred_signs_are_fine() -> None:
    assert weakness_of("en lang setning " * 12 + "slutt på", common=frozenset()) is None


def test_same_signs_count_the_same_in_any_unicode_form() -> None:
    assert weakness_of("a\u030a" * 3 + "bcdefg", common=frozenset()) is Weakness.SHORT


def test_list_of_common_passwords_is_worth_its_name() -> None:
    found = common_passwords()
    assert len(found) > 5000
    assert all(len(each) >= 10 and each == each.casefold() for each in found)


@given(st.integers(min_value=0, max_value=2**codes.BITS - 1))
def test_code_reads_back_as_it_was_printed(number: int) -> None:
    code = number.to_bytes(17, "big")
    groups = codes.groups_of(code)
    assert [len(group) for group in groups] == [4] * 7
    assert codes.read_code(" ".join(groups).lower()) == code
    assert codes.read_code("-".join(groups).replace("0", "o").replace("1", "l")) == code


@given(st.integers(0, 27), st.sampled_from(codes.SIGNS))
def test_one_wrong_sign_is_noticed_nearly_always(place: int, sign: str) -> None:
    code = bytes(range(1, 17)).rjust(17, b"\0")
    text = "".join(codes.groups_of(code))
    if text[place] == sign:
        return
    wrong = text[:place] + sign + text[place + 1 :]
    with contextlib.suppress(codes.Mistyped):
        assert codes.read_code(wrong) != code


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 28, "0" * 29, "é" * 28])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(codes.Mistyped):
        codes.read_code(text)


def test_new_codes_differ() -> None:
    assert len({codes.new_code() for _each in range(50)}) == 50


def test_pauses_grow_and_end() -> None:
    seconds = [pause_after(wrong).total_seconds() for wrong in range(1, 12)]
    assert seconds[:8] == [0, 0, 0, 1, 2, 4, 8, 16]
    assert pause_after(10**9) == PASSWORD_LIMIT


def test_wrong_tries_are_forgotten_after_a_day() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert still_counts(now - timedelta(hours=23), now)
    assert not still_counts(now - timedelta(hours=24), now)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
            "Firefox · Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("curl/8", ""),
    ],
)
def test_devices_have_plain_names(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_terms_say_what_everybody_must_know() -> None:
    read = terms("nb", "North clinic")
    titles = [section.title for section in read.sections]
    assert titles[0] == "This is not for emergencies"
    assert "If you lose your password" in titles
    assert read.version
    assert any("North clinic" in each for each in read.sections[0].paragraphs)
