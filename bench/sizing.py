"""How large machines must be: for a state, and for a hundred times that, computed from the costs that were measured.

    .venv/bin/python -m bench.sizing    renews docs/sizing.md from bench/results.toml, as scripts/bench --write does

What people do is assumed here, each assumption in one place; what it costs is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from bench.results import ROOT, read_results, renew
from bench.table import amount
from survey.keeping.retention import BACKUPS_KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.results import Result

PAGE = ROOT / "docs" / "sizing.md"
HOURS_A_YEAR = 8_760
DAYS_A_YEAR = 365
GIGA = 1e9
NEEDED = frozenset(
    {
        "answer.cpu",
        "answer.disk",
        "counted.disk",
        "counting.cpu",
        "form.cpu",
        "mail.cpu",
        "pdf.cpu",
        "person.disk",
        "summary.cpu",
    }
)
"""The costs that the sizes follow from."""
_WHOLE = 100
"""From here on the digits behind the point say nothing."""


@dataclass(frozen=True, slots=True)
class Year:
    """What happens in a year."""

    title: str
    events: int
    responses: int
    congresses: int = 1
    """Large congresses that are invited in the same hour, on the fullest day."""


STATE = Year("A state", events=1_000, responses=1_000_000)
HUNDRED = Year("A hundred times that", events=100_000, responses=100_000_000, congresses=10)
"""Ten of a hundred states invite to a large congress in the same hour."""

RESPONSE_RATE = 0.5
"""Twice as many people are invited as answer."""
FIRST_REMINDER = 0.75
"""The share of the invited who have not answered when the first reminder leaves,"""
SECOND_REMINDER = 0.6
"""and the second."""
LOOKS_AT_FORM = 3
"""A form is shown so often per answer: to its person, to a link scanner, and to somebody who answers later."""
PAGES_PER_ANSWER = 2
"""The check page and the thanks page, each as costly as an answer: no page is dearer."""
DAYS_WITH_ADDRESSES = 28
"""Two weeks open, two weeks until addresses are deleted."""
DAYS_WITH_BOXES = 15
"""Two weeks open, and the day until the count."""
YEARS_KEPT = 10
"""Tallies stay."""
BACKUPS = BACKUPS_KEPT.days
"""One a night, each kept so many days; each count makes one more, of the whole database, which is kept as long."""
WRITTEN_PER_COUNT = 4
"""So often a count writes the whole database to the disk: compacted, into the log and from there into the file; as a
backup; and once more as what that is proven by."""
LARGEST_EVENT = 20_000
"""People invited to a large congress, of whom half answer: the one that bench/counting.py counts."""
INVITED_WITHIN = 3_600
"""Seconds in which all of them are to have their invitation."""
REPORTS_PER_EVENT = 14
"""A summary, its second edition, and one page for each of twelve sessions."""
LOOKS_AT_SUMMARY = 100
SHARE_OF_BUSIEST_HOUR = 0.01
"""Of a year's answers, those that come in its busiest hour: as if ten events of a thousand came all at once."""
MOST_BUSY = 0.5
"""No core is planned to be busier than that."""
MAILS_AT_ONCE = 5.0
"""A second: what is set if nobody sets anything else; a relay of the house usually takes more."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a year needs."""

    mails: float
    answers_per_second: float
    """In the busiest hour."""
    pages_cores: float
    """Busy in the busiest hour."""
    worker_hours: float
    """Of one core, in the whole year."""
    mail_hours: float
    """As set by default, for one event."""
    mails_per_second: float
    """That all of a year's mails need if they leave day and night."""
    most_mails_per_second: float
    """In the hour when the largest events are invited."""
    database: float
    """Bytes; as many once more are needed whenever it is compacted."""
    counts_a_day: float
    backups_kept: float
    """How many: those of the nights, and one of each count."""
    backups: float
    """Bytes."""
    written_a_day: float
    """Bytes, by counts: each compacts the whole database, backs it up and proves the backup."""
    backups_if_gathered: float
    """Bytes, if one compaction and one backup served all counts of a day."""

    @property
    def cores(self) -> int:
        """For pages and worker, so that nobody waits; never fewer than two."""
        worker = self.worker_hours / HOURS_A_YEAR
        return max(2, ceil((self.pages_cores + worker) / MOST_BUSY))


