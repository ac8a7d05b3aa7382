"""What has left the house: the latest version of a report, on which pages, downloads and links draw.

A quote of it that was withdrawn or worded anew since is shown nowhere; the new wording waits for the next version.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from survey.errors import NotAllowed, problem
from survey.reporting.publication_log import require_published, tables_of_summary
from survey.reporting.publish import new_groups, require_nobody_in, themes_now
from survey.reporting.summarise import require_counted, summary_with
from survey.storage import publications, published_groups, tallies, texts, totals, ways_in
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.summary import EditionSummary, ThemeCount
    from survey.model.tally import KeptText, SessionTotal
    from survey.storage.publications import Publication

_FIRST = 1


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report, and how many quotes it had then and has now."""

    number: int
    published: datetime
    quotes: int
    quotes_left: int
    themes: int


@dataclass(frozen=True, slots=True)
class NextVersion:
    """What a new version would say that the latest one does not."""

    number: int
    new: tuple[KeptText, ...]
    """Released since, or released with another wording."""
    gone: int
    """Quotes of the latest version that were withdrawn since."""
    themes: tuple[ThemeCount, ...]
    has_new_themes: bool

    @property
    def is_needed(self) -> bool:
        """True if there is anything to publish."""
        return bool(self.new or self.gone or self.has_new_themes)


class Sources(NamedTuple):
    """All that a published summary is made from and judged by: of equal ones, the summaries are equal."""

    record: EditionRecord
    versions: tuple[Publication, ...]
    quoted: tuple[KeptText, ...]
    tallies: bytes
    totals: dict[str, SessionTotal]
    attended: int | None
    on_record: bytes


def sources_of(inst: Installation, record: EditionRecord) -> Sources:
    """What `published_summary` would be made from now; it takes a fraction of making it."""
    with foreign_errors():
        connection = inst.database.read()
        versions = publications.of_edition(connection, record.id)
        return Sources(
            record,
            versions,
            texts.quoted(connection, record.id, version=versions[-1].version) if versions else (),
            tallies.digest(connection, record.id),
            totals.of_edition(connection, record.id),
            ways_in.of_edition(connection, record.id).attended,
            published_groups.digest(connection, record.id),
        )


def published_summary(inst: Installation, name: str) -> EditionSummary:
    """The summary as it was last published, else the first version, without quotes; NotAllowed before the count."""
    record = require_counted(inst, name)
    with foreign_errors():
        connection = inst.database.read()
        versions = publications.of_edition(connection, record.id)
        latest = versions[-1] if versions else None
        quoted = texts.quoted(connection, record.id, version=latest.version) if latest else ()
        summary = summary_with(connection, record, quoted)
        tables = tables_of_summary(summary)
        require_nobody_in(tables, threshold=summary.disclosure_threshold)
        require_published(connection, record.id, tables)
    summary = replace(
        summary,
        version=latest.version if latest else _FIRST,
        themes=latest.themes if latest else (),
        themes_among=latest.themes_among if latest else 0,
    )
    if versions and new_groups(summary, versions):
        raise NotAllowed(problem("Die Auswertung zeigt andere Gruppen als ihre erste Fassung."))
    return summary


def versions_of(inst: Installation, name: str) -> tuple[Version, ...]:
    """Every version that was published, the oldest first."""
    record = require_counted(inst, name)
    with foreign_errors():
        connection = inst.database.read()
        kept = {(t.id, t.release) for t in texts.of_edition(connection, record.id) if t.released}
        return tuple(
            Version(
                one.version,
                one.published,
                len(one.texts),
                len(one.texts & kept),
                len(one.themes),
            )
            for one in publications.of_edition(connection, record.id)
        )


def versions_by_text(inst: Installation, name: str) -> dict[str, tuple[int, ...]]:
    """In which versions each text is quoted."""
    record = require_counted(inst, name)
    with foreign_errors():
        versions = publications.of_edition(inst.database.read(), record.id)
    found: dict[str, tuple[int, ...]] = {}
    for one in versions:
        for text, _ in one.texts:
            found[text] = (*found.get(text, ()), one.version)
    return found


def next_version(inst: Installation, name: str) -> NextVersion:
    """What would be new in the next version."""
    record = require_counted(inst, name)
    with foreign_errors():
        connection = inst.database.read()
        versions = publications.of_edition(connection, record.id)
        kept = texts.of_edition(connection, record.id)
        latest = versions[-1] if versions else None
        themes, _ = themes_now(connection, record, kept, latest)
    quoted = latest.texts if latest else frozenset()
    released = {(text.id, text.release) for text in kept if text.released is not None}
    fresh = tuple(t for t in kept if t.released is not None and (t.id, t.release) not in quoted)
    gone = {text for text, _ in quoted} - {text for text, _ in released}
    return NextVersion(
        (latest.version if latest else _FIRST) + 1,
        fresh,
        len(gone),
        themes,
        set(themes) != set(latest.themes if latest else ()),
    )
