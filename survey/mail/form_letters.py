"""Form letters: what all mails of a campaign share is written once, and each person's own is filled in.

Filled in or composed by itself, a mail has the same bytes: each form proves it with the first letter it is made for.
What cannot be filled in (a calendar file, a name in the subject) is composed as ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC
from email import quoprimime
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import escape

from survey.mail.compose import (
    POLICY,
    ComposedMail,
    ascii_domain,
    boundary,
    compose,
    one_line,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from survey.mail.compose import Letter
    from survey.model.event import Edition

MOST_FORMS = 32
"""A campaign has one for each language and each length of its questionnaire, with a name and without."""
_NAME = "XhereXstandsXtheXnameX"
_FORM_LINK = "https://XhereXstandsXtheXformX.example/"
_OPT_OUT_LINK = "https://XhereXstandsXtheXoptXoutX.example/"
_MARKS = (_NAME, _FORM_LINK, _OPT_OUT_LINK)
_ANY_MARK = re.compile(
    r"(XhereXstandsXtheXnameX"
    r"|https://XhereXstandsXtheXformX\.example/"
    r"|https://XhereXstandsXtheXoptXoutX\.example/)"
)
_LINE_LENGTH = POLICY.max_line_length or 78
_QUOTED = [
    quoprimime.quote(chr(byte)) if quoprimime.body_check(byte) else chr(byte) for byte in range(256)
]
"""Each byte as it stands in a body."""
_END = b"\r\n"
_PLAIN_NAME = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")
_BASE64_GAINS = 5
"""So many letters less, and the standard library takes Base64."""
_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """The parts of a mail in order: bytes that all share, and lines in which something is filled in.

    Such a line is in pieces, with marks between them, encoded but not yet broken.
    """

    edition: Edition
    head: tuple[bytes | str, ...]
    """Header by header; of those that differ, the name alone."""
    text: tuple[bytes | tuple[str, ...], ...]
    html: tuple[bytes | tuple[str, ...], ...]
    before_text: bytes
    before_html: bytes


class FormLetters:
    """Composes the mails of a pass through the outbox."""

    def __init__(self) -> None:
        self._forms: dict[object, _Form | None] = {}

    def compose(self, letter: Letter) -> ComposedMail:
        """The finished message of a letter, as `compose` makes it."""
        if any(mark in letter.name for mark in _MARKS):
            return compose(letter)
        kind = _kind(letter)
        form = self._forms.get(kind)
        if kind not in self._forms or (form is not None and form.edition is not letter.edition):
            mail = compose(letter)
            form = _form(letter)
            if form is not None and _filled(form, letter) != mail:
                form = None
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            self._forms[kind] = form
            return mail
        return compose(letter) if form is None else _filled(form, letter)


def _kind(letter: Letter) -> object:
    """What letters have in common that one form serves."""
    return (
        letter.edition.name,
        letter.campaign,
        letter.closes,
        letter.language,
        letter.minutes,
        letter.privacy_link,
        letter.results_link,
        letter.zone.key,
        letter.own_words,
        letter.is_test,
        bool(letter.form_link),
        bool(one_line(letter.name)),
    )


def _form(letter: Letter) -> _Form | None:
    """The form of letters like this one; None if something of a person's own would have to stand elsewhere."""
    marked = replace(
        letter,
        name=_NAME if one_line(letter.name) else "",
        form_link=_FORM_LINK if letter.form_link else "",
        opt_out_link=_OPT_OUT_LINK,
    )
    said = wording_of(marked)
    head, _, body = compose(marked).content.partition(_END * 2)
    between = b"--" + boundary(letter.message_id, "alternative").encode("ascii")
    parts = body.split(between)
    if any(mark in said.subject for mark in _MARKS) or len(parts) != len(("", "text", "html", "")):
        return None
    text, html = tuple(_lines(said.text)), tuple(_lines(said.html))
    if any(isinstance(line, tuple) and line[-1].endswith((" ", "\t")) for line in text + html):
        return None
    return _Form(
        letter.edition,
        tuple(_headers(head, between[2:])),
        text,
        html,
        parts[1].partition(_END * 2)[0] + _END * 2,
        parts[2].partition(_END * 2)[0] + _END * 2,
    )


@lru_cache(maxsize=1)
def _date(second: datetime) -> bytes:
    return _line("Date", format_datetime(second.astimezone(UTC)))


_OWN_HEADERS: Mapping[str, Callable[[Letter], bytes]] = {
    "To": lambda letter: _to(one_line(letter.name), ascii_domain(letter.address)),
    "Date": lambda letter: _date(letter.written.replace(microsecond=0)),
    "Message-ID": lambda letter: _line("Message-ID", letter.message_id),
    "List-Unsubscribe": lambda letter: _line("List-Unsubscribe", f"<{letter.opt_out_link}>"),
}


