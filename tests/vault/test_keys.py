"""Keys: the standard's own vectors, and key pairs that belong together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vault.canonical import canonical
from portal.vault.envelope import DoesNotOpen
from portal.vault.keys import Bundle, Cost, derive, mac, seal_to, signature_holds, stretch

CHEAP = Cost(rounds=1, memory_kib=64)


def test_derive_gives_the_vector_of_rfc_5869_without_salt_and_info() -> None:
    found = derive(bytes.fromhex("0b" * 22), info="", length=42)
    assert found.hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


def test_a_password_written_in_two_unicode_ways_is_the_same() -> None:
    salt = bytes(16)
    assert stretch("blåbær på øya", salt, CHEAP) == stretch("bla\u030abær på øya", salt, CHEAP)


def test_a_higher_cost_or_another_salt_gives_another_key() -> None:
    one = stretch("seven quiet herons", bytes(16), CHEAP)
    assert one != stretch("seven quiet herons", b"\1" * 16, CHEAP)
    assert one != stretch("seven quiet herons", bytes(16), Cost(2, 64))


def test_only_the_holder_opens_what_is_sealed_to_them() -> None:
    ingrid, anna = Bundle.make(), Bundle.make()
    sealed = seal_to(ingrid.opening_public, b"hei")
    assert ingrid.open_sealed(sealed) == b"hei"
    with pytest.raises(DoesNotOpen):
        anna.open_sealed(sealed)


def test_a_signature_holds_for_its_words_and_its_signer_only() -> None:
    ingrid, anna = Bundle.make(), Bundle.make()
    signature = ingrid.sign(b"words")
    assert signature_holds(ingrid.signing_public, b"words", signature)
    assert not signature_holds(ingrid.signing_public, b"other words", signature)
    assert not signature_holds(anna.signing_public, b"words", signature)
    assert not signature_holds(ingrid.signing_public, b"words", b"short")


def test_tags_are_apart_by_purpose() -> None:
    assert mac(bytes(32), b"data", b"one") != mac(bytes(32), b"data", b"other")


@given(st.lists(st.binary(max_size=9), max_size=5), st.lists(st.binary(max_size=9), max_size=5))
def test_different_lists_never_give_the_same_bytes(one: list[bytes], other: list[bytes]) -> None:
    assert (canonical(*one) == canonical(*other)) is (one == other)
