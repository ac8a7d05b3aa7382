"""What can go wrong, in the words of the trade.

    NachklangError
    ├── SettingsProblem            a setting is unknown, missing or bad: the start stops
    ├── FileRefused                an edition file or registration list, refused as a whole with every problem in it
    ├── NotFound                   no such edition, participant or session
    ├── NotAllowed                 the rules forbid it in this state (frozen, too early to count, …)
    │   └── ChangedMeanwhile       somebody else changed the same thing since it was shown
    ├── LinkProblem
    │   ├── LinkForged             not signed by this installation, or damaged on the way
    │   ├── LinkUnknown            genuine, but its data are deleted ("Diese Befragung ist beendet")
    ├── TooManyAttempts            somebody guesses passwords or codes: the next one counts in `seconds`
    │   └── OpenLinkUnknown        no open link reads like that, or it takes no answers
    ├── FormClosed
    │   ├── NotYetOpen             opens at `opens`
    │   ├── AlreadyClosed          closed at `closed`
    ├── AnsweredWithOtherLink      only the link that answered can change the answer
    ├── AnswerRefused              one or more problems, each with its question
    ├── StorageUnavailable         database away, disk full or read only: nothing was stored
    │   └── DiskNearlyFull         `free` bytes are left, and kept for answers
    ├── KeyMissing                 an open edition's key does not open its test box
    ├── SecretMissing              the folder of secrets is not where it was
    ├── WitnessMismatch            fewer boxes than were witnessed: the log was rolled back or damaged
    ├── CountRefused               the urn cannot be counted (sums differ)
    │   └── BoxesUnopenable        some boxes do not open: somebody has to decide
    ├── MailRefused                the relay said no for good
    ├── RelayUnreachable           no mail can leave now: relay away, TLS or sign-in refused, folder not writable
    ├── MailboxUnreachable         undeliverable mails cannot be read now
    ├── HouseSignInRefused         the house's own sign-in cannot be reached, or does not vouch for anybody we know
    ├── ReportFailed
    │   └── ReportTooSlow          the report took longer than its limit
    ├── BackupRefused              a backup does not prove itself, or would reopen a counted edition
    └── ImpossibleCounts           counts contradict each other: more answers than persons, more hits than answers

Errors carry facts, never sentences: texts are made at the edge (`survey/language`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class NachklangError(Exception):
    """Anything this service refuses or fails at."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in something that came in: a message key, its facts, and where it stands."""

    key: str
    """A plain German msgid with %(name)s places; translated at the edge."""
    facts: tuple[tuple[str, object], ...] = ()
    """Names with texts, numbers, `Wording`s, or moments in the time zone they are told in."""
    line: int | None = None
    """Line of a file, from 1."""
    place: str = ""
    """Name of a form field, or the path inside a file (``programme.sessions[3].title``)."""

    def values(self) -> dict[str, object]:
        """The facts as a mapping for the message."""
        return dict(self.facts)


def problem(key: str, *, line: int | None = None, place: str = "", **facts: object) -> Problem:
    """A problem from keyword facts."""
    return Problem(key, tuple(facts.items()), line, place)


class SettingsProblem(NachklangError):
    """A setting is unknown, missing or bad."""

    def __init__(self, name: str, why: Problem) -> None:
        self.name = name
        self.why = why
        super().__init__(f"{name}: {why.key % why.values()}")


class FileRefused(NachklangError):
    """A file was refused as a whole; `problems` holds every one found in it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        self.problems = problems
        super().__init__(f"{name}: {len(problems)} problems")


class NotFound(NachklangError):
    """There is no such thing."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        super().__init__(f"{kind} {name}")


class NotAllowed(NachklangError):
    """The rules forbid it in this state."""

    def __init__(self, why: Problem) -> None:
        self.why = why
        super().__init__(why.key % why.values())


class ChangedMeanwhile(NotAllowed):
    """Somebody else changed the same thing since it was shown; what they did stays."""

    def __init__(self) -> None:
        super().__init__(
            problem(
                "Jemand anderes hat hier inzwischen etwas geändert. Sehen Sie sich den neuen Stand an, "
                "und ändern Sie dann noch einmal."
            )
        )


