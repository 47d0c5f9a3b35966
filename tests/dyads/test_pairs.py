"""Pairs: how they begin, who sees them, what an outsider with the database can do."""

from portal.dyads.service import dyad_for, dyad_key, dyads_of
from tests.fixtures.people import People


def test_the_two_see_each_other_by_name(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    with ingrid.viewing() as viewer:
        card = dyad_for(viewer, dyad_id)
        assert (card.partner_name, card.partner_title) == ("Anna", "Psychiatric nurse")
        assert card.may_write
        assert dyad_key(viewer, card)
    with anna.viewing() as viewer:
        assert [each.partner_name for each in dyads_of(viewer)] == ["Ingrid"]
        assert dyad_key(viewer, dyad_id)
