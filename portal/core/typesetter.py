"""The typesetter's own process: a sheet comes in as JSON, a PDF goes out, whatever stands in it.

Asked to count, it says on how many pages the sheet stands instead.

Nothing of a sheet is ever read as markup: typst gets it as data. The page is one that reads itself
aloud well (PDF/UA), as far as there is a shape for every sign; decision 80 says what comes else.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import typst

from portal.core.typed import writable

SETTING = Path(__file__).with_name("sheet.typ")
FONTS = str(Path(__file__).with_name("fonts"))
COUNT = "count"
ACCESSIBLE: Literal["ua-1"] = "ua-1"
PLAIN: Literal["1.7"] = "1.7"
BOX = "□"

_TRIAL = b"""
#set document(title: "A trial")
#set text(lang: "en", font: ("Libertinus Serif", "Noto Emoji"))
#sys.inputs.sign #strong(sys.inputs.sign)
"""


def main() -> None:
    """Set one sheet, or count its pages."""
    setting = json.loads(sys.stdin.buffer.read())
    counts = sys.argv[1:] == [COUNT]
    sys.stdout.buffer.write(b"%d" % pages_in(setting) if counts else page_of(setting))


def page_of(setting: Any) -> bytes:
    """A sheet and what belongs to it as PDF."""
    boxed, setting["boxed"] = setting["boxed"], ""
    setting = _each_text(setting, writable)
    try:
        return _press(setting, ACCESSIBLE)
    except typst.TypstError:
        setting = _each_text(setting, _boxes_for(_shapeless(setting))) | {"boxed": boxed}
    try:
        return _press(setting, ACCESSIBLE)
    except typst.TypstError:
        return _press(setting, PLAIN)


def pages_in(setting: Any) -> int:
    """On how many pages a sheet stands. They are only drawn, so no sign is refused."""
    pages: Any = _compiler().compile(
        SETTING.read_bytes(), format="svg", sys_inputs=_inputs(_each_text(setting, writable))
    )
    return len(pages) if isinstance(pages, list) else 1


def _press(setting: Any, standard: Literal["ua-1", "1.7"]) -> bytes:
    page: Any = _compiler().compile(
        SETTING.read_bytes(), sys_inputs=_inputs(setting), pdf_standards=standard
    )
    return bytes(page)


def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[FONTS])


def _inputs(setting: Any) -> dict[str, str]:
    return {"setting": json.dumps(setting)}


def _shapeless(setting: Any) -> set[str]:
    """The signs of a sheet that no font has: each is tried alone, in some milliseconds."""
    trial = _compiler()
    signs = {sign for sign in json.dumps(setting, ensure_ascii=False) if not sign.isascii()}
    return {sign for sign in signs if not _has_shape(trial, sign)}


def _has_shape(trial: typst.Compiler, sign: str) -> bool:
    try:
        trial.compile(_TRIAL, sys_inputs={"sign": sign}, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        return False
    return True


def _boxes_for(signs: set[str]) -> Callable[[str], str]:
    boxes = str.maketrans(dict.fromkeys(signs, BOX))
    return lambda text: text.translate(boxes)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same lists and names with every text in them changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(each, change) for each in value]
    if isinstance(value, dict):
        return {name: _each_text(each, change) for name, each in value.items()}
    return value


if __name__ == "__main__":
    main()
