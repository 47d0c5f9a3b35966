from html.parser import HTMLParser

import bleach
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from portal.core.prose import prose

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    'https://x.example/"onmouseover=alert(1)//',
    "https://x.example/'><script>alert(1)</script>",
    "https://x.example/<b>",
    "http://\x00java\x01script:alert(1)",
    "https://javascript:alert(1)@x.example",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "</p></div></body><h1>taken over",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }} {% include 'x' %}",
    "<b>" * 2000,
    "https://" + "(" * 3000 + ")" * 3000,
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(str(html))
    tags.close()
    return tags


def test_words_are_shown_as_typed() -> None:
    assert prose('Slept badly.\nThe buses <are> full & "late".') == (
        "<p>Slept badly.\nThe buses &lt;are&gt; full &amp; &#34;late&#34;.</p>"
    )


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_signs_that_turn_the_words_around_are_not_shown(sign: str) -> None:
    assert prose(f"Anna {sign}wrote") == "<p>Anna wrote</p>"
    assert sign not in prose(f"One\n\n{sign}https://example.org/{sign}a")


def test_blank_lines_part_paragraphs() -> None:
    assert prose("One\n\n \nTwo\r\n\r\nThree\n") == "<p>One</p><p>Two</p><p>Three</p>"


def test_nothing_gives_nothing() -> None:
    assert prose("") == ""
    assert prose(" \n ") == ""


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("see https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("HTTPS://Example.org, yes", "HTTPS://Example.org"),
        ("http://example.org/å!", "http://example.org/å"),
    ],
)
def test_an_address_becomes_a_link(typed: str, address: str) -> None:
    tags = read(prose(typed))
    [href] = [attrs["href"] for tag, attrs in tags.seen if tag == "a"]
    assert href is not None
    assert href.lower() == address.lower()
    assert tags.text == typed


def test_what_is_no_web_address_stays_words() -> None:
    for typed in ("javascript:alert(1)", "ftp://example.org/x", "data:text/html,x", "https://"):
        assert "<a" not in prose(typed)


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_inert(typed: str) -> None:
    html = prose(typed)
    for tag, attrs in read(html).seen:
        assert tag in {"p", "a"}
        assert set(attrs) <= {"href", "rel"}
        assert (attrs.get("href") or "https://").lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("typed", HOSTILE)
def test_bleach_agrees_that_it_is_clean(typed: str) -> None:
    html = str(prose(typed))
    again = bleach.clean(html, tags={"p", "a"}, attributes={"a": ["href", "rel"]})
    assert read(again).seen == read(html).seen
    assert read(again).text == read(html).text


@given(st.text(alphabet=st.sampled_from("ab <>&\"'\n/:.()[]htps-https://x"), max_size=120))
def test_every_word_that_was_typed_can_be_read(typed: str) -> None:
    shown = read(prose(typed)).text
    assert shown.split() == typed.split() or "".join(shown.split()) == "".join(typed.split())
    assert {tag for tag, _ in read(prose(typed)).seen} <= {"p", "a"}


def test_an_escaped_text_is_not_escaped_twice_by_the_page() -> None:
    assert escape(prose("a < b")) == "<p>a &lt; b</p>"
