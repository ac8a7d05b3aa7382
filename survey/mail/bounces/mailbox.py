"""The mailbox that mails come back to: a Maildir folder, or a mailbox at a server by IMAP."""

from __future__ import annotations

import imaplib
import ssl
from typing import TYPE_CHECKING, Protocol

from survey.errors import MailboxUnreachable
from survey.mail.bounces.report import LARGEST_READ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.settings import Imap, Settings

MOST_MAILS = 500
"""Mails of one turn; the rest comes with the next."""
TIMEOUT_SECONDS = 60
_SEEN = "S"


class Mailbox(Protocol):
    """A mailbox that is read and emptied."""

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Each mail that nobody has read, under a key; MailboxUnreachable if there is no coming in."""

    def delete(self, key: str) -> None:
        """The mail is gone."""

    def leave(self, key: str) -> None:
        """The mail stays, and is not read again."""

    def close(self) -> None:
        """Nothing more is wanted."""


def mailbox_of(settings: Settings) -> Mailbox | None:
    """The mailbox of the settings; None if there is none."""
    if settings.bounce_imap is not None:
        return ImapMailbox(settings.bounce_imap)
    if settings.bounce_maildir is not None:
        return MaildirMailbox(settings.bounce_maildir)
    return None


class MaildirMailbox:
    """A folder into which the mail server writes one file for each mail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """New files, and those that no mail program has marked as seen."""
        if not (self._folder / "new").is_dir():
            raise MailboxUnreachable(str(self._folder))
        found = [
            path
            for name in ("new", "cur")
            if (self._folder / name).is_dir()
            for path in sorted((self._folder / name).iterdir())
            if path.is_file() and _SEEN not in path.name.partition(":2,")[2]
        ]
        for path in found[:MOST_MAILS]:
            try:
                with path.open("rb") as file:
                    content = file.read(LARGEST_READ)
            except FileNotFoundError:
                continue  # somebody else's mail program was faster
            except OSError as error:
                raise MailboxUnreachable(type(error).__name__) from error
            yield str(path.relative_to(self._folder)), content

    def delete(self, key: str) -> None:
        """The file is gone."""
        (self._folder / key).unlink(missing_ok=True)

    def leave(self, key: str) -> None:
        """The file is marked as seen."""
        path = self._folder / key
        name = path.name.partition(":2,")[0]
        seen = self._folder / "cur" / f"{name}:2,{_SEEN}"
        seen.parent.mkdir(exist_ok=True)
        if path.exists():
            path.rename(seen)

    def close(self) -> None:
        """A folder needs no leave."""


class ImapMailbox:
    """The inbox of an account at a mail server; never in clear over a network."""

    def __init__(self, imap: Imap, *, tls: ssl.SSLContext | None = None) -> None:
        self._imap = imap
        self._tls = tls if tls is not None else ssl.create_default_context()
        self._line: imaplib.IMAP4_SSL | None = None

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Mails without the mark of being seen, under their number at the server."""
        line = self._connect()
        try:
            _, found = line.uid("SEARCH", "UNSEEN")
            numbers = (found[0] or b"").decode("ascii").split() if found else []
            for number in numbers[:MOST_MAILS]:
                _, parts = line.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST_READ}>)")
                content = next((p[1] for p in parts if isinstance(p, tuple)), None)
                if content is not None:
                    yield number, content
        except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
            raise MailboxUnreachable(type(error).__name__) from error

    def delete(self, key: str) -> None:
        """The mail is marked for deletion; it is gone with `close`."""
        self._mark(key, r"(\Seen \Deleted)")

    def leave(self, key: str) -> None:
        """The mail is marked as seen."""
        self._mark(key, r"(\Seen)")

    def close(self) -> None:
        """What was to be deleted is deleted, and the server told good-bye."""
        if self._line is not None:
            line, self._line = self._line, None
            try:
                line.expunge()
                line.logout()
            except (imaplib.IMAP4.error, OSError) as error:
                raise MailboxUnreachable(type(error).__name__) from error

    def _mark(self, key: str, flags: str) -> None:
        line = self._connect()
        try:
            line.uid("STORE", key, "+FLAGS.SILENT", flags)
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxUnreachable(type(error).__name__) from error

    def _connect(self) -> imaplib.IMAP4_SSL:
        if self._line is None:
            imap = self._imap
            try:
                line = imaplib.IMAP4_SSL(
                    imap.host, imap.port, ssl_context=self._tls, timeout=TIMEOUT_SECONDS
                )
            except (imaplib.IMAP4.error, OSError) as error:
                raise MailboxUnreachable(type(error).__name__) from error
            try:
                line.login(imap.user, imap.password)
                status, _ = line.select("INBOX")
            except (imaplib.IMAP4.error, OSError) as error:
                line.shutdown()
                # The server's own words may repeat the name of the account.
                raise MailboxUnreachable(type(error).__name__) from error
            if status != "OK":
                line.shutdown()
                raise MailboxUnreachable("SELECT")
            self._line = line
        return self._line
