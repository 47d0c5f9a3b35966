"""Pure decisions of the first pages."""

import enum
from datetime import datetime


class Greeting(enum.Enum):
    """How the day is greeted."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


def greeting(local: datetime) -> Greeting:
    """The greeting for a local time of day."""
    if local.hour < 5:
        return Greeting.NIGHT
    if local.hour < 10:
        return Greeting.MORNING
    return Greeting.DAY if local.hour < 17 else Greeting.EVENING
