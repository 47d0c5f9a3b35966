"""The rules of the house, read off its sources; ``import-linter`` sees to the floors.

Sources: docs/decisions/, and how the rooms were built from the first day on.
"""

import ast
import re

import pytest

from tests.architecture.sources import (
    ROOT,
    Source,
    is_endpoint,
    length_of,
    sources,
    tracked_files,
)

OURS = sources("portal", "workers", "config.py", "wsgi.py")
COMMITS_HERE = {"portal/core/work.py"}
LONGEST_VIEW, LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEST_FILE = 15, 40, 300, 500
EMPTY_NAMES = {"utils", "helpers", "common", "misc"}
# Put together from halves, so that this file does not name them either.
PACKAGE_HOSTS = ["pypi" + ".org", "python" + "hosted.", "npmjs" + ".org", "deb." + "debian.org"]


def test_only_one_place_commits() -> None:
    found = [
        f"{source}:{call.lineno}"
        for source in OURS
        if str(source) not in COMMITS_HERE
        for call in _calls_of(source, {"commit"})
    ]
    assert not found


def test_a_commit_stands_in_one_function_only() -> None:
    (work,) = (source for source in OURS if str(source) in COMMITS_HERE)
    assert len(_calls_of(work, {"commit"})) == 1


def test_views_are_short() -> None:
    found = [
        f"{source}:{function.lineno} {function.name} has {length_of(function)} lines"
        for source in OURS
        for function in source.functions()
        if is_endpoint(function) and length_of(function) > LONGEST_VIEW
    ]
    assert not found


def test_functions_are_short() -> None:
    found = [
        f"{source}:{function.lineno} {function.name} has {length_of(function)} lines"
        for source in [*OURS, *sources("tests", "bench")]
        for function in source.functions()
        if length_of(function) > LONGEST_FUNCTION
    ]
    assert not found


def test_files_are_short() -> None:
    limits = [(LONGEST_FILE, OURS), (LONGEST_TEST_FILE, sources("tests", "bench"))]
    long = [(each, most) for most, files in limits for each in files if each.lines > most]
    assert not [f"{each} has {each.lines} lines" for each, _ in long]


def test_everything_public_says_what_it_is() -> None:
    found = [
        f"{source}:{node.lineno} {node.name}"
        for source in OURS
        for node in source.public()
        if not ast.get_docstring(node)
    ]
    assert not found


def test_modules_say_what_they_are() -> None:
    assert not [str(each) for each in OURS if not ast.get_docstring(each.tree)]


def test_no_module_has_an_empty_name() -> None:
    assert not [str(each) for each in OURS if {*each.path.parts, each.path.stem} & EMPTY_NAMES]


def test_settings_know_nothing_of_the_portal() -> None:
    (config,) = sources("config.py")
    assert not [name for name in config.imported() if name.split(".")[0] in {"portal", "workers"}]


def test_web_entry_only_makes_the_application() -> None:
    (wsgi,) = sources("wsgi.py")
    ours = {
        name for name in wsgi.imported() if name.split(".")[0] in {"portal", "workers", "config"}
    }
    assert ours <= {"config", "config.load_settings", "portal", "portal.create_app"}


def test_only_the_vault_imports_cryptography() -> None:
    found = [
        str(source)
        for source in OURS
        if not str(source).startswith("portal/vault/")
        and {name.split(".")[0] for name in source.imported()} & {"nacl", "argon2"}
    ]
    assert not found


def test_ids_reach_the_log_as_ids() -> None:
    """The formatter hides text, so an id or a reason that was turned into text says nothing."""
    found = [
        f"{source}:{call.lineno}"
        for source in OURS
        for call in _calls_of(source, {"debug", "info", "warning", "error", "exception"})
        for given in call.keywords
        if given.arg == "extra"
        for node in ast.walk(given.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str"
    ]
    assert not found


def test_no_refusal_carries_a_name() -> None:
    """Exceptions reach logs and reports; they carry ids, and sentences without anybody in them."""
    found = [
        f"{source}:{node.lineno}"
        for source in OURS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Raise)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and any(_is_a_name(given) for given in call.keywords)
    ]
    assert not found


def _is_a_name(given: ast.keyword) -> bool:
    return isinstance(given.value, ast.Attribute) and given.value.attr.endswith("name")


def test_rules_and_shapes_read_no_clock() -> None:
    found = [
        f"{source}:{call.lineno}"
        for source in OURS
        if source.is_room("rules", "shapes")
        for call in [*_calls_of(source, {"now", "today", "utcnow"}), *_named(source, "utc_now")]
    ]
    assert not found


def test_pages_are_shown_by_our_own_render() -> None:
    found = [
        str(source)
        for source in OURS
        if source.is_room("views") and "flask.render_template" in source.imported()
    ]
    assert not found


def test_words_are_declared_safe_in_one_template_only() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8"))
    ]
    assert set(found) <= {"templates/components/prose.html"}


def test_templates_carry_no_inline_style_or_script() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if path.parent.name != "emails" and inline.search(path.read_text("utf-8"))
    ]
    assert not found


def test_style_sheets_are_short_and_plain() -> None:
    long = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "portal/static/css").rglob("*.css")
        if len(path.read_text("utf-8").splitlines()) > 150
    ]
    assert not long


@pytest.mark.parametrize("host", PACKAGE_HOSTS)
def test_no_file_names_a_package_host(host: str) -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked_files()
        if path.suffix not in {".png", ".ttf", ".ico"}
        and host in path.read_text("utf-8", errors="ignore")
    ]
    assert not found


def test_exceptions_to_the_linters_say_why() -> None:
    bare = re.compile(r"#\s*(?:noqa|type:\s*ignore|nosec|pragma)[^#\n]*$", re.M)
    found = [
        f"{source}: {match.group().strip()}"
        for source in [*OURS, *sources("tests", "bench", "migrations/env.py")]
        for match in bare.finditer(source.text)
    ]
    assert not found


def _calls_of(source: Source, names: set[str]) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]


def _named(source: Source, name: str) -> list[ast.Name]:
    return [
        each for each in ast.walk(source.tree) if isinstance(each, ast.Name) and each.id == name
    ]
