"""How a card for the wallet is drawn: two sides of one card, to cut out and fold."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import segno

from portal.core.drawing import Drawing, Group, Label, Line, Ring, Trace

SIDE, HIGH, EDGE = 428.0, 270.0, 9.0
"""Units of a fifth of a millimetre: each side is 85.6 by 54 mm on paper (ISO 7810 ID-1)."""

QR_SIDE = 158.0
LONGEST = 38


class Sides(NamedTuple):
    """The words on a card: a headline, what to do, the address, the code; and the other side."""

    headline: str
    todo: str
    address: str
    groups: Sequence[str]
    back_title: str
    back: Sequence[str]


def card_drawing(sides: Sides, link: str, *, title: str, desc: str) -> Drawing:
    """Both sides beside each other, with a broken line where the card is folded."""
    parts: list[Line | Ring | Trace | Label | Group] = [
        _box(EDGE, EDGE, 2 * SIDE, HIGH),
        Line(EDGE + SIDE, EDGE, EDGE + SIDE, EDGE + HIGH, dash=True),
        *_front(sides),
        _qr(link, EDGE + SIDE - QR_SIDE - 16, EDGE + (HIGH - QR_SIDE) / 2 - 12),
        *_back(sides),
    ]
    return Drawing(2 * (SIDE + EDGE), HIGH + 2 * EDGE, title, desc, tuple(parts))


def shortened(text: str, longest: int = LONGEST) -> str:
    """A line that fits on the card; what is cut off stands behind the code."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def qr_path(text: str, x: float, y: float, side: float) -> str:
    """The dark squares of a QR code as one path of runs (error correction M)."""
    rows = [list(row) for row in segno.make(text, micro=False, error="m").matrix]
    unit = side / len(rows)
    runs = []
    for down, row in enumerate(rows):
        for start, length in _runs(row):
            left, top = x + start * unit, y + down * unit
            runs.append(
                f"M{left:.2f} {top:.2f}h{length * unit:.2f}v{unit:.2f}h-{length * unit:.2f}z"
            )
    return "".join(runs)


def _runs(row: Sequence[int]) -> Iterable[tuple[int, int]]:
    start = None
    for place, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def _front(sides: Sides) -> list[Label]:
    left = EDGE + 18
    lines = [_text(left, EDGE + 40, sides.headline, size=20, is_strong=True)]
    for number, line in enumerate(_wrapped(sides.todo, 26)):
        lines.append(_text(left, EDGE + 74 + number * 19, line, size=13))
    lines.append(_text(left, EDGE + HIGH - 56, sides.address, size=12, is_strong=True))
    lines.append(_text(left, EDGE + HIGH - 32, " ".join(sides.groups), size=14, is_strong=True))
    return lines


def _back(sides: Sides) -> list[Label]:
    left = EDGE + SIDE + 20
    lines = [_text(left, EDGE + 40, sides.back_title, size=17, is_strong=True)]
    for number, line in enumerate(sides.back[:8]):
        lines.append(_text(left, EDGE + 72 + number * 24, shortened(line), size=15))
    return lines


def _wrapped(text: str, longest: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > longest and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _qr(link: str, x: float, y: float) -> Group:
    white = _box(x - 8, y - 8, QR_SIDE + 16, QR_SIDE + 16, ink="", fill="paper")
    dark = Trace(qr_path(link, x, y, QR_SIDE), ink="", fill="ink", width=0)
    return Group((white, dark))


def _box(
    x: float, y: float, wide: float, high: float, *, ink: str = "line", fill: str = ""
) -> Trace:
    return Trace(f"M{x} {y}h{wide}v{high}h-{wide}z", ink=ink, fill=fill)


def _text(x: float, y: float, text: str, *, size: float, is_strong: bool = False) -> Label:
    return Label(x, y, text, size, "start", is_strong=is_strong, has_halo=False)
