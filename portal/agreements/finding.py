"""Where words lie in use agreements, for either of the two, who look for them."""

from uuid import UUID

from sqlalchemy import and_, select

from portal.access.finding import ME, Findable
from portal.agreements.models import Agreement
from portal.agreements.shapes import AgreementBody
from portal.core.languages import _
from portal.dyads.models import Dyad
from portal.dyads.service import is_member


def _path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/dyads/{pair_id}/agreement"


def _versions_path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/dyads/{pair_id}/agreement/versions"


_MINE = Agreement.dyad_id.in_(select(Dyad.id).where(is_member(ME)))
FINDABLE = (
    Findable(
        _("Your agreement"),
        Agreement,
        AgreementBody,
        Agreement.dyad_id,
        _path,
        where=and_(_MINE, Agreement.ended_at.is_(None)),
    ),
    Findable(
        _("An earlier agreement"),
        Agreement,
        AgreementBody,
        Agreement.dyad_id,
        _versions_path,
        where=and_(_MINE, Agreement.ended_at.is_not(None)),
    ),
)
