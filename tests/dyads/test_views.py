"""The pages of the pairs, as each side meets them."""

from tests.fixtures.people import People


def test_every_page_of_a_pair_shows(people: People) -> None:
    ingrid, anna = people.owner("Ingrid"), people.worker("Anna")
    dyad_id = people.dyad(ingrid, anna)
    for person in (ingrid, anna):
        for path in ("", f"/{dyad_id}", f"/{dyad_id}/code", f"/{dyad_id}/end", f"/{dyad_id}/hours"):
            assert person.client.get(f"/dyads{path}").status_code == 200, path
        for path in ("/invitations", "/invitations/new"):
            assert person.client.get(path).status_code == 200, path
    for path in ("/sharing", "/sharing/openings"):
        assert ingrid.client.get(path).status_code == 200, path
    for path in ("/hours", "/hours/week", "/hours/absence", "/hours/room", "/phrases"):
        assert anna.client.get(path).status_code == 200, path
