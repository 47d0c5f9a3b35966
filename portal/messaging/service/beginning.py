"""First words put into the text box: a starter for the owner, a phrase of the worker's own.

Nothing is sent. What was typed is kept as a draft with the chosen words below it, so that this
works without a script too.
"""

from uuid import UUID

from portal.core.errors import NotAllowed
from portal.drafts.service import draft_words, keep_draft
from portal.drafts.shapes import Fields
from portal.dyads.service import dyad_for
from portal.hours.service import phrases_of
from portal.messaging.service.holding import draft_place
from portal.messaging.service.pair import writing_pair
from portal.messaging.shapes import Intent
from portal.messaging.starters import STARTERS, open_end
from portal.vault.viewer import Viewer


def begin_with(viewer: Viewer, dyad_id: UUID, typed: Fields, chosen: str) -> None:
    """Put first words below what was typed. ``chosen``: a starter's place, or a phrase's id.

    A phrase that was put away meanwhile adds nothing. Raises NotVisible, and NotAllowed where
    nobody writes any more.
    """
    dyad = dyad_for(viewer, dyad_id)
    if not dyad.may_write:
        raise NotAllowed
    words = _starters() if dyad.is_owner else _phrases(viewer)
    text = "".join(typed.get("text", [])[:1]).rstrip()
    begun = f"{text}\n{words.get(chosen, '')}".strip("\n")
    keep_draft(viewer, draft_place(dyad_id), typed | {"text": [begun]})


def bring_words(viewer: Viewer, dyad_id: UUID, words: str) -> None:
    """Put an owner's words from elsewhere below what stands in their box; nothing is sent.

    Raises NotVisible, Conflict after the end, and NoAgreement before there is one.
    """
    writing_pair(viewer, dyad_id)
    there = draft_words(viewer, draft_place(dyad_id)) or {"intent": [Intent.BE_HEARD.value]}
    text = "\n\n".join(each for each in (*there.get("text", []), words) if each)
    keep_draft(viewer, draft_place(dyad_id), there | {"text": [text]})


def _starters() -> dict[str, str]:
    return {str(place): open_end(str(words)) for place, words in enumerate(STARTERS)}


def _phrases(viewer: Viewer) -> dict[str, str]:
    return {str(phrase.id): phrase.text for phrase in phrases_of(viewer)}
