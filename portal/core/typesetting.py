"""Sheets as PDF: tagged, with embedded fonts, on one page where they fit.

Each is set in a process of its own, which gets the sheet on its input and gives the PDF on its
output: no file holds the words, and the typesetter's memory goes with it (decision 80).
"""

import subprocess  # nosec B404  # our own module, see _run
import sys
from threading import BoundedSemaphore
from typing import Any

import msgspec

from portal.core.errors import Unavailable
from portal.core.sheet import Sheet

SECONDS = 20
AT_ONCE = 2
WAIT = 5
_places = BoundedSemaphore(AT_ONCE)


class InkedLabel(msgspec.Struct, frozen=True):
    """Words over a drawing, with the colours they have on paper; without a halo it is empty.

    ``room``: how wide they may grow; 0 where they keep their size.
    """

    x: float
    y: float
    text: str
    size: float
    anchor: str
    is_strong: bool
    ink: str
    halo: str
    room: float


class InkedDrawing(msgspec.Struct, frozen=True):
    """A drawing as it is set: its shapes as SVG, and the words that stand over them."""

    svg: str
    width: float
    height: float
    desc: str
    labels: list[InkedLabel]


class Setting(msgspec.Struct, frozen=True):
    """What the typesetter needs beside the sheet: the language, and a few words in it.

    ``boxed``: the line for a page on which boxes stand for signs that no font has.
    """

    sheet: Any
    language: str
    of: str
    boxed: str


def pdf_of(
    sheet: Sheet, *, language: str, of: str, boxed: str, pictures: list[InkedDrawing]
) -> bytes:
    """A sheet as PDF. ``of``: the line under the title; ``boxed``: what boxes on it stand for.

    ``pictures`` are the sheet's drawings, in order. Raises Unavailable when too many are
    being made at once.
    """
    plain = msgspec.to_builtins(sheet)
    drawn = iter(pictures)
    for section in plain["sections"]:
        for block in section["blocks"]:
            if block["type"] == "picture":
                block.update(msgspec.to_builtins(next(drawn)), drawing=None)
    return _made(Setting(plain, language, of, boxed))


def page_count(sheet: Sheet, *, language: str, of: str) -> int:
    """On how many pages of paper a sheet without drawings stands (a seventh of a second).

    A line's room is left for what boxes on it may stand for.
    """
    return int(_made(Setting(msgspec.to_builtins(sheet), language, of, boxed="□"), "count"))


def _made(setting: Setting, *wish: str) -> bytes:
    if not _places.acquire(timeout=WAIT):
        raise Unavailable
    try:
        return _run(msgspec.json.encode(setting), *wish)
    finally:
        _places.release()


def _run(words: bytes, *wish: str) -> bytes:
    try:
        done = subprocess.run(  # nosec B603  # fixed arguments; the words go in as data
            [sys.executable, "-m", "portal.core.typesetter", *wish],
            input=words,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable from None  # what it holds are somebody's words
    if done.returncode:
        raise RuntimeError("the typesetter ended without a page")  # its words stay unsaid
    return done.stdout
