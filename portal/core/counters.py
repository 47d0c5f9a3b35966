"""Where the counted tries of the rate limits are kept: in the broker, by the client we use anyway.

limits looks for two clients, redis and valkey, and loads both where both are installed. One is
enough, and a web process is some 3 MB smaller for it.
"""

from typing import Any

from limits.storage import RedisStorage
from packaging.version import Version


class BrokerCounters(RedisStorage):
    """The counters of limits in Redis, with the one client that the portal has."""

    STORAGE_SCHEME = ["portal+redis", "portal+rediss", "portal+redis+unix"]
    DEPENDENCIES = {"redis": Version("3.0")}

    def __init__(self, uri: str, **options: Any) -> None:
        super().__init__(uri.removeprefix("portal+"), **options)

    @staticmethod
    def address_of(url: str) -> str:
        """The address by which limits finds this class, of an address of the broker."""
        return f"portal+{url}"
