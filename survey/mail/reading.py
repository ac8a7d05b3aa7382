"""A finished mail as a person reads it: its subject, its plain part, and its HTML part paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage

_BLOCKS = frozenset({"p", "li", "h1", "h2"})
_UNSEEN = frozenset({"title", "style"})


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an entry of a list, with the words of its link if it is one."""

    kind: str
    """``h1``, ``h2``, ``p``, ``li``, or ``button`` for a link drawn as one."""
    lines: tuple[str, ...]
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail program shows."""

    subject: str
    sender: str
    text: str
    blocks: tuple[Block, ...]


def read_mail(content: bytes) -> ReadMail:
    """The mail as it is read."""
    message = message_from_bytes(content, policy=policy.default)
    reader = _Blocks()
    reader.feed(_part(message, "html"))
    reader.close()
    return ReadMail(
        str(message["Subject"]),
        str(message["From"]),
        _part(message, "plain").strip(),
        tuple(reader.found),
    )


def _part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


class _Blocks(HTMLParser):
    """Collects what a mail's HTML part shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._kind = ""
        self._lines: list[str] = [""]
        self._link_letters = 0
        self._is_in_link = self._is_button = False
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or a line, or a link."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self._finish()
            self._kind = tag
        elif tag == "br":
            self._lines.append("")
        elif tag == "a":
            self._is_in_link = True
            self._is_button = ("class", "button") in attrs

    def handle_endtag(self, tag: str) -> None:
        """A block or a link ends."""
        if tag in _UNSEEN:
            self._unseen -= 1
        elif tag in _BLOCKS:
            self._finish()
        elif tag == "a":
            self._is_in_link = False

    def handle_data(self, data: str) -> None:
        """Words of the block."""
        if self._kind and not self._unseen:
            self._lines[-1] += data
            if self._is_in_link:
                self._link_letters += len(data.strip())

    def _finish(self) -> None:
        lines = tuple(" ".join(line.split()) for line in self._lines)
        if self._kind and any(lines):
            is_link = self._link_letters >= sum(len(line) for line in lines) - 1
            kind = "button" if self._is_button and is_link else self._kind
            self.found.append(Block(kind, tuple(line for line in lines if line), is_link))
        self._kind, self._lines, self._link_letters = "", [""], 0
        self._is_button = False
