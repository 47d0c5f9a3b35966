"""Where words lie in use agreements, for either of the two, who look for them."""

from uuid import UUID

from sqlalchemy import and_, select

from portal.access.finding import ME, Findable
from portal.agreements.models import Agreement, Round, RoundAnswers
from portal.agreements.service.answering import unlocked
from portal.agreements.shapes import AgreementBody, AnswersBody, HandedInBody
from portal.core.languages import _
from portal.dyads.models import Dyad
from portal.dyads.service import is_member


def _path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/dyads/{pair_id}/agreement"


def _versions_path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/dyads/{pair_id}/agreement/versions"


def _answers_path(pair_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/dyads/{pair_id}/agreement/answers"


_MINE = Agreement.dyad_id.in_(select(Dyad.id).where(is_member(ME)))
_MY_ANSWERS = and_(
    RoundAnswers.author_id == ME,
    RoundAnswers.dyad_id.in_(select(Dyad.id).where(is_member(ME))),
    RoundAnswers.round_id.in_(select(Round.id).where(Round.closed_at.is_(None))),
)
"""One's own answers while a round runs; the other one's are never among them."""
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
    Findable(
        _("Your answers, not agreed yet"),
        RoundAnswers,
        AnswersBody,
        RoundAnswers.dyad_id,
        _answers_path,
        where=and_(_MY_ANSWERS, RoundAnswers.is_handed_in.is_(False)),
    ),
    Findable(
        _("Your answers, handed in"),
        RoundAnswers,
        HandedInBody,
        RoundAnswers.dyad_id,
        _path,
        where=and_(_MY_ANSWERS, RoundAnswers.is_handed_in),
        within=unlocked,
    ),
)
