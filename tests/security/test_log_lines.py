"""Every line about something that does not fit, as the log really holds it: ids and kinds, whole.

Each story damages something in the database and looks at it; the line is read from what the real
formatter wrote, because that is where a fact would be hidden.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, update

from portal.agreements.models import Agreement
from portal.agreements.service import agreement_for
from portal.agreements.shapes import Depth
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.log import JsonLines
from portal.core.work import unit_of_work
from portal.drafts.models import Draft, LateDraft
from portal.drafts.service import draft_words, keep_draft, keep_late
from portal.dyads.models import Pin
from portal.dyads.service import dyad_for
from portal.library.reading import exercises
from portal.messaging.models import Message
from portal.messaging.service import send, thread_for
from portal.messaging.shapes import Intent, Outgoing
from portal.vault import card_seal, identity, keyring
from portal.vault.keys import Bundle
from portal.vault.models import Audience, DataKey, Identity, Part, WrappedKey
from tests.fixtures.agreed import agree_on
from tests.fixtures.people import People, SomePerson

NOW = datetime(2026, 11, 23, 20, 42, tzinfo=UTC)


class Lines(logging.Handler):
    """Keeps what the real formatter makes of every record."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.found: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.found.append(json.loads(self.format(record)))

    def about(self, message: str) -> dict[str, Any]:
        """The facts of the last line with this message."""
        line = [each for each in self.found if each.get("message") == message][-1]
        return {k: v for k, v in line.items() if k not in ("at", "level", "from", "message")}


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@dataclass
class Scene:
    """Two people who may write to each other, and the folder of their portal."""

    app: Flask
    ingrid: SomePerson
    anna: SomePerson
    dyad_id: UUID
    folder: Path

    def change(self, *statements: Any) -> None:
        """Change the database behind everybody's back."""
        with unit_of_work(self.app):
            for statement in statements:
                db.session.execute(statement)


@pytest.fixture
def scene(app: Flask, people: People, tmp_path: Path) -> Scene:
    ingrid, anna = people.owner(), people.worker()
    dyad_id = people.dyad(ingrid, anna, NOW)
    return Scene(app, ingrid, anna, dyad_id, tmp_path)


def a_row(scene: Scene) -> dict[str, Any]:
    with scene.ingrid.viewing(NOW) as viewer:
        keep_draft(viewer, "here", {"text": ["words"]})
        row_id = db.session.query(Draft).one().id
    scene.change(update(Draft).values(author_id=scene.anna.id))
    with scene.ingrid.viewing(NOW) as viewer, suppress(NotVisible):
        viewer.box.open(db.session.get_one(Draft, row_id), Draft)  # type: ignore[type-var]  # it never comes to reading the body
    return {"table": "drafts", "row": str(row_id)}


def a_refused_key(change: dict[str, Any], why: str) -> Callable[[Scene], dict[str, Any]]:
    def story(scene: Scene) -> dict[str, Any]:
        with scene.ingrid.viewing(NOW) as viewer:
            key = viewer.box.own_key(Part.GOALS, Audience.SHARED, now=NOW)
            to = identity.public_keys([scene.anna.id])[scene.anna.id]
            keyring.hand_over(viewer.box.bundle_for_rewrap(), key, to)
        mine = (WrappedKey.holder_id == scene.anna.id, WrappedKey.data_key_id == key.id)
        values = {"signer_id": scene.anna.id} if change.get("signer_id") else change
        scene.change(update(WrappedKey).where(*mine).values(values))
        with scene.anna.viewing(NOW) as viewer, suppress(NotVisible):
            viewer.box.shared_key(scene.ingrid.id, Part.GOALS)
        return {"holder": str(scene.anna.id), "key": str(key.id), "why": why}

    return story


def an_identity(scene: Scene) -> dict[str, Any]:
    scene.change(update(Identity).where(Identity.person_id == scene.anna.id).values(salt=bytes(16)))
    with unit_of_work(scene.app), suppress(identity.Tampered):
        identity.checked_identity(scene.anna.id)
    return {"person": str(scene.anna.id)}


def public_keys(scene: Scene) -> dict[str, Any]:
    with unit_of_work(scene.app), suppress(identity.Tampered):
        identity.checked_bundle(identity.checked_identity(scene.anna.id), Bundle.make())
    return {"person": str(scene.anna.id)}


