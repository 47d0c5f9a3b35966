"""A hint as the job workers read it: Celery's message protocol, version 2, on a Redis list.

Saying *look now* takes one small message, so a web process writes it by itself. Loading Celery for
that would cost every web process some 15 MB and a hint half a millisecond. A test hands these
messages to a real Celery, and compares them with its own.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

QUEUE = "celery"
_NOTHING_AFTER = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


def hint_message(job: str, ids: Sequence[str]) -> str:
    """The message that asks for one job, with the ids it is about."""
    hint_id = str(uuid4())
    body = json.dumps([list(ids), {}, _NOTHING_AFTER]).encode()
    message = {
        "body": base64.b64encode(body).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": _headers(job, ids, hint_id),
        "properties": {
            "correlation_id": hint_id,
            "reply_to": "",
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": QUEUE},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid4()),
        },
    }
    return json.dumps(message)


def _headers(job: str, ids: Sequence[str], hint_id: str) -> dict[str, Any]:
    return {
        "lang": "py",
        "task": job,
        "id": hint_id,
        "root_id": hint_id,
        "parent_id": None,
        "group": None,
        "group_index": None,
        "shadow": None,
        "eta": None,
        "expires": None,
        "retries": 0,
        "timelimit": [None, None],
        "argsrepr": repr(list(ids)),
        "kwargsrepr": "{}",
        "origin": "portal",
        "ignore_result": None,
        "replaced_task_nesting": 0,
        "stamped_headers": None,
        "stamps": {},
    }
