"""The servers that tests stand on are real and answer."""

import smtplib

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import text

from portal.core.db import db
from tests.fixtures.browser import Live, OpenWindow
from tests.fixtures.mail import Mailbox
from tests.fixtures.pages import WatchingClient, faults_of


def test_broker_answers_and_begins_empty(broker_url: str) -> None:
    with Redis.from_url(broker_url) as broker:
        assert broker.dbsize() == 0
        broker.set("kept", "until the next test")


def test_application_answers(client: WatchingClient) -> None:
    assert client.get("/healthz").get_json() == {"alive": True}


def test_application_runs_on_each_database(app_on_each: Flask) -> None:
    with app_on_each.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM persons")) == 0


def test_mail_server_keeps_letters(mailbox: Mailbox) -> None:
    with smtplib.SMTP(mailbox.host, mailbox.port) as server:
        server.sendmail("a@example.org", ["b@example.org"], "Subject: News\r\n\r\nHello")
    assert mailbox.letters[0]["Subject"] == "News"
    assert mailbox.envelopes == [("a@example.org", ["b@example.org"])]


@pytest.mark.browser
def test_browser_opens_a_page(live: Live, open_window: OpenWindow) -> None:
    answer = open_window().goto("/healthz")
    assert answer is not None
    assert answer.status == 200


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<p>one", "never closed"),
        ("<p><b>one</p></b>", "inside"),
        ('<i id="a"></i><i id="a"></i>', "twice"),
        ("<body></body>", "0 h1"),
        ('<p style="color:red"></p>', "inline"),
        ("<img src=x>", "without a text"),
        ("<div/>", "close itself"),
    ],
)
def test_page_reader_finds_fault(page: str, fault: str) -> None:
    assert any(fault in each for each in faults_of(page))


def test_page_reader_is_content_with_a_good_page() -> None:
    assert faults_of("<!doctype html><body><h1>One</h1><svg><path d='M0 0'/></svg></body>") == []
