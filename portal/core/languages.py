"""Languages: every sentence is marked once, and a page pays nothing for it when it is shown.

In templates ``{{ _("A constant sentence.") }}`` is resolved while the template is compiled, with
one Jinja environment a language; only keyword parameters are filled in at request time:
``{{ _("Opened %(when)s", when=…) }}``. Counted things: ``{{ ngettext("%(num)s day",
"%(num)s days", days) }}``. A sentence is plain text in which only bare tags such as ``<b>`` live.
In Python ``from portal.core.languages import _`` gives a sentence that chooses its language when
it is shown. English is the source; a language is offered once its catalogue is there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from flask_babel import Babel, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from portal.core.escaping import PageGenerator, shown

SOURCE = "en"
TRANSLATIONS = Path(__file__).parent.parent / "translations"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
_MARKS = frozenset({"_", "gettext", "ngettext", "pgettext"})
_PLACE = re.compile(r"%\((\w+)\)s")
_BARE_TAG = re.compile(r"&lt;(/?(?:b|strong|em|br|small))&gt;")


class Sentence(LazyString):  # type: ignore[misc]  # flask-babel ships no types
    """A sentence that becomes words when it is shown, in the language of whoever reads it.

    flask-babel's own kind calls itself safe HTML, and so would let a name with a tag in it run.
    """

    def __html__(self) -> str:
        return shown(str(self))


def _(sentence: str, **parameters: Any) -> str:
    """Mark a constant sentence; it behaves as the words it becomes. Parameters: ``%(name)s``."""
    return cast("str", Sentence(_said, sentence, **parameters))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let sentences of Python code speak this language while a page is made."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def _said(sentence: str, **parameters: Any) -> str:
    """The sentence in the language of whoever reads it; in the source nothing is looked up."""
    language = _spoken.get() or _asked_for()
    words = sentence if language == SOURCE else str(_catalogue(language).gettext(sentence))
    return words % parameters if parameters else words


def _counted(singular: str, plural: str, num: int, **parameters: Any) -> str:
    words = _catalogue(_spoken.get() or _asked_for()).ngettext(singular, plural, num)
    return str(words) % {"num": num, **parameters}


def _asked_for() -> str:
    """The language of the request, where no page is being made yet."""
    locale = get_locale()
    return SOURCE if locale is None else str(locale.language)


def ngettext(singular: str, plural: str, num: int, **parameters: Any) -> str:
    """Mark a sentence about a number of things: ``%(num)s`` is the number."""
    return cast("str", Sentence(_counted, singular, plural, num, **parameters))


@cache
def offered_languages(folder: Path = TRANSLATIONS) -> tuple[str, ...]:
    """The languages the portal can speak: English, and each whose catalogue has been compiled."""
    found = sorted(each.parent.parent.name for each in folder.glob("*/LC_MESSAGES/messages.mo"))
    return (SOURCE, *(code for code in found if code != SOURCE))


def best_language(wishes: Iterable[str], offered: Iterable[str], otherwise: str) -> str:
    """The first wish that is offered; ``nb-NO``, ``no`` and ``nn`` all mean Norwegian."""
    offered = tuple(offered)
    for wish in wishes:
        code = wish.lower().replace("_", "-").split("-")[0]
        code = {"no": "nb", "nn": "nb"}.get(code, code)
        if code in offered:
            return code
    return otherwise if otherwise in offered else SOURCE


def read_catalogue(language: str, folder: Path = TRANSLATIONS) -> NullTranslations:
    """The sentences of one language; for the source itself an empty catalogue that changes none."""
    if language == SOURCE:
        return NullTranslations()
    return Translations.load(str(folder), [language], "messages")


_catalogue = cache(read_catalogue)


def init_languages(app: Flask, choose: Callable[[], str]) -> None:
    """Let the sentences of Python code ask ``choose()`` which language this request is in."""
    Babel(
        app,
        default_locale=SOURCE,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=choose,
        configure_jinja=False,
    )


class SentenceEnvironment(FlaskEnvironment):
    """A Jinja environment that speaks one language: sentences are constants of its templates."""

    language: str = SOURCE
    catalogue: NullTranslations = NullTranslations()
    code_generator_class = PageGenerator
    shown = staticmethod(shown)
    ready: dict[str, Template]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready = {}

    def in_language(self, language: str, catalogue: NullTranslations) -> "SentenceEnvironment":
        """The same environment in another language, with a template cache of its own."""
        env = self.overlay()
        env.language = language
        env.catalogue = catalogue
        env.ready = {}
        return env

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's naming
    ) -> Template:
        """A template by its name; a page asks for twenty, which never change while it runs."""
        if not isinstance(name, str) or globals is not None:
            return super().get_template(name, parent, globals)
        found = self.ready.get(name)
        if found is None:
            found = self.ready.setdefault(name, super().get_template(name, parent))
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows, as one plain dictionary.

        Jinja's own layered one is compared key by key at every import of a page.
        """
        return {**self.globals, **(d or {})}

    def plural_form(self, forms: tuple[str, ...], num: int) -> str:
        """The form that this language uses for so many things."""
        return forms[min(int(self.catalogue.plural(num)), len(forms) - 1)]

    def _generate(self, source: nodes.Template, name: str | None, *args: Any, **kwargs: Any) -> str:
        is_html = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        resolved = _Resolver(self, is_html=is_html, name=name).visit(source)
        return super()._generate(resolved, name, *args, **kwargs)


