"""What people and the portal do about accounts, by noun."""

from portal.accounts.service.addresses import ask_for_address, new_address_of, take_address
from portal.accounts.service.factor import (
    end_factor,
    factor_card,
    factor_state,
    pass_factor,
    reset_factor,
    set_up_factor,
)
from portal.accounts.service.pauses import mailbox_key, note_wrong_code, note_wrong_password
from portal.accounts.service.people import (
    address_of,
    change_profile,
    person_by_address,
    profile_of,
    set_up_person,
    want_way_out,
)
from portal.accounts.service.recovery import (
    code_card,
    confirm_code,
    make_new_code,
    new_code_card,
    recover,
)
from portal.accounts.service.sessions import (
    devices_of,
    end_device,
    end_other_devices,
    sign_out,
)
from portal.accounts.service.signing_in import change_password, sign_in
from portal.accounts.service.signing_up import (
    accept_terms,
    ask_to_sign_up,
    invite_to_sign_up,
    invite_worker,
    send_to_sign_up,
    sign_up,
    terms_for,
    ticket_card,
)
from portal.accounts.service.tidying import tidy
from portal.accounts.service.workers import create_administrator, create_worker

__all__ = [
    "accept_terms",
    "address_of",
    "ask_for_address",
    "ask_to_sign_up",
    "change_password",
    "change_profile",
    "code_card",
    "confirm_code",
    "create_administrator",
    "create_worker",
    "devices_of",
    "end_device",
    "end_factor",
    "end_other_devices",
    "factor_card",
    "factor_state",
    "invite_to_sign_up",
    "invite_worker",
    "mailbox_key",
    "make_new_code",
    "new_address_of",
    "new_code_card",
    "note_wrong_code",
    "note_wrong_password",
    "pass_factor",
    "person_by_address",
    "profile_of",
    "recover",
    "reset_factor",
    "send_to_sign_up",
    "set_up_factor",
    "set_up_person",
    "sign_in",
    "sign_out",
    "sign_up",
    "take_address",
    "terms_for",
    "ticket_card",
    "tidy",
    "want_way_out",
]
