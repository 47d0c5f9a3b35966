"""The envelope: pinned vectors, equal lengths, and nothing opens that was touched."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

from portal.vault.envelope import DoesNotOpen, bucket, close, pad, unclose, unpad

KEY = bytes(range(32))
PLACE = b"a place"
PINNED_START = "f67daa64c30b5d605eb97dffc78e5459"


def test_the_pinned_envelope_still_opens() -> None:
    pinned = bytes.fromhex("0107" + "2a" * 24) + encrypt(
        pad(b"hei"), b"\x01\x07" + PLACE, b"\x2a" * 24, KEY
    )
    assert len(pinned) == 2 + 24 + 256 + 16
    assert pinned[26:42].hex() == PINNED_START
    assert unclose(KEY, pinned, PLACE) == (7, b"hei")


def test_one_and_two_hundred_bytes_are_equally_long() -> None:
    assert len(close(KEY, b"x", PLACE)) == len(close(KEY, b"x" * 200, PLACE))


@given(st.binary(max_size=5000), st.binary(max_size=50))
def test_what_is_sealed_opens_for_its_place(body: bytes, place: bytes) -> None:
    assert unclose(KEY, close(KEY, body, place, version=3), place) == (3, body)


@given(st.binary(max_size=600), st.data())
def test_an_envelope_with_one_changed_byte_does_not_open(body: bytes, data: st.DataObject) -> None:
    envelope = bytearray(close(KEY, body, PLACE))
    spot = data.draw(st.integers(0, len(envelope) - 1))
    envelope[spot] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DoesNotOpen):
        unclose(KEY, bytes(envelope), PLACE)


@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_a_clean_refusal(noise: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        unclose(KEY, noise, PLACE)


@given(st.binary(max_size=400))
def test_any_padding_at_all_is_read_or_refused(noise: bytes) -> None:
    with suppress(DoesNotOpen):
        assert len(unpad(noise)) <= len(noise)


def test_another_key_or_place_does_not_open() -> None:
    envelope = close(KEY, b"words", PLACE)
    for key, place in ((bytes(32), PLACE), (KEY, b"another place")):
        with pytest.raises(DoesNotOpen):
            unclose(key, envelope, place)


@given(st.integers(1, 100_000))
def test_buckets_hold_and_do_not_waste(size: int) -> None:
    assert size <= bucket(size) < size + max(256, size)
