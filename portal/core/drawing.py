"""Drawings made by the server: plain shapes, which a template turns into SVG.

A drawing needs no script and no style of its own: on a page its inks are classes, so that it
follows the reader's colours; on paper they are the values in ``PAPER``. Lengths are in units of the
drawing; x grows to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec

PAPER = {
    "ink": "#22302b",
    "soft": "#5d6964",
    "line": "#d8d2c4",
    "strong": "#2f5d50",
    "sage": "#dfe9e1",
    "sand": "#f1e8d8",
    "sky": "#dbe8ef",
    "paper": "#ffffff",
}
"""What each ink is on paper."""


class Line(msgspec.Struct, frozen=True, tag="line"):
    """A straight line; ``dash`` draws it broken, ``pattern`` in lengths of line and gap."""

    kind: ClassVar[str] = "line"

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str = "line"
    width: float = 1.5
    dash: bool = False
    pattern: str = ""


class Ring(msgspec.Struct, frozen=True, tag="ring"):
    """A circle: filled with an ink, or only its edge."""

    kind: ClassVar[str] = "ring"

    x: float
    y: float
    r: float
    ink: str = "line"
    fill: str = ""
    width: float = 1.5
    dash: bool = False


class Trace(msgspec.Struct, frozen=True, tag="trace"):
    """Any path, in SVG's own letters; made by the server, never from somebody's words.

    ``is_round``: its ends are round, so that a path of points is a row of dots.
    """

    kind: ClassVar[str] = "trace"

    d: str
    ink: str = "line"
    fill: str = ""
    width: float = 1.5
    is_round: bool = False


class Label(msgspec.Struct, frozen=True, tag="label"):
    """Words in a drawing. They stand on a halo of paper, so that no line cuts them.

    ``room``: how wide they may be. On paper, where the font is known, they are set larger as far as
    that goes; without it they keep their size.
    """

    kind: ClassVar[str] = "label"

    x: float
    y: float
    text: str
    size: float = 14
    anchor: str = "middle"
    ink: str = "ink"
    is_strong: bool = False
    has_halo: bool = True
    room: float = 0


class Group(msgspec.Struct, frozen=True, tag="group"):
    """Some shapes that belong together; ``mark`` names them for a script, ``title`` for a reader.

    With ``href`` the group leads somewhere. ``common``: how most shapes in it look, said once; a
    group within it goes on with that.
    """

    kind: ClassVar[str] = "group"

    parts: tuple[Line | Ring | Trace | Label | Group, ...]
    mark: str = ""
    title: str = ""
    href: str = ""
    common: Common | None = None


class Common(msgspec.Struct, frozen=True):
    """What shapes have in common: ink, fill and width of their edge, and the size of type."""

    ink: str = ""
    fill: str = ""
    width: float = 1.5
    size: float = 14


class Drawing(msgspec.Struct, frozen=True):
    """A whole drawing, with its name and what it says for those who do not see it."""

    width: float
    height: float
    title: str
    desc: str
    parts: tuple[Line | Ring | Trace | Label | Group, ...]


def labels_of(parts: Sequence[Line | Ring | Trace | Label | Group]) -> Iterator[Label]:
    """The words in a drawing, those of its groups among them, in the order they are drawn."""
    for part in parts:
        if isinstance(part, Group):
            yield from labels_of(part.parts)
        elif isinstance(part, Label):
            yield part
