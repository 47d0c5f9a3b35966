"""The jobs of reminders and notices, as they really run: killed at each step, in many hands."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, func, select, update

import workers
from portal.accounts.models import Person
from portal.accounts.service import set_up_person
from portal.accounts.shapes import ProfileBody
from portal.core.clock import utc_now
from portal.core.db import db
from portal.core.work import unit_of_work
from portal.notifications import service as notifications
from portal.notifications.models import Letter, Notice
from portal.notifications.service.handing_over import LEASE
from portal.notifications.shapes import LetterState, NoticeKind, NoticeState
from portal.reminders import service as reminders
from portal.vault.server_seal import address_index, seal_for_server
from portal.vault.viewer import Role
from tests.fixtures.application import MakeApp
from tests.fixtures.mail import Mailbox
from workers import notifications as notification_jobs
from workers import reminders as reminder_jobs

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
FORK = multiprocessing.get_context("fork")
SWEEP, SEND = reminder_jobs.sweep, notification_jobs.send_due


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """People sleep at night, and tests run at any hour."""
    with time_machine.travel(NOON):
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, make_app: MakeApp, mailbox: Mailbox) -> Flask:
    """The portal with a real mail server, once on each database."""
    smtp = {
        "smtp_host": mailbox.host,
        "smtp_port": mailbox.port,
        "smtp_security": "none",
        "mail_from": "portal@example.org",
    }
    if request.param == "postgres":
        smtp["database_url"] = request.getfixturevalue("postgres_url")
    return make_app(**smtp)


def runs(app: Flask, *jobs: workers.Work) -> None:
    for job in jobs:
        with unit_of_work(app):
            job()


def in_a_child(app: Flask, *jobs: workers.Work, killed_at: int = 0) -> int:
    """Run jobs in a process of their own, killed as it begins its nth statement; its exit code."""
    child = start_child(app, *jobs, killed_at=killed_at)
    child.join(60)
    return child.exitcode or 0


def start_child(app: Flask, *jobs: workers.Work, killed_at: int = 0) -> Any:
    with app.app_context():
        db.engine.dispose()
    child = FORK.Process(target=_child, args=(app, jobs, killed_at))
    child.start()
    return child


def _child(app: Flask, jobs: tuple[workers.Work, ...], killed_at: int) -> None:
    if killed_at:
        _kill_at(app, killed_at)
    runs(app, *jobs)
    os._exit(0)


def _kill_at(app: Flask, number: int) -> None:
    seen = 0

    def count(*_about: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        event.listen(db.engine, "commit", count)


def remind(app: Flask, address: str) -> None:
    with unit_of_work(app):
        profile, password = ProfileBody(name="Ingrid"), "seven quiet herons"
        person_id = set_up_person(address, profile, password, Role.OWNER, utc_now()).person_id
        reminders.remind(
            person_id,
            NoticeKind.ACTIVITY_REMINDER,
            at=utc_now(),
            key=f"piece:{address}",
            now=utc_now(),
        )


def look_until_told(app: Flask, mailbox: Mailbox, address: str) -> list[Any]:
    """Look as beat does, again and again, after a lease: a server may notice a killed job late."""
    found: list[Any] = []
    for _look in range(50):
        with time_machine.travel(utc_now() + LEASE):
            runs(app, SWEEP, SEND)
        found = [each for each in mailbox.letters if each["To"] == address]
        if found:
            break
        sleep(0.2)
    return found


def test_a_job_killed_at_any_step_leads_to_one_letter(app: Flask, mailbox: Mailbox) -> None:
    for step in range(1, 60):
        address = f"person-{step}@example.org"
        remind(app, address)
        code = in_a_child(app, SWEEP, SEND, killed_at=step)
        assert code in (0, -signal.SIGKILL)
        letters = look_until_told(app, mailbox, address)
        assert len({each["Message-ID"] for each in letters}) == 1, f"killed at step {step}"
        assert len(letters) <= 2
        if code == 0:
            break
    else:
        pytest.fail("the jobs never came to their end")
    assert step > 10
    arrived = [str(each["Message-ID"]) for each in mailbox.letters]
    twice = len(arrived) - len(set(arrived))
    assert twice <= 2, "only a kill between hand-over and mark repeats a mail, as the same mail"


def test_four_jobs_at_once_send_every_letter_once(app: Flask, mailbox: Mailbox) -> None:
    person_ids = many_people(app, 240)
    with unit_of_work(app):
        for person_id in person_ids:
            for number in range(2):
                notifications.tell(
                    person_id,
                    NoticeKind.ACTIVITY_REMINDER,
                    at=NOON - timedelta(minutes=1),
                    key=f"piece:{number}",
                    now=NOON - timedelta(minutes=1),
                )
    children = [start_child(app, SEND) for _ in range(4)]
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    runs(app, SEND)
    went_to = [address for _, (address,) in mailbox.envelopes]
    assert len(went_to) == len(set(went_to)) == len(person_ids)
    with unit_of_work(app):
        told = select(func.count()).select_from(Notice).where(Notice.state == NoticeState.TOLD)
        sent = select(func.count()).select_from(Letter).where(Letter.state == LetterState.SENT)
        assert db.session.scalar(told) == 2 * len(person_ids)
        assert db.session.scalar(sent) == len(person_ids)


def many_people(app: Flask, number: int) -> list[UUID]:
    """People with an address and no keys: nothing here opens words."""
    with unit_of_work(app):
        people = []
        for each in range(number):
            person = Person(
                role=Role.OWNER,
                address=b"",
                address_index=address_index(f"p{each}@example.org"),
                zone="Europe/Oslo",
                language="en",
                made_at=NOON,
            )
            db.session.add(person)
            db.session.flush()
            person.address = seal_for_server(
                f"p{each}@example.org", purpose="address", row_id=person.id
            )
            people.append(person.id)
        return people


def test_a_refused_address_holds_nobody_up(app: Flask, mailbox: Mailbox) -> None:
    mailbox.refuses.add("person-1@example.org")
    for number in (1, 2):
        remind(app, f"person-{number}@example.org")
    runs(app, SWEEP, SEND)
    assert [to for _, to in mailbox.envelopes] == [["person-2@example.org"]]


def test_a_letter_that_does_not_open_holds_nobody_up(app: Flask, mailbox: Mailbox) -> None:
    for number in (1, 2, 3):
        remind(app, f"person-{number}@example.org")
    with unit_of_work(app):
        index = address_index("person-1@example.org")
        db.session.execute(
            update(Person).where(Person.address_index == index).values(address=b"damaged")
        )
    runs(app, SWEEP, SEND)
    with time_machine.travel(NOON + LEASE):
        runs(app, SEND)
    arrived = sorted(to for _, (to,) in mailbox.envelopes)
    assert arrived == ["person-2@example.org", "person-3@example.org"]


def test_a_mail_server_that_is_away_is_asked_again_later(
    make_app: MakeApp, mailbox: Mailbox
) -> None:
    smtp = {"smtp_host": mailbox.host, "smtp_security": "none", "mail_from": "p@example.org"}
    away = make_app(smtp_port=1, **smtp)
    for number in (1, 2, 3):
        remind(away, f"person-{number}@example.org")
    runs(away, SWEEP, SEND)
    back = make_app(smtp_port=mailbox.port, **smtp)
    runs(back, SEND)
    assert mailbox.letters == []
    with time_machine.travel(NOON + timedelta(minutes=2)):
        runs(back, SEND)
    assert len(mailbox.letters) == 3


def test_without_a_mail_server_letters_are_files(make_app: MakeApp) -> None:
    app = make_app()
    for number in (1, 2):
        remind(app, f"person-{number}@example.org")
    runs(app, SWEEP, SEND, SWEEP, SEND)
    with app.app_context():
        files = sorted(app.config["SETTINGS"].mail_dir.glob("*.eml"))
    assert len(files) == 2
    assert len({file.stat().st_size for file in files}) == 1


def test_the_jobs_are_known_by_their_names() -> None:
    for name in ("reminders.sweep", "notifications.send_due", "notifications.tidy"):
        assert name in workers.JOBS
