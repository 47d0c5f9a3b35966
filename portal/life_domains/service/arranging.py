"""Arranging the domains: rename, hide, add, order, mark to talk about. All of it can be undone."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import exists, select

from portal.core.db import db
from portal.core.errors import Conflict, FieldError, NotVisible
from portal.core.languages import _
from portal.life_domains import rules
from portal.life_domains.models import ArrangementRow, DomainRow, EntryRow
from portal.life_domains.service.reading import settings_of
from portal.life_domains.shapes import ArrangementBody, DomainBody, OwnDomain, PartsPage
from portal.toolbox import service as toolbox
from portal.vault.models import Audience, DataKey, Part
from portal.vault.viewer import Viewer


def parts_page(viewer: Viewer) -> PartsPage:
    """The viewer's domains, to arrange them."""
    life = settings_of(viewer)
    return PartsPage(
        life=tuple(each for each in life.shown if not each.is_help),
        help=tuple(each for each in life.shown if each.is_help),
        off=tuple(each for each in life.domains if each.is_off),
    )


def domain_for(viewer: Viewer, domain_id: UUID) -> OwnDomain:
    """One of the viewer's domains; or NotVisible."""
    return settings_of(viewer).domain(domain_id)


def add_domain(viewer: Viewer, name: str, *, once: str | None) -> UUID:
    """A domain of the viewer's own. The same press twice adds one."""
    domain_id = toolbox.id_of_press(viewer, once)
    added = [each for each in settings_of(viewer).domains if each.is_added]
    if len(added) >= rules.AT_MOST_ADDED and domain_id not in {each.id for each in added}:
        raise FieldError("name", _("There is room for 20 of your own. Delete one to make room."))
    row = DomainRow(id=domain_id, owner_id=viewer.person_id)
    toolbox.add_once(viewer, row, DomainBody(domain_id.hex, name), Audience.ONLY_ME)
    return domain_id


def rename_domain(viewer: Viewer, domain_id: UUID, name: str) -> None:
    """Call a domain something else. Without a name, one that came with the portal has its first."""
    domain = domain_for(viewer, domain_id)
    if domain.is_added and not name:
        raise FieldError("name", _("Please write a name."))
    given = rules.GIVEN.get(domain.key)
    name = "" if given and name == str(given.name) else name
    row, body, audience = own_domain(viewer, domain)
    if body.name != name:
        toolbox.keep_row(viewer, row, replace(body, name=name), audience)


def move_domain(viewer: Viewer, domain_id: UUID, *, up: bool) -> None:
    """Put a domain one place up or down."""
    life = settings_of(viewer)
    key = life.domain(domain_id).key
    _keep(viewer, rules.moved(life.arrangement, life.domains, key, up=up))


def turn_domain(viewer: Viewer, domain_id: UUID, *, off: bool) -> None:
    """Hide a domain with all it holds, or show it again; hidden, it is the viewer's alone."""
    life = settings_of(viewer)
    domain = life.domain(domain_id)
    _keep(viewer, rules.turned(life.arrangement, domain.key, off=off))
    if off:
        shared = (
            select(EntryRow)
            .join(DataKey, DataKey.id == EntryRow.data_key_id)
            .where(EntryRow.domain_id == domain.id, DataKey.audience == Audience.SHARED)
        )
        toolbox.move_rows(viewer, db.session.scalars(shared), Audience.ONLY_ME)
        name_goes_along(viewer, domain.id)


def mark_domain(viewer: Viewer, domain_id: UUID, *, on: bool) -> bool:
    """Mark a domain to talk about, or take the mark off; False when three others are marked."""
    life = settings_of(viewer)
    domain = life.domain(domain_id)
    if domain.is_off:
        raise NotVisible
    found = rules.with_mark(life.arrangement, life.domains, domain.key, on=on)
    if found is not None:
        _keep(viewer, found)
    return found is not None


def delete_domain(viewer: Viewer, domain_id: UUID) -> None:
    """Delete a domain of the viewer's own that is off, for good, with all it holds."""
    life = settings_of(viewer)
    domain = life.domain(domain_id)
    if not domain.is_added:
        raise NotVisible
    if not domain.is_off:
        raise Conflict(_("Hide it first. Then you can delete it."))
    row, _body, _audience = own_domain(viewer, domain)
    db.session.delete(row)
    toolbox.flush()
    _keep(viewer, rules.without(life.arrangement, domain.key))


def own_domain(viewer: Viewer, domain: OwnDomain) -> tuple[DomainRow, DomainBody, Audience]:
    """The row of one of the viewer's domains; made when it is used for the first time."""
    try:
        return toolbox.own_row(viewer, DomainRow, domain.id, DomainBody)
    except NotVisible:
        row, body = DomainRow(id=domain.id, owner_id=viewer.person_id), DomainBody(domain.key)
        if toolbox.add_once(viewer, row, body, Audience.ONLY_ME):
            return row, body, Audience.ONLY_ME
    # another request of theirs was a moment earlier
    return toolbox.own_row(viewer, DomainRow, domain.id, DomainBody)


def name_goes_along(viewer: Viewer, domain_id: UUID) -> None:
    """Let a domain's name be seen exactly as long as one of its entries is shared."""
    row = db.session.scalar(
        select(DomainRow).where(DomainRow.id == domain_id, DomainRow.owner_id == viewer.person_id)
    )
    if row is None:
        return
    shared = exists().where(
        EntryRow.domain_id == domain_id,
        DataKey.id == EntryRow.data_key_id,
        DataKey.audience == Audience.SHARED,
    )
    is_shared = bool(db.session.scalar(select(shared)))
    audience = Audience.SHARED if is_shared else Audience.ONLY_ME
    viewer.box.move(row, viewer.box.own_key(Part.LIFE_DOMAINS, audience, now=viewer.now))
    toolbox.flush()


def _keep(viewer: Viewer, body: ArrangementBody) -> None:
    row_id = rules.id_of(viewer.person_id, "")
    try:
        row, _body, audience = toolbox.own_row(viewer, ArrangementRow, row_id, ArrangementBody)
    except NotVisible:
        row = ArrangementRow(id=row_id, owner_id=viewer.person_id)
        if toolbox.add_once(viewer, row, body, Audience.ONLY_ME):
            return
        row, _body, audience = toolbox.own_row(viewer, ArrangementRow, row_id, ArrangementBody)
    toolbox.keep_row(viewer, row, body, audience)
