"""Reading life domains: what the viewer may see, put in order; entries open when they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.core.clock import local_day
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.life_domains import rules
from portal.life_domains.models import ArrangementRow, DomainRow, EntryRow
from portal.life_domains.service import statements
from portal.life_domains.shapes import ArrangementBody, DomainBody, Entry, EntryBody, OwnDomain
from portal.life_domains.words import facts_of
from portal.vault.models import Audience, Part
from portal.vault.viewer import Viewer

SCAN = 2000
"""How many entries a page reads at most; it opens those that it shows."""


class Life:
    """An owner's domains, and their entries newest first."""

    def __init__(self, viewer: Viewer, owner_id: UUID, rows: Sequence[Any]) -> None:
        self._viewer = viewer
        self._rows: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            if row.kind == statements.ENTRY:
                self._rows[row.domain_id].append(row)
        for each in self._rows.values():
            each.sort(key=lambda row: (row.made_at, row.id), reverse=True)
        self._named_at: dict[UUID, datetime] = {
            row.id: row.changed_at for row in rows if row.kind == statements.DOMAIN
        }
        self.arrangement, self.domains = domains_in(viewer, owner_id, rows)

    @property
    def shown(self) -> list[OwnDomain]:
        """The domains that are not off."""
        return [each for each in self.domains if not each.is_off]

    def domain(self, domain_id: UUID) -> OwnDomain:
        """One of the domains; or NotVisible."""
        for each in self.domains:
            if each.id == domain_id:
                return each
        raise NotVisible

    def named_at(self, domain_id: UUID) -> datetime:
        """When a domain that holds entries got its name."""
        return self._named_at[domain_id]

    def rows(self, domain_id: UUID) -> list[Any]:
        """The rows of a domain's entries, newest first, not opened."""
        return self._rows.get(domain_id, [])

    def entries(self, domain_id: UUID) -> Iterator[Entry]:
        """A domain's entries that are not put away, newest first, opened one by one."""
        return (each for each in self.all_entries(domain_id) if not each.body.is_away)

    def all_entries(self, domain_id: UUID, until: date | None = None) -> Iterator[Entry]:
        """The same with those that are put away; perhaps only those written until a day."""
        zone = self._viewer.zone
        wanted = (
            row
            for row in self.rows(domain_id)
            if until is None or local_day(row.made_at, zone) <= until
        )
        return self._viewer.box.each(wanted, lambda row: entry_in(self._viewer, row))

    def rated(self, domain_id: UUID, since: date = date.min) -> list[tuple[datetime, int]]:
        """When a domain was given a place on the line from a day on, and which, newest first."""
        zone = self._viewer.zone
        rows = (row for row in self.rows(domain_id) if local_day(row.made_at, zone) >= since)
        opened = self._viewer.box.each(rows, lambda row: (row.made_at, body_in(self._viewer, row)))
        return [(at, body.rating) for at, body in opened if body.rating and not body.is_away]

    def newest(self, domain_id: UUID, until: date | None = None) -> Entry | None:
        """What was written last of a domain, perhaps until a day."""
        found = self.all_entries(domain_id, until)
        return next((each for each in found if not each.body.is_away), None)


def life_of(viewer: Viewer, owner_id: UUID) -> Life:
    """Everything of an owner's life domains that the viewer may see; one query."""
    viewer.box.prefetch((owner_id, Part.LIFE_DOMAINS))
    params = {"viewer_id": viewer.person_id, "owner_id": owner_id, "size": SCAN}
    return Life(viewer, owner_id, db.session.execute(statements.ALL, params).all())


def one_domain(viewer: Viewer, domain_id: UUID, size: int, before: UUID | None = None) -> Life:
    """The viewer's own domains with the newest entries of one of them, or those before an entry."""
    statement = statements.OLDER_IN_DOMAIN if before else statements.IN_DOMAIN
    params: dict[str, Any] = {"viewer_id": viewer.person_id, "owner_id": viewer.person_id}
    params |= {"domain_id": domain_id, "size": size} | ({"before_id": before} if before else {})
    return Life(viewer, viewer.person_id, db.session.execute(statement, params).all())


def settings_of(viewer: Viewer) -> Life:
    """The viewer's own domains without their entries (two queries with the keys).

    Afterwards a draft on a form of theirs opens too.
    """
    mine = viewer.person_id
    viewer.box.prefetch((mine, Part.LIFE_DOMAINS), (mine, Part.DRAFTS))
    params = {"viewer_id": mine, "owner_id": mine}
    return Life(viewer, mine, db.session.execute(statements.SETTINGS, params).all())


def domains_in(
    viewer: Viewer, owner_id: UUID, rows: Iterable[Any]
) -> tuple[ArrangementBody, list[OwnDomain]]:
    """An owner's domains, out of rows that a page has loaded; others than these are passed over."""
    named, arrangement = {}, rules.AS_GIVEN
    found = [row for row in rows if row.kind in statements.SETTINGS_KINDS]
    found.sort(key=lambda each: (each.made_at, each.id))
    for body in viewer.box.each(found, lambda row: _setting(viewer, row)):
        if isinstance(body, DomainBody):
            named[body.key] = body.name
        else:
            arrangement = body
    return arrangement, rules.arranged(owner_id, named, arrangement)


def _setting(viewer: Viewer, row: Any) -> DomainBody | ArrangementBody:
    if row.kind == statements.DOMAIN:
        return viewer.box.open(row, DomainBody, table=DomainRow)
    return viewer.box.open(row, ArrangementBody, table=ArrangementRow)


def body_in(viewer: Viewer, row: Any) -> EntryBody:
    """What an entry says, out of its row."""
    return viewer.box.open(row, EntryBody, table=EntryRow)


def entry_in(viewer: Viewer, row: Any) -> Entry:
    """An entry out of its row."""
    body = body_in(viewer, row)
    is_shared = row.audience is Audience.SHARED
    return Entry(
        row.id, row.domain_id, body, facts_of(body), is_shared, row.made_at, row.changed_at
    )
