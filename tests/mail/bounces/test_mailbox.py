"""The mailbox for undeliverable mails: a Maildir as it lies on the disk, an inbox behind IMAP and TLS."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from survey.errors import MailboxUnreachable
from survey.mail.bounces.mailbox import (
    ImapMailbox,
    MaildirMailbox,
    mailbox_of,
)
from survey.mail.bounces.report import LARGEST_READ
from survey.settings import Imap
from tests.mail.bounces.imap_server import Inbox, imap_server
from tests.mail.relay import Certificate, certificate
from tests.people import settings_below


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """An empty folder as a mail server makes it."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return tmp_path / "Maildir"


def files(maildir: Path) -> list[str]:
    return sorted(str(p.relative_to(maildir)) for p in maildir.rglob("*") if p.is_file())


def test_new_and_unseen_files_are_read_in_order(maildir: Path) -> None:
    (maildir / "new" / "1600000002.M2.host").write_bytes(b"second")
    (maildir / "new" / "1600000001.M1.host").write_bytes(b"first")
    (maildir / "cur" / "1600000000.M0.host:2,").write_bytes(b"third")
    (maildir / "cur" / "1500000000.M9.host:2,RS").write_bytes(b"seen")
    (maildir / "tmp" / "1600000003.M3.host").write_bytes(b"half written")

    assert [content for _, content in MaildirMailbox(maildir).unread()] == [
        b"first",
        b"second",
        b"third",
    ]


def test_files_are_deleted_or_left_as_seen(maildir: Path) -> None:
    for name in ("a", "b"):
        (maildir / "new" / name).write_bytes(name.encode())
    mailbox = MaildirMailbox(maildir)

    keys = [key for key, _ in mailbox.unread()]
    mailbox.delete(keys[0])
    mailbox.leave(keys[1])

    assert files(maildir) == ["cur/b:2,S"]
    assert list(mailbox.unread()) == []
    mailbox.delete("new/a")  # somebody else was faster


def test_of_a_huge_file_only_the_beginning_is_read(maildir: Path) -> None:
    (maildir / "new" / "a").write_bytes(b"x" * (LARGEST_READ + 1))

    assert [len(content) for _, content in MaildirMailbox(maildir).unread()] == [LARGEST_READ]


def test_no_folder_is_no_empty_mailbox(tmp_path: Path) -> None:
    with pytest.raises(MailboxUnreachable):
        list(MaildirMailbox(tmp_path / "nowhere").unread())


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate of localhost, and the trust in it."""
    return certificate(tmp_path_factory.mktemp("imap"))


@pytest.fixture
def server(trust: Certificate) -> Iterator[tuple[Inbox, Imap]]:
    """The small server."""
    with imap_server(trust.server) as running:
        yield running


def test_an_inbox_is_read_emptied_and_left(server: tuple[Inbox, Imap], trust: Certificate) -> None:
    inbox, imap = server
    for content in (b"report\r\n", b"letter\r\n"):
        inbox.put(content)
    mailbox = ImapMailbox(imap, tls=trust.client)

    found = list(mailbox.unread())
    mailbox.delete(found[0][0])
    mailbox.leave(found[1][0])
    mailbox.close()

    assert [content for _, content in found] == [b"report\r\n", b"letter\r\n"]
    assert list(inbox.mails.values()) == [b"letter\r\n"]
    assert inbox.commands[-2:] == ["EXPUNGE", "LOGOUT"]
    again = ImapMailbox(imap, tls=trust.client)
    assert list(again.unread()) == []
    again.close()


def test_looking_does_not_mark_a_mail_as_read(
    server: tuple[Inbox, Imap], trust: Certificate
) -> None:
    inbox, imap = server
    inbox.put(b"report\r\n")

    mailbox = ImapMailbox(imap, tls=trust.client)
    list(mailbox.unread())
    mailbox.close()

    assert list(inbox.marks.values()) == [set()]


def test_a_wrong_password_is_told_without_the_servers_words(
    server: tuple[Inbox, Imap], trust: Certificate
) -> None:
    _, imap = server

    with pytest.raises(MailboxUnreachable) as refusal:
        list(ImapMailbox(replace(imap, password="falsch"), tls=trust.client).unread())

    assert "rueckmeldung" not in str(refusal.value)


@pytest.mark.proves("S42")
def test_a_server_nobody_vouches_for_is_told_no_password(server: tuple[Inbox, Imap]) -> None:
    inbox, imap = server

    with pytest.raises(MailboxUnreachable):
        list(ImapMailbox(imap).unread())

    assert inbox.commands == []


def test_a_server_that_is_away_is_unreachable(trust: Certificate) -> None:
    with pytest.raises(MailboxUnreachable):
        list(ImapMailbox(Imap("localhost", 1, "u", "p"), tls=trust.client).unread())


def test_the_settings_choose_the_mailbox(tmp_path: Path) -> None:
    settings = settings_below(tmp_path)

    assert mailbox_of(settings) is None
    assert isinstance(mailbox_of(replace(settings, bounce_maildir=tmp_path)), MaildirMailbox)
    assert isinstance(
        mailbox_of(replace(settings, bounce_imap=Imap("localhost", 993, "u", "p"))), ImapMailbox
    )


DOVECOT = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{pem}
ssl_key = <{pem}
mail_location = maildir:{home}/Maildir
default_internal_user = dovecot
default_login_user = dovenull
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={home}
}}
"""


