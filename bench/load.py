"""A client that asks again and again over one connection, and several of them at once."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Ask = Callable[[http.client.HTTPConnection], int]


@dataclass
class Run:
    """What one run gave: how long every request took, in seconds, and the statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    took: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.took if self.took else 0.0

    def percentile(self, share: float) -> float:
        """The time within which so many of a hundred requests were answered, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def getting(path: str, headers: Mapping[str, str] | None = None) -> Ask:
    """A request for one page."""

    def ask(connection: http.client.HTTPConnection) -> int:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return ask


def run(port: int, ask: Ask, requests: int, *, clients: int = 1) -> Run:
    """Ask so many times, spread over some clients, each with a connection of its own."""
    found, lock = Run(), threading.Lock()

    def one(share: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        seconds, statuses = [], []
        for _ in range(share):
            begun = time.perf_counter()
            statuses.append(ask(connection))
            seconds.append(time.perf_counter() - begun)
        connection.close()
        with lock:
            found.seconds += seconds
            found.statuses += statuses

    threads = [threading.Thread(target=one, args=(requests // clients,)) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.took = time.perf_counter() - begun
    return found


def spread(values: list[float], unit: str = "") -> str:
    """The median with the smallest and the largest."""
    middle = statistics.median(values)
    return f"{middle:.3g}{unit} ({min(values):.3g} to {max(values):.3g})"
