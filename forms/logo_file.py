"""A picture that somebody sent: PNG or JPEG, taken apart and put together again without what pages do not need.

Descriptions, places, thumbnails, movement and whatever was hung on at the end stay behind.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import FileRefused, problem

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.model.profile import LogoKind

MOST_BYTES = 200 * 1024
LONGEST_SIDE = 1200
SHORTEST_SIDE = 16
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"IDAT", b"IEND"})
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Per pixel, by the colour types of PNG."""
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_TABLES = frozenset({0xDB, 0xC4, 0xDD, 0xE0, 0xEE})
"""Quantisation, Huffman, restart interval, JFIF, and Adobe's word about colours."""
_SCAN, _END = 0xDA, 0xD9
_STUFFED_OR_RESTART = frozenset({0x00, *range(0xD0, 0xD8)})


@dataclass(frozen=True, slots=True)
class LogoFile:
    """A picture as it is kept."""

    content: bytes
    kind: LogoKind
    width: int
    height: int


class _DamagedError(Exception):
    """The bytes do not follow the format."""


def read_logo(file_name: str, content: bytes) -> LogoFile:
    """The picture, cleaned; FileRefused if it is none, too large or damaged."""
    if len(content) > MOST_BYTES:
        raise _refused(
            file_name,
            problem("Das Bild ist zu groß. Erlaubt sind %(most)d KiB.", most=MOST_BYTES // 1024),
        )
    try:
        if content.startswith(_PNG):
            made = _png(content)
        elif content.startswith(_JPEG):
            made = _jpeg(content)
        else:
            raise _refused(file_name, _no_picture(content))
    except (_DamagedError, struct.error, IndexError, zlib.error) as error:
        raise _refused(file_name, problem("Das Bild ist beschädigt.")) from error
    if not all(SHORTEST_SIDE <= side <= LONGEST_SIDE for side in (made.width, made.height)):
        raise _refused(
            file_name,
            problem(
                "Das Bild hat %(width)d × %(height)d Bildpunkte. Jede Seite darf %(least)d bis %(most)d haben.",
                width=made.width,
                height=made.height,
                least=SHORTEST_SIDE,
                most=LONGEST_SIDE,
            ),
        )
    return made


def _no_picture(content: bytes) -> Problem:
    if b"<svg" in content[:1024].lower():
        return problem(
            "SVG-Dateien können Programme enthalten und werden nicht angenommen. "
            "Speichern Sie das Bild als PNG."
        )
    return problem("Das ist kein PNG- oder JPEG-Bild.")


def _png(content: bytes) -> LogoFile:
    kept = [_PNG]
    packed = bytearray()
    header = b""
    place, name = len(_PNG), b""
    while name != b"IEND":
        length, name = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + length]
        checksum = content[place + 8 + length : place + 12 + length]
        if len(body) != length or struct.unpack(">I", checksum)[0] != zlib.crc32(name + body):
            raise _DamagedError
        if not header:
            if name != b"IHDR":
                raise _DamagedError
            header = body
        if name == b"IDAT":
            packed += body
        if name in _PNG_KEPT:
            kept.append(content[place : place + 12 + length])
        place += 12 + length
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", header)
    if depth not in _DEPTHS.get(colour, set()):
        raise _DamagedError
    if max(width, height) <= LONGEST_SIDE:  # anything else is refused by its size
        _require_pixels(bytes(packed), height, depth * _SAMPLES[colour] * width, interlaced)
    return LogoFile(b"".join(kept), "png", width, height)


def _require_pixels(packed: bytes, height: int, bits_in_line: int, interlaced: int) -> None:
    expected = height * (1 + -(-bits_in_line // 8))
    # Interlaced pictures have a few more filter bytes; never more than as much again.
    most = expected if not interlaced else 2 * expected + 64
    unpacking = zlib.decompressobj()
    found = len(unpacking.decompress(packed, most + 1))
    if not unpacking.eof or found > most or found < expected:
        raise _DamagedError


def _jpeg(content: bytes) -> LogoFile:
    kept = [content[:2]]
    size: tuple[int, int] | None = None
    place, has_scan = 2, False
    while True:
        if content[place] != 0xFF:  # noqa: PLR2004 -- the first byte of every marker
            raise _DamagedError
        marker = content[place + 1]
        if marker == _END:
            kept.append(content[place : place + 2])
            break
        end = place + 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
        if end > len(content):
            raise _DamagedError
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            size = (width, height)
        if marker == _SCAN:
            has_scan = True
            end = _end_of_scan(content, end)
        if marker in _FRAMES | _TABLES | {_SCAN}:
            kept.append(content[place:end])
        place = end
    if size is None or not has_scan:
        raise _DamagedError
    return LogoFile(b"".join(kept), "jpg", *size)


def _end_of_scan(content: bytes, place: int) -> int:
    while (place := content.find(b"\xff", place)) >= 0:
        if content[place + 1] not in _STUFFED_OR_RESTART:
            return place
        place += 2
    raise _DamagedError


def _refused(file_name: str, why: Problem) -> FileRefused:
    return FileRefused(file_name, (why,))
