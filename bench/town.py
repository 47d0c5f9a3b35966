"""People and messages to measure with, made by the portal's own verbs."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask

from config import Settings, load_settings
from portal import create_app
from portal.accounts import hooks
from portal.accounts.signed_in import cookie_name
from portal.commands import demo
from portal.commands.demo import Actor
from portal.commands.prepare import migrate
from portal.core.work import unit_of_work
from portal.dyads.service import dyads_of
from portal.messaging import service as messages
from portal.messaging.shapes import Intent, Outgoing
from portal.vault.models import Stage
from portal.vault.session import Inside, Lifetime, start_session
from portal.vault.viewer import Role

BODY = "The buses before ten are so full that I turn back, and then the day is gone. " * 7
PAGE = 50


@dataclass
class Town:
    """One portal with a pair in it, and the cookies of the two."""

    app: Flask
    settings: Settings
    owner: Actor
    worker: Actor
    dyad_id: UUID
    cookies: dict[str, str]

    @property
    def cookie_name(self) -> str:
        """What the session cookie is called."""
        with self.app.app_context():
            return cookie_name()

    def cookies_of(self, who: str) -> str:
        """What a browser sends along: the session's cookie, and that of the forms."""
        client = self.app.test_client()
        client.set_cookie(self.cookie_name, self.cookies[who])
        form = client.get("/settings").headers.get("Set-Cookie", "").split(";")[0]
        return f"{self.cookie_name}={self.cookies[who]}" + (f"; {form}" if form else "")

    def write(self, count: int) -> None:
        """Put so many messages into the thread, in some hundreds at a time."""
        start = datetime.now(UTC) - timedelta(minutes=30)
        for first in range(0, count, 200):
            with self.owner.at(start) as viewer:
                for _ in range(min(200, count - first)):
                    words = Outgoing(text=BODY[:500], intent=Intent.TELLING)
                    messages.send(viewer, self.dyad_id, words, once=secrets.token_hex(16))


def build(home: Path, *, database_url: str | None, redis_url: str | None = None) -> Town:
    """Make a portal with the demo in it, and sign its two people in."""
    home.mkdir(parents=True, exist_ok=True)
    settings = load_settings(
        {},
        home=home,
        testing=True,
        argon_profile="test",
        demo=True,
        database_url=database_url,
        redis_url=redis_url,
    )
    migrate(settings.database_url)
    app = create_app(settings)
    owner, worker, dyad_id = _people(app)
    cookies = {"owner": _cookie(app, owner), "worker": _cookie(app, worker)}
    return Town(app, settings, owner, worker, dyad_id, cookies)


def _people(app: Flask) -> tuple[Actor, Actor, UUID]:
    told = demo.people_in(app)
    owner = next(each for each in told if each.role is Role.OWNER)
    worker = next(each for each in told if each.role is Role.WORKER)
    with owner.at(datetime.now(UTC)) as viewer:
        return owner, worker, dyads_of(viewer)[0].id


def _cookie(app: Flask, person: Actor) -> str:
    day, now = timedelta(days=1), datetime.now(UTC)
    with person.at(now) as viewer:
        hooks.signed_in(viewer)
    with unit_of_work(app):
        return start_session(
            person.id,
            Inside(person.bundle, person.name),
            lifetime=Lifetime(day, day),
            stage=Stage.FULL,
            device="benchmark",
            now=now,
        )
