"""The parts of life that everybody starts with."""

from portal.life_domains.service import (
    DEFAULT_DOMAINS,
    MORE_DOMAINS,
    domains_of,
    names_of_domains,
)
from tests.fixtures.people import People


def test_everybody_starts_with_the_same_domains_and_sensitive_ones_are_off(people: People) -> None:
    with people.owner().viewing() as viewer:
        found = [domain.key for domain in domains_of(viewer)]
    assert found == [domain.key for domain in DEFAULT_DOMAINS]
    assert not {domain.key for domain in MORE_DOMAINS} & set(found)


def test_every_domain_has_a_name_of_its_own() -> None:
    names = names_of_domains()
    assert len(names) == len(DEFAULT_DOMAINS) + len(MORE_DOMAINS)
    assert len(set(map(str, names.values()))) == len(names)
