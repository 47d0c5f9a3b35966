"""Words that could not be kept anywhere: the page of the refusal carries them itself.

While the database is away nothing can be written into it, not even what somebody just typed. So
the answer holds the form once more, ready to be sent again, and shows the sentences in it. Nothing
is stored; secrets are never written into a page (decision 99).
"""

from typing import NamedTuple

from flask import request

from portal.core.forms import NOT_KEPT
from portal.core.web import safe_next

_WORTH_IT = frozenset({409, 429, 500, 503})
"""Refusals after which the very same form may be taken in a little later."""


_A_SENTENCE = 3
"""Shorter values go along unseen: most are choices, in words that nobody chose."""


class Again(NamedTuple):
    """A form to be sent once more: where to, every field as it came, and the sentences to show."""

    action: str
    fields: list[tuple[str, str]]
    words: list[str]


def form_again(status: int) -> Again | None:
    """The form of this request, for the page of a refusal; None without words, or with a secret.

    Its token is the one that was sent: a form that came from elsewhere stays one.
    """
    if status not in _WORTH_IT or request.method != "POST":
        return None
    fields = list(request.form.items(multi=True))
    typed = [value for name, value in fields if name not in NOT_KEPT and value.strip()]
    if not typed or any(_is_secret(name) for name, _ in fields):
        return None
    action = safe_next(request.full_path.rstrip("?"))
    return Again(action, fields, [value for value in typed if len(value.split()) >= _A_SENTENCE])


def _is_secret(name: str) -> bool:
    return "password" in name or name == "code"


__all__ = ["Again", "form_again"]
