"""Use case: the series of an organisation, with everything that was asked in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.earlier.editions import of_series, series_with_earlier
from survey.errors import NotFound
from survey.model.series_address import series_addresses
from survey.storage import editions, organisations
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition
    from survey.model.event import EditionRecord


@dataclass(frozen=True, slots=True)
class Series:
    """One series of an organisation."""

    owner: str
    """Id of the organisation."""
    address: str
    """What it is called in addresses and commands."""
    name: str
    records: tuple[EditionRecord, ...]
    """Its editions, the oldest first, whatever their state."""
    earlier: tuple[EarlierEdition, ...] = ()
    """Those from elsewhere, the oldest first."""

    @property
    def counted(self) -> tuple[EditionRecord, ...]:
        """Editions of which there are results."""
        return tuple(record for record in self.records if record.counted is not None)


def all_series(inst: Installation, owner: str) -> tuple[Series, ...]:
    """Every series of the organisation, by name."""
    return tuple(
        _series(inst, owner, address, name)
        for address, name in sorted(
            _addresses(inst, owner).items(), key=lambda entry: entry[1].casefold()
        )
    )


def find_series(inst: Installation, owner: str, called: str) -> Series:
    """The series with that address or name, of which alone editions are read; NotFound also for another's."""
    for address, name in sorted(
        _addresses(inst, owner).items(), key=lambda entry: entry[1].casefold()
    ):
        if called in {address, name}:
            return _series(inst, owner, address, name)
    raise NotFound("series", called)


def series_called(inst: Installation, called: str) -> tuple[Series, ...]:
    """The series with that address or name in every organisation that has one."""
    with foreign_errors():
        known = organisations.all_organisations(inst.database.read())
    return tuple(
        series
        for organisation in known
        for series in all_series(inst, organisation.id)
        if called in {series.address, series.name}
    )


def _addresses(inst: Installation, owner: str) -> dict[str, str]:
    with foreign_errors():
        names = editions.series_names(inst.database.read(), owner)
    return series_addresses((*names, *series_with_earlier(inst, owner)))


def _series(inst: Installation, owner: str, address: str, name: str) -> Series:
    with foreign_errors():
        records = editions.of_series(inst.database.read(), owner, name)
    oldest_first = sorted(records, key=lambda r: (r.edition.starts, r.name))
    return Series(owner, address, name, tuple(oldest_first), of_series(inst, owner, name))
