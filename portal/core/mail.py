"""Mail: handed to an SMTP server when one is named, else written as files into the home folder.

A mail has an id of its caller's, from which its Message-ID and its file name come. Handing over the
same mail twice (a process was killed in between) writes the same file again, and gives a mail
server the same Message-ID, by which most mailboxes drop the copy (RFC 5322, 3.6.4).
"""

import os
import smtplib
import ssl
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol
from urllib.parse import urlsplit

from config import Settings
from portal.core.clock import utc_now
from portal.core.typed import is_address

SMTP_SECONDS = 10
_ABOUT_THIS_MAIL = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail in plain text. ``mail_id`` (letters, digits, hyphens) names it for good."""

    mail_id: str
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)


class MailNotSent(Exception):
    """The mail was not taken; try again later.

    ``is_for_all`` tells that the server itself cannot be reached or lets nobody in, so that the
    next mail would fare no better.
    """

    def __init__(self, *, is_for_all: bool) -> None:
        super().__init__("not taken")
        self.is_for_all = is_for_all


class PostOffice(AbstractContextManager["PostOffice"], Protocol):
    """Where mail is handed over. Use it in ``with``: one connection serves many mails."""

    def post(self, mail: Mail) -> None:
        """Hand one mail over. Raises MailNotSent when it was not taken."""


def post_office(settings: Settings) -> PostOffice:
    """The post office of this installation: SMTP when a server is named, else files."""
    return SmtpOffice(settings) if settings.smtp_host else FileOffice(settings)


class FileOffice(PostOffice):
    """Writes each mail as ``<home>/mail/<mail_id>.eml``, whole or not at all."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.mail_dir

    def post(self, mail: Mail) -> None:
        """Write the file beside its place, then move it there."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._folder / f".{mail.mail_id}.{os.getpid()}"
            self._write(draft, _message(mail, self._settings).as_bytes(policy=SMTP))
            draft.replace(self._folder / f"{mail.mail_id}.eml")
        except ValueError as problem:
            raise MailNotSent(is_for_all=False) from problem
        except OSError as problem:
            raise MailNotSent(is_for_all=True) from problem

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is left open."""

    def _write(self, path: Path, content: bytes) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


class SmtpOffice(PostOffice):
    """Hands mails to an SMTP server over one connection, opened at the first mail."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def post(self, mail: Mail) -> None:
        """Send one mail. A refused address is that mail's trouble; all else is everybody's."""
        try:
            message = _message(mail, self._settings)
            self.connect().send_message(message, self._settings.mail_from, [mail.to])
        except _ABOUT_THIS_MAIL as problem:
            raise MailNotSent(is_for_all=False) from problem
        except (OSError, smtplib.SMTPException) as problem:
            self._hang_up()
            raise MailNotSent(is_for_all=True) from problem
        except ValueError as problem:  # last: a certificate that fails is one of these too
            raise MailNotSent(is_for_all=False) from problem

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye to the server, if it was greeted."""
        self._hang_up()

    def connect(self) -> smtplib.SMTP:
        """Greet the server and sign in, unless that is done. Raises OSError or SMTPException."""
        if self._server is None:
            server = self._greet()
            try:
                self._secure(server)
            except (OSError, smtplib.SMTPException) as problem:
                server.close()
                raise ConnectionError("the server does not do what was agreed") from problem
            self._server = server
        return self._server

    def _greet(self) -> smtplib.SMTP:
        where = (self._settings.smtp_host, self._settings.smtp_port)
        if self._settings.smtp_security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(*where, timeout=SMTP_SECONDS, context=context)
        return smtplib.SMTP(*where, timeout=SMTP_SECONDS)

    def _secure(self, server: smtplib.SMTP) -> None:
        """Encrypt before anything is said, then sign in; a server that cannot gets no mail."""
        if self._settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self._settings.smtp_username:
            server.login(self._settings.smtp_username, self._settings.smtp_password)

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()


def _message(mail: Mail, settings: Settings) -> EmailMessage:
    if not is_address(mail.to):
        raise ValueError("not one whole address")
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = f"<{mail.mail_id}@{urlsplit(settings.public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


__all__ = ["Mail", "MailNotSent", "PostOffice", "post_office"]
