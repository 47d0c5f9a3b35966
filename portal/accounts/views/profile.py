"""The settings: a plain list of places, and what the person says about themselves."""

from zoneinfo import available_timezones

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.forms import ProfileForm, ZonesByPlace
from portal.accounts.gates import signed_in, viewer
from portal.accounts.signed_in import keep_here
from portal.accounts.views.blueprint import BOTH, accounts, page
from portal.core.languages import _, offered_languages
from portal.core.pages import render

_NAMES = {"en": "English", "nb": "Norsk bokmål"}
_CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@accounts.get("/settings", allow=signed_in)
def settings() -> ResponseReturnValue:
    """A plain list of places."""
    return render("accounts/settings.html", card=service.profile_of(viewer()))


@accounts.route("/settings/profile", allow=signed_in, methods=BOTH)
def profile() -> ResponseReturnValue:
    """Name, title, time zone and language."""
    me, card = viewer(), service.profile_of(viewer())
    languages = [(code, _NAMES.get(code, code)) for code in offered_languages()]
    form = ProfileForm(data=card._asdict(), zones=zones_by_place(card.zone), languages=languages)
    if form.saves(lambda body: service.change_profile(me, **body)):
        keep_here(me, name=form.name.data or "")
        flash(_("Your settings are kept."))
        return redirect(url_for("accounts.settings"), 303)
    return page("accounts/profile.html", form, card=card)


def zones_by_place(present: str) -> ZonesByPlace:
    """The time zones to choose from, by part of the world: the one of the present zone first.

    So a town is found by its first letters, and most people need not look beyond the first part.
    """
    here, _slash, _town = present.partition("/")
    found: ZonesByPlace = {here: []}
    for each in sorted({zone for zone in available_timezones() if _is_town(zone)} | {present}):
        place, _slash, town = each.partition("/")
        words = (town or place).replace("_", " ").replace("/", ", ")
        found.setdefault(place, []).append((each, words))
    return found


def _is_town(zone: str) -> bool:
    return zone.split("/")[0] in _CONTINENTS
