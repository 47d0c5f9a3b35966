"""When the two look at their agreement again: at 4 and 12 weeks, then half-yearly (Friction 23).

A light agreement is looked at once (Friction 22). A trial is looked at when it ends.
"""

from datetime import date, timedelta

TRIAL_WEEKS = 4
SETTLING_IN = timedelta(weeks=2)
"""How long after accepting or keeping nobody is asked to look again for another reason."""

_SECOND_REVIEW_WEEKS = 12
_HALF_A_YEAR_WEEKS = 26


def first_review_on(accepted_on: date, review_weeks: int, *, is_trial: bool) -> date:
    """The day of the first review, counted from the day on which both accepted."""
    return accepted_on + timedelta(weeks=TRIAL_WEEKS if is_trial else review_weeks)


def next_review_on(accepted_on: date, kept_on: date, *, is_light: bool) -> date | None:
    """The day of the next review once both kept the agreement; None when there is no further one.

    Twelve weeks after acceptance if that lies at least four weeks ahead, else in half a year.
    """
    if is_light:
        return None
    second_on = accepted_on + timedelta(weeks=_SECOND_REVIEW_WEEKS)
    if second_on - kept_on >= timedelta(weeks=TRIAL_WEEKS):
        return second_on
    return kept_on + timedelta(weeks=_HALF_A_YEAR_WEEKS)
