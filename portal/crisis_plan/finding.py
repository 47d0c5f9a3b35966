"""Where words lie in the plan and on its cards, for somebody who looks for them."""

from collections.abc import Iterator
from uuid import UUID

from portal.access.finding import Findable
from portal.core.languages import _
from portal.crisis_plan.models import PlanCard, PlanFormer, PlanRow
from portal.crisis_plan.rules.order import ORDER, is_section
from portal.crisis_plan.shapes import CardBody, Manner, PlanBody


def _path(place: UUID | str, dyad_id: UUID | None) -> str:
    """A section has a page of its own; what was said of the plan stands on the plan's."""
    if dyad_id:
        return f"/people/{dyad_id}/parts/crisis-plan"
    return f"/crisis-plan/{place}" if isinstance(place, str) else "/crisis-plan"


def _card_path(card_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/crisis-plan/cards/{card_id}"


def _section(body: PlanBody) -> str | None:
    return body.kind.value if is_section(body.kind) else None


def _words(body: PlanBody) -> Iterator[str]:
    """What is written in a piece of the plan; the names of points are keys."""
    has_keys = is_section(body.kind) and ORDER[body.kind][1] is Manner.POINTS
    yield from (body.title, body.text)
    for entry in body.entries:
        yield from (entry.more, entry.phone) if has_keys else (entry.name, entry.more, entry.phone)
    if body.made is not None:
        yield body.made.with_whom


FINDABLE = (
    Findable(_("The crisis plan"), PlanRow, PlanBody, PlanRow.id, _path, of=_section, words=_words),
    Findable(
        _("The crisis plan, as it was"),
        PlanFormer,
        PlanBody,
        PlanFormer.id,
        _path,
        of=_section,
        words=_words,
    ),
    Findable(_("A card for the wallet"), PlanCard, CardBody, PlanCard.id, _card_path),
)
