"""The demo's crisis plan: a few sections of Ingrid's, some of them shared with her worker."""

import secrets
from uuid import UUID

from portal.crisis_plan import service as plan
from portal.crisis_plan.shapes import Entry, Kind, Made, PlanBody
from portal.toolbox import service as toolbox
from portal.vault.viewer import Viewer

SHARED = (Kind.STEPS, Kind.MEET_ME, Kind.REFUSED, Kind.ADMITTED)
FIRST = (
    PlanBody(Kind.WELL, "I sing along with the radio.\nI ring my sister, and I laugh at the cat."),
    PlanBody(Kind.STEPS, "Go to bed\nRing Solveig"),
    PlanBody(Kind.PEOPLE, entries=(Entry("Solveig", "+47 900 00 001", "My sister"),)),
    PlanBody(Kind.MEET_ME, entries=(Entry("like_this", more="Leave me alone for a while."),)),
)
SECTIONS = (
    PlanBody(Kind.WELL, "I sing along with the radio.\nI ring my sister, and I laugh at the cat."),
    PlanBody(Kind.SETS_OFF, "Three nights without sleep\nLetters from the tax office"),
    PlanBody(Kind.MY_SIGNS, "I stop opening my post\nI walk about at night"),
    PlanBody(
        Kind.STEPS,
        "Put on my shoes and go out on the steps\nBreathe out slowly, ten times\nRing Solveig",
    ),
    PlanBody(Kind.DISTRACT, "The café by the library, at the window\nThe swimming hall before ten"),
    PlanBody(
        Kind.PEOPLE,
        entries=(
            Entry("Solveig", "+47 900 00 001", "My sister, at any hour"),
            Entry("Mona", "+47 900 00 002", "Evenings. She knows about the plan"),
        ),
    ),
    PlanBody(Kind.HELPERS, entries=(Entry("The clinic", "+47 55 00 00 03", "Weekdays 8 to 15"),)),
    PlanBody(Kind.KEEPS_HERE, "The cat\nSpring on the island"),
    PlanBody(
        Kind.MEET_ME,
        entries=(
            Entry("like_this", more="Sit down beside me. Say your name and what you want to do."),
            Entry("please_not", more="Do not stand in the door. Do not talk over my head."),
        ),
    ),
    PlanBody(
        Kind.REFUSED,
        entries=(Entry("Straps", more="They bring back what happened in 2009."),),
    ),
    PlanBody(Kind.ADMITTED, entries=(Entry("pets", more="Mona has the key and feeds the cat."),)),
)


def begin_plan(viewer: Viewer) -> None:
    """What she wrote at first."""
    for body in FIRST:
        plan.write_section(viewer, body, once=secrets.token_hex(16))


def write_plan(viewer: Viewer) -> None:
    """Write the plan."""
    for body in SECTIONS:
        plan.write_section(viewer, body, once=secrets.token_hex(16))
    made = plan.made_of(viewer)
    plan.say_how_made(viewer, Made(False, "Anna", made.review_on))


def share_plan(viewer: Viewer, dyad_id: UUID) -> None:
    """Share some of it, after the preview."""
    tool = toolbox.tool_named("crisis-plan")
    page = plan.plan_page(viewer)
    sections = [section for part in page.stages for section in part.sections]
    chosen = [section.id for section in sections if section.body.kind in SHARED]
    seen = toolbox.preview_for(viewer, tool, dyad_id, chosen).seen
    toolbox.share(viewer, tool, dyad_id, chosen, seen=seen)


def answer_plan(viewer: Viewer, dyad_id: UUID) -> None:
    """Anna has read it."""
    words = "I have read it, and we follow it. I will tell the night team."
    plan.answer_plan(viewer, dyad_id, words, agrees=True, about=None, once=secrets.token_hex(16))
