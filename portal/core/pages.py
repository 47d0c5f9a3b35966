"""Making pages: ``render`` shows a template in the reader's language, zone and instant.

Every view calls ``render(name, **context)`` instead of Flask's own ``render_template``. It picks
the environment of the reader's language, gives the template ``viewer`` (None when nobody is signed
in), and lets the date filters know where the reader is:
``at|when``, ``on|day``, ``on|whole_day``, ``on|short_day``, ``on|plain_day``, ``on|near_day``,
``on|weekday``, ``at|clock`` and ``start|span(end)``. Views that need a date in a Python sentence
ask ``here()``.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from jinja2 import FileSystemLoader, StrictUndefined

from portal.core.clock.zones import utc_now
from portal.core.dates import Local, reader, reading_in
from portal.core.forms import control_of
from portal.core.guard import current_viewer
from portal.core.languages import (
    SentenceEnvironment,
    best_language,
    init_languages,
    offered_languages,
    read_catalogue,
    speaking,
)
from portal.core.prose import prose
from portal.core.typed import writable

TEMPLATES = Path(__file__).parents[2] / "templates"


def init_pages(app: Flask) -> None:
    """Give the application one Jinja environment a language, the date filters and the sentences."""
    env = SentenceEnvironment(
        app,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=app.select_jinja_autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals = app.jinja_env.globals
    env.globals["control_of"] = control_of
    env.globals["service_name"] = app.config["SETTINGS"].service_name
    env.globals["leave_to"] = app.config["SETTINGS"].leave_to
    env.globals["is_sign_up_open"] = app.config["SETTINGS"].sign_up_open
    env.filters = app.jinja_env.filters
    env.filters.update(_FILTERS)
    init_languages(app, language_now)
    app.extensions["pages"] = {
        code: env.in_language(code, read_catalogue(code)) for code in offered_languages()
    }


def render(name: str, /, **context: Any) -> str:
    """The template ``name`` as the reader of this request should see it."""
    return render_for(here(), name, viewer=_viewer_or_none(), **context)


def form_page(page: str) -> tuple[str, int]:
    """A page with a form: 422 when it comes back with something to mend."""
    return page, 422 if request.method == "POST" else 200


def render_alone(name: str, /, **context: Any) -> str:
    """The template ``name`` without asking who the reader is: for when the database is away."""
    settings = current_app.config["SETTINGS"]
    language = best_language(_browser_wishes(), current_app.extensions["pages"], settings.language)
    return render_for(Local(settings.zone, language, utc_now()), name, viewer=None, **context)


def render_for(local: Local, name: str, /, **context: Any) -> str:
    """The template ``name`` for a reader who need not be here: in mail, and where no one is."""
    pages: dict[str, SentenceEnvironment] = current_app.extensions["pages"]
    env = pages.get(local.language) or pages["en"]
    with reading_in(local), speaking(env.language):
        return env.get_template(name).render(context)


def here() -> Local:
    """The zone, language and instant of this request's reader: ``here().day(meeting.on)``."""
    if "local" not in g:
        settings = current_app.config["SETTINGS"]
        viewer = _viewer_or_none()
        zone = settings.zone if viewer is None else viewer.zone
        now = utc_now() if viewer is None else viewer.now
        g.local = Local(zone, language_now(), now)
    local: Local = g.local
    return local


def language_now() -> str:
    """The viewer's own language, else what their browser asks for, else the portal's setting."""
    otherwise = current_app.config["SETTINGS"].language
    viewer = _viewer_or_none()
    wishes = _browser_wishes() if viewer is None else [viewer.language]
    return best_language(wishes, current_app.extensions["pages"], otherwise)


def _browser_wishes() -> list[str]:
    return list(request.accept_languages.values()) if has_request_context() else []


def _viewer_or_none() -> Any:
    return current_viewer() if has_request_context() else None


def _day(value: date) -> str:
    return reader().day(value)


def _whole_day(value: date) -> str:
    return reader().whole_day(value)


def _short_day(value: date) -> str:
    return reader().short_day(value)


def _plain_day(value: date) -> str:
    return reader().plain_day(value)


def _near_day(value: date) -> str:
    return reader().near_day(value)


def _weekday(value: date | int) -> str:
    return reader().weekday(value)


def _clock(value: datetime | time) -> str:
    return reader().clock(value)


def _when(value: datetime) -> str:
    return reader().when(value)


def _span(start: date, end: date) -> str:
    return reader().span(start, end)


_FILTERS: dict[str, Callable[..., str]] = {
    "day": _day,
    "whole_day": _whole_day,
    "short_day": _short_day,
    "plain_day": _plain_day,
    "near_day": _near_day,
    "weekday": _weekday,
    "clock": _clock,
    "when": _when,
    "span": _span,
    "prose": prose,
    "writable": writable,
}
