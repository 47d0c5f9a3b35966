"""The pages of the plan."""

from portal.crisis_plan.views import answers, plan
from portal.crisis_plan.views.blueprint import crisis_plan, plan_answers

__all__ = ["answers", "crisis_plan", "plan", "plan_answers"]
