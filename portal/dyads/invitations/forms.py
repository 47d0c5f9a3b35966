"""Forms of invitations: writing one, and saying yes to one."""

from typing import ClassVar

from portal.core.forms import Line, PortalForm, Words, an_address, at_most, needed
from portal.core.languages import _
from portal.dyads.invitations.shapes import NewInvitation


class InviteForm(PortalForm):
    """Whom to invite, and what they read first."""

    address = Line(
        _("Their e-mail address"),
        validators=[needed(_("Please write their e-mail address.")), an_address],
    )
    name = Line(
        _("Your name, as they know you"),
        validators=[needed(_("Please write your name.")), at_most(80)],
    )
    title = Line(_("Your title"), validators=[at_most(80)])
    greeting = Words(_("A few words to them"), validators=[at_most(1000)])

    def to_body(self) -> NewInvitation:
        """The new invitation."""
        title = self.title.data if "title" in self else ""
        return NewInvitation(
            self.address.data or "", self.name.data or "", title or "", self.greeting.data or ""
        )


class AcceptForm(PortalForm):
    """What the other should call you. Its place is fixed: no draft ever names a link."""

    draft_place: ClassVar[str] = "letter-answer"

    name = Line(
        _("Your name, as they know you"),
        validators=[needed(_("Please write your name.")), at_most(80)],
    )
    title = Line(_("Your title"), validators=[at_most(80)])

    def to_body(self) -> tuple[str, str]:
        """Name and title."""
        title = self.title.data if "title" in self else ""
        return self.name.data or "", title or ""
