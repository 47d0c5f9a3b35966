"""Puts the application together; the only place that names every slice."""

from importlib import import_module

from flask import Flask

from config import Settings
from portal.access.service import keep_handed_keys, rotate_stale
from portal.accounts import hooks
from portal.accounts.last_presses import PressStore
from portal.accounts.signed_in import init_signed_in
from portal.agreements import hooks as agreement_hooks
from portal.agreements.service import pair_ended, readings_of
from portal.core.application import Portal
from portal.core.assets import init_assets
from portal.core.broker import OPTIONS
from portal.core.compressing import init_compressing
from portal.core.counters import BrokerCounters
from portal.core.db import db, prepare_engine
from portal.core.guard import GuardedBlueprint, init_guard
from portal.core.last_presses import init_last_presses
from portal.core.log import log_requests
from portal.core.pages import init_pages
from portal.core.refusals import init_refusals
from portal.core.web import init_origins, init_tokens
from portal.crisis_plan.service import end_phones
from portal.drafts.keeping import DraftStore, keep_what_was_typed
from portal.dyads import hooks as pair_hooks
from portal.dyads.service import remember_partners, rename_in_dyads
from portal.hours import hooks as hour_hooks
from portal.meetings import hooks as meeting_hooks
from portal.meetings.service import (
    drop_difference,
    keep_difference,
    move_evenings,
    stop_telling_worker,
)
from portal.messaging.service.days import is_waited_for, move_answer_days
from portal.messaging.service.off_list import line_taken_off
from portal.messaging.service.prompting import replan_prompts
from portal.night.service import line_taken_off as night_line_taken_off
from portal.notifications import hooks as notice_hooks
from portal.notifications.service import send_account_letter, tell_of_security
from portal.own_calendar.service import end_feed
from portal.reminders.service import move_reminders
from portal.search import service as search
from portal.toolbox import service as toolbox
from portal.vault.house import FLOOR, House, init_house
from portal.vault.keys import Cost
from portal.vault.secrets import load_or_make_secrets
from portal.vault.server_seal import flask_signing_key
from portal.what_matters.service import sentence_of

MAX_REQUEST_BYTES = 1024 * 1024
CHEAP = Cost(rounds=1, memory_kib=64)

SLICES = (
    "portal.accounts.views",
    "portal.accounts.views.leaving",
    "portal.agreements.views",
    "portal.check_ins.views.checking",
    "portal.check_ins.views.copying",
    "portal.check_ins.views.ways",
    "portal.core.health",
    "portal.crisis_plan.views",
    "portal.drafts.views",
    "portal.dyads.invitations.views",
    "portal.dyads.sharing.views",
    "portal.dyads.views",
    "portal.goals.views.goals",
    "portal.goals.views.pieces",
    "portal.goals.views.review",
    "portal.help.views",
    "portal.hours.views",
    "portal.home.views",
    "portal.life_domains.views.entries",
    "portal.life_domains.views.pages",
    "portal.life_domains.views.parts",
    "portal.library.views",
    "portal.medicines.views.copying",
    "portal.medicines.views.pages",
    "portal.meetings.views",
    "portal.messaging.views",
    "portal.network_map.views",
    "portal.night.views",
    "portal.own_calendar.views",
    "portal.record.views",
    "portal.reminders.views",
    "portal.search.views",
    "portal.toolbox.views",
    "portal.what_matters.views",
)

TOOLS = (
    "portal.what_matters.tool",
    "portal.life_domains.tool",
    "portal.goals.tool",
    "portal.network_map.tool",
    "portal.crisis_plan.tool",
    "portal.check_ins.tool",
    "portal.medicines.tool",
    "portal.library.tool",
)
"""The tools, in the order of the toolbox."""


FINDABLE = (
    "portal.messaging.finding",
    "portal.goals.finding",
    "portal.meetings.finding",
    "portal.what_matters.finding",
    "portal.life_domains.finding",
    "portal.network_map.finding",
    "portal.crisis_plan.finding",
    "portal.check_ins.finding",
    "portal.medicines.finding",
    "portal.library.finding",
    "portal.agreements.finding",
    "portal.hours.finding",
    "portal.night.finding",
    "portal.record.finding",
    "portal.drafts.finding",
)
"""Where words lie, for whoever looks for them."""


def create_app(settings: Settings) -> Flask:
    """Make the application for one set of settings."""
    app = Portal("portal", static_folder=None)
    app.config |= _flask_settings(settings)
    _open_vault(app, settings)
    app.secret_key = _signing_key(app)
    _open_database(app)
    app.extensions["drafts"] = DraftStore()
    app.extensions["last_presses"] = PressStore()
    app.extensions["keep_words"] = keep_what_was_typed
    init_compressing(app)
    init_pages(app)
    init_assets(app)
    log_requests(app)
    for module in SLICES:
        _register(app, module)
    init_signed_in(app)
    _listen()
    init_origins(app)
    init_guard(app)
    init_last_presses(app)
    init_tokens(app)
    init_refusals(app)
    return app


def _listen() -> None:
    """Let the rooms above take part in what happens below."""
    toolbox.TOOLS[:] = [import_module(module).TOOL for module in TOOLS]
    search.FINDABLE[:] = [each for module in FINDABLE for each in import_module(module).FINDABLE]
    toolbox.openers[:] = [sentence_of]
    hooks.after_sign_in[:] = [rotate_stale, keep_handed_keys, remember_partners]
    hooks.renamings[:] = [lambda viewer, name, title: rename_in_dyads(viewer, name, title=title)]
    hooks.moves[:] = [
        lambda move, now: replan_prompts(move.person_id, now),
        move_reminders,
        move_evenings,
    ]
    hooks.security_events[:] = [tell_of_security]
    hooks.letters[:] = [send_account_letter]
    hooks.everywhere[:] = [end_phones, end_feed]
    agreement_hooks.after_kept[:] = [keep_difference]
    agreement_hooks.after_unkept[:] = [drop_difference]
    agreement_hooks.after_agreed[:] = [replan_prompts]
    hour_hooks.after_change[:] = [replan_prompts]
    hour_hooks.after_days_away[:] = [move_answer_days]
    hour_hooks.waits[:] = [is_waited_for]
    meeting_hooks.after_taken_off[:] = [line_taken_off, night_line_taken_off]
    notice_hooks.readings[:] = [readings_of]
    pair_hooks.after_end[:] = [pair_ended, stop_telling_worker]


def _register(app: Flask, module: str) -> None:
    """Register every blueprint that a module of pages makes."""
    for made in vars(import_module(module)).values():
        if isinstance(made, GuardedBlueprint) and made.import_name == module:
            app.register_blueprint(made)


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "TESTING": settings.testing,
        "PROPAGATE_EXCEPTIONS": False,
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_REQUEST_BYTES,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "SESSION_COOKIE_NAME": "__Host-tandem-form" if settings.is_secure else "tandem-form",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_STORAGE_URI": BrokerCounters.address_of(settings.limits_url),
        "RATELIMIT_STORAGE_OPTIONS": OPTIONS,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_HEADERS_ENABLED": False,
    }


def _open_vault(app: Flask, settings: Settings) -> None:
    cheap = settings.argon_profile == "test"
    secrets = load_or_make_secrets(settings.home)
    cost, floor = (CHEAP, CHEAP) if cheap else (Cost(), FLOOR)
    init_house(app, House(secrets, cost, floor, settings.home / "run"))


def _signing_key(app: Flask) -> bytes:
    with app.app_context():
        return flask_signing_key()


def _open_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


__all__ = ["create_app"]
