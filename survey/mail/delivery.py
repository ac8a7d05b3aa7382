"""Handing finished mails over: to a relay by SMTP, or into a folder."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from survey.errors import RelayUnreachable
from survey.mail.mail_folder import file_name, finish, write_unfinished
from survey.mail.pace import DomainPace, Pace
from survey.model.invitation import Delivery as State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from survey.mail.compose import ComposedMail
    from survey.settings import Settings, Smtp

MOST_MAILS_PER_CONNECTION = 100
TIMEOUT_SECONDS = 60
_OK = 250
_FORWARDED = 251
_GO_ON = 354
_PERMANENT = 500
_SERVICE_NOT_AVAILABLE = 421
_BUSY = ("4.3.", "4.4.", "4.7.")
"""RFC 3463: the system, the way there, its policy; a mailbox that is full (4.2.x) is one person's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail: its state, and the relay's codes as far as there were any."""

    state: State
    code: int = 0
    enhanced: str = ""
    """``5.1.1``: why, where the relay says it (RFC 3463)."""

    @property
    def is_bad_address(self) -> bool:
        """True if the relay says that there is no such mailbox."""
        return self.state is State.FAILED and self.enhanced.startswith("5.1.")

    @property
    def is_refused_by_policy(self) -> bool:
        """True if the relay takes no mail from us: our trouble, not the recipient's."""
        return self.state is State.FAILED and self.enhanced.startswith("5.7.")

    @property
    def is_relay_busy(self) -> bool:
        """True if the relay itself asks for a rest."""
        return self.code == _SERVICE_NOT_AVAILABLE

    @property
    def is_domain_busy(self) -> bool:
        """True if the recipient's mail server takes nothing for now, whoever it is for."""
        return self.state is State.DEFERRED and self.enhanced.startswith(_BUSY)

    @property
    def reason(self) -> str:
        """Codes only: a relay's sentence may hold the address."""
        return f"{self.code or ''} {self.enhanced}".strip()


class Delivery(Protocol):
    """A door that mails leave through."""

    @property
    def results_together(self) -> int:
        """How many results may be written down at once."""

    @property
    def leaves_when_sent(self) -> bool:
        """True where sending again makes a second mail; False where nothing has left before it is settled."""

    def send(self, mail: ComposedMail) -> Outcome:
        """What became of the mail; RelayUnreachable if nothing could be tried."""

    def settle(self) -> None:
        """What was sent is durable; RelayUnreachable if it cannot be."""

    def close(self) -> None:
        """Take leave of the relay."""


def delivery_of(settings: Settings) -> Delivery:
    """The relay of the settings, else the folder."""
    if settings.smtp is not None:
        return SmtpDelivery(settings.smtp, pace=pace_of(settings))
    return FolderDelivery(settings.mail_folder or settings.data / "mails")


def pace_of(settings: Settings) -> DomainPace:
    """How fast the settings let mails leave."""
    return DomainPace(
        Pace(settings.mails_per_second),
        each=lambda: Pace(settings.mails_per_second_and_domain),
    )


class FolderDelivery:
    """Each mail becomes one .eml file; sending the same mail again replaces its file."""

    results_together = 50
    leaves_when_sent = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unfinished: list[str] = []

    def send(self, mail: ComposedMail) -> Outcome:
        """Handed over, once it is settled."""
        name = file_name(mail.edition, mail.campaign, mail.message_id)
        try:
            write_unfinished(self.folder, name, mail.content)
        except OSError as error:
            raise RelayUnreachable(str(error)) from error
        self._unfinished.append(name)
        return Outcome(State.HANDED_OVER)

    def settle(self) -> None:
        """The files are durable and under their names."""
        names, self._unfinished = self._unfinished, []
        if names:
            try:
                finish(self.folder, names)
            except OSError as error:
                raise RelayUnreachable(str(error)) from error

    def close(self) -> None:
        """A folder needs no leave."""


