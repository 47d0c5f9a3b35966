"""Mail: to a real SMTP server, or to files."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from config import Settings, load_settings
from portal.core.mail import Mail, MailNotSent, post_office
from tests.fixtures.mail import Certificate, Mailbox, lets_in, listening

NAME, WORD = "portal", "a word for the mail server"
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


def tls_ways(certificate: Certificate) -> dict[str, dict[str, Any]]:
    """A server that asks for STARTTLS, and one that speaks TLS from the first byte."""
    asks = {"authenticator": lets_in(NAME, WORD), "auth_required": True}
    starttls = {"tls_context": certificate.server_side(), "require_starttls": True}
    tls = {"ssl_context": certificate.server_side(), "auth_require_tls": False}
    return {"starttls": asks | starttls, "tls": asks | tls}


# A server that speaks TLS from the first byte does not know that it does.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_encrypted_to_a_server_that_asks_who_sends(
    tmp_path: Path, certificate: Certificate, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    who = {"smtp_security": security, "smtp_username": NAME, "smtp_password": WORD}
    with (
        listening(**tls_ways(certificate)[security]) as mailbox,
        post_office(smtp(tmp_path, mailbox.port, **who)) as office,
    ):
        office.post(HELLO)
        office.post(HELLO)
        assert [letter["To"] for letter in mailbox.letters] == ["ingrid@example.org"] * 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    "given", [{}, {"smtp_username": NAME, "smtp_password": "wrong"}], ids=["nobody", "wrong word"]
)
def test_a_server_that_lets_us_not_in_is_everybodys_trouble(
    tmp_path: Path,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
    given: dict[str, str],
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    with (
        listening(**tls_ways(certificate)[security]) as mailbox,
        post_office(smtp(tmp_path, mailbox.port, smtp_security=security, **given)) as office,
    ):
        with pytest.raises(MailNotSent) as caught:
            office.post(HELLO)
        assert caught.value.is_for_all
        assert mailbox.letters == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail_and_no_password(
    tmp_path: Path, certificate: Certificate, security: str
) -> None:
    asked: list[object] = []

    def note(*asking: Any) -> Any:
        asked.append(asking)
        return lets_in(NAME, WORD)(*asking)

    ways = tls_ways(certificate)[security] | {"authenticator": note}
    who = {"smtp_security": security, "smtp_username": NAME, "smtp_password": WORD}
    with (
        listening(**ways) as mailbox,
        post_office(smtp(tmp_path, mailbox.port, **who)) as office,
    ):
        with pytest.raises(MailNotSent) as caught:
            office.post(HELLO)
        assert caught.value.is_for_all
        assert mailbox.letters == asked == []


@pytest.mark.parametrize(
    "to", ["a@example.org\r\nBcc: b@example.org", "a@example.org\rX: y", "a@example.org\x00"]
)
def test_nothing_in_an_address_becomes_another_header_or_reader(
    tmp_path: Path, mailbox: Mailbox, to: str
) -> None:
    with post_office(smtp(tmp_path, mailbox.port)) as office:
        with pytest.raises(MailNotSent):
            office.post(Mail(mail_id="c", to=to, subject="x", text="x"))
        office.post(HELLO)
    assert [each for _from, each in mailbox.envelopes] == [["ingrid@example.org"]]
