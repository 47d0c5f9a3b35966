"""The accepted terms: plain values for the clocks. No key is needed to read them."""

import logging
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from portal.agreements.models import Agreement
from portal.agreements.shapes import AgreementBody, NoAgreement, Terms
from portal.core.db import db
from portal.core.errors import NotVisible
from portal.core.languages import _
from portal.core.rows import first
from portal.dyads.models import Dyad
from portal.dyads.service import is_member
from portal.vault.viewer import Viewer

log = logging.getLogger(__name__)

NO_AGREEMENT = _("You two have no agreement yet. Messages open once you both accept one.")

_agreements: Any = Agreement.__table__
_dyads: Any = Dyad.__table__
COLUMNS: tuple[Any, ...] = (
    _agreements.c.version,
    _agreements.c.accepted_at,
    _agreements.c.windows,
    _agreements.c.answer_within,
    _agreements.c.depth,
    _agreements.c.who_starts,
    _agreements.c.hello_every_weeks,
    _agreements.c.hello_weekday,
    _agreements.c.review_on,
    _agreements.c.is_light,
    _agreements.c.try_until,
)
"""What ``terms_in`` needs of a row, with the pair as ``dyad_id`` beside it."""

STANDS = _agreements.c.ended_at.is_(None)
_MINE = (
    select(_dyads.c.id.label("dyad_id"), *COLUMNS)
    .outerjoin_from(_dyads, _agreements, and_(_agreements.c.dyad_id == _dyads.c.id, STANDS))
    .where(
        _dyads.c.id == bindparam("dyad_id", type_=_dyads.c.id.type),
        is_member(bindparam("me", type_=_dyads.c.id.type)),
    )
)


def terms_for(viewer: Viewer, dyad_id: UUID) -> Terms:
    """The terms that stand in one of the viewer's dyads (one query).

    Raises NoAgreement while there are none, NotVisible when the dyad is not the viewer's.
    """
    row = first(_MINE, {"me": viewer.person_id, "dyad_id": dyad_id})
    if row is None:
        raise NotVisible
    if row.version is None:
        raise NoAgreement(NO_AGREEMENT)
    return _terms(row)


def has_agreement(viewer: Viewer, dyad_id: UUID) -> bool:
    """Whether the two have accepted an agreement; messages are open from then on."""
    try:
        terms_for(viewer, dyad_id)
    except NoAgreement:
        return False
    return True


def terms_of_dyads(dyad_ids: Iterable[UUID]) -> dict[UUID, Terms]:
    """The standing terms of some dyads, for jobs; a dyad without an agreement is left out."""
    wanted = select(_agreements.c.dyad_id, *COLUMNS).where(
        _agreements.c.dyad_id.in_(list(dyad_ids)), STANDS
    )
    return {row.dyad_id: _terms(row) for row in db.session.execute(wanted)}


def terms_in(row: Any) -> Terms:
    """The terms of one version, also from a row that another query brought along."""
    return _terms(row)


def is_intact(row: Agreement | None, body: AgreementBody | None) -> bool:
    """Whether the plain terms are still the sealed ones; if not, somebody changed the database."""
    if row is None or body is None:
        return True
    agreed = body.agreed
    sealed = (tuple(sorted(agreed.windows)), agreed.answer_within, agreed.depth, agreed.who_starts)
    holds = sealed == (row.windows, row.answer_within, row.depth, row.who_starts)
    if not holds:
        log.error("terms are not those accepted", extra={"agreement": row.id})
    return holds


def _terms(row: Any) -> Terms:
    # A whole row or a Core row: both carry the same columns, which no type can say.
    return Terms(
        dyad_id=row.dyad_id,
        version=row.version,
        accepted_at=row.accepted_at,
        windows=row.windows,
        answer_within=row.answer_within,
        depth=row.depth,
        who_starts=row.who_starts,
        hello_every_weeks=row.hello_every_weeks,
        hello_weekday=row.hello_weekday,
        review_on=row.review_on,
        is_light=row.is_light,
        try_until=row.try_until,
    )
