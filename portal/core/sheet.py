"""A sheet: what stands on a page of paper, apart from how it is set.

One sheet serves the printed page, the PDF and the copy that somebody takes to a meeting. All its
words are plain text in the language of whoever made it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from portal.core.drawing import Drawing


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Somebody's words, as typed."""

    kind: ClassVar[str] = "words"

    text: str


class Points(msgspec.Struct, frozen=True, tag="points"):
    """A list; numbered when the order matters."""

    kind: ClassVar[str] = "points"

    items: tuple[str, ...]
    is_ordered: bool = False


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """What is so, term by term."""

    kind: ClassVar[str] = "facts"

    rows: tuple[tuple[str, str], ...]


class Grid(msgspec.Struct, frozen=True, tag="grid"):
    """A table; every row has as many cells as there are heads.

    ``is_across``: its rows hold a few short values, and stand side by side, the first cell on top.
    """

    kind: ClassVar[str] = "grid"

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_across: bool = False


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A drawing. Its twin in words stands beside it on the sheet.

    ``is_beside``: it is small, and stands at the side of its section's words.
    ``is_large``: there is much on it, so it is as wide as paper can be printed on.
    """

    kind: ClassVar[str] = "picture"

    drawing: Drawing
    is_beside: bool = False
    is_large: bool = False


Block = Words | Points | Facts | Grid | Picture


class Section(msgspec.Struct, frozen=True):
    """A headed piece of a sheet; ``note`` is a quiet line under the heading."""

    title: str
    blocks: tuple[Block, ...]
    note: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """Everything on the sheet. ``name``: whose it is. ``opening``: what matters to them, first."""

    title: str
    name: str
    on: date
    sections: tuple[Section, ...]
    lead: str = ""
    opening: str = ""
    foot: str = ""
    is_wide: bool = False
