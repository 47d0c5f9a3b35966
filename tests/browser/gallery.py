"""One page with every component on it, in every layout: for the eye and for the tests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, current_app, request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import (  # type: ignore[attr-defined]  # newer than its stubs
    SelectChoice,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from portal.core.guard import anyone
from portal.core.pages import here, render_for

LAYOUTS = ("owner", "worker", "plain", "print")


@dataclass(frozen=True)
class Opened:
    """Just enough of an opened key box: nothing in it is damaged."""

    is_something_closed: bool = False


@dataclass(frozen=True)
class Somebody:
    """Just enough of a person for the head of a page."""

    name: str
    is_owner: bool
    is_worker: bool
    box: Opened = Opened()

    @property
    def has_way_out(self) -> bool:
        """An owner of the gallery wants every button there is."""
        return self.is_owner


class GalleryForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """One field of each kind; sent empty, every error shows."""

    words = TextAreaField("Write to Anna", validators=[InputRequired("Please write something.")])
    intent = RadioField(
        "What would you like back?",
        choices=[
            SelectChoice("heard", "To be heard"),
            SelectChoice("telling", "Just telling"),
            SelectChoice("question", "A question"),
            SelectChoice("meeting", "For our meeting"),
            SelectChoice("practical", "Something practical"),
        ],
        default="heard",
    )
    days = SelectMultipleField(
        "Which days?",
        choices=[
            SelectChoice("0", "Monday"),
            SelectChoice("2", "Wednesday"),
            SelectChoice("4", "Friday"),
        ],
        option_widget=CheckboxInput(),
        default=["0"],
    )
    title = StringField("A title")
    email = EmailField("E-mail", validators=[InputRequired("Please write an address.")])
    on = DateField("Day")
    at = TimeField("Time")
    by = DateField("I answer by another day")
    domain = SelectField(
        "About", choices=[SelectChoice("home", "Home"), SelectChoice("work", "Work, study or days")]
    )
    agree = BooleanField("I know that nobody reads this at night")


def add_gallery(app: Flask) -> None:
    """Put the gallery at ``/gallery/<layout>`` of an application under test."""
    for language, env in app.extensions["pages"].items():
        path = Path(__file__).parent / "gallery.html"
        app.extensions.setdefault("gallery", {})[language] = env.from_string(path.read_text())
    app.add_url_rule("/gallery/<layout>", "gallery", _show)
    app.extensions["gates"]["gallery"] = anyone


def _show(layout: str) -> str:
    form = GalleryForm(meta={"csrf": False})
    if "errors" in request.args:
        form.validate()
    name = {"owner": "Ingrid", "worker": "Anna Berg"}.get(layout)
    context = {
        "layout": layout,
        "form": form,
        "now": datetime.now(UTC),
        "numbers": current_app.config["SETTINGS"].service_numbers,
        "viewer": Somebody(name, layout == "owner", layout == "worker") if name else None,
    }
    return render_for(here(), current_app.extensions["gallery"]["en"], **context)
