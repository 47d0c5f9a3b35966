"""What the states of goals and pieces are called on screen: one word for each, in one place.

In a template: ``{{ goal.body.state|said }}``. The words of a language are looked up once.
"""

import enum
from functools import cache

from portal.core.languages import SentenceEnvironment, _
from portal.goals.shapes.bodies import (
    Doer,
    Encouragement,
    GoalState,
    Horizon,
    HowItWent,
    HowOften,
    Movement,
    PieceState,
    RemindAt,
    Size,
)

Words = dict[enum.Enum, str]

STATES: Words = {
    GoalState.IDEA: _("an idea"),
    GoalState.NOW: _("now"),
    GoalState.RESTING: _("resting"),
    GoalState.REACHED: _("reached"),
    GoalState.LET_GO: _("let go"),
}
HORIZONS: Words = {
    Horizon.WEEK: _("this week"),
    Horizon.MONTH: _("this month"),
    Horizon.SEASON: _("this season"),
    Horizon.SOME_DAY: _("no hurry"),
}
MOVEMENTS: Words = {
    Movement.FORWARD: _("moving forward"),
    Movement.SAME: _("about the same"),
    Movement.BACK: _("further back"),
    Movement.KEEPING_UP: _("keeping it up"),
    Movement.REACHED: _("reached"),
}
ENCOURAGEMENTS: Words = {
    Encouragement.LEAVE_ALONE: _("Leave me alone with this"),
    Encouragement.A_LITTLE: _("A little is fine"),
    Encouragement.KEEP_AT_IT: _("Keep at it with me"),
}
SIZES: Words = {
    Size.TINY: _("tiny"),
    Size.SMALL: _("small"),
    Size.BIGGER: _("bigger"),
}
DOERS: Words = {
    Doer.ME: _("Me"),
    Doer.WORKER: _("My worker"),
    Doer.OTHER: _("Somebody else"),
}
HOW_OFTEN: Words = {
    HowOften.ONCE: _("once"),
    HowOften.DAILY: _("every day"),
    HowOften.WEEKDAYS: _("Monday to Friday"),
    HowOften.WEEKLY: _("every week"),
    HowOften.FORTNIGHTLY: _("every second week"),
    HowOften.MONTHLY: _("every month"),
}
REMIND_AT: Words = {
    RemindAt.NEVER: _("no reminder"),
    RemindAt.MORNING: _("in the morning"),
    RemindAt.MIDDAY: _("at midday"),
    RemindAt.AFTERNOON: _("in the afternoon"),
    RemindAt.EVENING: _("in the evening"),
}
HOW_IT_WENT: Words = {
    HowItWent.EASIER: _("easier than expected"),
    HowItWent.AS_EXPECTED: _("as expected"),
    HowItWent.HARDER: _("harder than expected"),
}
PIECE_STATES: Words = {
    PieceState.OPEN: _("open"),
    PieceState.DONE: _("done"),
    PieceState.RESTING: _("resting"),
    PieceState.LET_GO: _("let go"),
}

_ALL = (
    STATES,
    HORIZONS,
    MOVEMENTS,
    ENCOURAGEMENTS,
    SIZES,
    DOERS,
    HOW_OFTEN,
    REMIND_AT,
    HOW_IT_WENT,
    PIECE_STATES,
)


def said_in(environment: SentenceEnvironment, member: enum.Enum) -> str:
    """What a state is called in the language of a page."""
    return _words(environment.language)[member]


@cache
def _words(language: str) -> dict[enum.Enum, str]:
    """All words of one language. Called while a page of that language is made."""
    del language  # the cache's key; the sentences look at the page being made
    return {member: str(name) for each in _ALL for member, name in each.items()}
