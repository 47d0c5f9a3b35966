"""A word typed into every field of every form is found nowhere afterwards (ASVS 5.0, 14.2, 16.2).

Not in what goes to the database, not in its files, the broker, the mail or the log; also when the
session has ended, when something breaks, and when the database is told to say all it does.
"""

import base64
import gzip
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from celery import Celery
from redis import Redis
from sqlalchemy import delete, event

from portal import create_app
from portal.accounts.models import Tries
from portal.core.db import db
from portal.core.log import JsonLines
from portal.core.web import limiter
from portal.core.work import unit_of_work
from portal.vault.models import Stage
from tests.access.scene import Scene
from tests.accounts.forms import send
from tests.accounts.test_factor import code_of as app_code
from tests.accounts.test_factor import secret_on, set_up
from tests.accounts.test_recovery import code_of
from tests.fixtures.application import close_database, settings_of
from tests.fixtures.people import PASSWORD
from tests.security.traces import traces
from tests.security.typist import STEM, TAKEN, Reached, Typist, links_in
from workers.wiring import make_worker

pytestmark = [
    pytest.mark.timeout(900),  # everybody types into everything once, before the first
    pytest.mark.long,
]

MERE_PRESSES = {
    "agreements.acceptance",
    "agreements.begin",
    "agreements.defaults",
    "agreements.kept",
    "agreements.reopen",
    "agreements.review",
    "agreements.trial",
    "accounts.take_address",
    "dyads.goodbye",
    "goals.bring_back",
    "goals_review.withdraw",
    "crisis_plan.delete",
    "crisis_plan.look",
    "exercises.choose_calming",
    "life_domains.take_topics",
    "life_entries.delete",
    "network_map.delete",
    "night.leave",
    "plan_phones.end",
    "part_sharing.share",
    "invitations.send_again",
    "messaging.answer",
    "messaging.keeping",
    "messaging.meaning",
    "messaging.reaction",
    "messaging.release",
    "notices.keep",
    "notices.stop",
    "pieces.how",
    "pieces.reopen",
}
"""Buttons that stand there only at certain moments, and have no field that anything is typed in.

Where everybody's typing leads to one, it is pressed; a form with a field for words must be met.
``drafts.save`` is where the page's script sends; the typist does as it does, with every form.
"""
NEVER_TAKEN = {
    "accounts.sign_in": "holds a password and an address that must be right",
    "accounts.second_factor": "holds a code of six digits",
    "accounts.second_factor_first": "holds a code of six digits",
    "accounts.set_up_factor": "holds a code of six digits",
    "accounts.new_code": "holds a group of the recovery code",
    "open_cards.by_hand": "holds the code of a card",
}


def kind_of(broker: Redis, key: bytes) -> str:
    """What kind of value a key has."""
    found = broker.type(key)
    return found.decode() if isinstance(found, bytes) else found


READ: dict[str, Callable[[Redis, bytes], object]] = {
    "string": lambda broker, key: broker.get(key),
    "list": lambda broker, key: broker.lrange(key, 0, -1),
    "set": lambda broker, key: broker.smembers(key),
    "zset": lambda broker, key: broker.zrange(key, 0, -1),
    "hash": lambda broker, key: broker.hgetall(key),
}


@dataclass
class Overheard(logging.Handler):
    """Everything that is logged, as it came and as the portal writes it; all that goes to SQL."""

    said: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    __hash__ = object.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name}: {record.getMessage()}")
        self.written.append(JsonLines().format(record))

    def note_sql(self, *about: Any) -> None:
        """What a statement carries, and the statement."""
        _, _, statement, parameters, *_ = about
        self.sent.append(repr((statement, parameters)).encode())
        rows = parameters if isinstance(parameters, list) else [parameters]
        for row in rows:
            values = row.values() if isinstance(row, dict) else row
            self.sent += [value for value in values if isinstance(value, bytes)]


@dataclass
class Aftermath:
    """What is left when everybody has typed into everything."""

    scene: Scene
    reached: Reached
    overheard: Overheard
    broker: Path


