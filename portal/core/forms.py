"""Forms that keep every word: one base for all, and one field for words.

A form knows its *place* (``draft_place``, else the page). Words typed there come back when
the form is shown again, whatever happened in between, until they are taken in.
"""

import uuid
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar, Protocol, TypeVar

from flask import current_app, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from portal.core.errors import Conflict, FieldError
from portal.core.languages import _
from portal.core.typed import can_be_seen, composed, is_address, one_line, writable

KEEP_FIELD = "keep"
ONCE_FIELD = "once"
NOT_KEPT = frozenset({KEEP_FIELD, ONCE_FIELD, "csrf_token", "code"})
T = TypeVar("T")


class Drafts(Protocol):
    """What a form needs of the place where drafts are kept."""

    def token(self, place: str) -> str:
        """The signed token for a place and the person signed in."""

    def read(self, token: str) -> tuple[str, bool]:
        """The place that a token of this person names, and whether it is another person's token."""

    def words(self, place: str) -> MultiDict[str, str] | None:
        """What was typed there and not sent."""

    def drop(self, place: str) -> None:
        """The form was taken in."""


class PortalForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """The base of every form. ``to_body()`` in each form gives what its verb takes.

    ``once`` is new with every page shown, so that a double press is known; ``keep`` names the
    person and the place, signed, so that late words find their way home. ``is_beside``: it stands
    on the page of another form that was sent, so it is shown as if nothing was.
    """

    class Meta:
        """Flask-WTF's ``CSRFProtect`` looks at every form's token before any view does."""

        csrf = False

    draft_place: ClassVar[str] = ""

    once = HiddenField("")  # without a label WTForms makes one, and reads its own catalogue for it
    keep = HiddenField("")

    def __init__(self, *args: Any, place: str = "", is_beside: bool = False, **kwargs: Any) -> None:
        self.place = place or self.draft_place or _here()
        self.was_kept, self.is_beside = False, is_beside
        if self.is_submitted():
            # Flask-WTF would read files and JSON too, and those hold more than words.
            kwargs.setdefault("formdata", request.form or None)
        elif "formdata" not in kwargs:
            words = _drafts().words(self.place) if self._keeps_words() else None
            kwargs["formdata"], self.was_kept = words, words is not None
        super().__init__(*args, **kwargs)
        self.outcome: Any = None
        if self.is_submitted():
            self.place = _own_place(self.keep.data or "") or self.place
            self.once.data = self._press()
        else:
            self.once.data = uuid.uuid4().hex
        if self._keeps_words():
            self.keep.data = _drafts().token(self.place)

    def is_submitted(self) -> bool:
        """Whether this form was sent with the request."""
        return not self.is_beside and bool(super().is_submitted())

    def saves(self, verb: Callable[..., T]) -> bool:
        """On a sent form without mistakes run ``verb(self.to_body())``; True when it went well.

        What the verb gives is in ``outcome``. A FieldError stands beside its field afterwards.
        """
        if not self.validate_on_submit():
            return False
        try:
            self.outcome = verb(self.to_body())
        except FieldError as problem:
            self.put_error(problem)
            return False
        if self._keeps_words():
            _drafts().drop(self.place)
        return True

    def to_body(self) -> Any:
        """What the verb takes; each form says its own."""
        return {name: field.data for name, field in self._fields.items() if name not in NOT_KEPT}

    def put_error(self, problem: FieldError) -> None:
        """Put a refusal beside its field, or above the form when it has no field here."""
        field = self._fields.get(problem.field)
        if field is None:
            self.form_errors.append(problem.message)
        else:
            field.errors = [*field.errors, problem.message]

    def _press(self) -> str | None:
        """The mark of this press: the same words sent twice have one, other words another.

        So somebody who goes back, writes anew and sends again does not lose the new words.
        """
        if not self.once.data:
            return None
        typed = [(name, field.raw_data) for name, field in self._fields.items() if _is_typed(name)]
        return blake2b(repr((self.once.data, typed)).encode(), digest_size=16).hexdigest()

    @classmethod
    def _keeps_words(cls) -> bool:
        form: Any = cls
        return not _asks_for_password(form)


@cache
def _asks_for_password(form: Any) -> bool:
    values = (value for base in form.__mro__ for value in vars(base).values())
    kinds = (getattr(value, "field_class", None) for value in values)
    return any(kind and issubclass(kind, PasswordField) for kind in kinds)


def _is_typed(name: str) -> bool:
    return name not in (KEEP_FIELD, ONCE_FIELD, "csrf_token")


def as_typed(text: str | None) -> str:
    """Words as they were typed, apart from Unicode NFC, line ends, and what is no text."""
    return composed(writable(text or ""))


def control_of(field: Field) -> tuple[str, str]:
    """What a field looks like: (the type of its input, "select", or "" for a box of words) and, for
    those with options to press, the type of each.

    Templates ask for it as ``control_of(f)``: looking for what is not there is dear in a template.
    """
    option = getattr(getattr(field, "option_widget", None), "input_type", "")
    kind = getattr(field.widget, "input_type", "") or (
        "select" if hasattr(field, "choices") else ""
    )
    return kind, option


class Line(StringField):
    """One line of words."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the words as typed, without space around them and without unseen signs."""
        self.data = one_line(as_typed(valuelist[0])) if valuelist else ""


class Words(TextAreaField):
    """Words of any length, kept as typed."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the words as typed; only blank lines at the very end go."""
        self.data = as_typed(valuelist[0]).rstrip() if valuelist else ""


class _Needed(InputRequired):
    """Something must stand there, and it must be something that can be seen."""

    def __call__(self, form: Any, field: Field) -> None:
        super().__call__(form, field)
        is_secret = isinstance(field, PasswordField)
        if isinstance(field.data, str) and not is_secret and not can_be_seen(field.data):
            field.errors = []
            raise StopValidation(self.message or "")


def needed(message: str = "") -> InputRequired:
    """The field cannot be empty; says so kindly."""
    return _Needed(message or _("Please write something here."))


def an_address(_form: Any, field: Field) -> None:
    """The field holds one whole e-mail address."""
    if not is_address(field.data or ""):
        message = _("Please write a whole e-mail address, like kari@example.org.")
        raise ValidationError(str(message))


def at_most(number: int) -> Length:
    """At most so many characters; the words stay, so that they can be made shorter."""
    sentence = _(
        "This holds at most %(number)s characters. All your words are still here.", number=number
    )
    return Length(max=number, message=sentence)


def _here() -> str:
    """The page's path; where that carries the secret of a letter's link, the page's name."""
    has_secret = "token" in (request.view_args or {})
    return str(request.endpoint) if has_secret else request.path


def _own_place(token: str) -> str:
    """The place that the form's token names, if it names one of this person.

    On a shared screen what was typed on one person's page never becomes another's.
    """
    place, is_of_another = _drafts().read(token)
    if is_of_another:
        raise Conflict(
            str(
                _(
                    "This page was opened by somebody else. Nothing was sent. "
                    "What stood there waits for them."
                )
            )
        )
    return place


def _drafts() -> Drafts:
    store: Drafts = current_app.extensions["drafts"]
    return store
