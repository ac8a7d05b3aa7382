"""How HTML and PDF travel between a process and its PDF child: a length, then that many bytes."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO

LARGEST = 64 * 1024 * 1024
_LENGTH = struct.Struct(">Q")

PRINTED = b"P"
"""First byte of a reply that carries a PDF."""
FAILED = b"F"
"""First byte of a reply that carries the name of what went wrong."""


class FrameBroken(Exception):
    """The other side went away in the middle of a frame, or sent one that is too large."""


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Send one payload."""
    if len(payload) > LARGEST:
        raise FrameBroken(len(payload))
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next payload, or None when the other side has closed the stream between two frames."""
    header = stream.read(_LENGTH.size)
    if not header:
        return None
    if len(header) < _LENGTH.size:
        raise FrameBroken(len(header))
    (length,) = _LENGTH.unpack(header)
    if length > LARGEST:
        raise FrameBroken(length)
    payload = stream.read(length)
    if len(payload) < length:
        raise FrameBroken(len(payload))
    return payload
