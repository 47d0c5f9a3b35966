"""What is told: by other slices (`tell`, `withdraw`), by jobs, and what people choose about it."""

from portal.notifications.service.choosing import (
    change_choices,
    choices_of,
    has_turned_off,
    kinds_for,
    zone_named,
)
from portal.notifications.service.gathering import gather_due
from portal.notifications.service.handing_over import Portal, claim_letters, hand_over, put_off
from portal.notifications.service.linking import send_account_letter, send_link
from portal.notifications.service.telling import (
    bring_forward,
    tell,
    tell_all,
    tell_found,
    tell_of_security,
    withdraw,
)
from portal.notifications.service.tidying import tidy

__all__ = [
    "Portal",
    "bring_forward",
    "change_choices",
    "choices_of",
    "claim_letters",
    "gather_due",
    "hand_over",
    "has_turned_off",
    "kinds_for",
    "put_off",
    "send_account_letter",
    "send_link",
    "tell",
    "tell_all",
    "tell_found",
    "tell_of_security",
    "tidy",
    "withdraw",
    "zone_named",
]
