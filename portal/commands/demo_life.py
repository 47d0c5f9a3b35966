"""The demo's words on what matters to Ingrid, and how it goes in some parts of her life."""

from uuid import UUID

from portal.life_domains import rules
from portal.life_domains import service as life
from portal.life_domains.shapes import EntryBody, MoreHelp
from portal.life_domains.tool import TOOL
from portal.toolbox import service as toolbox
from portal.vault.viewer import Viewer
from portal.what_matters import service as what_matters

SENTENCE = "I want to be a good aunt, and to decide about my own days."
WELL = ("A walk before ten", "Ringing my sister", "Singing along with the radio")
FIRST = {
    "home": EntryBody("The flat is quiet. The stairs are a lot of work.", rating=5),
    "money": EntryBody(
        "I owe for the power, and I leave the letters closed.",
        hinders="Opening the post on my own.",
        rating=2,
        more_help=MoreHelp.YES,
    ),
    "body": EntryBody("Stiff and tired. I sleep badly.", rating=3, more_help=MoreHelp.NOT_NOW),
    "friends": EntryBody("Mona writes. I do not always manage to answer.", rating=4),
    "our-meetings": EntryBody("Short, and good. I forget what I wanted to say."),
}
THEN = {
    "money": EntryBody("There is a plan for the power bill.", rating=3),
    "body": EntryBody("Slept three nights in a row.", helps="Going out before ten.", rating=4),
}
NOW = {
    "money": EntryBody(
        "The power is paid. There is nothing left for the bus.",
        helps="My sister opens the letters with me.",
        hinders="The end of the month.",
        rating=4,
        more_help=MoreHelp.YES,
    ),
}


def begin(viewer: Viewer) -> None:
    """What matters, what keeps her well, and how it was at first."""
    what_matters.say_what_matters(viewer, SENTENCE, once="demo sentence")
    for line in WELL:
        what_matters.add_to_well(viewer, line, once=f"demo {line}")
    cat = life.add_domain(viewer, "The cat", once="demo cat")
    life.add_entry(viewer, cat, EntryBody("She sleeps on my feet.", rating=7), once="demo cat 1")
    _write(viewer, FIRST)


def go_on(viewer: Viewer, *, now: bool) -> None:
    """What she wrote later."""
    _write(viewer, NOW if now else THEN)


def share(viewer: Viewer, dyad_id: UUID) -> None:
    """Mark two domains to talk about, and let Anna see what stands in one of them."""
    for key in ("money", "our-meetings"):
        life.mark_domain(viewer, rules.id_of(viewer.person_id, key), on=True)
    items = toolbox.choice_for(viewer, TOOL, dyad_id).items
    money = [each.id for each in items if "power" in each.more]
    seen = toolbox.preview_for(viewer, TOOL, dyad_id, money).seen
    toolbox.share(viewer, TOOL, dyad_id, money, seen=seen)


def _write(viewer: Viewer, entries: dict[str, EntryBody]) -> None:
    for key, body in entries.items():
        once = f"demo {key} {viewer.now.date()}"
        life.add_entry(viewer, rules.id_of(viewer.person_id, key), body, once=once)
