"""What the page of then and now gets to see of the plan."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.crisis_plan.shapes.plan import Section, Stage


@dataclass(frozen=True, slots=True)
class ThenNow:
    """A section on an earlier day and now. ``until``: when others took the place of its words.

    ``then`` is None when nothing was written yet; without ``until``, today's words stood already.
    ``since``: from when today's words stand.
    """

    now: Section
    then: Section | None
    until: datetime | None
    since: datetime

    @property
    def is_same(self) -> bool:
        """Whether nothing of it changed since that day."""
        return self.then is not None and self.until is None and not self.now.body.is_away


@dataclass(frozen=True, slots=True)
class ThenStage:
    """One stage of the plan, then and now."""

    stage: Stage
    name: str
    pairs: tuple[ThenNow, ...]


@dataclass(frozen=True, slots=True)
class ThenPage:
    """The whole plan on a day and now; ``days`` on which its words changed, newest first.

    ``on`` is None while there is no earlier day to look back to.
    """

    on: date | None
    stages: tuple[ThenStage, ...]
    days: tuple[date, ...]
