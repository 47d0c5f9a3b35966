"""Passwords: which are taken, and changing one's own."""

from typing import assert_never

from portal.accounts.chosen import settings
from portal.accounts.reading import common_passwords
from portal.accounts.rules.passwords import LONGEST, SHORTEST, Weakness, weakness_of
from portal.accounts.service.pauses import (
    forget_wrong,
    note_wrong_own_password,
    own_password_place,
    refuse_while_waiting,
)
from portal.core.errors import FieldError
from portal.core.guard import after_answer
from portal.core.languages import _
from portal.vault.identity import WrongPassword, open_identity
from portal.vault.viewer import Viewer


def refuse_weak(password: str, *, own_words: list[str], field: str = "password") -> None:
    """Raise a FieldError that says plainly why a password is not taken."""
    words = [piece for each in own_words for piece in (each, *each.replace("@", " ").split())]
    weakness = weakness_of(
        password, common=common_passwords(), own_words=[*words, settings().service_name]
    )
    if weakness is not None:
        raise FieldError(field, str(_sentence(weakness)))


def check_password(viewer: Viewer, password: str, *, field: str = "password") -> None:
    """Ask for the present password once more, before something that matters.

    Wrong ones lead to pauses here too: a screen left open is no place to guess at.
    """
    person_id, now = viewer.person_id, viewer.now
    place = own_password_place(person_id)
    refuse_while_waiting(place, now)
    try:
        open_identity(person_id, password)
    except WrongPassword as problem:
        after_answer(lambda: note_wrong_own_password(person_id, now))
        raise FieldError(field, str(_("This is not your present password."))) from problem
    forget_wrong(place)


def _sentence(weakness: Weakness) -> str:
    match weakness:
        case Weakness.SHORT:
            return _("Please use at least %(least)s characters.", least=SHORTEST)
        case Weakness.LONG:
            return _("Please use at most %(most)s characters.", most=LONGEST)
        case Weakness.COMMON:
            return _("Many people use this password. Please choose another one.")
        case Weakness.OWN_WORDS:
            return _("This is close to your name or e-mail. Please choose another one.")
        case _ as never:
            assert_never(never)
