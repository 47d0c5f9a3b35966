"""Every column of every table is sealed, or stands here with the reason why it holds no word.

A new column of text or bytes without a line here fails, and so does a line without its column.
"""

import importlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    String,
    Time,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from portal.core.db import Base, Instant, RowId
from portal.vault.sealed import SealedRow

ROOT = Path(__file__).parents[2]

NO_WORDS = (RowId, Instant, DateTime, Date, Time, Integer, Boolean, Enum)
"""Ids, moments, days, numbers, yes or no, and states out of a list of ours."""

SEALED = {"id", "owner_id", "data_key_id", "author_id", "made_at", "changed_at", "sealed"}

PLAIN = {
    "agreements.windows": "weekdays and times of day; clocks read them",
    "bundle_wraps.note": "the recovery code, closed under its person's own keys",
    "bundle_wraps.wrapped": "a person's keys, closed under their password or code",
    "calendar_feeds.look_up": "a hash of a random token",
    "drafts.place": "the name of a form of ours: a path without tokens, or a noun with an id",
    "dyads.proof": "a keyed hash",
    "identities.mac": "a keyed hash",
    "identities.opening_public": "a public key",
    "identities.salt": "random",
    "identities.signing_public": "a public key",
    "identities.verifier": "made from the password by argon2id and the pepper",
    "invitation_reminders.address": "an e-mail address, sealed for the server",
    "invitations.address_index": "a keyed hash",
    "invitations.letter": "closed under the key that the link carries",
    "invitations.link_index": "a hash of a random link",
    "late_drafts.mac": "a keyed hash",
    "late_drafts.place": "as in drafts",
    "late_drafts.sealed": "sealed to its writer's public key",
    "link_letters.sealed": "an e-mail address and a link, sealed for the server",
    "messages.once": "a hash of a random number",
    "notice_settings.kinds_off": "names of kinds of notices, out of a list of ours",
    "notices.dedupe_key": "nouns of ours with ids",
    "persons.address": "an e-mail address, sealed for the server",
    "persons.address_index": "a keyed hash",
    "persons.language": "the code of a language that we offer",
    "persons.zone": "the name of a time zone",
    "plan_cards.copy": "chosen sections, closed under the key that the card's code carries",
    "plan_cards.look_up": "a hash of a random code",
    "reminders.dedupe_key": "nouns of ours with ids",
    "sessions.device": "a browser and a system, out of a list of ours",
    "sessions.look_up": "a hash of what is derived from the cookie",
    "sessions.wrapped": "a person's keys, closed under what the cookie holds",
    "sign_in_tries.place": "a keyed hash",
    "tickets.address": "an e-mail address, sealed for the server",
    "tickets.look_up": "a hash of a random link",
    "work_hours.reading": "weekdays and times of day; clocks read them",
    "work_hours.working": "weekdays and times of day; clocks read them",
    "wrapped_keys.sealed": "a data key, closed for one person by their public or their private key",
    "wrapped_keys.signature": "a signature over a hash of that key",
}


@pytest.fixture(scope="module", autouse=True)
def _all_tables() -> None:
    for path in sorted((ROOT / "portal").rglob("models*")):
        importlib.import_module(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))


def columns() -> dict[str, Column[Any]]:
    """Every column that the base of sealed rows does not bring."""
    found = {}
    for mapper in Base.registry.mappers:
        brought = SEALED if issubclass(mapper.class_, SealedRow) else set()
        table = mapper.class_.__table__
        for each in table.columns:
            if each.name not in brought:
                found[f"{table.name}.{each.name}"] = each
    return found


def holds_words(kind: TypeEngine[Any]) -> bool:
    """Could somebody's words lie in a column of this type?"""
    return not isinstance(kind, NO_WORDS) or (
        isinstance(kind, String) and not isinstance(kind, Enum)
    )


def test_every_column_that_could_hold_words_says_why_it_holds_none() -> None:
    assert {name for name, each in columns().items() if holds_words(each.type)} == set(PLAIN)


def test_states_come_out_of_lists_of_ours() -> None:
    states = [each.type for each in columns().values() if isinstance(each.type, Enum)]
    assert states
    assert all(kind.enum_class is not None for kind in states)


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        (String(20), True),
        (LargeBinary(), True),
        (RowId(), False),
        (Instant(), False),
        (Integer(), False),
    ],
)
def test_text_and_bytes_could_hold_words(kind: TypeEngine[Any], holds: bool) -> None:
    assert holds_words(kind) is holds


def test_a_type_made_of_text_could_hold_words() -> None:
    class Made(TypeDecorator[str]):
        impl = String(20)
        cache_ok = True

    assert holds_words(Made())


def test_words_lie_in_one_envelope_a_row() -> None:
    sealed = [m for m in Base.registry.mappers if issubclass(m.class_, SealedRow)]
    assert len(sealed) >= 15
    assert all(set(mapper.local_table.columns.keys()) >= SEALED for mapper in sealed)
