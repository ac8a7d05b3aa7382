"""Delivery reports of other mail servers (RFC 3464), read from mails that anybody can send.

Only ``multipart/report`` with ``delivery-status`` says something here. Whatever else is in the mailbox is told apart
as far as one must: automatic replies are of no use to anybody, a person's mail is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_READ = 256 * 1024
"""Bytes of a mail that are looked at; reports say what they have to say before they quote."""
MOST_RECIPIENTS = 20
"""Blocks of a report that are looked at; each of our mails has one recipient."""
_ADDRESSED = (
    "to",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcpt-to",
)
_LONGEST_HEADER = 4096
_STATUS = re.compile(r"\s{0,9}([245])\.(\d{1,3})\.(\d{1,3})(?!\d)", re.ASCII)
_UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    AssertionError,
)
"""What the standard library's parser raises at hostile mails, found by feeding it such."""


class Kind(Enum):
    """What a mail in the mailbox is."""

    REPORT = auto()
    AUTOMATIC = auto()
    """An out-of-office reply or the like."""
    OTHER = auto()
    """Perhaps written by a person."""


@dataclass(frozen=True, slots=True)
class Report:
    """One mail of the mailbox: what it is, whom it was addressed to, what it says about delivery."""

    kind: Kind
    addressed: tuple[str, ...] = ()
    """Local parts behind the plus sign, as written."""
    status: str = ""
    """``5.1.1`` (RFC 3463) of a mail that was given up; empty if none was."""

    @property
    def is_hard(self) -> bool:
        """True if trying again would be no use."""
        return self.status.startswith("5.")

    @property
    def is_soft(self) -> bool:
        """True if the other server was only out of reach, or full, for too long."""
        return self.status.startswith("4.")

    @property
    def is_bad_address(self) -> bool:
        """True if there is no such mailbox."""
        return self.status.startswith("5.1.")


def read_report(content: bytes, address: str) -> Report:
    """What the mail says; `address` is where bounces go, ``local+TAG@domain`` being its many names."""
    try:
        message = message_from_bytes(content[:LARGEST_READ], policy=policy.compat32)
        addressed = tuple(_tags(message, address))
        if not _is_report(message):
            kind = Kind.AUTOMATIC if _is_automatic(message) else Kind.OTHER
            return Report(kind, addressed)
        return Report(Kind.REPORT, addressed, _status(message))
    except _UNREADABLE:
        return Report(Kind.OTHER)


def _is_report(message: Message) -> bool:
    return (
        message.get_content_type() == "multipart/report"
        and str(message.get_param("report-type", "")).strip().lower() == "delivery-status"
    )


def _is_automatic(message: Message) -> bool:
    automatic = str(message.get("auto-submitted", "no")).strip().lower()
    return (
        not automatic.startswith("no")
        or str(message.get("precedence", "")).strip().lower() in {"auto_reply", "bulk", "junk"}
        or message.get("x-autoreply") is not None
        or message.get("x-autorespond") is not None
        or message.get_content_type() == "multipart/report"
    )


def _tags(message: Message, address: str) -> Iterator[str]:
    local, _, domain = address.rpartition("@")
    ours = re.compile(
        rf"(?<![\w.+-]){re.escape(local)}\+([a-z0-9.]{{1,64}})@{re.escape(domain)}(?![\w-]|\.\w)",
        re.ASCII | re.IGNORECASE,
    )
    for name in _ADDRESSED:
        for value in message.get_all(name, []):
            yield from ours.findall(str(value)[:_LONGEST_HEADER])


def _status(message: Message) -> str:
    """The status of the first recipient who was given up; empty if mail was only late, passed on or delivered."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks[:MOST_RECIPIENTS] if isinstance(blocks, list) else ():
                if isinstance(block, Message) and _is_given_up(block):
                    found = _STATUS.match(str(block.get("status", ""))[:_LONGEST_HEADER])
                    if found is not None:
                        return ".".join(found.groups())
    return ""


def _is_given_up(block: Message) -> bool:
    return str(block.get("action", ""))[:_LONGEST_HEADER].strip().lower() == "failed"
