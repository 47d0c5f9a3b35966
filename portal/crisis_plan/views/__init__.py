"""The pages of the plan."""

from portal.crisis_plan.views import answers, cards, opening, plan
from portal.crisis_plan.views.blueprint import crisis_plan, open_cards, plan_answers, plan_cards

__all__ = [
    "answers",
    "cards",
    "crisis_plan",
    "open_cards",
    "opening",
    "plan",
    "plan_answers",
    "plan_cards",
]
