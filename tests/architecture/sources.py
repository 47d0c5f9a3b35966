"""The project's own sources, read as syntax trees, for the tests of the house's rules."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of ours."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """What the file says."""
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file as a syntax tree."""
        return ast.parse(self.text, str(self))

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Every function, methods and inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def public(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
        """What other files may use: functions and classes, and the methods of those classes."""
        yield from _public_in(self.tree.body)

    def imported(self) -> set[str]:
        """The names of all modules that it imports, also within functions."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        return found

    def is_room(self, *rooms: str) -> bool:
        """Is it one of these rooms of a slice ("rules", "views"), or one file of it?"""
        return self.path.stem in rooms or self.path.parent.name in rooms


def sources(*places: str) -> list[Source]:
    """The Python files in these folders, and these files, in order; missing ones are left out."""
    found: list[Source] = []
    for place in (ROOT / each for each in places):
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        found += [Source(file) for file in files if file.exists()]
    return found


def tracked_files() -> list[Path]:
    """Every file that git keeps, or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def length_of(function: Function) -> int:
    """How many lines a function has from ``def`` to its end, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 1
    end = function.end_lineno or function.lineno
    return end - body[0].lineno + 1 + body_head(function)


def body_head(function: Function) -> int:
    """How many lines the ``def`` itself takes."""
    return function.body[0].lineno - function.lineno


def is_endpoint(function: Function) -> bool:
    """Is the function a page: is it decorated with a route?"""
    return any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr in {"get", "post", "route"}
        for each in function.decorator_list
    )


def _public_in(body: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public_in(node.body)
