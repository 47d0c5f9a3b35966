"""The blueprints of the plan: the owner's pages, a worker's word on it, cards, phones."""

from portal.core.errors import NotVisible
from portal.core.guard import GuardedBlueprint
from portal.crisis_plan.rules.order import is_section
from portal.crisis_plan.shapes import Kind

HERE = "portal.crisis_plan.views"

crisis_plan = GuardedBlueprint("crisis_plan", HERE, url_prefix="/crisis-plan")
plan_answers = GuardedBlueprint("plan_answers", HERE, url_prefix="/people/<uuid:dyad_id>")
plan_cards = GuardedBlueprint("plan_cards", HERE, url_prefix="/crisis-plan/cards")
open_cards = GuardedBlueprint("open_cards", HERE, url_prefix="/card")
plan_phones = GuardedBlueprint("plan_phones", HERE, url_prefix="/crisis-plan/phone")
plan_here = GuardedBlueprint("plan_here", HERE, url_prefix="/plan-here")


def kind_named(name: str) -> Kind:
    """The section of this name in a path, or NotVisible."""
    try:
        kind = Kind(name)
    except ValueError as problem:
        raise NotVisible from problem
    if not is_section(kind):
        raise NotVisible
    return kind
