"""Use case: editions are made, changed within the rules, opened, extended, closed and reopened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from survey.errors import ChangedMeanwhile, NotAllowed, NotFound, problem
from survey.model.conditions import wrong_conditions
from survey.model.event import SMALL_EDITION, EditionRecord, EditionState
from survey.model.freezing import changed_parts, frozen_parts
from survey.model.personal_form import largest_response
from survey.model.profile import LEAST_CELL, LEAST_DISCLOSURE
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage import count_orders, editions, participants, profiles, ways_in
from survey.storage.connection import CONSTRAINT_BROKEN, foreign_errors
from survey.storage.deeds import write_deed
from survey.urn.sealing import BOX_SIZES, capacity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.model.profile import Profile
    from survey.storage.connection import Connection

Result = TypeVar("Result")
_EDITION_ID_BYTES = 8


def create_edition(
    inst: Installation, edition: Edition, *, owner: str = MAIN_ORGANISATION
) -> EditionRecord:
    """A planned edition of that organisation with a key of its own.

    NotAllowed if the name is taken, no box would hold its answers, or the organisation demands higher thresholds.
    """
    _require_sound_conditions(edition)
    with foreign_errors():
        _require_thresholds(profiles.find(inst.database.read(), owner), edition)
    fitting = replace(edition, box_size=_box_size(edition))
    edition_id = inst.random_bytes(_EDITION_ID_BYTES).hex()
    with foreign_errors():
        if editions.find(inst.database.read(), edition.name) is not None:
            raise _name_taken(edition)
    record = EditionRecord(edition_id, fitting, 1, inst.keys.create(edition_id), owner=owner)

    def work(connection: Connection) -> None:
        editions.insert(connection, record)
        write_deed(connection, "edition created", at=inst.clock(), edition=edition_id)

    try:
        inst.database.write(work)
    except CONSTRAINT_BROKEN as error:
        inst.keys.discard(edition_id)
        raise _name_taken(edition) from error
    return record


def find_edition(inst: Installation, name: str) -> EditionRecord:
    """The edition with that short name; NotFound if there is none."""
    with foreign_errors():
        record = editions.find(inst.database.read(), name)
    if record is None:
        raise NotFound("edition", name)
    return record


def edition_of(inst: Installation, owner: str, name: str) -> EditionRecord:
    """That organisation's edition; NotFound also for another organisation's."""
    record = find_edition(inst, name)
    if record.owner != owner:
        raise NotFound("edition", name)
    return record


def editions_of(inst: Installation, owner: str) -> tuple[EditionRecord, ...]:
    """That organisation's editions, the latest event first."""
    with foreign_errors():
        return editions.of_owner(inst.database.read(), owner)


def list_editions(inst: Installation) -> tuple[EditionRecord, ...]:
    """Every edition, the latest event first."""
    with foreign_errors():
        return editions.all_editions(inst.database.read())


def change_edition(
    inst: Installation, name: str, edition: Edition, *, based_on: int | None = None
) -> tuple[str, ...]:
    """The parts that changed, as paths; NotAllowed, naming each, if any of them is frozen.

    ChangedMeanwhile if the edition has another revision than the one the change was `based_on`.
    """

    def work(connection: Connection, record: EditionRecord, now: datetime) -> tuple[str, ...]:
        if based_on is not None and record.revision != based_on:
            raise ChangedMeanwhile
        _require_sound_conditions(edition)
        # A file that leaves the box size open means the one already chosen.
        size = edition.box_size or (record.edition.box_size if record.opens else 0)
        changed = replace(edition, box_size=size or _box_size(edition))
        parts = changed_parts(record.edition, changed)
        frozen = frozen_parts(record.edition, changed, is_opened=record.opens is not None)
        frozen += _booked_and_gone(connection, record, changed)
        if record.count_started is not None and "deadline" in parts:
            frozen += ("deadline",)
        if frozen:
            raise NotAllowed(
                problem(
                    "Das lässt sich nicht mehr ändern: %(parts)s",
                    parts=", ".join(dict.fromkeys(frozen)),
                )
            )
        if not parts:
            return ()
        if {"disclosure_threshold", "cell_threshold"} & set(parts):
            _require_thresholds(profiles.find(connection, record.owner), edition)
        if record.opens is None:
            changed = replace(changed, box_size=_box_size(changed))
        elif "deadline" in parts:
            _require_extension(record, edition.deadline, now)
            editions.set_closes(connection, record.id, edition.deadline)
        editions.update_definition(connection, record.id, changed)
        facts = {"parts": ", ".join(parts)}
        write_deed(connection, "edition changed", at=now, edition=record.id, facts=facts)
        return parts

    return _on_edition(inst, name, work)


def extend_deadline(inst: Installation, name: str, deadline: datetime) -> EditionRecord:
    """A later deadline is in force; NotAllowed if it is not later, has passed, or the edition has closed."""

    def work(connection: Connection, record: EditionRecord, now: datetime) -> EditionRecord:
        _require_extension(record, deadline, now)
        return _set_deadline(connection, record, deadline, now=now, deed="deadline extended")

    return _on_edition(inst, name, work)


