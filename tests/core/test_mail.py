"""Mail: to a real SMTP server, or to files."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from config import Settings, load_settings
from portal.core.mail import Mail, MailNotSent, post_office
from tests.fixtures.mail import Mailbox

HELLO = Mail(mail_id="notice-0190", to="ingrid@example.org", subject="Hei på deg", text="Blåbær.\n")


def settings(home: Path, **given: Any) -> Settings:
    return load_settings({}, home=home, public_url="https://portal.example.org", **given)


def smtp(home: Path, port: int, **given: Any) -> Settings:
    given = {"smtp_security": "none", "mail_from": "portal@example.org"} | given
    return settings(home, smtp_host="127.0.0.1", smtp_port=port, **given)


def test_without_a_server_mail_is_a_file(tmp_path: Path) -> None:
    with post_office(settings(tmp_path)) as office:
        office.post(HELLO)
    (file,) = (tmp_path / "mail").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert file.name == "notice-0190.eml"
    assert (message["To"], message["Subject"]) == ("ingrid@example.org", "Hei på deg")
    assert message.get_content().replace("\r\n", "\n") == "Blåbær.\n"
    assert message["Message-ID"] == "<notice-0190@portal.example.org>"
    assert file.stat().st_mode & 0o077 == 0


def test_the_same_mail_twice_is_one_file(tmp_path: Path) -> None:
    with post_office(settings(tmp_path)) as office:
        office.post(HELLO)
        office.post(HELLO)
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_said_and_not_swallowed(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in the way")
    with post_office(settings(tmp_path)) as office, pytest.raises(MailNotSent) as caught:
        office.post(HELLO)
    assert caught.value.is_for_all


def test_with_a_server_mail_goes_there_over_one_connection(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    with post_office(smtp(tmp_path, mailbox.port)) as office:
        office.post(HELLO)
        office.post(HELLO)
    first, second = mailbox.letters
    assert first["To"] == "ingrid@example.org"
    assert mailbox.envelopes[0] == ("portal@example.org", ["ingrid@example.org"])
    assert first["Message-ID"] == second["Message-ID"]
    assert not (tmp_path / "mail").exists()


def test_a_refused_address_does_not_stop_the_next_mail(tmp_path: Path, mailbox: Mailbox) -> None:
    mailbox.refuses.add("gone@example.org")
    with post_office(smtp(tmp_path, mailbox.port)) as office:
        with pytest.raises(MailNotSent) as caught:
            office.post(Mail(mail_id="a", to="gone@example.org", subject="x", text="x"))
        office.post(HELLO)
    assert not caught.value.is_for_all
    assert len(mailbox.letters) == 1


def test_a_server_that_is_away_is_everybodys_trouble(tmp_path: Path) -> None:
    with post_office(smtp(tmp_path, 1)) as office, pytest.raises(MailNotSent) as caught:
        office.post(HELLO)
    assert caught.value.is_for_all


def test_a_server_without_the_promised_encryption_gets_no_mail(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    with post_office(smtp(tmp_path, mailbox.port, smtp_security="starttls")) as office:
        for _again in range(2):
            with pytest.raises(MailNotSent) as caught:
                office.post(HELLO)
            assert caught.value.is_for_all
    assert mailbox.letters == []


def test_a_line_break_cannot_smuggle_a_header_in(tmp_path: Path) -> None:
    bad = Mail(mail_id="b", to="a@example.org\nBcc: b@example.org", subject="x", text="x")
    with post_office(settings(tmp_path)) as office, pytest.raises(MailNotSent):
        office.post(bad)
    assert not list((tmp_path / "mail").glob("*.eml"))