def a_card(scene: Scene) -> dict[str, Any]:
    with suppress(NotVisible):
        card_seal.open_copy(b"code", bytes(80), row_id=scene.dyad_id)
    return {"row": str(scene.dyad_id)}


def a_late_draft_changed(scene: Scene) -> dict[str, Any]:
    row_id = a_late_draft(scene)
    scene.change(update(LateDraft).values(mac=bytes(32)))
    with scene.ingrid.viewing(NOW) as viewer:
        assert draft_words(viewer, "here") is None
    return {"row": row_id}


def a_late_draft_for_other_keys(scene: Scene) -> dict[str, Any]:
    row_id = a_late_draft(scene)
    scene.ingrid.bundle = Bundle.make()
    with scene.ingrid.viewing(NOW) as viewer:
        assert draft_words(viewer, "here") is None
    return {"row": row_id}


def a_late_draft(scene: Scene) -> str:
    with unit_of_work(scene.app):
        keep_late(scene.ingrid.id, "here", {"text": ["words"]}, NOW, may_replace=True)
        return str(db.session.query(LateDraft).one().id)


def a_pair_without_key(scene: Scene) -> dict[str, Any]:
    keys = db.select(DataKey.id).where(DataKey.scope_id == scene.dyad_id)
    scene.change(delete(WrappedKey).where(WrappedKey.data_key_id.in_(keys)))
    with scene.ingrid.viewing(NOW) as viewer, suppress(NotVisible):
        dyad_for(viewer, scene.dyad_id)
    return {"dyad": str(scene.dyad_id)}


def a_pair_without_pin(scene: Scene) -> dict[str, Any]:
    scene.change(delete(Pin))
    with scene.ingrid.viewing(NOW) as viewer:
        assert not dyad_for(viewer, scene.dyad_id).is_trusted
    return {"dyad": str(scene.dyad_id)}


def some_terms(scene: Scene) -> dict[str, Any]:
    agree_on(scene.ingrid, scene.anna, scene.dyad_id, NOW)
    scene.change(update(Agreement).values(depth=Depth.WORKED))
    with scene.ingrid.viewing(NOW) as viewer:
        assert not agreement_for(viewer, scene.dyad_id).is_intact
        return {"agreement": str(db.session.query(Agreement).one().id)}


def a_thread(scene: Scene) -> dict[str, Any]:
    agree_on(scene.ingrid, scene.anna, scene.dyad_id, NOW)
    with scene.ingrid.viewing(NOW) as viewer:
        for text in ("One.", "Two."):
            send(viewer, scene.dyad_id, Outgoing(text=text, intent=Intent.BE_HEARD), once="")
    scene.change(delete(Message).where(Message.number == 1))
    with scene.ingrid.viewing(NOW) as viewer:
        thread_for(viewer, scene.dyad_id)
    return {"dyad": str(scene.dyad_id), "trouble": "gap", "before": 0}


def an_exercise(scene: Scene) -> dict[str, Any]:
    folder = scene.folder / "content" / "exercises"
    folder.mkdir(parents=True)
    (folder / "of-our-own.en.md").write_text("no head at all")
    exercises("en", scene.folder)
    return {"file": "of-our-own.en.md", "problem": "ValueError"}


STORIES: list[tuple[str, Callable[[Scene], dict[str, Any]]]] = [
    ("sealed row does not open", a_row),
    ("wrapped key refused", a_refused_key({"sealed": bytes(80)}, "does not open")),
    ("wrapped key refused", a_refused_key({"signer_id": True}, "signed by somebody else")),
    ("wrapped key refused", a_refused_key({"signature": bytes(64)}, "signature does not hold")),
    ("identity changed from outside", an_identity),
    ("public keys do not match", public_keys),
    ("card does not open", a_card),
    ("late draft changed from outside", a_late_draft_changed),
    ("late draft does not open", a_late_draft_for_other_keys),
    ("no key of this dyad", a_pair_without_key),
    ("partner's keys are not the pinned ones", a_pair_without_pin),
    ("terms are not those accepted", some_terms),
    ("a thread does not fit together", a_thread),
    ("exercise left out", an_exercise),
]


@pytest.mark.parametrize(("message", "story"), STORIES)
def test_what_does_not_fit_is_logged_with_its_ids_and_its_kind(
    scene: Scene, lines: Lines, message: str, story: Callable[[Scene], dict[str, Any]]
) -> None:
    expected = story(scene)
    assert lines.about(message) == expected
