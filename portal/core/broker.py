"""The broker, asked directly: one short try, so that nobody waits for a broker that is away."""

from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

OPTIONS: dict[str, Any] = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 2,
    "retry": Retry(NoBackoff(), 0),
}
"""By itself the client tries three more times with growing pauses: six seconds in a request."""


def open_broker(url: str) -> "Redis":
    """A client for the broker's address; it connects when it is first asked."""
    client: Redis = Redis.from_url(url, **OPTIONS)
    return client