class LinkProblem(NachklangError):
    """A link cannot be used."""


class LinkForged(LinkProblem):
    """Not signed by this installation, or damaged on the way."""


class LinkUnknown(LinkProblem):
    """Genuine, but what it led to is deleted."""


class TooManyAttempts(NachklangError):
    """Somebody tries too often; the next attempt counts after `seconds`."""

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"{seconds} s")


class OpenLinkUnknown(LinkProblem):
    """No open link reads like that, or it takes no answers (any more)."""


class FormClosed(NachklangError):
    """The form takes no answers now."""


class NotYetOpen(FormClosed):
    """The form opens later."""

    def __init__(self, opens: datetime | None) -> None:
        self.opens = opens
        super().__init__(f"opens {opens}")


class AlreadyClosed(FormClosed):
    """The form has closed."""

    def __init__(self, closed: datetime) -> None:
        self.closed = closed
        super().__init__(f"closed {closed}")


class AnsweredWithOtherLink(NachklangError):
    """The person has answered, with another link; only that one can change the answer."""


class AnswerRefused(NachklangError):
    """An answer breaks the law of its questions; each problem's `place` is a field name."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


class StorageUnavailable(NachklangError):
    """Nothing was stored: the database is away, the disk full or read only."""


class DiskNearlyFull(StorageUnavailable):
    """The room that is left is kept for answers."""

    def __init__(self, free: int) -> None:
        self.free = free
        super().__init__(f"{free} bytes are left")


class KeyMissing(NachklangError):
    """The key of an open edition does not open its test box."""

    def __init__(self, edition: str) -> None:
        self.edition = edition
        super().__init__(edition)


class SecretMissing(NachklangError):
    """The folder of secrets is not where it was: no link can be read, and no urn opened."""

    def __init__(self, folder: str, name: str) -> None:
        self.folder = folder
        self.name = name
        super().__init__(f"{folder}/{name}")


class WitnessMismatch(NachklangError):
    """Fewer boxes lie in the urn than were witnessed."""

    def __init__(self, edition: str, *, witnessed: int, found: int) -> None:
        self.edition = edition
        self.witnessed = witnessed
        self.found = found
        super().__init__(f"{edition}: witnessed {witnessed}, found {found}")


class CountRefused(NachklangError):
    """The urn cannot be counted."""

    def __init__(self, why: Problem) -> None:
        self.why = why
        super().__init__(why.key % why.values())


class BoxesUnopenable(CountRefused):
    """Some boxes do not open; they and the key stay until somebody decides to leave them out."""

    KEY = problem(
        "%(n)d von %(boxes)d Umschlägen lassen sich nicht öffnen. Sie und der Schlüssel bleiben, "
        "bis jemand entscheidet, ohne sie auszuzählen."
    ).key

    def __init__(self, unopenable: int, *, boxes: int) -> None:
        super().__init__(problem(self.KEY, n=unopenable, boxes=boxes))


class MailRefused(NachklangError):
    """The relay refused a message for good."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code} {text}")


class RelayUnreachable(NachklangError):
    """No mail can leave now; nothing was tried."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class MailboxUnreachable(NachklangError):
    """The mailbox that undeliverable mails come back to cannot be read now."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class HouseSignInRefused(NachklangError):
    """The house's own sign-in cannot be reached, or does not vouch for anybody we know."""

    def __init__(self, why: Problem) -> None:
        self.why = why
        super().__init__(why.key % why.values())


class ReportFailed(NachklangError):
    """The report could not be rendered."""


class ReportTooSlow(ReportFailed):
    """The report took longer than its limit."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"{seconds} s")


class BackupRefused(NachklangError):
    """A backup does not prove itself, or would reopen a counted edition."""

    def __init__(self, why: Problem) -> None:
        self.why = why
        super().__init__(why.key % why.values())


class ImpossibleCounts(NachklangError):
    """Counts contradict each other, so no finding can rest on them."""

    def __init__(self, **counts: int | None) -> None:
        self.counts = counts
        super().__init__(", ".join(f"{name} {count}" for name, count in counts.items()))
