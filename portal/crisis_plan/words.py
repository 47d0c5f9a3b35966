"""What stages and sections are called, what they are for, and an example in a person's words."""

from typing import NamedTuple

from portal.core.languages import _
from portal.crisis_plan.shapes import Kind, Stage

STAGES = {
    Stage.USUAL: _("On usual days"),
    Stage.EARLY: _("When it begins"),
    Stage.HARD: _("When it gets hard"),
    Stage.CRISIS: _("In a crisis"),
    Stage.AFTER: _("Afterwards"),
}


class Words(NamedTuple):
    """A section's heading, what it is for, and an example."""

    heading: str
    hint: str
    example: str


SECTIONS = {
    Kind.WELL: Words(
        _("Me on a good day"),
        _("What you are like then, so that others know it too."),
        _("I sing along with the radio and ring my sister."),
    ),
    Kind.SETS_OFF: Words(
        _("What can tip me over"),
        _("Things that make a bad time more likely."),
        _("Three nights without sleep."),
    ),
    Kind.MY_SIGNS: Words(
        _("What I notice in me"),
        _("The first small things that tell you it begins."),
        _("I stop opening my post."),
    ),
    Kind.OTHERS_SIGNS: Words(
        _("What others notice in me"),
        _("You could ask somebody who knows you."),
        _("My sister says I talk faster."),
    ),
    Kind.STEPS: Words(
        _("What I do first"),
        _("One step on each line. They come first when you press Help now."),
        _("Put on my shoes and go out on the steps."),
    ),
    Kind.DISTRACT: Words(
        _("Where I go, and whom I am with"),
        _("People and places that take your mind off it."),
        _("The café by the library, at the window."),
    ),
    Kind.PEOPLE: Words(
        _("Who I call first"),
        _("People of your own. Each is one press away under Help now."),
        _("Solveig, any hour. She knows about the plan."),
    ),
    Kind.HELPERS: Words(
        _("Who else answers, and when"),
        _("Helpers with their hours."),
        _("The clinic, weekdays from eight to three."),
    ),
    Kind.SAFER: Words(
        _("What I put out of reach"),
        _("How you, or somebody with you, make it safer around you."),
        _("My sister keeps the car keys for the night."),
    ),
    Kind.KEEPS_HERE: Words(
        _("What I stay for"),
        _("People, animals, plans, small things."),
        _("The cat. The spring on the island."),
    ),
    Kind.MEET_ME: Words(
        _("How to meet me"),
        _("What helps when you cannot explain it."),
        _("Sit down beside me. Say your name and what you want to do."),
    ),
    Kind.WANTED: Words(
        _("Treatment I want, and why"),
        _("What has helped before."),
        _("The open ward, because I sleep there."),
    ),
    Kind.REFUSED: Words(
        _("Treatment I do not want, and why"),
        _("It is a strong wish and no legal paper. The why helps others follow it."),
        _("No straps. They bring back what happened in 2009."),
    ),
    Kind.ADMITTED: Words(
        _("If I am admitted"),
        _("Whom to tell, and who looks after what is yours."),
        _("The neighbour feeds the cat."),
    ),
    Kind.MAY_ACT: Words(
        _("Who may act for me"),
        _("Who decides with you, and what they may decide."),
        _("My sister may speak for me, but not about money."),
    ),
    Kind.AFTERWARDS: Words(
        _("When it is over"),
        _("How you know, what you need then, and whom to thank or tell."),
        _("A quiet week, and a walk through this plan with Anna."),
    ),
    Kind.MADE: Words(_("How this plan was made"), "", ""),
}

POINTS = {
    Kind.MEET_ME: (("like_this", _("Like this")), ("please_not", _("Please not"))),
    Kind.ADMITTED: (
        ("tell", _("Tell")),
        ("children", _("Children")),
        ("pets", _("Animals")),
        ("home", _("Home")),
    ),
}
"""The points of a section that is written by points: key and name."""
