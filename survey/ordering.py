"""Use case: somebody orders a count or a backup and leaves; whatever does what falls due does it, or notes why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.counting import count_edition, require_time, somebody_counts
from survey.errors import (
    BackupRefused,
    CountRefused,
    KeyMissing,
    NachklangError,
    NotAllowed,
    WitnessMismatch,
    problem,
)
from survey.housekeeping import back_up
from survey.keeping.backup import somebody_backs_up
from survey.preparing import find_edition
from survey.storage import backup_orders, count_orders
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.backup_orders import BackupOrder
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
    """Every count that was ordered is done, or says why it failed and waits for a person; what went wrong.

    Nothing while another process counts: mails would wait here for it, and orders are looked at again soon.
    """
    if somebody_counts(inst):
        return ()
    with foreign_errors():
        names = count_orders.waiting(inst.database.read())
    return tuple(trouble for name in names if (trouble := _do_ordered_count(inst, name)))


def count_order(inst: Installation, record: EditionRecord) -> CountOrder | None:
    """The order to count that edition, with what went wrong; None if nobody ordered it or it is done."""
    with foreign_errors():
        return count_orders.of_edition(inst.database.read(), record.id)


def order_backup(inst: Installation) -> None:
    """A backup is made soon, by whatever does what falls due."""

    def work(connection: Connection) -> None:
        backup_orders.order(connection, at=inst.clock())
        write_deed(connection, "backup ordered", at=inst.clock(), edition="")

    inst.database.write(work)


def do_ordered_backup(inst: Installation) -> NachklangError | Problem | None:
    """The backup that was ordered is made, or says why it failed and waits for a person; what went wrong."""
    order = backup_order(inst)
    if order is None or order.trouble is not None or somebody_backs_up(inst):
        return None
    try:
        back_up(inst.acting(order.by))
    except NachklangError as error:
        why = _what_to_do(error)
        inst.database.write(lambda connection: backup_orders.fail(connection, why))
        return error
    except OSError as error:  # a full or missing disk: nothing was kept
        why = problem("Die Sicherung ist am System gescheitert: %(why)s", why=error.strerror or "")
        inst.database.write(lambda connection: backup_orders.fail(connection, why))
        return why
    inst.database.write(backup_orders.withdraw)
    return None


def backup_order(inst: Installation) -> BackupOrder | None:
    """The order to make a backup, with what went wrong; None if nobody ordered one or it is made."""
    with foreign_errors():
        return backup_orders.find(inst.database.read())


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
