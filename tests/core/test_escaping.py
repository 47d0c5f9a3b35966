"""Everything that a page shows is safe: quickly where nothing is to do, and the same as ever."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from portal.core.escaping import shown
from portal.core.languages import SentenceEnvironment, _


class Marked:
    """Something that says by itself how it stands in HTML."""

    def __html__(self) -> str:
        return "<i>mine</i>"


@given(st.text() | st.text(alphabet="<>&\"'ab ;#39"))
def test_words_are_shown_as_markupsafe_would(words: str) -> None:
    assert str(shown(words)) == str(escape(words))


@pytest.mark.parametrize(
    "value", [7, None, 1.5, Marked(), Markup("<b>safe</b>"), _("Bus & <b>tram</b>"), b"<x>"]
)
def test_other_values_are_shown_as_markupsafe_would(app: Flask, value: Any) -> None:
    with app.test_request_context():
        assert str(shown(value)) == str(escape(value))


def test_a_template_shows_values_through_it(app: Flask) -> None:
    env = SentenceEnvironment(app, autoescape=True)
    page = env.from_string(
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ w }}{{ m(w) }}{% for x in (w, w) %}{{ x }}"
        "{{ caller is defined }}{% endfor %}{{ (w ~ '!')|upper }}{{ safe }}"
    )
    text = page.render(w="<a href='x'>", safe=Markup("<hr>"))
    safe = "&lt;a href=&#39;x&#39;&gt;"
    assert text == f"{safe}<{safe}>{safe}False{safe}False{escape('<A HREF=')!s}&#39;X&#39;&gt;!<hr>"
