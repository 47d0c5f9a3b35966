"""Which sections there are, in the order in which a person would use them in a bad hour."""

from portal.crisis_plan.shapes import Kind, Manner, PlanBody, Stage

ORDER: dict[Kind, tuple[Stage, Manner]] = {
    Kind.WELL: (Stage.USUAL, Manner.WORDS),
    Kind.SETS_OFF: (Stage.USUAL, Manner.LINES),
    Kind.MY_SIGNS: (Stage.EARLY, Manner.LINES),
    Kind.OTHERS_SIGNS: (Stage.EARLY, Manner.LINES),
    Kind.STEPS: (Stage.HARD, Manner.LINES),
    Kind.DISTRACT: (Stage.HARD, Manner.LINES),
    Kind.PEOPLE: (Stage.HARD, Manner.CALLS),
    Kind.HELPERS: (Stage.CRISIS, Manner.CALLS),
    Kind.SAFER: (Stage.CRISIS, Manner.LINES),
    Kind.KEEPS_HERE: (Stage.CRISIS, Manner.LINES),
    Kind.MEET_ME: (Stage.CRISIS, Manner.POINTS),
    Kind.WANTED: (Stage.CRISIS, Manner.REASONS),
    Kind.REFUSED: (Stage.CRISIS, Manner.REASONS),
    Kind.ADMITTED: (Stage.CRISIS, Manner.POINTS),
    Kind.MAY_ACT: (Stage.CRISIS, Manner.WORDS),
    Kind.AFTERWARDS: (Stage.AFTER, Manner.WORDS),
}
"""Every section with its stage and how it is written."""

ENTRIES_MAX = 20
"""How many people or treatments one section has room for."""

PLACES = {kind: place for place, kind in enumerate(ORDER)}


def is_section(kind: Kind) -> bool:
    """Whether a piece of the plan is a section, and not how it was made or what was answered."""
    return kind in ORDER


def says_nothing(body: PlanBody) -> bool:
    """Whether nothing is written in a section."""
    return not body.text.strip() and not body.entries


def same_words(one: PlanBody, other: PlanBody) -> bool:
    """Whether two bodies of a section say the same."""
    return (one.text, one.entries, one.title) == (other.text, other.entries, other.title)
