"""Use case: somebody orders a count and leaves; whatever does what falls due counts, or notes why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.counting import count_edition, require_time
from survey.errors import (
    BackupRefused,
    CountRefused,
    KeyMissing,
    NachklangError,
    NotAllowed,
    WitnessMismatch,
    problem,
)
from survey.preparing import find_edition
from survey.storage import count_orders
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection
    from survey.storage.count_orders import CountOrder


def order_count(inst: Installation, name: str) -> None:
    """The count is done soon, by whatever does what falls due; NotAllowed before its time or once it is done."""
    record = find_edition(inst, name)
    if record.key_destroyed is not None:
        raise NotAllowed(problem("Diese Ausgabe ist schon ausgezählt."))
    if record.count_started is None:
        require_time(inst, record, by_hand=True)

    def work(connection: Connection) -> None:
        count_orders.order(connection, record.id, at=inst.clock())
        write_deed(connection, "count ordered", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def do_ordered_counts(inst: Installation) -> tuple[NachklangError | Problem, ...]:
    """Every count that was ordered is done, or says why it failed and waits for a person; what went wrong."""
    with foreign_errors():
        names = count_orders.waiting(inst.database.read())
    return tuple(trouble for name in names if (trouble := _do_ordered_count(inst, name)))


def count_order(inst: Installation, record: EditionRecord) -> CountOrder | None:
    """The order to count that edition, with what went wrong; None if nobody ordered it or it is done."""
    with foreign_errors():
        return count_orders.of_edition(inst.database.read(), record.id)


def _do_ordered_count(inst: Installation, name: str) -> NachklangError | Problem | None:
    record = find_edition(inst, name)
    try:
        count_edition(inst, name, by_hand=True, progress=lambda _step: None)
    except NachklangError as error:
        why = _what_to_do(error)
        inst.database.write(lambda connection: count_orders.fail(connection, record.id, why))
        return error
    except OSError as error:  # a full disk, a folder of backups that is away
        why = problem("Das ist am System gescheitert: %(why)s", why=str(error))
        inst.database.write(lambda connection: count_orders.fail(connection, record.id, why))
        return why
    inst.database.write(lambda connection: count_orders.withdraw(connection, record.id))
    return None


def _what_to_do(error: NachklangError) -> Problem:
    match error:
        case NotAllowed(why=why) | CountRefused(why=why) | BackupRefused(why=why):
            return why
        case WitnessMismatch(witnessed=witnessed, found=found):
            return problem(
                "Bezeugt sind %(witnessed)d Umschläge, in der Urne liegen %(found)d. Gezählt wird erst, "
                "wenn jemand das geprüft und bestätigt hat.",
                witnessed=witnessed,
                found=found,
            )
        case KeyMissing():
            return problem(
                "Der Schlüssel dieser Ausgabe fehlt oder passt nicht. Holen Sie ihn aus der Sicherung der "
                "Schlüssel zurück."
            )
        case _:
            return problem(
                "Der Dienst konnte gerade nicht speichern. Versuchen Sie es in ein paar Minuten noch einmal."
            )
