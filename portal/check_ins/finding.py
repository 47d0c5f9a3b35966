"""Where words lie in check-ins, for their owner who looks for them; nobody else finds any."""

from uuid import UUID

from portal.access.finding import Findable
from portal.check_ins.models import CheckIn, CheckInSetup
from portal.check_ins.shapes.bodies import CheckInBody, SetupBody
from portal.core.languages import _


def _path(check_in_id: UUID, _dyad_id: UUID | None) -> str:
    return f"/check-ins/{check_in_id}"


def _questions(_setup_id: UUID, _dyad_id: UUID | None) -> str:
    return "/check-ins/questions"


FINDABLE = (
    Findable(_("In a check-in"), CheckIn, CheckInBody, CheckIn.id, _path),
    Findable(_("What check-ins ask"), CheckInSetup, SetupBody, CheckInSetup.id, _questions),
)
