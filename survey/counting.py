"""Use case: open the urn after close, tally, and destroy the key.

Boxes are opened in memory; one short transaction compares them with those in the urn and writes what is
left; right behind it the rest is burnt, a few boxes at a time, so that who answers another edition waits for
nobody. With the last box the edition is counted: nobody sees a number before. Then the file is compacted, a
backup is proven, and only then the key goes.
Killed at any point, the count is run again and goes on where it was.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from survey.errors import (
    BoxesUnopenable,
    CountRefused,
    NachklangError,
    NotAllowed,
    StorageUnavailable,
    problem,
)
from survey.keeping.backup import make_backup
from survey.keeping.count_protocol import CountProtocol
from survey.keeping.key_copies import destroy_everywhere
from survey.model.event import COUNT_BY_CLOCK, GRACE
from survey.opening import OpeningUrn, marked_texts, session_totals, whole_urn
from survey.preparing import find_edition
from survey.reporting.publish import put_counted_tables_on_record
from survey.statistics.tallying import tally_heard
from survey.storage import (
    after_count,
    boxes,
    drafts,
    editions,
    looks,
    tallies,
    texts,
    totals,
    whole_database,
)
from survey.storage.deeds import of_edition, write_deed
from survey.storage.turns import Turn, awaited_turn, is_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.statistics.tallying import Tallying
    from survey.storage.connection import Connection

BETWEEN_LOOKS = timedelta(hours=24)
"""The clock counts an edition it has seen closed for so long: a clock that jumps destroys nothing by itself."""
BURNT_TOGETHER = 25
"""Boxes that go in one transaction, which holds up whoever answers another edition."""
_PAUSES = 9
"""After each of these, so many times as long as it took: nine in ten moments belong to others."""
_LONGEST_PAUSE = 0.25
"""Seconds: a slow disk must not leave boxes beside their numbers for hours."""
_LOOK = "count"
_OPENED = "urn opened"
_COUNTED = "urn counted"
_KEY_DESTROYED = "key destroyed"


def due_counts(inst: Installation) -> tuple[str, ...]:
    """Editions the clock may count now, and counts that were interrupted; remembers which ones it has seen closed."""

    def work(connection: Connection) -> tuple[str, ...]:
        return tuple(
            record.name
            for record in editions.with_keys(connection)
            if record.count_started is not None or _look(connection, inst, record)
        )

    return inst.database.write(work)


def count_edition(
    inst: Installation, name: str, *, by_hand: bool, progress: Callable[[str], None]
) -> CountProtocol:
    """The protocol of the count, once the key is destroyed; a count already done is only told again.

    Counts go one after the other, on however many machines. NotAllowed before its time, CountRefused if the urn
    cannot be counted: then everything stays, the key too.
    """
    record = find_edition(inst, name)
    if record.count_started is None:
        require_time(inst, record, by_hand=by_hand)
    if record.key_destroyed is None:
        with awaited_turn(inst.database, Turn.COUNTS):
            _count(inst, name, progress)
    return read_protocol(inst, name)


def somebody_counts(inst: Installation) -> bool:
    """True while a count is under way, by whatever process."""
    return is_taken(inst.database, Turn.COUNTS)


def _count(inst: Installation, name: str, progress: Callable[[str], None]) -> None:
    """What is left to do of the count; on a server that was replaced meanwhile somebody else may do it beside us."""
    record = find_edition(inst, name)
    if not record.is_tallied:
        _tally(inst, record, progress)
        record = find_edition(inst, name)
    if record.key_destroyed is None:
        progress("Umschläge löschen")
        _burn(inst, record)
        record = find_edition(inst, name)
        if record.counted is None:
            raise StorageUnavailable("boxes are left in the urn")
    if record.key_destroyed is None:
        with suppress(
            NachklangError
        ):  # a report that cannot be made says so itself: no key waits for it
            put_counted_tables_on_record(inst, name)
        progress("Datenbank verdichten")
        whole_database.compact(inst.database)
        progress("Sicherung anlegen und zur Probe zurückspielen")
        backup = make_backup(inst)
        progress("Schlüssel vernichten")
        _destroy_key(inst, record, backup)


def unopenable_boxes(inst: Installation, name: str) -> int:
    """How many boxes of a closed edition do not open now."""
    record = find_edition(inst, name)
    require_time(inst, record, by_hand=True)
    return _opened_urn(inst, record).unopenable


def decide_unopenable(inst: Installation, name: str, *, leave_out: int) -> None:
    """Somebody decided to count without so many boxes that do not open; NotAllowed if it is another number."""
    record = find_edition(inst, name)
    if record.is_tallied:
        raise NotAllowed(problem("Diese Ausgabe ist schon ausgezählt."))
    require_time(inst, record, by_hand=True)
    unopenable = _opened_urn(inst, record).unopenable
    if unopenable != leave_out:
        raise NotAllowed(
            problem(
                "Nicht zu öffnen sind %(unopenable)d Umschläge, nicht %(leave_out)d.",
                unopenable=unopenable,
                leave_out=leave_out,
            )
        )

    def work(connection: Connection) -> None:
        after_count.accept_unopenable(connection, record.id, leave_out)
        write_deed(
            connection,
            "unopenable boxes left out",
            at=inst.clock(),
            edition=record.id,
            facts={"boxes": leave_out},
        )

    inst.database.write(work)


def read_protocol(inst: Installation, name: str) -> CountProtocol:
    """The protocol of a count whose key is destroyed; NotAllowed before."""
    record = find_edition(inst, name)
    if record.closes is None or record.counted is None or record.key_destroyed is None:
        raise NotAllowed(problem("Diese Ausgabe ist noch nicht ausgezählt."))
    deeds = _facts_by_deed(inst, record)
    counted, destroyed = deeds[_COUNTED], deeds[_KEY_DESTROYED]
    programme = record.edition.programme
    return CountProtocol(
        edition=record.name,
        title=record.edition.title,
        closed=record.closes,
        counted=record.counted,
        key_destroyed=record.key_destroyed,
        invited=record.invited or 0,
        open_boxes=record.open_boxes,
        boxes=counted["boxes"],
        opened=counted["opened"],
        tallies=counted["tallies"],
        texts=counted["texts"],
        withheld_texts=counted["withheld_texts"],
        withheld_sessions=tuple(
            programme.session(code).title.de for code in str(counted["withheld_sessions"]).split()
        ),
        backup=destroyed["backup"],
        unreached_key_copies=tuple(str(destroyed["unreached"]).splitlines()),
    )


def _look(connection: Connection, inst: Installation, record: EditionRecord) -> bool:
    """Whether the clock may count the edition, after taking a look at it."""
    now = inst.clock()
    if record.closes is None or now < record.closes + GRACE:
        looks.forget(connection, _LOOK, record.id)
        return False
    seen_for = looks.look(connection, _LOOK, record.id, at=now, steady=inst.steady_time())
    return now >= record.closes + COUNT_BY_CLOCK and seen_for >= BETWEEN_LOOKS


def require_time(inst: Installation, record: EditionRecord, *, by_hand: bool) -> None:
    """Nothing if the edition may be counted now; else NotAllowed."""
    now = inst.clock()
    if record.closes is None:
        raise NotAllowed(problem("Diese Ausgabe war noch nicht geöffnet."))
    if now < record.closes + GRACE:
        raise NotAllowed(
            problem(
                "Auszählen können Sie ab %(moment)s.",
                moment=(record.closes + GRACE).astimezone(inst.settings.zone),
            )
        )
    if not by_hand and not inst.database.write(lambda connection: _look(connection, inst, record)):
        raise NotAllowed(problem("Der Dienst zählt erst einen Tag nach dem Ende von selbst aus."))


def _tally(inst: Installation, record: EditionRecord, progress: Callable[[str], None]) -> None:
    """The numbers are written down, by this process or by another one that was quicker."""
    try:
        _tally_alone(inst, record, progress)
    except NachklangError:
        # To whoever reads while another process burns, boxes are missing.
        if not find_edition(inst, record.name).is_tallied:
            raise


def _tally_alone(
    inst: Installation, record: EditionRecord, progress: Callable[[str], None]
) -> None:
    inst.database.write(
        lambda connection: editions.start_count(connection, record.id, inst.clock())
    )
    progress("Umschläge öffnen")
    urn = whole_urn(inst, record)
    tallied = tally_heard(record.edition, urn.responses())
    if urn.unopenable != editions.unopenable(inst.database.read(), record.id):
        raise BoxesUnopenable(urn.unopenable, boxes=len(urn.slots))
    progress("Auszählen")
    kept = marked_texts(inst, record, tallied)
    progress("Zahlen schreiben")
    rows = texts.rows_of(record.id, kept)
    inst.database.write(lambda writing: _write_down(writing, inst, record, urn, tallied, rows))


def _opened_urn(inst: Installation, record: EditionRecord) -> OpeningUrn:
    urn = whole_urn(inst, record)
    for _ in urn.responses():
        pass
    return urn


def _burn(inst: Installation, record: EditionRecord) -> None:
    """Who answered is forgotten, and the boxes go, a few at a time; with the last one the edition is counted."""
    inst.database.write(lambda connection: after_count.forget_who_answered(connection, record.id))
    slots = boxes.slots(inst.database.read(), record.id)
    while slots:
        begun = time.monotonic()
        some, slots = slots[:BURNT_TOGETHER], slots[BURNT_TOGETHER:]
        inst.database.write(partial(boxes.delete_several, edition_id=record.id, slots=some))
        if slots:
            time.sleep(min(_PAUSES * (time.monotonic() - begun), _LONGEST_PAUSE))
    opened = _facts_by_deed(inst, record).get(_OPENED, {})
    inst.database.write(lambda connection: _set_counted(connection, inst, record, opened))


def _set_counted(
    connection: Connection, inst: Installation, record: EditionRecord, opened: Mapping[str, Any]
) -> None:
    """No box is left: what was written down may be shown."""
    now = inst.clock()
    if not editions.set_counted(connection, record.id, now):
        return  # another process has burnt the last one
    unopenable = editions.unopenable(connection, record.id)
    write_deed(
        connection,
        _COUNTED,
        at=now,
        edition=record.id,
        facts={
            "boxes": (record.answered or 0) + unopenable,
            "opened": record.answered or 0,
            "tallies": len(tallies.of_edition(connection, record.id)),
            "texts": len(texts.ids_of_edition(connection, record.id)),
            **opened,
        },
    )


def _facts_by_deed(inst: Installation, record: EditionRecord) -> dict[str, dict[str, Any]]:
    return {
        deed.deed: json.loads(deed.facts) for deed in of_edition(inst.database.read(), record.id)
    }


def _write_down(  # noqa: PLR0917 -- one transaction's parts
    connection: Connection,
    inst: Installation,
    record: EditionRecord,
    urn: OpeningUrn,
    tallied: Tallying,
    rows: Sequence[Mapping[str, object]],
) -> None:
    """The short transaction: what is left is written, of exactly the boxes that lie in the urn."""
    invited = after_count.people_of_edition(connection, record.id)
    if not editions.set_tallied(
        connection,
        record.id,
        invited=invited,
        answered=urn.opened,
        unopenable=urn.unopenable,
    ):
        return  # another process has counted meanwhile
    # Since the count has started nobody puts a box in, in place of another or out: the same slots are the same boxes.
    if (
        boxes.slots(connection, record.id) != tuple(urn.slots)
        or not boxes.state(connection, record.id).agrees
    ):
        raise StorageUnavailable("the urn has changed")
    tallies.insert(connection, record.id, tallied.rows)
    totals.insert(connection, record.id, session_totals(connection, record, tallied, invited))
    texts.insert_rows(connection, rows)
    if tallies.of_edition(connection, record.id) != tallied.rows or len(
        texts.ids_of_edition(connection, record.id)
    ) != len(rows):
        raise CountRefused(
            problem("Die geschriebenen Zahlen stimmen nicht mit den gezählten überein.")
        )
    drafts.delete_of_edition(connection, record.id)
    looks.forget(connection, _LOOK, record.id)
    write_deed(
        connection,
        _OPENED,
        at=inst.clock(),
        edition=record.id,
        # How many they were is said when they are burnt.
        facts={
            "withheld_texts": tallied.withheld_texts,
            "withheld_sessions": " ".join(tallied.withheld_sessions),
        },
    )


def _destroy_key(inst: Installation, record: EditionRecord, backup: Path) -> None:
    if record.counted is None:
        raise CountRefused(problem("Ohne Auszählung bleibt der Schlüssel."))
    inst.witness().forget(record.id)
    unreached = destroy_everywhere(inst, record.id, at=inst.clock())

    def work(connection: Connection) -> None:
        at = inst.keys.destroyed_at(record.id)
        if not editions.set_key_destroyed(connection, record.id, at):
            return  # another process has written it down
        write_deed(
            connection,
            _KEY_DESTROYED,
            at=at,
            edition=record.id,
            facts={
                "backup": backup.name,
                "unreached": "\n".join(str(place) for place in unreached),
            },
        )

    inst.database.write(work)
