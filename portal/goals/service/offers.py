"""Ideas that a worker offers; the owner takes one in or not, and need not explain (Friction 30)."""

from uuid import UUID, uuid5

from msgspec.structs import replace
from sqlalchemy import delete, select

from portal.access.openings import note_opened
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from portal.core.languages import _
from portal.dyads.service import dyad_for
from portal.goals.models import Activity, Offer
from portal.goals.rules import goals as rules
from portal.goals.service import reading, writing
from portal.goals.shapes.bodies import ActivityBody, GoalBody, OfferAnswer, OfferBody, PieceState
from portal.goals.shapes.pages import OfferPage
from portal.notifications.service import tell, withdraw
from portal.notifications.shapes import NoticeKind
from portal.toolbox.service import id_of_press, write_once
from portal.vault.models import Part
from portal.vault.viewer import Viewer


def offer_page(viewer: Viewer, dyad_id: UUID, goal_id: UUID) -> OfferPage:
    """A goal shared with the viewer that may be offered ideas, with its open pieces.

    Raises NotVisible, or Conflict where the owner asks to be left alone with it.
    """
    dyad = dyad_for(viewer, dyad_id, opening=(Part.GOALS, Part.LIFE_DOMAINS, Part.DRAFTS))
    if dyad.is_owner or not dyad.may_write:
        raise NotVisible
    whole = reading.one_with_all(viewer, dyad.owner_id, goal_id, lambda _: "")
    if not rules.may_be_offered_ideas(whole.goal.body, whole.for_all):
        raise Conflict(_("Please offer nothing here. Its owner asks for no pushing on it."))
    note_opened(viewer, dyad.owner_id, Part.GOALS)
    pieces = tuple(piece for piece in whole.pieces if piece.body.state is PieceState.OPEN)
    return OfferPage(dyad.id, dyad.owner_name, whole.goal, pieces)


def offer_idea(
    viewer: Viewer, dyad_id: UUID, goal_id: UUID, body: OfferBody, *, once: str | None
) -> UUID:
    """Offer an idea for a shared goal. The same press twice makes one offer."""
    goal = offer_page(viewer, dyad_id, goal_id).goal
    row = Offer(id=id_of_press(viewer, once), owner_id=goal.owner_id, goal_id=goal.id)
    key = viewer.box.shared_key(goal.owner_id, Part.GOALS)
    viewer.box.seal(row, body, key, now=viewer.now)
    if write_once(row):
        writing.touch(viewer, goal.id)
        tell(
            goal.owner_id, NoticeKind.IDEA_OFFERED, at=viewer.now, key=_key(row.id), now=viewer.now
        )
    return row.id


def withdraw_offer(viewer: Viewer, dyad_id: UUID, goal_id: UUID, offer_id: UUID) -> None:
    """Take an offer of one's own back while it waits; an answered one stays with its goal."""
    dyad = dyad_for(viewer, dyad_id)
    goal = reading.one_with_all(viewer, dyad.owner_id, goal_id, lambda _: "").goal
    if is_answered(goal.body, offer_id):
        return
    db.session.execute(
        delete(Offer).where(
            Offer.id == offer_id,
            Offer.goal_id == goal.id,
            Offer.author_id == viewer.person_id,
        )
    )
    withdraw(_key(offer_id))


def take_in(viewer: Viewer, goal_id: UUID, offer_id: UUID) -> UUID:
    """Make an offered idea a piece of the owner's own, which may be changed freely."""
    offer, text = _offered(viewer, goal_id, offer_id)
    piece_id = uuid5(offer.id, "piece")
    if not _answer(viewer, goal_id, offer_id, is_taken_in=True):
        return piece_id
    goal, _body, audience = writing.own_goal(viewer, goal_id)
    row = Activity(id=piece_id, owner_id=viewer.person_id, goal_id=goal.id)
    key = writing.own_key(viewer, audience)
    viewer.box.seal(row, ActivityBody(text=text, offer_id=offer_id), key, now=viewer.now)
    write_once(row)
    return piece_id


def leave_out(viewer: Viewer, goal_id: UUID, offer_id: UUID) -> None:
    """Not for me, or not now. No reason is asked for."""
    _offered(viewer, goal_id, offer_id)
    _answer(viewer, goal_id, offer_id, is_taken_in=False)


def is_answered(body: GoalBody, offer_id: UUID) -> bool:
    """Whether the owner has said what becomes of an offer."""
    return any(answer.offer_id == offer_id for answer in body.answers)


def _offered(viewer: Viewer, goal_id: UUID, offer_id: UUID) -> tuple[Offer, str]:
    row = db.session.scalar(
        select(Offer).where(
            Offer.id == offer_id, Offer.goal_id == goal_id, Offer.owner_id == viewer.person_id
        )
    )
    if row is None:
        raise NotVisible
    return row, viewer.box.open(row, OfferBody).text


def _answer(viewer: Viewer, goal_id: UUID, offer_id: UUID, *, is_taken_in: bool) -> bool:
    goal, body, audience = writing.own_goal(viewer, goal_id)
    if is_answered(body, offer_id):
        return False
    answer = OfferAnswer(offer_id=offer_id, is_taken_in=is_taken_in, at=viewer.now)
    changed = replace(body, answers=(*body.answers, answer))
    writing.keep_goal(viewer, goal, changed, audience)
    withdraw(_key(offer_id))
    return True


def _key(offer_id: UUID) -> str:
    return f"offer:{offer_id.hex}"
