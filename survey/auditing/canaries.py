"""Canaries: texts of made-up people that are recognised in whatever dress they come."""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER = "Kanarienvogel"
MOST_PEOPLE = 9999
_PATTERN = re.compile(rf"{MARKER}-(\d{{4}})-([a-z]{{1,12}})".encode())
_LONGEST = len(MARKER) + 1 + 4 + 1 + 4
_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_MOST_INFLATED = 1 << 20
_SHORTEST_INFLATED = len(MARKER)
_SHIFTS = 3
"""Base64 writes a text in three ways, by where it begins."""
_ZIP = b"PK\x03\x04"
_MOST_UNPACKED = 64 << 20

Sighting = tuple[int, str]
"""A person and the place where the person wrote."""


def canary(person: int, *, place: str, length: int) -> str:
    """What a person writes in one place: recognisable, of that length, with signs that pages must escape.

    Its first word is short enough to be broken by no page.
    """
    text = f"{MARKER}-{person:04d}-{place} singt <so> & „so“ "
    return text + ("la " * length)[: length - len(text) - 1] + "!"


def sightings(content: bytes) -> frozenset[Sighting]:
    """Whose canaries of which place the bytes hold, in any dress."""
    found = set(_plain(content))
    for kind in _DRESSES:
        found |= kind(content)
    for inner in _unpacked(content):
        found |= set(_plain(inner))
    return frozenset(found)


def people_in(content: bytes) -> frozenset[int]:
    """Whose canaries the bytes hold, in any dress."""
    return frozenset(person for person, _ in sightings(content))


def order_of_people(content: bytes, *, place: str) -> tuple[int, ...]:
    """The people whose canaries of that place lie there, in the order of their first bytes; packed files, too."""
    parts = _members(content) if content.startswith(_ZIP) else (content,)
    seen = (
        int(match[1])
        for part in parts
        for match in _PATTERN.finditer(part)
        if match[2] == place.encode()
    )
    return tuple(dict.fromkeys(seen))


def _plain(content: bytes) -> set[Sighting]:
    return {(int(m[1]), m[2].decode()) for m in _PATTERN.finditer(content)}


def _places(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)


def _in_utf16(content: bytes) -> set[Sighting]:
    found: set[Sighting] = set()
    for encoding in ("utf-16-le", "utf-16-be"):
        for at in _places(content, MARKER.encode(encoding)):
            text = content[at : at + 2 * _LONGEST].decode(encoding, "replace")
            found |= _plain(text.encode())
    return found


def _in_hexadecimal(content: bytes) -> set[Sighting]:
    found: set[Sighting] = set()
    mark = MARKER.encode().hex()
    for written in (mark.encode(), mark.upper().encode()):
        for at in _places(content, written):
            digits = re.match(rb"(?:[0-9A-Fa-f]{2})*", content[at : at + 2 * _LONGEST])
            found |= _plain(bytes.fromhex(digits[0].decode()) if digits else b"")
    return found


def _in_base64(content: bytes) -> set[Sighting]:
    found: set[Sighting] = set()
    for shift in range(_SHIFTS):
        coded = base64.b64encode(b"\0" * shift + MARKER.encode())
        mark = coded[4 if shift else 0 : -4]
        for at in _places(content, mark):
            window = content[max(0, at - (4 if shift else 0)) :][: 2 * _LONGEST]
            run = re.match(rb"[A-Za-z0-9+/_-]*", window)
            text = run[0] if run else b""
            for extra in (None, b"-_"):
                found |= _plain(base64.b64decode(text[: len(text) // 4 * 4], extra))
    return found


def _percent_encoded(content: bytes) -> set[Sighting]:
    found: set[Sighting] = set()
    for mark in (_percent(MARKER), _percent(MARKER).upper()):
        for at in _places(content, mark):
            found |= _plain(unquote_to_bytes(content[at : at + 3 * _LONGEST]))
    return found


def _escaped_for_html(content: bytes) -> set[Sighting]:
    found: set[Sighting] = set()
    for form in ("&#{:d};", "&#x{:x};", "&#x{:X};"):
        for at in _places(content, "".join(form.format(ord(c)) for c in MARKER).encode()):
            text = content[at : at + 7 * _LONGEST].decode("ascii", "replace")
            found |= _plain(html.unescape(text).encode())
    return found


def _escaped_for_json(content: bytes) -> set[Sighting]:
    found: set[Sighting] = set()
    for form in ("\\u{:04x}", "\\u{:04X}"):
        for at in _places(content, "".join(form.format(ord(c)) for c in MARKER).encode()):
            text = content[at : at + 6 * _LONGEST].decode("ascii", "replace")
            found |= _plain(re.sub(r"\\u([0-9A-Fa-f]{4})", _character, text).encode())
    return found


_DRESSES = (
    _in_utf16,
    _in_hexadecimal,
    _in_base64,
    _percent_encoded,
    _escaped_for_html,
    _escaped_for_json,
)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _percent(text: str) -> bytes:
    return "".join(f"%{ord(c):02x}" for c in text).encode()


def _unpacked(content: bytes) -> Iterator[bytes]:
    if _ZIP in content[:4]:
        yield from _members(content)
    for match in _DEFLATED.finditer(content):
        inflated = _inflated(content[match.start() : match.start() + _MOST_INFLATED])
        if len(inflated) >= _SHORTEST_INFLATED:
            yield inflated


def _members(content: bytes) -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
            raise ValueError("too large to be unpacked")
        return tuple(archive.read(one) for one in archive.infolist())


def _inflated(content: bytes) -> bytes:
    inflator = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        return inflator.decompress(content, _MOST_INFLATED)
    except zlib.error:
        return b""
