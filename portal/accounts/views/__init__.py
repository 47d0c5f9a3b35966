"""Pages of accounts, by noun; all on one blueprint."""

from portal.accounts.views import (
    addresses,
    administration,
    codes,
    devices,
    factor,
    leaving,
    passwords,
    profile,
    signing_in,
    signing_up,
)
from portal.accounts.views.blueprint import accounts

__all__ = [
    "accounts",
    "addresses",
    "administration",
    "codes",
    "devices",
    "factor",
    "leaving",
    "passwords",
    "profile",
    "signing_in",
    "signing_up",
]