@contextmanager
def dovecot(pem: Path) -> Iterator[tuple[Path, Imap]]:
    """A real IMAP server for one Maildir folder, and how to reach it."""
    home = Path(tempfile.mkdtemp(prefix="nachklang-imap-"))
    home.chmod(0o755)  # its processes are other users
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for name in ("", "new", "cur", "tmp"):
        (home / "Maildir" / name).mkdir()
        shutil.chown(home / "Maildir" / name, "nobody", "nogroup")
    configuration = home / "dovecot.conf"
    configuration.write_text(DOVECOT.format(home=home, pem=pem, port=port))
    command = ["dovecot", "-F", "-c", str(configuration)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield home / "Maildir", Imap("localhost", port, "rueckmeldung", "geheim")
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(home)


def first_answer(imap: Imap, trust: Certificate) -> ImapMailbox:
    """A mailbox at a server that may still be starting."""
    for _ in range(100):
        mailbox = ImapMailbox(imap, tls=trust.client)
        try:
            list(mailbox.unread())
        except MailboxUnreachable:
            Event().wait(0.05)
        else:
            return mailbox
    raise AssertionError


@pytest.mark.skipif(shutil.which("dovecot") is None, reason="no Dovecot on this machine")
@pytest.mark.skipif(os.geteuid() != 0, reason="Dovecot is started by root only")
def test_dovecot_is_read_as_the_small_server_is(
    tmp_path: Path,
) -> None:
    own = certificate(tmp_path)
    with dovecot(tmp_path / "relay.pem") as (maildir, imap):
        mailbox = first_answer(imap, own)
        mailbox.close()
        for name, content in (("1.M1.host", b"report"), ("2.M2.host", b"letter")):
            (maildir / "new" / name).write_bytes(b"Subject: " + content + b"\r\n\r\nx\r\n")
            shutil.chown(maildir / "new" / name, "nobody", "nogroup")

        found = {content.split()[1]: key for key, content in mailbox.unread()}
        mailbox.delete(found[b"report"])
        mailbox.leave(found[b"letter"])
        mailbox.close()
        left = [p.read_bytes() for p in maildir.glob("*/*.host*")]
        unread = list(mailbox.unread())
        mailbox.close()

    assert (sorted(found), unread) == ([b"letter", b"report"], [])
    assert left == [b"Subject: letter\r\n\r\nx\r\n"]
