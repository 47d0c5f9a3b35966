"""One town for each file of these tests; each test leaves it as it was found."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from portal import create_app
from tests.access.scene import Scene
from tests.fixtures.application import close_database, settings_of


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, template: Path, valkey: str) -> Iterator[Scene]:
    """The ledger's town in a home of its own, with tokens in its forms and no limits on tries."""
    home = tmp_path_factory.mktemp("town") / "home"
    shutil.copytree(template, home)
    app = create_app(settings_of(home, redis_url=valkey))
    app.config["RATELIMIT_ENABLED"] = False
    yield Scene(app)
    close_database(app)


@pytest.fixture
def scene(town: Scene, valkey: str) -> Scene:
    """The town as it was when it was built."""
    with Redis.from_url(valkey) as broker:
        broker.flushall()
    town.restore()
    return town
