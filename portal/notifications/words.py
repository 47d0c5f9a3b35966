"""What each kind of notice is called on the settings page. The e-mail itself never says it."""

from portal.core.languages import _
from portal.notifications.shapes import NoticeKind

KIND_WORDS = {
    NoticeKind.MESSAGE_WAITING: _("Messages wait when you read"),
    NoticeKind.MESSAGE_ANSWERED: _("You have an answer"),
    NoticeKind.ANSWER_DUE_TODAY: _("An answer is due today"),
    NoticeKind.HELLO_DUE: _("An agreed hello is due"),
    NoticeKind.REVIEW_DUE: _("It is time to look at an agreement or a plan again"),
    NoticeKind.INVITATION_UNANSWERED: _(
        "News of an invitation, or somebody stops using this with you"
    ),
    NoticeKind.MEETING_TOMORROW: _("A meeting is tomorrow"),
    NoticeKind.MEETING_OFFERED: _("A time for a meeting waits for you"),
    NoticeKind.MEETING_ANSWERED: _("A time that you suggested has an answer"),
    NoticeKind.MEETING_CALLED_OFF: _("A meeting was called off"),
    NoticeKind.ACTIVITY_REMINDER: _("Something you planned, at the time you chose"),
    NoticeKind.CHECK_IN_REMINDER: _("A check-in, at the time you chose"),
    NoticeKind.IDEA_OFFERED: _("Your worker offers an idea"),
    NoticeKind.AGREEMENT_WAITING: _("An agreement waits for you"),
    NoticeKind.CARD_OPENED: _("Somebody opened a card of your crisis plan"),
    NoticeKind.SECURITY: _("Something about your account changed"),
}