def close_now(inst: Installation, name: str) -> EditionRecord:
    """The form closes now; NotAllowed if it is not open."""

    def work(connection: Connection, record: EditionRecord, now: datetime) -> EditionRecord:
        if record.state(now) is not EditionState.OPEN:
            raise NotAllowed(problem("Diese Ausgabe ist nicht offen."))
        editions.set_closes(connection, record.id, now)
        editions.set_passed(connection, record.id, now)
        write_deed(connection, "edition closed", at=now, edition=record.id)
        return editions.require(connection, record.name)

    return _on_edition(inst, name, work)


def reopen(inst: Installation, name: str, deadline: datetime) -> EditionRecord:
    """A closed edition takes answers again until the new deadline; NotAllowed once its count has started."""

    def work(connection: Connection, record: EditionRecord, now: datetime) -> EditionRecord:
        if record.count_started is not None or record.counted is not None:
            raise NotAllowed(
                problem("Die Auszählung hat begonnen. Die Ausgabe bleibt geschlossen.")
            )
        if record.state(now) is not EditionState.CLOSED:
            raise NotAllowed(problem("Diese Ausgabe ist nicht geschlossen."))
        _require_future(deadline, now)
        count_orders.withdraw(connection, record.id)
        return _set_deadline(connection, record, deadline, now=now, deed="edition reopened")

    return _on_edition(inst, name, work)


def opened_for_answers(
    connection: Connection, record: EditionRecord, now: datetime, *, invited: int
) -> EditionRecord:
    """The edition as its first mail opens it, its size class fixed; an open one stays as it is."""
    state = record.state(now)
    if state is EditionState.OPEN:
        return record
    deadline = record.edition.deadline
    if state is not EditionState.PLANNED or deadline <= now:
        raise NotAllowed(problem("Die Befragung ist geschlossen. Verlängern Sie zuerst die Frist."))
    # Who answered by an open link or on paper is reminded with everybody else, as in a small edition.
    has_other_ways = ways_in.of_edition(connection, record.id).is_any
    editions.open_for_answers(
        connection,
        record.id,
        opens=now,
        closes=deadline,
        size_class="small" if has_other_ways or invited < SMALL_EDITION else "large",
    )
    write_deed(connection, "edition opened", at=now, edition=record.id)
    return editions.require(connection, record.name)


def _on_edition(
    inst: Installation,
    name: str,
    work: Callable[[Connection, EditionRecord, datetime], Result],
) -> Result:
    return inst.database.write(
        lambda connection: work(connection, editions.require(connection, name), inst.clock())
    )


def _set_deadline(
    connection: Connection, record: EditionRecord, deadline: datetime, *, now: datetime, deed: str
) -> EditionRecord:
    if record.opens is not None:
        editions.set_closes(connection, record.id, deadline)
    editions.update_definition(connection, record.id, replace(record.edition, deadline=deadline))
    facts = {"deadline": deadline.isoformat()}
    write_deed(connection, deed, at=now, edition=record.id, facts=facts)
    return editions.require(connection, record.name)


def _require_sound_conditions(edition: Edition) -> None:
    for found in wrong_conditions(edition.questionnaire):
        raise NotAllowed(found)


def _require_extension(record: EditionRecord, deadline: datetime, now: datetime) -> None:
    if record.state(now) in {EditionState.CLOSED, EditionState.COUNTED}:
        raise NotAllowed(problem("Diese Ausgabe ist geschlossen."))
    if record.closes is not None and deadline <= record.closes:
        raise NotAllowed(problem("Die Frist lässt sich nur verlängern."))
    _require_future(deadline, now)


def _require_future(deadline: datetime, now: datetime) -> None:
    if deadline <= now:
        raise NotAllowed(problem("Die Frist liegt in der Vergangenheit."))


def _booked_and_gone(
    connection: Connection, record: EditionRecord, changed: Edition
) -> tuple[str, ...]:
    there = {session.code for session in changed.programme.sessions}
    booked = participants.booked_sessions(connection, record.id)
    return tuple(f"programme.sessions.{code}" for code in sorted(booked) if code not in there)


def _require_thresholds(profile: Profile | None, edition: Edition) -> None:
    """What an organisation has raised once binds its new editions."""
    if profile is None:
        return
    for asked, least, lowest in (
        (edition.disclosure_threshold, profile.disclosure_threshold, LEAST_DISCLOSURE),
        (edition.cell_threshold, profile.cell_threshold, LEAST_CELL),
    ):
        if asked < least and least > lowest:
            raise NotAllowed(
                problem(
                    "Ihre Organisation verlangt eine Mindestzahl von %(least)d statt %(asked)d. "
                    "So steht es in den Einstellungen.",
                    least=least,
                    asked=asked,
                )
            )


def _box_size(edition: Edition) -> int:
    needed = largest_response(edition)
    wanted = edition.box_size or next((s for s in BOX_SIZES if capacity(s) >= needed), 0)
    if wanted not in BOX_SIZES or capacity(wanted) < needed:
        raise NotAllowed(
            problem(
                "Die längste gültige Antwort hat %(needed)d Bytes. In einen Umschlag von %(size)d Bytes "
                "passen %(capacity)d. Kürzen Sie Freitexte, oder wählen Sie box_size 4096, 16384 oder 65536.",
                needed=needed,
                size=wanted or BOX_SIZES[-1],
                capacity=max(0, capacity(wanted or BOX_SIZES[-1])),
            )
        )
    return wanted


def _name_taken(edition: Edition) -> NotAllowed:
    return NotAllowed(problem("Eine Ausgabe „%(name)s“ gibt es schon.", name=edition.name))