@pytest.fixture(scope="module")
def aftermath(
    tmp_path_factory: pytest.TempPathFactory, template: Path, valkey: str
) -> Iterator[Aftermath]:
    """Everybody types into everything, once for all tests here."""
    home = tmp_path_factory.mktemp("canary") / "home"
    shutil.copytree(template, home)
    app = create_app(settings_of(home, redis_url=valkey))
    app.config["RATELIMIT_ENABLED"] = True
    scene, overheard, root = Scene(app), Overheard(), logging.getLogger()
    level = root.level
    root.addHandler(overheard)
    root.setLevel(logging.DEBUG)
    with app.app_context():
        db.engine.echo = True
        event.listen(db.engine, "before_cursor_execute", overheard.note_sql)
    reached = Reached()
    type_everywhere(scene, reached)
    with app.app_context():
        db.engine.echo = False
    root.removeHandler(overheard)
    root.setLevel(level)
    yield Aftermath(scene, reached, overheard, Path(urlsplit(valkey).path).parent)
    close_database(app)


def type_everywhere(scene: Scene, reached: Reached) -> None:
    """Everybody in turn, until no form is new; the jobs look in between and send their letters."""
    celery = make_worker(scene.app)
    owner, worker = (
        Typist(scene, role, scene.client(role), reached) for role in ("owner", "worker")
    )
    others = [
        Typist(scene, role, scene.client(role), reached)
        for role in ("worker_without_grant", "administrator", "anonymous")
    ]
    ended = Typist(scene, "worker_ended", scene.client("worker_ended"), reached)
    for each in (ended, worker, owner, worker, owner, worker, owner, *others):
        each.fill_everything()
        look(celery)
        each.fill(each.client.get(path) for path in links_in(letters_of(scene)))
    for each in (ended, worker, *others, owner):
        each.end_everything()
    forget_tries(scene)
    come_in_late(scene, reached)
    crash(celery)


def forget_tries(scene: Scene) -> None:
    """So many wrong codes make the portal ask for patience; nobody waits for that here."""
    limiter.reset()
    with unit_of_work(scene.app):
        db.session.execute(delete(Tries))


def come_in_late(scene: Scene, reached: Reached) -> None:
    """The doors that need something true: a recovery code, a second step that is still owed."""
    made = {"password": PASSWORD}
    page, to = "/settings/recovery-code", "/settings/recovery-code/new"
    assert send(scene.client("other_owner"), page, to, **made).status_code == 303
    known = {"address": scene.kari.address, "code": code_of(scene.kari)}
    Typist(scene, "anonymous", scene.app.test_client(), reached, known).fill_everything()
    client, page = scene.kari.new_client(), "/settings/second-factor/new"
    assert send(client, page, code=app_code(secret_on(client, page))).status_code == 303
    last = Typist(scene, "other_owner", client, reached, known)
    last.fill_everything()
    last.end_everything()
    for has_app in (False, True):
        if has_app:
            forget_tries(scene)
            set_up(scene.app.test_client(), scene.ada)
        client = scene.app.test_client()
        client.set_cookie(scene.ada.cookie_name(), scene.ada.new_cookie(stage=Stage.FACTOR_NEEDED))
        Typist(scene, "administrator", client, reached).fill_everything()


def look(celery: Celery) -> None:
    """Every job looks once."""
    for name, task in sorted(celery.tasks.items()):
        if not name.startswith("celery."):
            task.apply().get()


def crash(celery: Celery) -> None:
    """A job breaks off with words in its error."""

    @celery.task(name="crashing")
    def crashing() -> None:
        raise ValueError(STEM)

    assert crashing.apply().failed()


def letters_of(scene: Scene) -> bytes:
    """All mail, without the lines that name who it is for."""
    folder = scene.app.config["SETTINGS"].mail_dir
    files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime)
    lines = b"\n".join(file.read_bytes() for file in files).splitlines()
    return b"\n".join(line for line in lines if not line.startswith(b"To: "))


def test_every_form_was_come_upon(aftermath: Aftermath) -> None:
    rules = aftermath.scene.app.url_map.iter_rules()
    posts = {rule.endpoint for rule in rules if "POST" in (rule.methods or ())}
    assert posts - aftermath.reached.endpoints - {"drafts.save"} <= MERE_PRESSES
    assert posts > MERE_PRESSES


