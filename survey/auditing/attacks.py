"""Attacks on anonymity: bytes and orders in, guesses out; pure, so that controls run the very same ones."""

from __future__ import annotations

import base64
import re
import zlib
from math import exp, factorial, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MARKER = "Kanarienvogel"
_NUMBER = 4
_CERTAIN = 1e-6
_SIGMAS = 5
_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_MOST_INFLATED = 1 << 20
TIME_WORDS = ("time", "date", "moment", "stamp", "created", "updated", "answered_at", "day", "seen")


def canary(person: int, *, place: str) -> str:
    """What one person writes in one place: recognisable, and of a length of its own."""
    return f"{MARKER}-{person:0{_NUMBER}d}-{place} singt" + "." * (3 * person)


def people_in(content: bytes) -> frozenset[int]:
    """Whose canaries the bytes hold: plain, in UTF-16, base64 or hexadecimal, or compressed."""
    found = set(_plain(content))
    for encoding in ("utf-16-le", "utf-16-be"):
        mark = MARKER.encode(encoding)
        width = 2 * (len(MARKER) + 1 + _NUMBER)
        found |= _people(
            content[at : at + width].decode(encoding, "replace") for at in _places(content, mark)
        )
    for mark in (MARKER.encode().hex().encode(), MARKER.encode().hex().upper().encode()):
        for at in _places(content, mark):
            text = content[at : at + 2 * (len(MARKER) + 1 + _NUMBER)]
            found |= _people([bytes.fromhex(text.decode("ascii", "replace")).decode()])
    found |= _in_base64(content)
    for match in _DEFLATED.finditer(content):
        found |= _plain(_inflated(content[match.start() :]))
    return frozenset(found)


def order_of_people(content: bytes, *, place: str) -> tuple[int, ...]:
    """The people whose canaries of that place lie there, in the order of their first bytes."""
    pattern = re.compile(rf"{MARKER}-(\d{{{_NUMBER}}})-{place}".encode())
    return tuple(dict.fromkeys(int(match.group(1)) for match in pattern.finditer(content)))


def guesses_by_order(order: Sequence[int], submitted: Sequence[int]) -> frozenset[int]:
    """People linked by taking the order found for the order of submission, if that is better than chance."""
    present = set(order)
    expected = [person for person in submitted if person in present]
    for guess in (list(order), list(reversed(order))):
        hits = frozenset(a for a, b in zip(guess, expected, strict=True) if a == b)
        if chance_of_hits(len(hits)) < _CERTAIN or _is_ordered(guess, expected):
            return hits or frozenset(present)
    return frozenset()


def guesses_by_length(lengths: Mapping[int, int], written: Mapping[int, int]) -> frozenset[int]:
    """People linked by matching observed lengths, longest to longest, with what was written."""
    if len(set(lengths.values())) < 2:  # noqa: PLR2004 -- one length tells nothing
        return frozenset()
    by_observed = sorted(lengths, key=lambda person: (lengths[person], person))
    by_written = sorted(written, key=lambda person: (written[person], person))
    return frozenset(a for a, b in zip(by_observed, by_written, strict=True) if a == b)


def chance_of_hits(hits: int) -> float:
    """How likely so many hits or more are by guessing: hits of a random order are nearly Poisson with mean 1."""
    return max(0.0, 1 - sum(exp(-1) / factorial(n) for n in range(hits)))


def columns_with_time(
    tables: Mapping[str, Sequence[str]], *, personal: Iterable[str]
) -> tuple[str, ...]:
    """Columns of tables about persons or answers whose names speak of time."""
    return tuple(
        f"{table}.{column}"
        for table in personal
        for column in tables.get(table, ())
        if any(word in column for word in TIME_WORDS)
    )


def _is_ordered(order: Sequence[int], expected: Sequence[int]) -> bool:
    """Kendall's statistic: whether the order follows the expected one more than chance ever does."""
    place = {person: at for at, person in enumerate(expected)}
    ranks = [place[person] for person in order]
    n = len(ranks)
    if n < 3:  # noqa: PLR2004 -- two are in order half the time
        return False
    score = sum(
        (later > earlier) - (later < earlier)
        for at, earlier in enumerate(ranks)
        for later in ranks[at + 1 :]
    )
    return score > _SIGMAS * sqrt(n * (n - 1) * (2 * n + 5) / 18)


def _plain(content: bytes) -> set[int]:
    found = re.findall(rf"{MARKER}-(\d{{{_NUMBER}}})".encode(), content)
    return {int(number) for number in found}


def _people(texts: Iterable[str]) -> set[int]:
    matches = (re.search(rf"-(\d{{{_NUMBER}}})", text) for text in texts)
    return {int(match.group(1)) for match in matches if match}


def _places(content: bytes, mark: bytes) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(mark), content)]


def _in_base64(content: bytes) -> set[int]:
    found: set[int] = set()
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + MARKER.encode())
        mark = coded[4 if shift else 0 : -4]
        for at in _places(content, mark):
            start = at - (4 if shift else 0)
            window = content[max(0, start) : start + 40]
            found |= _plain(base64.b64decode(window[: len(window) // 4 * 4], b"-_"))
            found |= _plain(base64.b64decode(window[: len(window) // 4 * 4]))
    return found


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, _MOST_INFLATED)
    except zlib.error:
        return b""
