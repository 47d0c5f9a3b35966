"""What people and the portal do about accounts, by noun."""

from portal.accounts.service.people import (
    address_of,
    change_profile,
    create_person,
    person_by_address,
    profile_of,
    set_up_person,
)

__all__ = [
    "address_of",
    "change_profile",
    "create_person",
    "person_by_address",
    "profile_of",
    "set_up_person",
]