def _headers(head: bytes, parting: bytes) -> Iterable[bytes | str]:
    for header in re.split(rb"\r\n(?![ \t])", head):
        name = header.partition(b":")[0].decode("ascii")
        if name in _OWN_HEADERS:
            yield name
        elif parting in header:
            yield header.partition(parting)[0]
            yield ""
            yield header.partition(parting)[2] + _END
        else:
            yield header + _END


def _lines(text: str) -> Iterable[bytes | tuple[str, ...]]:
    """The body as it leaves, lines with marks in pieces; neighbours without are one."""
    shared: list[bytes] = []
    for line in text.encode().splitlines():
        plain = line.decode()
        if any(mark in plain for mark in _MARKS):
            yield b"".join(shared)
            shared.clear()
            yield tuple(
                piece if piece in _MARKS else _quoted(piece) for piece in _ANY_MARK.split(plain)
            )
        else:
            shared.append(_encoded(plain))
    yield b"".join(shared)


def _filled(form: _Form, letter: Letter) -> ComposedMail:
    parting = boundary(letter.message_id, "alternative").encode("ascii")
    values = (one_line(letter.name), letter.form_link, letter.opt_out_link)
    own = {mark: _quoted(value) for mark, value in zip(_MARKS, values, strict=True)}
    on_page = {mark: _quoted(escape(value)) for mark, value in zip(_MARKS, values, strict=True)}
    content = b"".join(
        (
            *(_header(part, letter, parting) for part in form.head),
            _END + b"--" + parting,
            form.before_text,
            *_with_own(form.text, own),
            _END + b"--" + parting,
            form.before_html,
            *_with_own(form.html, on_page),
            _END + b"--" + parting + b"--" + _END,
        )
    )
    return ComposedMail(
        edition=letter.edition.name,
        campaign=letter.campaign,
        message_id=letter.message_id,
        sender=ascii_domain(letter.edition.sender),
        recipient=ascii_domain(letter.address),
        content=content,
    )


def _header(part: bytes | str, letter: Letter, parting: bytes) -> bytes:
    if isinstance(part, bytes):
        return part
    return _OWN_HEADERS[part](letter) if part else parting


def _with_own(lines: Iterable[bytes | tuple[str, ...]], own: Mapping[str, str]) -> list[bytes]:
    return [
        line
        if isinstance(line, bytes)
        else _broken("".join([own.get(piece, piece) for piece in line])).encode("ascii")
        for line in lines
    ]


def _quoted(text: str) -> str:
    """The text in the letters of a body (RFC 2045, 6.7), on one line."""
    return text.encode().decode("latin-1").translate(_QUOTED)


def _broken(line: str) -> str:
    """A quoted line that ends in no space, broken where it is too long, as the standard library breaks it."""
    pieces: list[str] = []
    start = 0
    while len(line) - start > _LINE_LENGTH:
        stop = start + _LINE_LENGTH - 1
        # No quoted byte is broken in two.
        if line[stop - 2] == "=":
            stop -= 2
        elif line[stop - 1] == "=":
            stop -= 1
        pieces.append(line[start:stop])
        start = stop
    pieces.append(line[start:])
    return "=\r\n".join(pieces) + "\r\n"


def _encoded(line: str) -> bytes:
    written = quoprimime.body_encode(line.encode().decode("latin-1"), _LINE_LENGTH)
    return written.replace("\n", "\r\n").encode("ascii") + _END


def _to(name: str, address: str) -> bytes:
    if _PLAIN_NAME.fullmatch(name) and _PLAIN_ADDRESS.fullmatch(address):
        line = f"To: {name if name.isascii() else _in_ascii(name)} <{address}>"
        if len(line) < _LINE_LENGTH and line.isascii():
            return line.encode("ascii") + _END
    return _to_as_composed(name, address)


def _to_as_composed(name: str, address: str) -> bytes:
    _, header = POLICY.header_store_parse("To", Address(name, addr_spec=address))
    return POLICY.fold_binary("To", header)


def _in_ascii(name: str) -> str:
    """The name as an encoded word (RFC 2047) as far as it has to be; as it is if that is longer than in Base64."""
    words = name.split(" ")
    strange = [number for number, word in enumerate(words) if not word.isascii()]
    first, last = strange[0], strange[-1] + 1
    text = " ".join(words[first:last])
    quoted = "".join(
        "_" if c == " " else c if c.isascii() else "".join(f"={byte:02X}" for byte in c.encode())
        for c in text
    )
    if len(quoted) - -(-len(text.encode()) // 3) * 4 >= _BASE64_GAINS:
        return name
    return " ".join([*words[:first], f"=?utf-8?q?{quoted}?=", *words[last:]])


def _line(name: str, value: str) -> bytes:
    if not (value.isascii() and value.isprintable()):
        POLICY.header_store_parse(name, value)
        raise ValueError(name)  # none of these ever holds anything else
    return f"{name}: {value}".encode("ascii") + _END
