"""A new edition from an earlier one: what comes along, and which days, title and short name are proposed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from survey.model.event import RESERVED_NAMES, EditionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import tzinfo

    from survey.model.event import Edition, EditionFormat
    from survey.model.profile import Profile
    from survey.model.programme import Programme

LONGEST_NAME = 31
MOST_PROPOSED_YEARS = 3
_WEEK = timedelta(days=7)
_YEARLY = 300
"""Days between two editions from which on a series counts as held once a year or less."""
_USUAL_DISTANCE = 8 * _WEEK
"""Between two meetings of a series of which nothing is known."""
_ORDINALS = (
    "erste",
    "zweite",
    "dritte",
    "vierte",
    "fünfte",
    "sechste",
    "siebte",
    "achte",
    "neunte",
    "zehnte",
    "elfte",
    "zwölfte",
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an organiser says of a new edition; everything else comes from the earlier one."""

    name: str
    title: str
    format: EditionFormat
    starts: date
    ends: date
    deadline: datetime
    """Aware."""


def proposed_beginning(
    source: Edition,
    *,
    today: date,
    zone: tzinfo,
    series: Sequence[date] = (),
    taken: Collection[str] = (),
    year: int | None = None,
) -> Beginning:
    """The same weekday the next time, the deadline as far from the event as before, the title with the new year.

    `series` are the first days of the earlier editions, `taken` the short names that are gone.
    """
    starts = _next_start(source, today=today, zone=zone, series=series, year=year)
    moved = starts - source.starts
    coming = source.next_edition
    title = (
        coming.title
        if coming is not None and coming.starts.astimezone(zone).date() == starts
        else _title_for(source, starts)
    )
    return Beginning(
        name=_name_for(source, starts, taken),
        title=title,
        format=source.format,
        starts=starts,
        ends=source.ends + moved,
        deadline=_moved(source.deadline, moved, zone),
    )


def proposed_years(source: Edition, *, today: date, series: Sequence[date] = ()) -> tuple[int, ...]:
    """The years that can be proposed for; none where the series meets more often."""
    if _distance(source, series) is not None:
        return ()
    days = (day for day in _anniversaries(source.starts) if day > today)
    return tuple(day.year for _n, day in zip(range(MOST_PROPOSED_YEARS), days, strict=False))


def copied_edition(source: Edition, beginning: Beginning) -> Edition:
    """The earlier edition held anew: programme and questionnaire with their codes, nothing that happened."""
    return replace(
        source,
        name=beginning.name,
        title=beginning.title,
        format=beginning.format,
        starts=beginning.starts,
        ends=beginning.ends,
        deadline=beginning.deadline,
        programme=_held_anew(source.programme),
        next_edition=None,
        box_size=0,
    )


def with_gaps_filled(edition: Edition, profile: Profile) -> Edition:
    """The edition with the organisation's words where it has none of its own, and its thresholds at least."""
    return replace(
        edition,
        sender_name=edition.sender_name or profile.sender_name,
        contact_name=edition.contact_name or profile.contact_name,
        text_readers=edition.text_readers or profile.text_readers,
        legal_basis=edition.legal_basis or profile.legal_basis,
        processors=edition.processors or profile.processors,
        data_protection_contact=edition.data_protection_contact or profile.data_protection_contact,
        disclosure_threshold=max(edition.disclosure_threshold, profile.disclosure_threshold),
        cell_threshold=max(edition.cell_threshold, profile.cell_threshold),
    )


def same_weekday(day: date, year: int) -> date:
    """The day of that year nearest to the anniversary that falls on the same weekday."""
    try:
        anniversary = day.replace(year=year)
    except ValueError:  # 29 February
        anniversary = day.replace(year=year, day=28)
    off = (day.weekday() - anniversary.weekday() + 3) % 7 - 3
    return anniversary + timedelta(days=off)


def _next_start(
    source: Edition, *, today: date, zone: tzinfo, series: Sequence[date], year: int | None
) -> date:
    if year is not None:
        return same_weekday(source.starts, year)
    if source.next_edition is not None:
        announced = source.next_edition.starts.astimezone(zone).date()
        if announced > today:
            return announced
    distance = _distance(source, series)
    if distance is None:
        return next(day for day in _anniversaries(source.starts) if day > today)
    behind = max(timedelta(0), today - source.starts)
    return source.starts + (behind // distance + 1) * distance


def _distance(source: Edition, series: Sequence[date]) -> timedelta | None:
    """Whole weeks between two editions of the series; None where it is held once a year or less."""
    days = sorted({*series, source.starts})
    if len(days) > 1:
        gap = days[-1] - days[-2]
        return None if gap.days >= _YEARLY else max(1, round(gap / _WEEK)) * _WEEK
    return None if source.kind is EditionKind.CONGRESS else _USUAL_DISTANCE


def _anniversaries(day: date) -> Iterator[date]:
    for year in range(day.year + 1, date.max.year):
        yield same_weekday(day, year)


def _moved(moment: datetime, by: timedelta, zone: tzinfo) -> datetime:
    """So many days later at the same time of day there, whether the clocks have changed or not."""
    local = moment.astimezone(zone)
    return datetime.combine(local.date() + by, local.time(), tzinfo=zone)


def _title_for(source: Edition, starts: date) -> str:
    old = str(source.starts.year)
    if old in source.title:
        return source.title.replace(old, str(starts.year))
    for word, following in pairwise(_ORDINALS):
        found = re.search(rf"\b{word}(?=[nrs]?\b)", source.title, re.IGNORECASE)
        if found:
            begun = following.capitalize() if found[0][0].isupper() else following
            return f"{source.title[: found.start()]}{begun}{source.title[found.end() :]}"
    return source.title


def _name_for(source: Edition, starts: date, taken: Collection[str]) -> str:
    old, new = source.starts.year, starts.year
    name = source.name
    if str(old) in name:
        wanted = name.replace(str(old), str(new))
    elif name.endswith(f"{old % 100:02d}"):
        wanted = f"{name[:-2]}{new % 100:02d}"
    elif found := re.search(r"\d{1,6}$", name):
        wanted = f"{name[: found.start()]}{int(found[0]) + 1}"
    else:
        wanted = f"{name[: LONGEST_NAME - 5]}-{new}"
    gone = {*taken, *RESERVED_NAMES}
    tried, n = wanted, 1
    while tried in gone:
        n += 1
        tried = f"{wanted[: LONGEST_NAME - 1 - len(str(n))]}-{n}"
    return tried


def _held_anew(programme: Programme) -> Programme:
    return replace(
        programme,
        sessions=tuple(replace(s, recording=None, is_cancelled=False) for s in programme.sessions),
    )
