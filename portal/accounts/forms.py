"""Forms of accounts. Those with a password keep no draft; the others keep every word."""

from typing import Any

from wtforms import BooleanField, PasswordField, SelectField

from portal.accounts.shapes import RecoveryBody, SignInBody, SignUpBody
from portal.core.forms import Line, PortalForm, an_address, at_most, needed
from portal.core.languages import _
from portal.core.typed import composed

ZonesByPlace = dict[str, list[tuple[str, str]]]
"""Time zones to choose from, (name, words), under the part of the world where they are."""
LONGEST_PASSWORD = 1000  # a longer one is not even looked at; the kind refusal begins at 200


class Password(PasswordField):
    """A password: Unicode NFC, otherwise as typed or pasted; never sent back to the page."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the password as typed."""
        self.data = composed(valuelist[0][:LONGEST_PASSWORD]) if valuelist else ""


def _address_field(label: str) -> Line:
    needs = needed(_("Please write your e-mail address."))
    return Line(label, validators=[needs, an_address])


def _password_field(label: str) -> Password:
    return Password(label, validators=[needed(_("Please write your password."))])


def _new_password_field(label: str) -> Password:
    return Password(label, validators=[needed(_("Please choose a password."))])


class AddressForm(PortalForm):
    """Sign-up begins with an address."""

    address = _address_field(_("Your e-mail address"))

    def to_body(self) -> str:
        """The address."""
        return self.address.data or ""


class TermsForm(PortalForm):
    """What one should know was read."""

    accepts = BooleanField(
        _("I have read this. I know that it is not for emergencies."),
        validators=[needed(_("Please tick this when you have read it."))],
    )


class SignUpForm(PortalForm):
    """What to be called, and a password."""

    name = Line(
        _("What would you like to be called?"),
        validators=[needed(_("Please write a name. It can be any name.")), at_most(80)],
    )
    title = Line(_("Your title"), validators=[at_most(80)])
    password = _new_password_field(_("A password"))

    def to_body(self) -> SignUpBody:
        """Name, password, and a worker's title."""
        return SignUpBody(self.name.data or "", self.password.data or "", self.title.data or "")


class SignInForm(PortalForm):
    """Address and password."""

    address = _address_field(_("E-mail"))
    password = _password_field(_("Password"))
    is_own_device = BooleanField(_("This is my own device. Keep me signed in for 30 days."))

    def to_body(self) -> SignInBody:
        """What the person gave."""
        is_own_device = bool(self.is_own_device.data)
        return SignInBody(self.address.data or "", self.password.data or "", is_own_device)


class CodeForm(PortalForm):
    """A code of the authenticator app, or one group of the recovery code."""

    code = Line(_("Code"), validators=[needed(_("Please type the code."))])

    def to_body(self) -> str:
        """The code as typed."""
        return self.code.data or ""

    @classmethod
    def _keeps_words(cls) -> bool:
        return False


class RecoveryForm(PortalForm):
    """Back in with the recovery code."""

    address = _address_field(_("E-mail"))
    code = Line(_("Recovery code"), validators=[needed(_("Please type or paste your code."))])
    new_password = _new_password_field(_("A new password"))

    def to_body(self) -> RecoveryBody:
        """What the person gave."""
        return RecoveryBody(
            self.address.data or "", self.code.data or "", self.new_password.data or ""
        )


class PasswordForm(PortalForm):
    """The present password once more, before something that matters."""

    password = _password_field(_("Your present password"))

    def to_body(self) -> str:
        """The password."""
        return self.password.data or ""


class ChangePasswordForm(PortalForm):
    """The present password and a new one."""

    password = _password_field(_("Your present password"))
    new_password = _new_password_field(_("A new password"))


class NewAddressForm(PortalForm):
    """Another address, and the password."""

    address = _address_field(_("Your new e-mail address"))
    password = _password_field(_("Your present password"))


class WayOutForm(PortalForm):
    """Whether the button that takes its owner away stands on every page."""

    is_wanted = BooleanField(_("Show “Leave now” on every page"))


class ProfileForm(PortalForm):
    """Name, title, time zone and language."""

    name = Line(
        _("What would you like to be called?"),
        validators=[needed(_("Please write a name. It can be any name.")), at_most(80)],
    )
    title = Line(_("Your title"), validators=[at_most(80)])
    zone = SelectField(_("Your time zone"))
    language = SelectField(_("Language"))

    def __init__(
        self, *args: Any, zones: ZonesByPlace, languages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone.choices = zones
        self.language.choices = languages

    def to_body(self) -> dict[str, str]:
        """The four values by name."""
        return {
            "name": self.name.data or "",
            "title": self.title.data or "",
            "zone": self.zone.data,
            "language": self.language.data,
        }