class SmtpDelivery:
    """A relay; at most a hundred mails per connection, and never in clear over a network."""

    results_together = 200
    leaves_when_sent = True

    def __init__(
        self, smtp: Smtp, *, pace: DomainPace | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._smtp = smtp
        self._pace = pace
        self._tls = tls
        self._line: smtplib.SMTP | None = None
        self._sent_on_line = 0

    def send(self, mail: ComposedMail) -> Outcome:
        """What the relay says to the mail."""
        if self._pace is not None:
            self._pace.wait(mail.recipient.rpartition("@")[2])
        if self._sent_on_line >= MOST_MAILS_PER_CONNECTION:
            self.close()
        line = self._line if self._line is not None else self._connect()
        self._sent_on_line += 1
        state_if_lost = State.DEFERRED
        try:
            code, text = _offer(line, mail)
            if code == _GO_ON:
                # From here on a lost connection leaves open whether the relay has the mail.
                state_if_lost = State.UNKNOWN
                line.send(as_sent(mail.content))
                code, text = line.getreply()
                if code == _OK:
                    return Outcome(State.HANDED_OVER, code)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Outcome(state_if_lost)
        self._start_over(line, code)
        return refused(code, text)

    def settle(self) -> None:
        """The relay has said it already."""

    def close(self) -> None:
        """QUIT, so that the relay does not take the end for a fault."""
        if self._line is not None:
            try:
                self._line.quit()
            except (smtplib.SMTPException, OSError):
                self._drop()
        self._line = None
        self._sent_on_line = 0

    def _connect(self) -> smtplib.SMTP:
        smtp = self._smtp
        line: smtplib.SMTP | None = None
        try:
            if smtp.security == "tls":
                line = smtplib.SMTP_SSL(
                    smtp.host, smtp.port, timeout=TIMEOUT_SECONDS, context=self._trusted()
                )
            else:
                line = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS)
            if smtp.security == "starttls":
                # Raises where the offer was stripped on the way: never on in clear.
                line.starttls(context=self._trusted())
            line.ehlo_or_helo_if_needed()
            if smtp.user:
                line.login(smtp.user, smtp.password)
        except (smtplib.SMTPException, OSError) as error:
            if line is not None:
                line.close()
            raise RelayUnreachable(type(error).__name__) from error
        self._line = line
        self._sent_on_line = 0
        return line

    def _trusted(self) -> ssl.SSLContext:
        """Whom this machine trusts; read when a line is wanted, for it takes as long as sending a hundred mails."""
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls

    def _start_over(self, line: smtplib.SMTP, code: int) -> None:
        """After a refusal the next mail starts fresh; 421 means that the relay hangs up."""
        if code == _SERVICE_NOT_AVAILABLE:
            self._drop()
            return
        try:
            line.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None
        self._sent_on_line = 0


def _offer(line: smtplib.SMTP, mail: ComposedMail) -> tuple[int, bytes]:
    """354 if the relay waits for the mail, else the reply that refused it; `ValueError` for addresses of two lines."""
    # Their addresses stand in headers already: smtplib would take them apart once more.
    steps = {
        f"MAIL FROM:<{mail.sender}>": {_OK},
        f"RCPT TO:<{mail.recipient}>": {_OK, _FORWARDED},
        "DATA": {_GO_ON},
    }
    if any(end in command for command in steps for end in "\r\n"):
        raise ValueError("the end of a line in a command")
    if not line.has_extn("pipelining"):
        code, text = 0, b""
        for command, wanted in steps.items():
            code, text = line.docmd(command)
            if code not in wanted:
                break
        return code, text
    return _offer_at_once(line, steps)


def _offer_at_once(line: smtplib.SMTP, steps: Mapping[str, set[int]]) -> tuple[int, bytes]:
    """The same in one packet instead of three, each of which would wait for its reply (RFC 2920)."""
    line.send("".join(f"{command}\r\n" for command in steps))
    refusal: tuple[int, bytes] | None = None
    code, text = 0, b""
    for wanted in steps.values():
        code, text = line.getreply()
        if code not in wanted and refusal is None:
            refusal = code, text
        if code == _SERVICE_NOT_AVAILABLE:
            break
    if refusal is None:
        return code, text
    if code == _GO_ON:
        # It knows that nobody gets the mail and waits for one all the same.
        line.send(b".\r\n")
        line.getreply()
    return refusal


def refused(code: int, text: bytes) -> Outcome:
    """The outcome of a reply that is not a yes: 5xx for good, everything else for now."""
    first = text.decode("ascii", "replace").split(" ", 1)[0]
    numbers = first.split(".")
    is_enhanced = len(numbers) == 3 and all(n.isdigit() and len(n) < 4 for n in numbers)  # noqa: PLR2004 -- class.subject.detail
    state = State.FAILED if code >= _PERMANENT else State.DEFERRED
    return Outcome(state, code, first if is_enhanced else "")


def as_sent(content: bytes) -> bytes:
    """A message with CRLF at its lines' ends as it goes over the line, with what ends it."""
    # RFC 5321, 4.5.2. The standard library looks at the beginning of every line, which takes as long as composing.
    doubled = content.replace(b"\n.", b"\n..") if b"\n." in content else content
    if doubled.startswith(b"."):
        doubled = b"." + doubled
    return doubled + (b".\r\n" if doubled.endswith(b"\r\n") else b"\r\n.\r\n")
