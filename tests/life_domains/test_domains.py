"""The parts of life that everybody starts with."""

from portal.life_domains.rules import DEFAULT_DOMAINS, GIVEN, HELP_DOMAINS, MORE_DOMAINS
from portal.life_domains.service import domains_of
from tests.fixtures.people import People


def test_everybody_starts_with_the_same_domains_and_sensitive_ones_are_off(people: People) -> None:
    with people.owner().viewing() as viewer:
        found = [domain.key for domain in domains_of(viewer)]
    assert found == [domain.key for domain in DEFAULT_DOMAINS]
    assert not {domain.key for domain in (*MORE_DOMAINS, *HELP_DOMAINS)} & set(found)


def test_every_domain_has_a_name_of_its_own() -> None:
    assert len({str(each.name) for each in GIVEN.values()}) == len(GIVEN)
