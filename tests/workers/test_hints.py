"""Hints that the portal writes by itself reach a real Celery, and look like its own."""

import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery
from flask import Flask
from redis import Redis

from portal.core.hints import make_celery
from portal.core.jobs import enqueue
from portal.core.wire import QUEUE, hint_message
from portal.core.work import unit_of_work
from tests.fixtures.application import MakeApp


def celery_on(broker_url: str) -> Celery:
    return make_celery(broker_url.replace("unix://", "redis+socket://"))


def test_a_hint_is_read_by_a_real_celery(broker_url: str) -> None:
    row_id = str(uuid4())
    with Redis.from_url(broker_url) as broker:
        broker.lpush(QUEUE, hint_message("notifications.send_due", [row_id]))
    celery = celery_on(broker_url)
    with celery.connection() as connection:
        queue = celery.amqp.queues[QUEUE](connection.default_channel)
        message = queue.get()
        assert message is not None
        message.ack()
        assert queue.get() is None
    args, kwargs, _after = message.payload
    assert (args, kwargs) == ([row_id], {})
    assert message.headers["task"] == "notifications.send_due"


def test_a_hint_has_what_celery_itself_would_write(broker_url: str) -> None:
    with Redis.from_url(broker_url) as broker:
        celery_on(broker_url).send_task("heartbeat.look", args=["a"])
        theirs = json.loads(broker.rpop(QUEUE) or b"{}")
    assert shape(json.loads(hint_message("heartbeat.look", ["a"]))) == shape(theirs)


def shape(message: dict[str, Any]) -> dict[str, Any]:
    """The message with the kind of each value that differs from one message to the next."""
    headers, properties = message["headers"], message["properties"]
    kinds = {name: type(headers[name]) for name in ("id", "root_id", "origin")}
    others = {
        name: type(properties[name]) for name in ("correlation_id", "reply_to", "delivery_tag")
    }
    return message | {"headers": headers | kinds, "properties": properties | others}


def test_hints_leave_after_the_commit_each_once(app: Flask, broker_url: str) -> None:
    with Redis.from_url(broker_url) as broker:
        with unit_of_work(app):
            for job in ("heartbeat.look", "reminders.sweep", "heartbeat.look"):
                enqueue(job)
            assert broker.llen(QUEUE) == 0
        sent = [json.loads(each)["headers"]["task"] for each in broker.lrange(QUEUE, 0, -1)]
    assert sorted(sent) == ["heartbeat.look", "reminders.sweep"]


def test_a_broker_that_is_away_costs_a_line_in_the_log_and_nothing_else(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(redis_url="unix:///nowhere/valkey.sock")
    with caplog.at_level(logging.WARNING), unit_of_work(app):
        enqueue("heartbeat.look")
    assert "hint not sent" in caplog.text
