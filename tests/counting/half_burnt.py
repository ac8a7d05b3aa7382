"""A count that is cut off between the numbers and the last burnt box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from survey.installation import Installation
from survey.keeping.restore import restore_backup
from survey.storage import after_count, boxes, tallies, texts, totals
from survey.storage.connection import Database
from tests.people import stored_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection


ANSWERS = 12
LEFT = 7
STEPS = ("Umschläge öffnen", "Auszählen", "Zahlen schreiben", "Umschläge löschen")


class PowerCut(Exception):
    """Nobody catches it."""


def cut_at(step: str) -> Callable[[str], None]:
    def progress(message: str) -> None:
        if message == step:
            raise PowerCut

    return progress


def only_tally(inst: Installation) -> None:
    with pytest.raises(PowerCut):
        count_edition(inst, "kk2020", by_hand=True, progress=cut_at("Umschläge löschen"))


def half_burn(inst: Installation, record: EditionRecord) -> None:
    """A count gets so far: the numbers lie there, and with them some of the boxes."""
    only_tally(inst)
    burn_some(inst, record)


def burn_some(inst: Installation, record: EditionRecord) -> None:
    def work(connection: Connection) -> None:
        after_count.forget_who_answered(connection, record.id)
        some = boxes.slots(connection, record.id)[LEFT:]
        boxes.delete_several(connection, edition_id=record.id, slots=some)

    inst.database.write(work)
    assert boxes.count(inst.database.read(), record.id) == LEFT


def numbers_of(inst: Installation, record: EditionRecord) -> tuple[object, ...]:
    read = inst.database.read()
    found = stored_record(inst, "kk2020")
    return (
        (found.invited, found.answered),
        tallies.of_edition(read, record.id),
        totals.of_edition(read, record.id),
        sorted((t.session, t.item, t.text) for t in texts.of_edition(read, record.id)),
    )


def restored_from(inst: Installation, backup: Path) -> Installation:
    inst.database.close()
    restore_backup(backup, inst.settings, now=inst.clock())
    return Installation(
        inst.settings,
        Database(inst.settings.database, postgresql=inst.settings.postgresql),
        inst.links,
        inst.keys,
        inst.clock,
        inst.random_bytes,
        inst.cookies,
    )
