"""Values that can be read as a moment, in the notations that programs use, and whose moments they are."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

Span = tuple[float, float]
"""From and to, in seconds since 1970."""
ON_STAGE = 2.0
"""Seconds beside the moment to which the clock of the stage is set: it stands still while a person answers."""

_UNITS = (1, 10**3, 10**6, 10**9)
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800
"""2000 and 2100: other numbers are no moments."""
_JULIAN_1970, _DAY = 2_440_587.5, 86_400
_LEAST_JULIAN = 1e-4
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_OFFSET = r"\s?(?P<offset>Z|GMT|UTC|[+-]\d\d:?\d\d)?"
_SECOND = r"(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?"
_TIME = rf"(?P<hour>\d\d?):(?P<minute>\d\d)(?::{_SECOND})?{_OFFSET}"
_WRITTEN = (
    re.compile(rf"(?P<year>\d{{4}})[-/](?P<month>\d\d)[-/](?P<day>\d\d)[T_ ]{_TIME}"),
    re.compile(
        r"(?<!\w)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)[T_-]?"
        rf"(?P<hour>\d\d)(?P<minute>\d\d)(?:{_SECOND})?{_OFFSET}(?!\w)"
    ),
    re.compile(rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}}),?\s(?:um\s)?{_TIME}"),
    re.compile(rf"(?P<day>\d\d?)[ -](?P<name>{'|'.join(_MONTHS)})[ -](?P<year>\d{{4}})[ :]{_TIME}"),
)
_NUMBER = re.compile(r"(?<![\w.])\d{10,19}(?:\.\d{1,9})?(?![\w.])")
_BEGINS_WITH_TIME = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}[0-9a-f-]{4,}")
"""Ids of the kind that sorts by the time they were made (UUID, version 7)."""


def real_time() -> float:
    """What the machine's clock shows, whatever the stage is set to."""
    return time.time()  # noqa: TID251 -- a stamp of this very clock is looked for


def people_at(
    values: Iterable[object], spans: Mapping[int, Span], *, zone: ZoneInfo
) -> frozenset[int]:
    """People whose span one of the values falls into, read in any way."""
    found: set[int] = set()
    for value in values:
        for start, end in readings(value, zone):
            found |= {person for person, (a, b) in spans.items() if start <= b and a <= end}
    return frozenset(found)


def on_stage(moments: Mapping[int, datetime]) -> dict[int, Span]:
    """Moments by the clock of the stage, as spans."""
    return {
        person: (moment.timestamp() - ON_STAGE, moment.timestamp() + ON_STAGE)
        for person, moment in moments.items()
    }


def readings(value: object, zone: ZoneInfo) -> Iterator[Span]:
    """Every moment that the value can mean, from its first to its last instant; without an offset in two zones.

    A mere day is none: names of columns tell of days.
    """
    match value:
        case bool() | None:
            return
        case int() | float():
            yield from _of_number(value)
            if isinstance(value, int):
                yield from _of_text(str(value), zone)
        case str():
            yield from _of_text(value, zone)
            for digits in _NUMBER.findall(value):
                yield from _of_number(float(digits) if "." in digits else int(digits))
            if _BEGINS_WITH_TIME.fullmatch(value):
                yield from _of_number(int(value.replace("-", "")[:12], 16), units=(10**3,))
        case _:
            return


def _of_number(number: float, *, units: tuple[int, ...] = _UNITS) -> Iterator[Span]:
    is_whole = isinstance(number, int)
    for unit in units:
        seconds = number / unit
        if _EARLIEST <= seconds <= _LATEST:
            yield seconds, seconds + (1 / unit if is_whole else 0)
    from_julian = (number - _JULIAN_1970) * _DAY
    if not is_whole and _EARLIEST <= from_julian <= _LATEST:
        yield from_julian - _LEAST_JULIAN, from_julian + _LEAST_JULIAN


def _of_text(text: str, zone: ZoneInfo) -> Iterator[Span]:
    for form in _WRITTEN:
        for match in form.finditer(text):
            with suppress(ValueError):  # digits that are no date
                yield from _of_parts(match.groupdict(), zone)


def _of_parts(parts: Mapping[str, str | None], zone: ZoneInfo) -> Iterator[Span]:
    name, second, fraction = parts.get("name"), parts["second"], parts["fraction"]
    bare = datetime(
        int(parts["year"] or 0),
        _MONTHS.index(name) + 1 if name else int(parts["month"] or 0),
        int(parts["day"] or 0),
        int(parts["hour"] or 0),
        int(parts["minute"] or 0),
        int(second or 0),
        tzinfo=UTC,
    )
    more = float(f"0.{fraction}") if fraction else 0.0
    lasts = 10.0 ** -len(fraction) if fraction else 1.0 if second else 60.0
    for place in _zones(parts["offset"], zone):
        start = bare.replace(tzinfo=place).timestamp() + more
        yield start, start + lasts


def _zones(offset: str | None, zone: ZoneInfo) -> tuple[timezone | ZoneInfo, ...]:
    if offset is None:
        return (UTC, zone)
    if offset[0] not in "+-":
        return (UTC,)
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return (timezone(ahead if offset[0] == "+" else -ahead),)
