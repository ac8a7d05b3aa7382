"""Use case: a summary leaves the house, once it gives nobody away and its groups are on record.

What the first version shows draws the line: no later version, file or export shows any other group of people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.reporting.publication_log import exposures, put_on_record, tables_of_summary
from survey.reporting.publishing import group_definitions
from survey.reporting.summarise import current_themes, require_counted, summary_with
from survey.statistics.published_audit import audit_published
from survey.storage import publications, texts
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed
from survey.storage.publications import Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.published_table import PublishedTable
    from survey.model.summary import EditionSummary, ThemeCount
    from survey.model.tally import KeptText
    from survey.storage.connection import Connection


def publish(inst: Installation, name: str) -> EditionSummary:
    """The summary with everything released so far, on record as published.

    It is a new version if it says anything that the latest one does not. NotAllowed if anybody could be found in it or
    its groups are new.
    """
    record = require_counted(inst, name)
    return inst.database.write(lambda connection: _publish(inst, connection, record))


def publish_first_version(inst: Installation, name: str) -> None:
    """The first version, without quotes, is on record; a published edition stays as it is."""
    record = require_counted(inst, name)

    def work(connection: Connection) -> None:
        if not publications.of_edition(connection, record.id):
            summary = summary_with(connection, record, ())
            require_nobody_found(summary)
            _put_tables_on_record(inst, connection, record, summary)
            _put_on_record(
                inst,
                connection,
                record,
                Publication(
                    summary.version,
                    group_definitions(summary),
                    inst.clock(),
                    themes_among=len(texts.of_edition(connection, record.id)),
                ),
            )

    inst.database.write(work)


def put_counted_tables_on_record(inst: Installation, name: str) -> None:
    """What the count has left and may be shown is on record, so that pages can show it at once.

    Tables that give anybody away are not, and hold up no count: then every surface refuses the summary.
    """
    record = require_counted(inst, name)
    with foreign_errors():
        summary = summary_with(inst.database.read(), record, ())

    def work(connection: Connection) -> None:
        if not exposures(
            connection,
            record.id,
            tables_of_summary(summary),
            threshold=summary.disclosure_threshold,
        ):
            _put_tables_on_record(inst, connection, record, summary)

    inst.database.write(work)


def unpublished(inst: Installation, records: Sequence[EditionRecord]) -> tuple[EditionRecord, ...]:
    """Those of the editions that are counted, and of which no version is on record."""
    with foreign_errors():
        connection = inst.database.read()
        return tuple(
            record
            for record in records
            if record.counted is not None and not publications.of_edition(connection, record.id)
        )


def require_nobody_found(summary: EditionSummary) -> None:
    """NotAllowed if the summary's tables, added and subtracted, give anybody away."""
    require_nobody_in(tables_of_summary(summary), threshold=summary.disclosure_threshold)


def require_nobody_in(tables: Iterable[PublishedTable], *, threshold: int) -> None:
    """NotAllowed if the tables, added and subtracted, give anybody away."""
    if audit_published(tables, threshold=threshold):
        raise NotAllowed(
            problem(
                "Die Auswertung würde Gruppen von weniger als %(threshold)d Personen verraten. "
                "Sie wird nicht herausgegeben.",
                threshold=threshold,
            )
        )


def themes_now(
    connection: Connection,
    record: EditionRecord,
    kept: Sequence[KeptText],
    latest: Publication | None,
) -> tuple[tuple[ThemeCount, ...], int]:
    """The themes, and in how many texts they were counted; as published before once unreleased texts are gone."""
    if latest is not None and len(kept) < latest.themes_among:
        return latest.themes, latest.themes_among
    return current_themes(connection, record, kept), len(kept)


def new_groups(summary: EditionSummary, earlier: Sequence[Publication]) -> tuple[str, ...]:
    """Groups of the summary that the first version did not show."""
    if not earlier:
        return ()
    return tuple(sorted(set(group_definitions(summary)).difference(earlier[0].groups)))


def _publish(inst: Installation, connection: Connection, record: EditionRecord) -> EditionSummary:
    kept = texts.of_edition(connection, record.id)
    earlier = publications.of_edition(connection, record.id)
    latest = earlier[-1] if earlier else None
    themes, among = themes_now(connection, record, kept, latest)
    summary = replace(summary_with(connection, record, kept), themes=themes, themes_among=among)
    require_nobody_found(summary)
    unheard = new_groups(summary, earlier)
    if unheard:
        raise NotAllowed(
            problem(
                "Diese Gruppen kommen in der ersten Fassung nicht vor und bleiben ungenannt: %(groups)s",
                groups=", ".join(unheard),
            )
        )
    released = frozenset((text.id, text.release) for text in kept if text.released is not None)
    if latest and (latest.texts, set(latest.themes)) == (released, set(themes)):
        return replace(summary, version=latest.version)
    _put_tables_on_record(inst, connection, record, summary)
    version = max(summary.version, latest.version + 1 if latest else 1)
    _put_on_record(
        inst,
        connection,
        record,
        Publication(version, group_definitions(summary), inst.clock(), released, themes, among),
    )
    return replace(summary, version=version)


def _put_tables_on_record(
    inst: Installation, connection: Connection, record: EditionRecord, summary: EditionSummary
) -> None:
    put_on_record(
        connection,
        record.id,
        tables_of_summary(summary),
        at=inst.clock(),
        threshold=summary.disclosure_threshold,
    )


def _put_on_record(
    inst: Installation, connection: Connection, record: EditionRecord, publication: Publication
) -> None:
    publications.insert(connection, record.id, publication)
    facts = {
        "version": publication.version,
        "groups": len(publication.groups),
        "quotes": len(publication.texts),
    }
    write_deed(connection, "summary published", at=inst.clock(), edition=record.id, facts=facts)
