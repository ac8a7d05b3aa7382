"""Use case: an organisation reads its log: who did what, and whether the log is whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import NotFound
from survey.preparing import editions_of
from survey.storage import accounts, deeds
from survey.storage.connection import foreign_errors
from survey.storage.moments import text_to_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.storage.connection import Connection
    from survey.storage.deeds import Deed

ON_ONE_PAGE = 50
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One deed as people read it."""

    number: str
    at: datetime
    edition: str
    """Title of the edition; empty where there is none, or it is deleted."""
    who: str
    """Name of the person; empty for the service itself and for accounts that are gone."""
    is_by_service: bool
    """True for what the service or its command line did."""
    deed: str
    facts: Mapping[str, str | int]
    people: Mapping[str, str]
    """Names of the accounts that the facts speak of, by id."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, newest first."""

    entries: tuple[LogEntry, ...]
    page: int
    pages: int
    entries_in_all: int


def log_page(
    inst: Installation, organisation: str, *, edition_id: str = "", page: int = 1
) -> LogPage:
    """The entries of that page, from 1; NotFound if there is no such page."""
    with foreign_errors():
        connection = inst.database.read()
        number = deeds.count_of_organisation(connection, organisation, edition=edition_id)
        pages = max(1, -(-number // ON_ONE_PAGE))
        if not 1 <= page <= pages:
            raise NotFound("page", str(page))
        found = deeds.of_organisation(
            connection,
            organisation,
            edition=edition_id,
            most=ON_ONE_PAGE,
            after=(page - 1) * ON_ONE_PAGE,
        )
        return LogPage(_entries(inst, organisation, found), page, pages, number)


def whole_log(
    inst: Installation, organisation: str, *, edition_id: str = ""
) -> tuple[LogEntry, ...]:
    """Every entry, newest first."""
    with foreign_errors():
        found = deeds.of_organisation(
            inst.database.read(), organisation, edition=edition_id, most=_MOST
        )
        return _entries(inst, organisation, found)


def first_altered_number(inst: Installation) -> str:
    """Number of the first entry, whoever's, that was altered or follows a missing one; empty for a whole log."""
    with foreign_errors():
        altered = deeds.first_altered(inst.database.read())
    return "" if altered is None else _number(altered)


def _entries(
    inst: Installation, organisation: str, found: tuple[Deed, ...]
) -> tuple[LogEntry, ...]:
    connection = inst.database.read()
    titles = {record.id: record.edition.title for record in editions_of(inst, organisation)}
    read = [(deed, json.loads(deed.facts)) for deed in found]
    ids = {deed.actor for deed in found} | {str(facts.get("colleague", "")) for _, facts in read}
    names = _names(connection, ids - {""})
    return tuple(
        LogEntry(
            number=_number(deed),
            at=_moment(deed),
            edition=titles.get(deed.edition, ""),
            who=names.get(deed.actor, ""),
            is_by_service=not deed.actor,
            deed=deed.deed,
            facts=facts,
            people=names,
        )
        for deed, facts in read
    )


def _names(connection: Connection, ids: set[str]) -> dict[str, str]:
    found = {account: accounts.find(connection, account) for account in ids}
    return {account: known.name or known.address for account, known in found.items() if known}


def _number(deed: Deed) -> str:
    return deed.id.partition("-")[0].lstrip("0")


def _moment(deed: Deed) -> datetime:
    at = text_to_moment(deed.at)
    assert at is not None  # noqa: S101 -- NOT NULL in the schema
    return at
