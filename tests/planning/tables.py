"""Tables of a planning sheet: what people said of formats, rounds, lengths and times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from survey.language.wording import Wording
from survey.model.comparison import Change, ComparedEdition, Verdict
from survey.model.event import EditionFormat
from survey.model.planning import (
    DecisionTable,
    Majority,
    OptionLine,
)
from survey.model.summary import Base, Share
from survey.reporting.findings import share_of
from survey.statistics.interval import Share as Answers
from survey.statistics.interval import share_bounds
from survey.statistics.simultaneous import choice_intervals

ON_SITE = Wording("Vor Ort", en="On site")
ONLINE = Wording("Online", en="Online")
GOOD = Wording("gut oder sehr gut", en="good or very good")


def edition(
    year: int, *, invited: int | None, answered: int | None, on: EditionFormat
) -> ComparedEdition:
    """An edition of the congress, without its questions."""
    return ComparedEdition(
        name=f"kk{year}",
        label=str(year),
        title=f"Kommunalkongress {year}",
        format=on,
        starts=date(year, 9, 11),
        invited=invited,
        answered=answered,
        questions=(),
        is_made_up=True,
    )


def options(counts: dict[str, tuple[Wording, int]], *, population: int) -> tuple[OptionLine, ...]:
    """Options of a single choice with intervals that hold at the same time."""
    numbers = [count for _, count in counts.values()]
    n = sum(numbers)
    intervals = choice_intervals(numbers, eligible=population)
    return tuple(
        OptionLine(
            code,
            label,
            count,
            Share(
                count,
                n,
                (found.shares.low, found.shares.high),
                _bounds(count, n, population),
            ),
        )
        for (code, (label, count)), found in zip(counts.items(), intervals, strict=True)
    )


def _bounds(count: int, n: int, population: int) -> tuple[float, float]:
    bounds = share_bounds(Answers(count, n, population)).shares
    return bounds.low, bounds.high


def format_table() -> DecisionTable:
    """Online leads for certain, without a majority; by how people took part, and what would do at all."""
    lines = options(
        {
            "online": (ONLINE, 93),
            "hybrid": (Wording("Hybrid: vor Ort und online zugleich", en="Hybrid"), 58),
            "on_site": (ON_SITE, 38),
            "no_preference": (Wording("Mir ist jede Form recht", en="Any format suits me"), 18),
        },
        population=420,
    )
    groups = ((21, 72), (22, 36), (30, 8), (4, 14))
    acceptable = (171, 142, 90, None)
    changes = (
        Change("kk2019", Verdict.MORE, 1, points=31, span=(20, 42)),
        Change("kk2019", Verdict.UNCLEAR, 1, points=3, span=(-7, 13)),
        Change("kk2019", Verdict.LESS, -1, points=-33, span=(-44, -22)),
        Change("kk2019", Verdict.UNCLEAR, -1, points=-1, span=(-8, 6)),
    )
    base = Base(207, 420)
    return DecisionTable(
        "next_format",
        Wording(
            "Welche Form wünschen Sie sich für das nächste Mal?",
            en="Which format would you like next time?",
        ),
        base,
        tuple(
            replace(
                line,
                by_attendance=((ON_SITE, here, 77), (ONLINE, there, 130)),
                acceptable=None if enough is None else share_of(enough, Base(207, 420)),
                change=change,
            )
            for line, (here, there), enough, change in zip(
                lines, groups, acceptable, changes, strict=True
            )
        ),
        Majority.LEADING,
        ("online",),
    )


def rounds_table() -> DecisionTable:
    """Two rounds or one: open."""
    return DecisionTable(
        "rounds_wanted",
        Wording(
            "Wie viele Workshop-Runden wünschen Sie sich beim nächsten Mal?",
            en="How many rounds of workshops would you like next time?",
        ),
        Base(198, 420),
        options(
            {
                "none": (Wording("Keine Workshops", en="No workshops"), 12),
                "one": (Wording("Eine Runde", en="One round"), 81),
                "two": (Wording("Zwei Runden", en="Two rounds"), 88),
                "three": (Wording("Drei Runden", en="Three rounds"), 17),
            },
            population=420,
        ),
        Majority.OPEN,
        ("two", "one"),
    )


def length_table() -> DecisionTable:
    """Just right, for certain."""
    return DecisionTable(
        "length",
        Wording("Wie war die Länge der Veranstaltung?", en="How was the length of the event?"),
        Base(205, 420),
        options(
            {
                "too_short": (Wording("Zu kurz", en="Too short"), 21),
                "just_right": (Wording("Genau richtig", en="Just right"), 139),
                "too_long": (Wording("Zu lang", en="Too long"), 45),
            },
            population=420,
        ),
        Majority.CERTAIN,
        ("just_right",),
    )


def time_table() -> DecisionTable:
    """In the morning, whatever the silent would have said: not with these numbers, but for the look of it."""
    return DecisionTable(
        "time_wanted",
        Wording("Wann soll die Veranstaltung sein?", en="When should the event take place?"),
        Base(310, 420),
        options(
            {
                "morning": (Wording("Vormittags", en="In the morning"), 240),
                "afternoon": (Wording("Nachmittags", en="In the afternoon"), 40),
                "all_day": (Wording("Ganztägig", en="All day"), 30),
            },
            population=420,
        ),
        Majority.IN_ANY_CASE,
        ("morning",),
    )
