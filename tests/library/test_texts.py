"""The exercises as files: every one of ours is whole, and a broken one is left out and said."""

import re
import shutil
from pathlib import Path

import pytest

from portal.library.reading import OURS, Unreadable, exercises, made_safe, read_exercise

NOWHERE = Path("/nonexistent")
FIRST_TEXTS = 12
LONGEST_SENTENCE = 15
TERMS = OURS.parent / "terms"


@pytest.mark.parametrize("path", sorted(OURS.glob("*.md")), ids=lambda path: path.name)
def test_every_exercise_of_ours_is_whole(path: Path) -> None:
    exercise = read_exercise(path)
    head = exercise.head
    assert all((head.title, head.about, head.theme, head.maker, head.source, head.questions))
    assert 1 <= head.minutes <= 30
    assert "<ol>" in exercise.text or "<ul>" in exercise.text


@pytest.mark.parametrize(
    "path", sorted([*OURS.glob("*.md"), *TERMS.glob("*.md")]), ids=lambda path: path.name
)
def test_no_sentence_is_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8").split("+++")[-1]
    lines = re.split(r"\n\s*\n|\n(?=[-#\d])", text)
    sentences = [
        each for line in lines for each in re.split(r"(?<=[.!?:])\s", " ".join(line.split()))
    ]
    assert len(sentences) > len(lines) / 2
    assert [each for each in sentences if len(_words_of(each)) > LONGEST_SENTENCE] == []


def _words_of(sentence: str) -> list[str]:
    return [word for word in sentence.split() if any(sign.isalpha() for sign in word)]


def test_there_are_a_dozen_and_calming_ones_to_choose_from() -> None:
    found = exercises("en", NOWHERE)
    assert len(found) >= FIRST_TEXTS
    assert sum(each.head.is_calming for each in found.values()) > 1


def test_a_language_without_a_text_gets_the_english_one() -> None:
    assert exercises("nb", NOWHERE).keys() == exercises("en", NOWHERE).keys()


def test_a_service_adds_and_replaces_texts(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "exercises"
    folder.mkdir(parents=True)
    ours = OURS / "warm-hands.en.md"
    text = ours.read_text().replace('title = "Warm hands"', 'title = "Varme hender"')
    (folder / "warm-hands.en.md").write_text(text)
    shutil.copy(ours, folder / "one-of-our-own.en.md")
    (folder / "broken.en.md").write_text("no head at all")
    found = exercises("en", tmp_path)
    assert found["warm-hands"].head.title == "Varme hender"
    assert "one-of-our-own" in found
    assert "broken" not in found


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.en.md", "no head", "no head"),
        ("a.en.md", "+++\ntitle = \n+++\n", "not TOML"),
        ("a.en.md", '+++\ntitle = "x"\n+++\n', "not complete"),
        ("A B.en.md", "", "its name"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, name: str, text: str, why: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(Unreadable, match=why):
        read_exercise(path)


def test_nothing_in_a_text_can_run() -> None:
    text = made_safe("<script>alert(1)</script>[x](javascript:alert(1)) <img src=x onerror=a()>")
    for bad in ("<script", "<img", 'javascript:alert(1)"', "<a "):
        assert bad not in text
