"""What lies in the folder ``content``: the terms one reads at sign-up, and the common passwords.

The terms are Markdown files, one a language, with a version at the head. Only headings, paragraphs
and lists are used; ``{service}`` stands for the service's name.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

CONTENT = Path(__file__).parents[2] / "content"


class Section(NamedTuple):
    """A heading and what is said under it, a paragraph each."""

    title: str
    paragraphs: tuple[str, ...]


class Terms(NamedTuple):
    """What everybody reads before they begin. ``version`` is kept with the acceptance."""

    version: str
    sections: tuple[Section, ...]


@cache
def common_passwords() -> frozenset[str]:
    """Passwords of ten and more characters that many people use, in small letters."""
    lines = (CONTENT / "passwords" / "common.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def terms(language: str, service: str, *, for_worker: bool = False) -> Terms:
    """The terms in a language, or in English where they are not translated yet."""
    name = "worker" if for_worker else "owner"
    path = CONTENT / "terms" / f"{name}.{language}.md"
    text = (path if path.exists() else path.with_name(f"{name}.en.md")).read_text("utf-8")
    head, _, body = text.partition("\n\n")
    version = head.removeprefix("version:").strip()
    found = body.replace("{service}", service).strip().removeprefix("## ").split("\n## ")
    return Terms(version, tuple(_section(each) for each in found))


def _section(text: str) -> Section:
    title, _, rest = text.partition("\n")
    blocks = [" ".join(block.split()) for block in rest.strip().split("\n\n")]
    return Section(title.strip(), tuple(block for block in blocks if block))
