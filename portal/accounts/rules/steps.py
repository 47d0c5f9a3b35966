"""Where somebody is on the way of signing up. Pure decisions."""

from datetime import datetime, timedelta

from portal.accounts.shapes import ProfileBody

_SIGNING_UP = timedelta(hours=1)


def is_signing_up(body: ProfileBody, now: datetime) -> bool:
    """Whether the person accepted the terms a moment ago and has not kept their code yet."""
    is_new = body.accepted_at is not None and now - body.accepted_at < _SIGNING_UP
    return is_new and body.code_kept_at is None