class _Resolver(NodeTransformer):
    """Puts the words of one language in the place of every marked sentence."""

    def __init__(self, env: SentenceEnvironment, *, is_html: bool, name: str | None) -> None:
        self.env = env
        self.is_html = is_html
        self.name = name

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802  # Jinja's naming
        """``language`` in a template is the language it was compiled for."""
        if node.name == "language" and node.ctx == "load":
            return self._at(nodes.Const(self.env.language), node)
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802  # Jinja's naming
        """Show a marked sentence piece by piece, so that nothing is put together beforehand."""
        node.nodes = [part for child in node.nodes for part in self._pieces(child)]
        return node

    def _pieces(self, child: nodes.Expr) -> list[nodes.Expr]:
        made = cast("nodes.Expr", self.visit(child))
        if not (isinstance(made, nodes.Mod) and made is not child):
            return [made]
        words, values = made.left, made.right
        if not (isinstance(words, nodes.TemplateData) and isinstance(values, nodes.Dict)):
            return [made]
        named = {cast("nodes.Const", pair.key).value: pair.value for pair in values.items}
        texts, names = _PLACE.split(words.data)[::2], _PLACE.findall(words.data)
        if any("%" in text for text in texts) or sorted(names) != sorted(named):
            return [made]
        pieces: list[nodes.Expr] = []
        for text, name in zip_longest(texts, names):
            pieces.append(cast("nodes.Expr", self._at(nodes.TemplateData(text), made)))
            pieces += [named[name]] if name else []
        return pieces

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's naming
        """Resolve a marked sentence; leave every other call alone."""
        node = cast("nodes.Call", self.generic_visit(node))
        if not (isinstance(node.node, nodes.Name) and node.node.name in _MARKS):
            return node
        if node.node.name == "ngettext":
            return self._counted(node)
        return self._plain(node)

    def _plain(self, node: nodes.Call) -> nodes.Node:
        *context, sentence = self._constants(node, node.args)
        found = self.env.catalogue
        words = found.pgettext(context[0], sentence) if context else found.gettext(sentence)
        return self._filled(node, self._words(str(words), node), [])

    def _counted(self, node: nodes.Call) -> nodes.Node:
        *sentences, num = node.args
        singular, plural = self._constants(node, sentences)
        found = [self.env.catalogue.ngettext(singular, plural, each) for each in range(200)]
        by_form = {self.env.catalogue.plural(each): found[each] for each in range(200)}
        forms = [self._words(by_form[form], node) for form in sorted(by_form)]
        choose = nodes.EnvironmentAttribute("plural_form")
        picked = nodes.Call(choose, [nodes.Tuple(forms, "load"), num], [], None, None)
        return self._filled(node, picked, [nodes.Pair(nodes.Const("num"), num)])

    def _filled(self, node: nodes.Call, words: nodes.Expr, pairs: list[nodes.Pair]) -> nodes.Node:
        pairs = pairs + [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return self._at(nodes.Mod(words, nodes.Dict(pairs)) if pairs else words, node)

    def _words(self, words: str, node: nodes.Node) -> nodes.Expr:
        html = _BARE_TAG.sub(r"<\1>", str(escape(words))) if self.is_html else words
        return cast("nodes.Expr", self._at(nodes.TemplateData(html), node))

    def _constants(self, node: nodes.Call, args: list[nodes.Expr]) -> list[str]:
        if args and all(isinstance(each, nodes.Const) for each in args):
            return [str(cast("nodes.Const", each).value) for each in args]
        raise TemplateSyntaxError("give _() one constant sentence", node.lineno, self.name)

    def _at(self, made: nodes.Node, node: nodes.Node) -> nodes.Node:
        made.set_lineno(node.lineno, override=False)
        made.set_environment(self.env)
        return made
