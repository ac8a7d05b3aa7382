"""Use case: the editions of a series that were asked with another tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import NotFound
from survey.storage import earlier_editions
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition
    from survey.storage.connection import Connection


def of_series(inst: Installation, owner: str, series: str) -> tuple[EarlierEdition, ...]:
    """Those of that organisation's series (by its name), the oldest first."""
    with foreign_errors():
        return earlier_editions.of_series(inst.database.read(), owner, series)


def series_with_earlier(inst: Installation, owner: str) -> tuple[str, ...]:
    """Names of that organisation's series that have editions from elsewhere."""
    with foreign_errors():
        return earlier_editions.series_names(inst.database.read(), owner)


def find_earlier(inst: Installation, owner: str, series: str, edition_id: str) -> EarlierEdition:
    """The one with that id; NotFound also for another series' or organisation's."""
    for edition in of_series(inst, owner, series):
        if edition.id == edition_id:
            return edition
    raise NotFound("earlier edition", edition_id)


def delete_earlier(inst: Installation, owner: str, edition: EarlierEdition) -> None:
    """It is gone; NotFound if it was gone before."""

    def work(connection: Connection) -> None:
        if not earlier_editions.delete(connection, edition.id, organisation=owner):
            raise NotFound("earlier edition", edition.id)
        write_deed(
            connection,
            "earlier edition deleted",
            at=inst.clock(),
            edition="",
            facts={"title": edition.title, "series": edition.series},
        )

    inst.database.write(work)