def sizes(year: Year, costs: Mapping[str, float]) -> Sizes:
    """What that year needs on the machine that was measured; KeyError if a cost is missing."""
    invited = year.responses / RESPONSE_RATE
    per_person = 1 + FIRST_REMINDER + SECOND_REMINDER + 1
    mails = invited * per_person
    busiest = year.responses * SHARE_OF_BUSIEST_HOUR / 3_600
    per_answer = LOOKS_AT_FORM * costs["form.cpu"] + (1 + PAGES_PER_ANSWER) * costs["answer.cpu"]
    worker = (
        mails * costs["mail.cpu"]
        + year.responses * costs["counting.cpu"]
        + year.events * REPORTS_PER_EVENT * costs["pdf.cpu"]
        + year.events * LOOKS_AT_SUMMARY * costs["summary.cpu"]
    )
    database = (
        invited * DAYS_WITH_ADDRESSES / DAYS_A_YEAR * costs["person.disk"]
        + year.responses * DAYS_WITH_BOXES / DAYS_A_YEAR * costs["answer.disk"]
        + year.events * YEARS_KEPT * costs["counted.disk"]
    )
    counts_a_day = year.events / DAYS_A_YEAR
    backups_kept = (1 + counts_a_day) * BACKUPS
    return Sizes(
        mails=mails,
        answers_per_second=busiest,
        pages_cores=busiest * per_answer,
        worker_hours=worker / 3_600,
        mail_hours=invited / year.events / MAILS_AT_ONCE / 3_600,
        mails_per_second=mails / DAYS_A_YEAR / 86_400,
        most_mails_per_second=year.congresses * LARGEST_EVENT / INVITED_WITHIN,
        database=database,
        counts_a_day=counts_a_day,
        backups_kept=backups_kept,
        backups=database * backups_kept,
        written_a_day=database * WRITTEN_PER_COUNT * counts_a_day,
        backups_if_gathered=database * (1 + min(counts_a_day, 1)) * BACKUPS,
    )


def page(results: Mapping[str, Result]) -> str:
    """The two tables: what was measured, and what follows from it."""
    costs = {cost.name: cost.value for result in results.values() for cost in result.costs}
    missing = sorted(NEEDED - costs.keys())
    if missing:
        return f"Not measured yet: {', '.join(missing)}."
    lines = [f"| | {STATE.title} | {HUNDRED.title} |", "|---|---:|---:|"]
    both = zip(_told(STATE, costs), _told(HUNDRED, costs), strict=True)
    lines += [f"| {what} | {one} | {other} |" for (what, one), (_, other) in both]
    lines += ["", "| Measured | Cost | On |", "|---|---:|---|"]
    for result in results.values():
        for cost in result.costs:
            is_time = cost.unit == "s"
            told = amount(cost.value * 1000, "ms") if is_time else amount(cost.value, cost.unit)
            lines.append(f"| {cost.meaning} | {told} | {result.day} |")
    machines = dict.fromkeys(str(result.machine) for result in results.values())
    return "\n".join([*lines, "", f"Machine: {'; '.join(machines)}."])


def _told(year: Year, costs: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    found = sizes(year, costs)
    return (
        ("events a year", f"{year.events:,}"),
        ("responses a year", f"{year.responses:,}"),
        ("mails a year", f"{found.mails:,.0f}"),
        ("answers a second in the busiest hour", _few(found.answers_per_second)),
        ("cores busy with pages in the busiest hour", _few(found.pages_cores)),
        ("hours of one core for mails, counts and reports, a year", _few(found.worker_hours)),
        ("database", _size(found.database)),
        (
            "as much once more while it is compacted: memory (file) or disk (PostgreSQL)",
            _size(found.database),
        ),
        ("counts a day", _few(found.counts_a_day)),
        (
            f"backups kept {BACKUPS} days: one a night, and one of each count",
            _few(found.backups_kept),
        ),
        ("disk for these backups", _size(found.backups)),
        ("written to the disk by counts, a day", _size(found.written_a_day)),
        (
            "disk for backups if the counts of a day were gathered",
            _size(found.backups_if_gathered),
        ),
        ("mails a second if they left day and night", _few(found.mails_per_second)),
        (
            f"mails a second in the fullest hour, with {LARGEST_EVENT:,} people invited to a congress",
            _few(found.most_mails_per_second),
        ),
        ("hours until one event's invitations have left, at 5 a second", _few(found.mail_hours)),
        (
            "hours until those of a large congress have left, at 5 a second",
            _few(LARGEST_EVENT / MAILS_AT_ONCE / 3_600),
        ),
        ("**cores to plan for**", f"**{found.cores}**"),
    )


def write() -> None:
    """Renew the page."""
    renew(PAGE, page(read_results()))


def _size(number: float) -> str:
    """Bytes, in the unit that says them shortest."""
    if number >= _WHOLE * _WHOLE * GIGA:
        return f"{_few(number / GIGA / 1_000)} TB"
    return f"{_few(number / GIGA)} GB"


def _few(number: float) -> str:
    """Two digits that count; the rest would pretend to know."""
    if number >= _WHOLE:
        return f"{number:,.0f}"
    return f"{number:.2g}"


if __name__ == "__main__":
    write()
