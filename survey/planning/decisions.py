"""Use case: planners decide what stays, changes or goes; the next edition is prepared with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.errors import NotFound
from survey.language.wording import Wording
from survey.planning.subjects import OWN, THEME, subjects_of
from survey.preparing import editions_of
from survey.reporting.published import published_summary
from survey.reporting.summarise import require_counted
from survey.storage import planning, themes
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.planning import PlannedDecision
    from survey.storage.connection import Connection

_OWN_BYTES = 6


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what it is about."""

    decision: PlannedDecision
    label: Wording
    """The question, theme or session; empty for something of the planners' own."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was decided from the last edition for the one that is prepared now."""

    record: EditionRecord
    """The edition that it was decided from."""
    decided: tuple[Decided, ...]


def decisions_of(inst: Installation, record: EditionRecord) -> tuple[PlannedDecision, ...]:
    """What was decided from the edition."""
    with foreign_errors():
        return planning.of_edition(inst.database.read(), record.id)


def decided_from(inst: Installation, record: EditionRecord) -> tuple[Decided, ...]:
    """The same with what each is about, in the order of the questionnaire; the planners' own come last."""
    labels = _all_labels(inst, record)
    order = {subject: place for place, subject in enumerate(labels)}
    found = sorted(
        decisions_of(inst, record),
        key=lambda decision: (order.get(decision.subject, len(order)), decision.subject),
    )
    return tuple(Decided(one, labels.get(one.subject, Wording(""))) for one in found)


def public_decisions(inst: Installation, record: EditionRecord) -> tuple[Decided, ...]:
    """Those that everybody may read."""
    return tuple(one for one in decided_from(inst, record) if one.decision.is_public)


def decision_about(
    inst: Installation, record: EditionRecord, subject: str
) -> PlannedDecision | None:
    """What was decided about the subject; None if nothing was."""
    return next((one for one in decisions_of(inst, record) if one.subject == subject), None)


def decidable_subjects(inst: Installation, record: EditionRecord) -> dict[str, Wording]:
    """What can be decided about: what the edition asked and held, and the themes that were published."""
    require_counted(inst, record.name)
    told = {f"{THEME}{theme.code}" for theme in published_summary(inst, record.name).themes}
    return {
        subject: label
        for subject, label in _all_labels(inst, record).items()
        if not subject.startswith(THEME) or subject in told
    }


def decide(inst: Installation, record: EditionRecord, decision: PlannedDecision) -> PlannedDecision:
    """This is decided about its subject, whatever was decided before; the subject ``own:`` stands for a new one.

    NotAllowed before the count, NotFound if the edition has no such subject.
    """
    known = decidable_subjects(inst, record)
    if decision.subject == OWN:
        decision = replace(decision, subject=f"{OWN}{inst.random_bytes(_OWN_BYTES).hex()}")
    elif decision.subject not in known:
        _require_decided(inst, record, decision.subject)

    def work(connection: Connection) -> None:
        planning.put(connection, record.id, decision)
        deed = "public decision planned" if decision.is_public else "decision planned"
        _write_deed(inst, connection, record, deed, decision)

    inst.database.write(work)
    return decision


def take_back(inst: Installation, record: EditionRecord, subject: str) -> None:
    """Nothing is decided about the subject any longer; NotFound if nothing was."""
    decision = _require_decided(inst, record, subject)

    def work(connection: Connection) -> None:
        if not planning.delete(connection, record.id, subject=subject):
            raise NotFound("decision", subject)
        _write_deed(inst, connection, record, "decision taken back", decision)

    inst.database.write(work)


def preparation_of(inst: Installation, record: EditionRecord) -> Preparation | None:
    """What was decided from the last counted edition of the series before this one; None if nothing was."""
    before = [
        earlier
        for earlier in editions_of(inst, record.owner)
        if earlier.edition.series == record.edition.series
        and earlier.id != record.id
        and earlier.counted is not None
        and earlier.edition.starts <= record.edition.starts
    ]
    if not before:
        return None
    last = max(before, key=lambda earlier: (earlier.edition.starts, earlier.name))
    decided = decided_from(inst, last)
    return Preparation(last, decided) if decided else None


def _require_decided(inst: Installation, record: EditionRecord, subject: str) -> PlannedDecision:
    found = decision_about(inst, record, subject)
    if found is None:
        raise NotFound("decision", subject)
    return found


def _all_labels(inst: Installation, record: EditionRecord) -> dict[str, Wording]:
    with foreign_errors():
        codebook = themes.of_series(inst.database.read(), record.owner, record.edition.series)
    return subjects_of(record.edition, codebook)


def _write_deed(
    inst: Installation,
    connection: Connection,
    record: EditionRecord,
    deed: str,
    decision: PlannedDecision,
) -> None:
    facts = {"subject": decision.subject, "course": decision.course.value}
    write_deed(connection, deed, at=inst.clock(), edition=record.id, facts=facts)
