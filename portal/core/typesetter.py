"""The typesetter's own process: a sheet comes in as JSON, a PDF goes out.

Nothing of a sheet is ever read as markup: typst gets it as data.
"""

import sys
from pathlib import Path

import typst

SETTING = Path(__file__).with_name("sheet.typ")


def main() -> None:
    """Set one sheet."""
    data = sys.stdin.buffer.read().decode()
    page = typst.compile(SETTING.read_bytes(), sys_inputs={"setting": data}, pdf_standards=["ua-1"])
    sys.stdout.buffer.write(page)


if __name__ == "__main__":
    main()
