"""Use case: the check before the first mail. Errors block it, warnings have to be read, the rest is in order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import KeyMissing, NotAllowed, Problem, problem
from survey.housekeeping import profile_behind
from survey.keeping.backup import backups_in
from survey.keeping.doctor import BACKUP_OLD_AFTER, leads_to_this_machine
from survey.keeping.key_copies import places
from survey.keeping.retention import people_expire
from survey.mail_checking import needs_mail_check
from survey.model.edition_review import Review, review
from survey.model.schedule import MAILS
from survey.model.send_off import Circumstances, circumstances_review
from survey.scheduling import schedule_of
from survey.storage import editions, participants, warnings_read, wording_decisions
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.comparability import WordingDecision
    from survey.model.event import Edition, EditionRecord
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class SendOffCheck:
    """What the check found. A problem's `place` is a path in the edition: ``questionnaire.overall``, ``deadline``."""

    errors: tuple[Problem, ...]
    """These block the first mail."""
    warnings: tuple[Problem, ...]
    """These have to be read first."""
    passed: tuple[Problem, ...]
    """What was looked at and is in order."""
    has_read_warnings: bool = False
    """Somebody has read exactly these warnings."""

    @property
    def is_ready(self) -> bool:
        """True if the first mail may leave."""
        return not self.errors and (self.has_read_warnings or not self.warnings)


def send_off_check(inst: Installation, record: EditionRecord) -> SendOffCheck:
    """Everything that should be known before the first mail."""
    connection = inst.database.read()
    found = questionnaire_review(inst, record)
    around = circumstances_review(record.edition, _circumstances(inst, record))
    errors = (*around.errors, *found.errors)
    warnings = (*around.warnings, *found.warnings)
    return SendOffCheck(
        errors,
        warnings,
        (*around.passed, *found.passed),
        warnings_read.find(connection, record.id) == _digest(warnings),
    )


def require_send_off(inst: Installation, record: EditionRecord) -> None:
    """NotAllowed unless the first mail may leave; an edition that is open has had its first mail."""
    if record.opens is not None:
        return
    check = send_off_check(inst, record)
    if check.errors:
        raise NotAllowed(
            problem(
                "Die Prüfung vor dem Versand hat etwas gefunden, das zuerst behoben werden muss.",
                place="pruefung",
            )
        )
    if not check.is_ready:
        raise NotAllowed(
            problem(
                "Lesen Sie zuerst die Hinweise der Prüfung vor dem Versand.",
                place="pruefung",
            )
        )


def confirm_warnings(inst: Installation, record: EditionRecord, *, digest: str) -> bool:
    """The warnings were read; False if there are others by now."""
    check = send_off_check(inst, record)
    if digest != warnings_digest(check):
        return False

    def work(connection: Connection) -> None:
        warnings_read.remember(connection, record.id, digest)
        write_deed(
            connection,
            "warnings read",
            at=inst.clock(),
            edition=record.id,
            facts={"warnings": len(check.warnings)},
        )

    inst.database.write(work)
    return True


def warnings_digest(check: SendOffCheck) -> str:
    """What stands for exactly these warnings."""
    return _digest(check.warnings)


def decide_wording(inst: Installation, record: EditionRecord, decision: WordingDecision) -> None:
    """It is on record whether a changed wording mends a typo or asks something else."""

    def work(connection: Connection) -> None:
        wording_decisions.put(connection, record.id, decision)
        write_deed(
            connection,
            "wording decided",
            at=inst.clock(),
            edition=record.id,
            facts={"item": decision.item, "decision": decision.change.value},
        )

    inst.database.write(work)


def questionnaire_review(inst: Installation, record: EditionRecord) -> Review:
    """What is wrong with the questionnaire, and what should be known about it."""
    return review(
        record.edition,
        earlier_editions(inst, record),
        decisions=decisions_of(inst, record),
        people=_people(inst, record),
    )


def earlier_editions(inst: Installation, record: EditionRecord) -> tuple[Edition, ...]:
    """The organisation's editions of the series that were held before, the latest first."""
    known = editions.of_owner(inst.database.read(), record.owner)
    edition = record.edition
    return tuple(
        other.edition
        for other in known
        if other.id != record.id
        and other.edition.series == edition.series
        and other.edition.starts < edition.starts
    )


def decisions_of(inst: Installation, record: EditionRecord) -> dict[str, WordingDecision]:
    """What was decided about changed wordings, by the code of the question."""
    return wording_decisions.of_edition(inst.database.read(), record.id)


def _people(inst: Installation, record: EditionRecord) -> int:
    return sum(
        not person.is_withdrawn and not person.has_opted_out and not person.is_no_show
        for person in participants.of_edition(inst.database.read(), record.id)
    )


def _circumstances(inst: Installation, record: EditionRecord) -> Circumstances:
    now = inst.clock()
    profile = profile_behind(inst, record)
    backups = backups_in(inst.settings.backup_directory)
    return Circumstances(
        now=now,
        people=_people(inst, record),
        bookings=sum(participants.booked_sessions(inst.database.read(), record.id).values()),
        has_key=_has_key(inst, record),
        has_key_copy=any(
            (place / f"{record.id}.key").exists() for place in places(inst.settings.keys)
        ),
        has_fresh_backup=bool(backups) and now - backups[-1][0] <= BACKUP_OLD_AFTER,
        addresses_go=people_expire(record),
        least_disclosure=profile.disclosure_threshold,
        least_cell=profile.cell_threshold,
        later_mails=tuple(
            entry.moment
            for entry in schedule_of(inst, record).entries
            if entry.act in MAILS and entry.is_to_come
        ),
        has_checked_mail=not needs_mail_check(inst, record),
        leads_to_this_machine=leads_to_this_machine(inst),
        zone=inst.settings.zone,
    )


def _has_key(inst: Installation, record: EditionRecord) -> bool:
    try:
        inst.keys.prove(record.id, record.public_key)
    except KeyMissing:
        return False
    return True


def _digest(warnings: tuple[Problem, ...]) -> str:
    # Without the facts: a day fewer until the deadline is no new warning.
    said = "\n".join(sorted(f"{w.place}\t{w.key}" for w in warnings))
    return hashlib.sha256(said.encode()).hexdigest()
