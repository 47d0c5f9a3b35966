"""Reading the exercises: Markdown with a head in TOML between two lines of ``+++``.

A file of the service's own with the same name replaces ours. A file that cannot be read is left
out, and the log and ``python -m portal check`` say why.
"""

import logging
import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec
import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from portal.library.shapes import Exercise, Head

log = logging.getLogger(__name__)

OURS = Path(__file__).parents[2] / "content" / "exercises"
TAGS = {"p", "ol", "ul", "li", "em", "strong", "h2", "h3", "blockquote", "br", "hr"}
_NAME = re.compile(r"[a-z0-9-]{1,60}")
_markdown = MarkdownIt("commonmark", {"html": False})


class Unreadable(Exception):
    """A file of the library cannot be used; the message says why, in plain words."""


@cache
def exercises(language: str, home: Path) -> dict[str, Exercise]:
    """Every exercise by its name: the service's own before ours, in the language or in English."""
    found: dict[str, Exercise] = {}
    for folder in (OURS, home / "content" / "exercises"):
        for code in dict.fromkeys(("en", language)):
            for path in sorted(folder.glob(f"*.{code}.md")):
                try:
                    exercise = read_exercise(path)
                except Unreadable as problem:
                    why = type(problem.__cause__ or problem).__name__
                    log.error("exercise left out", extra={"file": path.name, "problem": why})
                else:
                    found[exercise.slug] = exercise
    return found


def read_exercise(path: Path) -> Exercise:
    """One file; raises Unreadable."""
    slug = path.name.split(".")[0]
    if not _NAME.fullmatch(slug):
        raise Unreadable("its name may hold small letters, digits and hyphens only")
    try:
        _, head, body = path.read_text("utf-8").split("+++\n", 2)
        return Exercise(slug, msgspec.convert(tomllib.loads(head), Head), made_safe(body))
    except (OSError, UnicodeError) as problem:
        raise Unreadable("the file cannot be read") from problem
    except tomllib.TOMLDecodeError as problem:
        raise Unreadable(f"its head is not TOML: {problem}") from problem
    except msgspec.ValidationError as problem:
        raise Unreadable(f"its head is not complete: {problem}") from problem
    except ValueError as problem:
        raise Unreadable("it has no head between two lines of +++") from problem


def made_safe(text: str) -> Markup:
    """Markdown as HTML in which nothing can run, whoever wrote it."""
    html = nh3.clean(_markdown.render(text), tags=TAGS, attributes={})
    return Markup(html)  # nosec B704  # nh3 let nothing but plain tags through
