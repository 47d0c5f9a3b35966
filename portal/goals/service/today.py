"""Goals on the owner's first page: a few pieces of today or of any day, and ideas offered.

One whose reminder asks whether to go on comes first: who no longer looks at reminders looks here.
"""

from datetime import date, datetime

from portal.core.clock import local_day
from portal.goals.rules.goals import OPEN_STATES
from portal.goals.rules.pieces import is_for_today
from portal.goals.service import reading
from portal.goals.service.nudges import reminder_key
from portal.goals.shapes.pages import Today, TodayIdea, TodayPiece
from portal.night.service import last_night_in
from portal.vault.models import Part
from portal.vault.viewer import Viewer
from portal.what_matters.service import sentence_in

AT_MOST = 3
LOOKS_AT = 200


def for_today(viewer: Viewer, names: reading.Names = lambda _: "") -> Today:
    """Up to three pieces for today: those with a day first, then those of any day, oldest first.

    Before them, those whose reminder asks whether to go on; and up to three ideas that wait for
    the owner, by whom as ``names`` says. And what matters to the owner, in their own words, and
    what they put down last night. Two queries: keys, and the goals last changed (200 at most) with
    their pieces, ideas and the reminders that ask, and the lines of what matters and of the night.
    """
    today, mine = local_day(viewer.now, viewer.zone), viewer.person_id
    viewer.box.prefetch((mine, Part.GOALS), (mine, Part.WHAT_MATTERS), (mine, Part.NIGHT))
    found = reading.own_for_today(
        viewer, wanted=lambda card: card.body.state in OPEN_STATES, size=LOOKS_AT, names=names
    )
    pieces = [
        TodayPiece(piece, whole.goal.body.title, found.asking.get(reminder_key(piece.id)))
        for whole in found.goals
        for piece in whole.pieces
        if is_for_today(piece.body, whole.goal.body.state, today)
        or reminder_key(piece.id) in found.asking
    ]
    ideas = [
        TodayIdea(whole.goal.id, whole.goal.body.title, offer.author_name)
        for whole in found.goals
        for offer in whole.offers
        if offer.answer is None
    ]
    shown = tuple(sorted(pieces, key=_asking_first)[:AT_MOST])
    matters, night = sentence_in(viewer, found.matters), last_night_in(viewer, found.night)
    return Today(shown, tuple(ideas[:AT_MOST]), matters, night)


def _asking_first(each: TodayPiece) -> tuple[bool, bool, date, datetime]:
    piece = each.piece
    return each.asking_id is None, piece.day is None, piece.day or date.max, piece.made_at