def test_a_mere_press_has_no_field_for_words(aftermath: Aftermath) -> None:
    typed = {endpoint for endpoint, _, words, _ in aftermath.reached.answers if words}
    assert typed & MERE_PRESSES == set()


def test_every_form_with_words_was_taken_in(aftermath: Aftermath) -> None:
    answers = aftermath.reached.answers
    taken = {endpoint for (endpoint, *_), found in answers.items() if found & TAKEN}
    typed = {endpoint for endpoint, _, words, _ in answers if words}
    assert typed - taken <= set(NEVER_TAKEN)
    assert len(typed & taken) > 20
    assert aftermath.reached.words > 100


def test_nothing_that_goes_to_the_database_holds_the_word(aftermath: Aftermath) -> None:
    assert len(aftermath.overheard.sent) > 1000
    assert traces(STEM, b"\n".join(aftermath.overheard.sent)) == []


def test_no_file_of_the_home_holds_the_word(aftermath: Aftermath) -> None:
    home = aftermath.scene.app.config["SETTINGS"].home
    files = [file for file in home.rglob("*") if file.is_file()]
    assert {"tandem.sqlite3", "tandem.sqlite3-wal"} <= {file.name for file in files}
    mail = aftermath.scene.app.config["SETTINGS"].mail_dir
    found = {file.name: traces(STEM, file.read_bytes()) for file in files if file.parent != mail}
    assert {name: seen for name, seen in found.items() if seen} == {}


def test_no_letter_holds_the_word(aftermath: Aftermath) -> None:
    letters = letters_of(aftermath.scene)
    assert letters.count(b"Subject: ") > 5
    assert traces(STEM, letters) == []


def test_no_link_of_a_letter_is_in_the_database_or_the_log(aftermath: Aftermath) -> None:
    ends = (path.rpartition("/")[2].encode() for path in links_in(letters_of(aftermath.scene)))
    links = {end for end in ends if len(end) > 20}
    assert len(links) > 2
    sent, said = b"\n".join(aftermath.overheard.sent), "\n".join(aftermath.overheard.written)
    assert [link for link in links if link in sent or link in said.encode()] == []


def test_the_broker_holds_no_word(aftermath: Aftermath, valkey: str) -> None:
    with Redis.from_url(valkey) as broker:
        held = [part for key in broker.scan_iter() for part in (key, contents_of(broker, key))]
        broker.save()
    assert len(held) > 2
    assert traces(STEM, b"\n".join(held)) == []
    files = [file for file in aftermath.broker.rglob("*") if file.is_file()]
    assert files
    assert [file.name for file in files if traces(STEM, file.read_bytes())] == []


def contents_of(broker: Redis, key: bytes) -> bytes:
    """A key's value, whatever its kind, as the broker itself would hand it to a copy."""
    return repr((broker.dump(key), READ[kind_of(broker, key)](broker, key))).encode()


def test_no_line_of_the_log_holds_the_word(aftermath: Aftermath) -> None:
    overheard = aftermath.overheard
    assert len(overheard.written) > 1000
    assert any("unexpected" in line for line in overheard.written)
    assert any("INSERT INTO goals" in line for line in overheard.said), "SQL echo is on"
    assert traces(STEM, "\n".join(overheard.written).encode()) == []


def test_our_own_sentences_hold_no_word_before_they_are_formatted(aftermath: Aftermath) -> None:
    said = [line for line in aftermath.overheard.said if not line.startswith("celery.")]
    assert traces(STEM, "\n".join(said).encode()) == []


@pytest.mark.parametrize(
    "packed",
    [
        STEM.encode(),
        STEM.upper().encode("utf-16-le"),
        STEM.encode().hex().encode(),
        gzip.compress(f"some words, {STEM}, more words".encode(), mtime=0),
    ],
    ids=["as it is", "in UTF-16", "in hexadecimal", "compressed"],
)
def test_the_search_finds_a_word_that_lies_open(
    aftermath: Aftermath, packed: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "planted"
    file.write_bytes(bytes(range(256)) + packed + bytes(99))
    assert traces(STEM, file.read_bytes())


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_search_finds_a_word_inside_base64(before: str) -> None:
    assert traces(STEM, base64.b64encode(f"{before}{STEM} after".encode()))
