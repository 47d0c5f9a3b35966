from flask import Flask

from portal.accounts.service import address_of, person_by_address, profile_of
from portal.core.work import unit_of_work
from tests.fixtures.people import People


def test_person_has_an_address_and_a_sealed_name(app: Flask, people: People) -> None:
    ingrid = people.owner("Ingrid")
    with ingrid.viewing() as viewer:
        card = profile_of(viewer)
    assert (card.name, card.address) == ("Ingrid", ingrid.address)
    with unit_of_work(app):
        assert person_by_address(ingrid.address.upper()) == ingrid.id
        assert address_of(ingrid.id) == ingrid.address
