"""The pages of the plan."""

from portal.crisis_plan.views import answers, cards, opening, phone, plan
from portal.crisis_plan.views.blueprint import (
    crisis_plan,
    open_cards,
    plan_answers,
    plan_cards,
    plan_here,
    plan_phones,
)

__all__ = [
    "answers",
    "cards",
    "crisis_plan",
    "open_cards",
    "opening",
    "phone",
    "plan",
    "plan_answers",
    "plan_cards",
    "plan_here",
    "plan_phones",
]
