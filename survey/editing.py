"""Use case: a new edition from an earlier one or from a template, and a planned one that is given up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey import housekeeping, preparing
from survey.errors import NotAllowed, problem
from survey.keeping.deletions import EVERYBODY, note_deletion
from survey.model.copying import (
    copied_edition,
    proposed_beginning,
    proposed_years,
    with_gaps_filled,
)
from survey.storage import editions, participants
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed
from survey.storage.giving_up import delete_planned as delete_rows

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.copying import Beginning
    from survey.model.event import Edition, EditionRecord
    from survey.storage.connection import Connection


def sources_of(
    inst: Installation, owner: str
) -> tuple[tuple[EditionRecord, ...], tuple[EditionRecord, ...]]:
    """What a new edition can be copied from: the latest of each series, and all others; the latest event first."""
    latest: list[EditionRecord] = []
    others: list[EditionRecord] = []
    seen: set[str] = set()
    for record in preparing.editions_of(inst, owner):
        (others if record.edition.series in seen else latest).append(record)
        seen.add(record.edition.series)
    return tuple(latest), tuple(others)


def series_of(inst: Installation, owner: str) -> tuple[str, ...]:
    """The organisation's series, by name."""
    return tuple(sorted({r.edition.series for r in preparing.editions_of(inst, owner)}))


def propose_copy(
    inst: Installation, source: EditionRecord, *, year: int | None = None
) -> Beginning:
    """Days, title and short name for the next edition after that one; of a year, where one is asked for."""
    known = preparing.editions_of(inst, source.owner)
    zone = inst.settings.zone
    return proposed_beginning(
        source.edition,
        today=inst.clock().astimezone(zone).date(),
        zone=zone,
        series=[r.edition.starts for r in known if r.edition.series == source.edition.series],
        taken=[r.name for r in known],
        year=year,
    )


def years_to_propose(inst: Installation, source: EditionRecord) -> tuple[int, ...]:
    """The years that a copy can be proposed for; none where the series meets more often."""
    known = preparing.editions_of(inst, source.owner)
    return proposed_years(
        source.edition,
        today=inst.clock().astimezone(inst.settings.zone).date(),
        series=[r.edition.starts for r in known if r.edition.series == source.edition.series],
    )


def copy_of(inst: Installation, source: EditionRecord, beginning: Beginning) -> Edition:
    """The new edition that the copy would be; the organisation's settings fill what the earlier one left open."""
    profile = housekeeping.profile_of(inst, source.owner)
    return with_gaps_filled(copied_edition(source.edition, beginning), profile)


def begun_edition(inst: Installation, template: Edition, *, owner: str) -> Edition:
    """The template as that organisation begins it."""
    return housekeeping.profile_of(inst, owner).begin(template)


def create(inst: Installation, edition: Edition, *, owner: str) -> EditionRecord:
    """A planned edition of that organisation; refused as `preparing.create_edition` does, and below its thresholds."""
    _require_house_thresholds(inst, edition, owner, before=None)
    return preparing.create_edition(inst, edition, owner=owner)


def change(
    inst: Installation, record: EditionRecord, edition: Edition, *, based_on: int | None
) -> tuple[str, ...]:
    """The parts that changed, as paths; refused as `preparing.change_edition` does, and below the house's thresholds.

    `based_on` is the revision that the person saw.
    """
    _require_house_thresholds(inst, edition, record.owner, before=record.edition)
    fitting = replace(edition, box_size=0) if record.opens is None else edition
    return preparing.change_edition(inst, record.name, fitting, based_on=based_on)


def bookings_of(inst: Installation, record: EditionRecord) -> dict[str, int]:
    """How many people booked each session that somebody booked."""
    with foreign_errors():
        return participants.booked_sessions(inst.database.read(), record.id)


def people_of(inst: Installation, record: EditionRecord) -> int:
    """How many people are on the edition's list."""
    with foreign_errors():
        return participants.count(inst.database.read(), record.id)


def delete_planned(inst: Installation, record: EditionRecord) -> None:
    """The edition, its list and its key are gone; NotAllowed once its first mail has left."""

    def work(connection: Connection) -> None:
        now_there = editions.require(connection, record.name)
        if now_there.id != record.id or now_there.opens is not None:
            raise NotAllowed(
                problem(
                    "Diese Ausgabe war schon für Antworten geöffnet. Sie lässt sich nicht mehr löschen."
                )
            )
        had_people = participants.count(connection, record.id) > 0
        delete_rows(connection, record.id)
        facts = {"name": record.name}
        write_deed(connection, "edition deleted", at=inst.clock(), edition=record.id, facts=facts)
        if had_people:
            # Before the commit: a backup from before must not bring these people back.
            note_deletion(inst.settings, record.id, EVERYBODY)

    inst.database.write(work)
    inst.keys.discard(record.id)


def _require_house_thresholds(
    inst: Installation, edition: Edition, owner: str, *, before: Edition | None
) -> None:
    """What was lower before the organisation raised its thresholds may stay, but not fall."""
    least = housekeeping.profile_of(inst, owner)
    for name in ("disclosure_threshold", "cell_threshold"):
        known = getattr(least, name) if before is None else getattr(before, name)
        if getattr(edition, name) < min(getattr(least, name), known):
            raise NotAllowed(
                problem(
                    "Die Mindestgrößen dürfen nicht unter denen Ihrer Organisation liegen: %(group)d und %(cell)d.",
                    group=least.disclosure_threshold,
                    cell=least.cell_threshold,
                )
            )
