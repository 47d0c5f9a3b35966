"""Pure decisions about domains: which there are, in what order, which are off, which are marked."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from msgspec.structs import replace

from portal.core.languages import _
from portal.life_domains.shapes import ArrangementBody, Domain, OwnDomain

DEFAULT_DOMAINS = (
    Domain("home", _("Home")),
    Domain("money", _("Money")),
    Domain("days", _("Work, study or days")),
    Domain("family", _("Family and partner")),
    Domain("friends", _("Friends")),
    Domain("free-time", _("Free time")),
    Domain("body", _("Body")),
    Domain("mind", _("Mind")),
    Domain("safety", _("Feeling safe")),
)
"""The domains everybody starts with, in the order of the pages."""

MORE_DOMAINS = (
    Domain("alcohol-and-drugs", _("Alcohol and drugs")),
    Domain("meaning", _("Meaning")),
)
"""Domains that are off until somebody wants them."""

HELP_DOMAINS = (
    Domain("medicines", _("Medicines"), is_help=True),
    Domain("practical-help", _("Practical help"), is_help=True),
    Domain("our-meetings", _("Our meetings"), is_help=True),
)
"""The help in a life, which stands apart from the life itself."""

GIVEN = {each.key: each for each in (*DEFAULT_DOMAINS, *MORE_DOMAINS, *HELP_DOMAINS)}
AT_MOST_MARKED = 3
AT_MOST_ADDED = 20

AS_GIVEN = ArrangementBody(order=(), off=tuple(each.key for each in MORE_DOMAINS), marked=())
"""How the domains stand before their owner has arranged them."""


def id_of(owner_id: UUID, key: str) -> UUID:
    """The id of an owner's row for a domain that came with the portal."""
    return uuid5(owner_id, f"life domain {key}")


def arranged(
    owner_id: UUID, named: Mapping[str, str], arrangement: ArrangementBody
) -> list[OwnDomain]:
    """An owner's domains in their order: life first, then help; those that are off among them.

    ``named``: the owner's own names by key, with the domains they added in the order they did.
    """
    keys = [*GIVEN, *(key for key in named if key not in GIVEN)]
    first = [key for key in arrangement.order if key in keys]
    ordered = [*first, *(key for key in keys if key not in first)]
    found = [_domain(owner_id, key, named.get(key, ""), arrangement) for key in ordered]
    return sorted(found, key=lambda each: each.is_help)


def _domain(owner_id: UUID, key: str, name: str, arrangement: ArrangementBody) -> OwnDomain:
    given = GIVEN.get(key)
    return OwnDomain(
        key=key,
        name=name or (given.name if given else ""),
        is_help=given.is_help if given else False,
        id=id_of(owner_id, key) if given else UUID(key),
        is_added=given is None,
        is_renamed=bool(given and name),
        is_marked=key in arrangement.marked and key not in arrangement.off,
        is_off=key in arrangement.off,
    )


def moved(
    arrangement: ArrangementBody, domains: Sequence[OwnDomain], key: str, *, up: bool
) -> ArrangementBody:
    """A domain one place up or down, among those of its kind that are shown."""
    keys = [each.key for each in domains]
    kind = next(each.is_help for each in domains if each.key == key)
    beside = [e.key for e in domains if e.is_help is kind and (not e.is_off or e.key == key)]
    at = beside.index(key) + (-1 if up else 1)
    if 0 <= at < len(beside):
        mine, other = keys.index(key), keys.index(beside[at])
        keys[mine], keys[other] = keys[other], keys[mine]
    return replace(arrangement, order=tuple(keys))


def turned(arrangement: ArrangementBody, key: str, *, off: bool) -> ArrangementBody:
    """A domain hidden or shown again; one that is hidden is not marked any more."""
    others = tuple(each for each in arrangement.off if each != key)
    marked = tuple(each for each in arrangement.marked if each != key)
    if not off:
        return replace(arrangement, off=others)
    return replace(arrangement, off=(*others, key), marked=marked)


def with_mark(
    arrangement: ArrangementBody, domains: Sequence[OwnDomain], key: str, *, on: bool
) -> ArrangementBody | None:
    """A domain marked to talk about, or not any more; None when three others are marked."""
    now = [each.key for each in domains if each.is_marked and each.key != key]
    if on and len(now) >= AT_MOST_MARKED:
        return None
    return replace(arrangement, marked=(*now, key) if on else tuple(now))


def without(arrangement: ArrangementBody, key: str) -> ArrangementBody:
    """The arrangement when a domain is gone."""

    def others(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in keys if each != key)

    return ArrangementBody(
        order=others(arrangement.order),
        off=others(arrangement.off),
        marked=others(arrangement.marked),
    )
