"""Use case: a summary leaves the house, once it gives nobody away and its groups are on record.

What the first version shows draws the line: no later version, file or export shows any other group of people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.preparing import find_edition
from survey.reporting.publishing import audit_summary, group_definitions
from survey.reporting.summarise import summarise
from survey.storage import publications
from survey.storage.deeds import write_deed
from survey.storage.publications import Publication

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.summary import EditionSummary
    from survey.storage.connection import Connection


def publish(inst: Installation, name: str) -> EditionSummary:
    """The summary, on record as published; NotAllowed if anybody could be found in it or its groups are new."""
    summary = summarise(inst, name)
    require_nobody_found(summary)
    record = find_edition(inst, name)
    publication = Publication(summary.version, group_definitions(summary), inst.clock())

    def work(connection: Connection) -> None:
        earlier = publications.of_edition(connection, record.id)
        new = set(publication.groups).difference(earlier[0].groups) if earlier else set()
        if new:
            raise NotAllowed(
                problem(
                    "Diese Gruppen kommen in der ersten Fassung nicht vor und bleiben ungenannt: %(groups)s",
                    groups=", ".join(sorted(new)),
                )
            )
        if publication.version in {one.version for one in earlier}:
            return
        publications.insert(connection, record.id, publication)
        facts = {"version": publication.version, "groups": len(publication.groups)}
        write_deed(
            connection,
            "summary published",
            at=publication.published,
            edition=record.id,
            facts=facts,
        )

    inst.database.write(work)
    return summary


def require_nobody_found(summary: EditionSummary) -> None:
    """NotAllowed if the summary's tables, added and subtracted, give anybody away."""
    if audit_summary(summary):
        raise NotAllowed(
            problem(
                "Die Auswertung würde Gruppen von weniger als %(threshold)d Personen verraten. "
                "Sie wird nicht herausgegeben.",
                threshold=summary.disclosure_threshold,
            )
        )
