"""When an invitation may still be answered, sent again, or is named quiet. Pure decisions."""

from datetime import datetime, timedelta

from portal.dyads.invitations.shapes import OPEN, InvitationState

LASTS = timedelta(days=30)
LASTS_AFTER_NOT_NOW = timedelta(days=90)
QUIET_AFTER = timedelta(days=21)
REMINDED_AFTER = timedelta(days=7)
SENT_AGAIN_AFTER = timedelta(days=1)
DOUBLE_PRESS = timedelta(minutes=1)
LETTERS_AT_MOST = 3
INVITATIONS_A_DAY = 10
LETTERS_TO_ONE_ADDRESS_A_DAY = 3


def state_at(state: InvitationState, ends_at: datetime, now: datetime) -> InvitationState:
    """The state to show: an open invitation past its last day has expired."""
    return InvitationState.EXPIRED if state in OPEN and now >= ends_at else state


def is_quiet(state: InvitationState, sent_at: datetime, now: datetime) -> bool:
    """Whether three weeks have gone by without any answer."""
    return state is InvitationState.SENT and now >= sent_at + QUIET_AFTER


def may_send_again(
    state: InvitationState, letters_sent: int, last_sent_at: datetime, now: datetime
) -> bool:
    """Whether the inviter may send the letter once more: not every day, three times at most."""
    return (
        state in OPEN and letters_sent < LETTERS_AT_MOST and now >= last_sent_at + SENT_AGAIN_AFTER
    )
