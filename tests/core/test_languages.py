"""Every sentence is marked, and a page in another language is that page in that language."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.support import NullTranslations
from flask import Flask
from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError, nodes
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form

from portal.core import languages
from portal.core.forms import Line, at_most, needed
from portal.core.languages import SentenceEnvironment, _, best_language, speaking

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORMS = sorted((ROOT / "portal").rglob("forms*.py")) + sorted((ROOT / "portal").rglob("forms/*.py"))
MARKS = {"_", "gettext", "ngettext", "pgettext"}
SPOKEN_ATTRIBUTES = {"aria-label", "title", "alt", "placeholder", "data-saved", "data-failed"}
UNSPOKEN = {"value", "name", "action", "href", "back", "tone", "width", "autocomplete"}


class Pretend(NullTranslations):
    """A language in which every sentence is shouted, and counting knows three forms."""

    def __init__(self) -> None:
        super().__init__()
        self.plural = lambda num: 0 if num == 1 else 1 if num < 5 else 2

    def gettext(self, message: str) -> str:
        """The sentence in capitals, its parameters left alone."""
        return re.sub(r"%\((\w+)\)S", lambda found: found[0].lower(), message.upper())

    def ngettext(self, msgid1: str, msgid2: str, num: int) -> str:
        """One, a few, many."""
        return ("ONE %(num)s", "FEW %(num)s", "MANY %(num)s")[self.plural(num)]

    def pgettext(self, context: str, message: str) -> str:
        """The sentence and what it is about."""
        return f"{context}|{self.gettext(message)}"


def shown(source: str, name: str = "page.html", *, language: str = "en", **context: object) -> str:
    env = SentenceEnvironment(
        Flask("test"),
        loader=DictLoader({name: source}),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
    )
    catalogue = NullTranslations() if language == "en" else Pretend()
    return env.in_language(language, catalogue).get_template(name).render(context)


def test_a_sentence_is_shown_in_the_language_of_its_environment() -> None:
    assert shown("{{ _('Good evening') }}") == "Good evening"
    assert shown("{{ _('Good evening') }}", language="nb") == "GOOD EVENING"
    assert shown("{{ pgettext('verb', 'Open') }}", language="nb") == "verb|OPEN"


def test_a_sentence_costs_nothing_when_the_page_is_shown() -> None:
    env = SentenceEnvironment(Flask("test"), loader=DictLoader({}), autoescape=True)
    code = env.in_language("nb", Pretend()).compile("{{ _('Good evening') }}", raw=True)
    assert "yield 'GOOD EVENING'" in code
    assert "gettext" not in code


def test_what_is_put_into_a_sentence_is_made_harmless() -> None:
    page = shown("{{ _('Hello %(name)s', name=who) }}", language="nb", who="<script>")
    assert page == "HELLO &lt;script&gt;"
    assert shown("{{ _('Hello %(name)s', name=who) }}", who=Markup("<b>Anna</b>")) == (
        "Hello <b>Anna</b>"
    )


def test_only_bare_tags_live_in_a_sentence() -> None:
    assert shown("{{ _('<b>Anna</b> reads') }}") == "<b>Anna</b> reads"
    assert "<img" not in shown("{{ _('<img src=x onerror=y>') }}")
    assert '"' not in shown("{{ _('say \"yes\"') }}")


def test_a_sentence_in_plain_text_is_plain() -> None:
    assert shown("{{ _('Anna’s & \"yours\"') }}", "mail.txt") == 'Anna’s & "yours"'
    assert shown("{{ _('Hi %(name)s', name='<A>') }}", "mail.txt") == "Hi <A>"


@pytest.mark.parametrize(("days", "said"), [(1, "ONE 1"), (3, "FEW 3"), (12, "MANY 12")])
def test_counting_knows_the_forms_of_the_language(days: int, said: str) -> None:
    source = "{{ ngettext('%(num)s day', '%(num)s days', days) }}"
    assert shown(source, language="nb", days=days) == said
    assert shown(source, days=days) == (f"{days} day" if days == 1 else f"{days} days")


def test_only_constant_sentences_can_be_marked_in_a_template() -> None:
    with pytest.raises(TemplateSyntaxError, match="constant sentence"):
        shown("{{ _(sentence) }}", sentence="x")


def test_a_page_knows_its_own_language() -> None:
    assert shown("{{ language }}", language="nb") == "nb"


def test_a_sentence_of_python_code_is_made_harmless_on_the_page() -> None:
    app = Flask("test")
    with app.app_context():
        assert str(Markup("%s") % "x") == "x"
        sentence = _("Hello %(name)s", name="<b>")
        assert hasattr(sentence, "__html__")


@pytest.mark.parametrize(
    ("wishes", "chosen"),
    [
        (["nb"], "nb"),
        (["no-NO", "en"], "nb"),
        (["nn"], "nb"),
        (["de", "en-GB"], "en"),
        (["de"], "en"),
        ([], "en"),
        (["", "*"], "en"),
    ],
)
def test_the_first_language_that_is_offered_is_spoken(wishes: list[str], chosen: str) -> None:
    assert best_language(wishes, ("en", "nb"), "en") == chosen


def test_a_language_without_a_catalogue_is_not_spoken() -> None:
    assert best_language(["nb"], ("en",), "nb") == "en"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_of_a_template_is_marked(path: Path) -> None:
    env = SentenceEnvironment(Flask("test"), autoescape=True)
    tree = env.parse(path.read_text("utf-8"))
    assert not list(_bare_words(tree)), "mark these with _()"
    assert not list(_bare_arguments(tree)), "mark these with _()"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_label_of_a_form_is_marked(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    bare = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _called(node).endswith(("Field", "Line", "Words", "needed", "FieldError"))
        and node.args
        and isinstance(node.args[-1 if _called(node) == "FieldError" else 0], ast.Constant)
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value
    ]
    assert not bare, "mark these with _()"


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _bare_words(tree: nodes.Template) -> Iterator[str]:
    """Words on a page, or in what is read aloud, that no language can change."""
    reader = _Words()
    reader.feed("".join(_page_text(tree)))
    reader.close()
    for text in reader.found:
        rest = text.replace("0", " ").strip(" \n·")
        is_address = rest.startswith("/")
        if any(sign.isalpha() for sign in rest) and not is_address:
            yield rest


def _page_text(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Output):
        for each in node.nodes:
            yield from _page_text(each) if isinstance(each, nodes.TemplateData) else "0"
    elif not isinstance(node, nodes.Expr):
        for child in node.iter_child_nodes():
            yield from _page_text(child)


def _bare_arguments(tree: nodes.Template) -> Iterator[str]:
    """Sentences handed to a component that no language can change."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS:
            continue
        spoken = [each.value for each in call.kwargs if each.key not in UNSPOKEN]
        values = [*call.args, *spoken]
        for value in values:
            if isinstance(value, nodes.Const) and _is_sentence(value.value):
                yield value.value


def _is_sentence(value: object) -> bool:
    words = value.split() if isinstance(value, str) else []
    if not words or words[0].startswith("/"):
        return False
    return len(words) > 1 or words[0][0].isupper()


class _Words(HTMLParser):
    """Collects what is shown or read aloud; what stands in ``<code>`` is the same everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_code = False

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if not self._is_code:
            self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Words in attributes that are shown or read aloud."""
        self._is_code |= tag == "code"
        self.found += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        """The end of what is the same everywhere."""
        self._is_code &= tag != "code"


class Wish(Form):
    """A form whose refusals are made once, when the file is read."""

    wish = Line("Wish", validators=[needed(), at_most(3)])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Please write something here."),
        ("\u2800", "Please write something here."),
        ("four", "This holds at most 3 characters. All your words are still here."),
    ],
)
def test_a_refusal_beside_a_field_speaks_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    monkeypatch.setattr(languages, "_catalogue", lambda language: Pretend())
    for language, expected in (("en", said), ("nb", said.upper()), ("en", said)):
        with speaking(language):
            form = Wish(MultiDict({"wish": typed}))
            assert not form.validate()
            assert [str(each) for each in form.wish.errors] == [expected]
