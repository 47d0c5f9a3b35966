"""The demo's network map: who and what is around Ingrid, and how it was two weeks ago."""

from portal.network_map import service as network
from portal.network_map.shapes import (
    Circle,
    Direction,
    Effect,
    HowOften,
    Kind,
    NodeBody,
    Sector,
    Support,
    Tie,
    Wish,
)
from portal.vault.viewer import Viewer

SISTER = NodeBody(
    "My sister",
    sector=Sector.FAMILY,
    circle=Circle.CLOSEST,
    contact=HowOften.WEEKLY,
    tie=Tie.SUPPORTIVE,
    support=(Support.COMPANY, Support.ADVICE),
    direction=Direction.BOTH,
    effect=Effect.LIFTS,
    wish=Wish.SAME,
    may_be_called=True,
    phone="900 00 001",
)
NODES = (
    SISTER,
    NodeBody(
        "Dad",
        sector=Sector.FAMILY,
        circle=Circle.WITHIN_REACH,
        contact=HowOften.MONTHLY,
        tie=Tie.STRAINED,
        effect=Effect.DRAINS,
        wish=Wish.CLOSER,
    ),
    NodeBody(
        "Lise",
        sector=Sector.FRIENDS,
        circle=Circle.NEAR,
        contact=HowOften.WEEKLY,
        tie=Tie.SUPPORTIVE,
        support=(Support.EMOTIONAL,),
        direction=Direction.I_GET,
        effect=Effect.LIFTS,
    ),
    NodeBody("Per from school", sector=Sector.FRIENDS, circle=Circle.OUTER, tie=Tie.BROKEN),
    NodeBody(
        "The choir",
        Kind.ACTIVITY,
        Sector.LEISURE,
        Circle.WITHIN_REACH,
        effect=Effect.LIFTS,
        wish=Wish.CLOSER,
    ),
    NodeBody("The bench by the sea", Kind.PLACE, Sector.LEISURE, Circle.NEAR, effect=Effect.LIFTS),
    NodeBody("Mrs Olsen", sector=Sector.NEIGHBOURHOOD, circle=Circle.WITHIN_REACH, tie=Tie.MIXED),
    NodeBody(
        "Bamse, the dog next door",
        Kind.ANIMAL,
        Sector.NEIGHBOURHOOD,
        Circle.NEAR,
        contact=HowOften.DAILY,
        effect=Effect.LIFTS,
    ),
    NodeBody(
        "Anna", sector=Sector.SERVICES, circle=Circle.NEAR, tie=Tie.SUPPORTIVE, may_be_called=True
    ),
    NodeBody("The study adviser", sector=Sector.WORK, circle=Circle.OUTER),
)


def draw_map(viewer: Viewer) -> None:
    """Put everybody on the map, and keep it as it is."""
    for number, body in enumerate(NODES):
        network.add_node(viewer, body, once=f"demo-network-{number}")
    network.keep_snapshot(viewer, "When I began to write here", once="demo-network-kept")


def move_on(viewer: Viewer) -> None:
    """The choir came closer since."""
    choir = next(node for node in network.here_of(viewer) if node.body.name == "The choir")
    network.move_node(viewer, choir.id, Sector.LEISURE, Circle.NEAR)
