"""The log of published groups: what leaves the house, on whatever surface, is on record, and gives nobody away.

An edition counted here is called by its id, one from elsewhere by `earlier_key`, which outlives its deletion.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.language.wording import Wording
from survey.model.earlier import NAME
from survey.model.items import ANSWERED
from survey.model.published_table import PublishedTable
from survey.model.summary import Base, ChoicesFinding, NumbersFinding, TextsFinding
from survey.model.tally import breakdown_grouping, pair_grouping
from survey.reporting.findings import finding
from survey.statistics.disclosure import SMALLEST_GROUP
from survey.statistics.published_audit import are_of_the_same_people, audit_published
from survey.storage import editions, published_groups
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition, EarlierQuestion
    from survey.model.summary import EditionSummary, Finding
    from survey.statistics.published_audit import Exposure
    from survey.storage.connection import Connection

_DAYS_OF_A_WEEK = 7


def earlier_key(owner: str, series: str, starts: date) -> str:
    """What the log calls an edition from elsewhere, also after it was deleted and brought again."""
    return f"{NAME}{owner}:{starts.isoformat()}:{series}"


def deleted_of_that_week(
    connection: Connection, key: str, *, kept: Container[date]
) -> tuple[str, ...]:
    """Keys of editions from elsewhere of the same series, a few days away, that are on record and not `kept`.

    One that was deleted may be the same event, brought again under another day.
    """
    owner, day, series = _parts(key)
    found = []
    for other in published_groups.edition_keys(connection):
        if not other.startswith(NAME) or other == key:
            continue
        its_owner, its_day, its_series = _parts(other)
        if (its_owner, its_series) == (owner, series) and its_day not in kept:
            found += [other] * (abs((its_day - day).days) < _DAYS_OF_A_WEEK)
    return tuple(found)


def _parts(key: str) -> tuple[str, date, str]:
    owner, day, series = key.removeprefix(NAME).split(":", 2)
    return owner, date.fromisoformat(day), series


def given_away(inst: Installation) -> tuple[tuple[str, Exposure], ...]:
    """Whom the whole log gives away, edition by edition; those from elsewhere are called by day and series."""
    with foreign_errors():
        connection = inst.database.read()
        known = {record.id: record for record in editions.all_editions(connection)}
        logged = {
            key: published_groups.of_edition(connection, key)
            for key in published_groups.edition_keys(connection)
        }
    found = []
    for key, entries in logged.items():
        record = known.get(key)
        name = record.name if record else " ".join(key.removeprefix(NAME).split(":", 2)[1:])
        threshold = record.edition.disclosure_threshold if record else SMALLEST_GROUP
        tables = (table for entry in entries for table in entry)
        found += [(name, one) for one in audit_published(tables, threshold=threshold)]
    return tuple(found)


def earlier_findings(
    edition: EarlierEdition, *, threshold: int = SMALLEST_GROUP
) -> tuple[tuple[EarlierQuestion, Finding], ...]:
    """Each question of an edition from elsewhere, with what may be shown of its answers."""
    found = []
    for question in edition.questions:
        counts = dict(question.counts)
        base = Base(counts.get(ANSWERED, 0), question.population)
        found.append((question, finding(question.item, counts, base=base, threshold=threshold)))
    return tuple(found)


def tables_of_earlier(
    edition: EarlierEdition, *, threshold: int = SMALLEST_GROUP
) -> tuple[PublishedTable, ...]:
    """Every table of an edition from elsewhere that may be shown."""
    return _tables("", "", (f for _, f in earlier_findings(edition, threshold=threshold)))


def tables_of_summary(summary: EditionSummary) -> tuple[PublishedTable, ...]:
    """Every table that the summary shows."""
    return (
        *(t for section in summary.sections for t in _tables("", "", section.findings)),
        *(t for one in summary.sessions for t in _tables(one.session.code, "", one.findings)),
        *(
            table
            for group in summary.breakdown
            for table in _tables("", breakdown_grouping(group.value), group.findings)
        ),
        *(
            table
            for group in summary.pairs
            for table in _tables("", pair_grouping(group.by, group.value), group.findings)
        ),
    )


def require_published(
    connection: Connection, edition_key: str, tables: Iterable[PublishedTable]
) -> None:
    """NotAllowed if one of the tables is not on record: then it leaves the house on no surface."""
    known = _by_group(published_groups.of_edition(connection, edition_key))
    unheard = [
        table
        for table in tables
        if not any(are_of_the_same_people(table, before) for before in known[table.group])
    ]
    if unheard:
        raise NotAllowed(
            problem(
                "Nicht im Verzeichnis des Veröffentlichten, deshalb nicht gezeigt: %(questions)s",
                questions=_named(unheard),
            )
        )


def exposures(
    connection: Connection,
    edition_key: str,
    tables: Iterable[PublishedTable],
    *,
    threshold: int = SMALLEST_GROUP,
) -> tuple[Exposure, ...]:
    """Whom the tables would give away, beside everything ever published of the edition; nothing goes on record."""
    entries = published_groups.of_edition(connection, edition_key)
    return _exposures(entries, _unheard(entries, tables), threshold=threshold)


def put_on_record(
    connection: Connection,
    edition_key: str,
    tables: Iterable[PublishedTable],
    *,
    at: datetime,
    threshold: int = SMALLEST_GROUP,
    wordings: Mapping[str, Wording] | None = None,
    beside: Iterable[str] = (),
) -> None:
    """The tables are on record; what is there already is not put there twice.

    NotAllowed if, beside everything ever published of the edition, they give anybody away: then none is on record.
    It names the questions by their `wordings`, where they are given. `beside` are keys of what may be the same event.
    """
    entries = published_groups.of_edition(connection, edition_key)
    fresh = _unheard(entries, tables)
    others = (entry for key in beside for entry in published_groups.of_edition(connection, key))
    found = _exposures((*entries, *others), fresh, threshold=threshold)
    if found:
        raise NotAllowed(
            problem(
                "Zusammen mit dem, was schon veröffentlicht ist, ließen sich Antworten von weniger als "
                "%(threshold)d Personen errechnen. Nehmen Sie dieselben Zahlen wie damals, oder lassen Sie diese "
                "Fragen weg: %(questions)s",
                threshold=threshold,
                questions=_together(found, wordings or {}),
            )
        )
    if fresh:
        published_groups.insert(connection, edition_key, fresh, at=at)


def _exposures(
    entries: tuple[tuple[PublishedTable, ...], ...],
    fresh: tuple[PublishedTable, ...],
    *,
    threshold: int,
) -> tuple[Exposure, ...]:
    """What is given away of the questions that fresh tables are of."""
    questions = {(table.session, table.item) for table in fresh}
    told = (table for entry in (*entries, fresh) for table in entry)
    return audit_published(
        (table for table in told if (table.session, table.item) in questions), threshold=threshold
    )


def _unheard(
    entries: Iterable[Iterable[PublishedTable]], tables: Iterable[PublishedTable]
) -> tuple[PublishedTable, ...]:
    """Those of the tables that were never published: other groups, other people, or other numbers of them."""
    known = _by_group(entries)
    return tuple(
        sorted(
            table
            for table in set(tables)
            if not any(
                before == table or (not before.counts and before.n == table.n)
                for before in known[table.group]
            )
        )
    )


def _by_group(
    entries: Iterable[Iterable[PublishedTable]],
) -> dict[tuple[str, str, str], list[PublishedTable]]:
    known: dict[tuple[str, str, str], list[PublishedTable]] = defaultdict(list)
    for entry in entries:
        for table in entry:
            known[table.group].append(table)
    return known


def _tables(session: str, grouping: str, findings: Iterable[Finding]) -> tuple[PublishedTable, ...]:
    return tuple(
        PublishedTable(session, grouping, one.code, one.base.n, tuple(sorted(_numbers(one))))
        for one in findings
        # That all said the same is told in words.
        if one.suppressed in {None, "everyone"} and not isinstance(one, TextsFinding)
    )


def _numbers(one: Finding) -> tuple[int, ...]:
    if one.suppressed == "everyone":
        return (one.base.n,)
    match one:
        case ChoicesFinding():
            places = (c.first_places for c in one.choices if c.first_places is not None)
            return (*(c.count for c in one.choices), *places, one.no_answer, one.absent)
        case NumbersFinding():
            return (*one.counts, one.no_answer)
        case TextsFinding():
            return ()


def _together(found: Iterable[Exposure], wordings: Mapping[str, Wording]) -> Wording:
    codes = dict.fromkeys(f"{e.session}.{e.item}" if e.session else e.item for e in found)
    named = [wordings.get(code, Wording(code)) for code in codes]
    return Wording(
        ", ".join(w.in_language("de") for w in named),
        ", ".join(w.in_language("easy") for w in named),
        ", ".join(w.in_language("en") for w in named),
    )


def _named(tables: Iterable[PublishedTable]) -> str:
    return ", ".join(
        dict.fromkeys(f"{t.session}.{t.item}" if t.session else t.item for t in tables)
    )
