"""Bits are flipped in the database and its log, and both are cut off: is the damage noticed, and can it be mended?

What is told as sound must hold every answer as it was sent. SQLite keeps no checksums of its pages: a flipped bit
in a name is found by nobody, and counted here as what it is.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from survey.access.links import slot_of
from survey.collecting import submit
from survey.errors import NachklangError
from survey.keeping.backup import make_backup
from survey.keeping.doctor import examine
from survey.keeping.restore import restore_backup
from survey.model.response import decode_response
from survey.storage import boxes, editions, upkeep
from survey.storage.connection import foreign_errors, open_connection
from survey.urn.sealing import BoxUnopenable, open_box
from tests.collecting.doomed_service import response_of
from tests.faults.clients import invite_people
from tests.faults.trial import Outcome
from tests.people import START, StoppedClock, at_rest, make_installation, settings_below

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from survey.errors import Problem
    from survey.installation import Installation
    from survey.model.response import Response
    from tests.faults.trial import Trial

PEOPLE = 40
IN_THE_LOG = 15
"""So many answer after the last checkpoint, and so many change their answer."""
LOG = "nachklang.db-wal"

Answers = dict[str, "Response | None"]
Content = dict[str, list[tuple[object, ...]]]


def run(trial: Trial) -> Outcome:
    """So many damages of each kind: bits and ends, of the database and of its log."""
    sound = trial.folder / "sound"
    tokens = _answered(sound)
    shutil.copytree(sound, trial.folder / "work")
    inst = at_rest(trial.folder / "work", StoppedClock())
    healthy = {d.what for d in examine(inst)}
    content, answers = _content(inst), _answers(inst, tokens)
    inst.database.close()
    found: Counter[str] = Counter()
    kinds = [(file, cut) for file in ("nachklang.db", LOG) for cut in (False, True)]
    for file, cut in kinds:
        for _ in range(trial.times):
            work = _copied(sound, trial.folder / "work")
            _damage(work / "data" / file, trial.chance, cut=cut)
            found[_verdict(work, tokens, healthy, content, answers)] += 1
    seconds = _restored(_copied(sound, trial.folder / "work"), tokens, answers)
    lost = found.pop("lost", 0)
    measured = ", ".join(f"{number} {what}" for what, number in found.most_common())
    return Outcome(
        trial.times * len(kinds), "damages", lost, f"{measured}; restored in {seconds:.1f} s"
    )


def _answered(folder: Path) -> list[str]:
    """An installation with a proven backup, as it lies there while the service runs."""
    inst = make_installation(folder / "live", StoppedClock())
    _, tokens = invite_people(inst, PEOPLE)
    for token in tokens[:-IN_THE_LOG]:
        submit(inst, token, response_of(1))
    upkeep.compact(inst.settings.database)
    for token in tokens[-IN_THE_LOG:]:
        submit(inst, token, response_of(1))
    for token in tokens[:IN_THE_LOG]:
        submit(inst, token, response_of(2))
    make_backup(inst)
    for name in ("data", "secret", "backups", "backups-keys"):
        shutil.copytree(folder / "live" / name, folder / name)
    inst.database.close()
    shutil.rmtree(folder / "live")
    (folder / "data" / "nachklang.db-shm").unlink()
    assert (folder / "data" / LOG).stat().st_size > 0
    return tokens


def _copied(sound: Path, work: Path) -> Path:
    shutil.rmtree(work / "data")
    shutil.copytree(sound / "data", work / "data")
    return work


def _damage(path: Path, chance: Random, *, cut: bool) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    if cut:
        del content[at:]
    else:
        content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _verdict(
    work: Path, tokens: list[str], healthy: set[Problem], content: Content, answers: Answers
) -> str:
    inst = at_rest(work, StoppedClock())
    try:
        if {d.what for d in examine(inst)} - healthy:
            return "noticed"
        if _content(inst) == content:
            return "harmless"
        try:
            return "elsewhere and unnoticed" if _answers(inst, tokens) == answers else "lost"
        except BoxUnopenable:
            return "noticed at the count"
    except NachklangError:
        return "noticed"
    finally:
        with suppress(NachklangError):
            inst.database.close()


def _content(inst: Installation) -> Content:
    """Every row of every table."""
    with foreign_errors(), closing(open_connection(inst.settings.database)) as connection:
        return {
            table: [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
            for table in upkeep.table_sizes(connection)
        }


def _answers(inst: Installation, tokens: list[str]) -> Answers:
    record = editions.find(inst.database.read(), "kk2020")
    assert record is not None
    key = inst.keys.private_key(record.id)
    stored = dict(boxes.of_edition(inst.database.read(), record.id))
    found: Answers = {}
    for token in tokens:
        slot = slot_of(record.id, inst.links.read_personal_token(token).secret)
        box = stored.get(slot)
        found[token] = None if box is None else decode_response(open_box(key, record.id, slot, box))
    return found


def _restored(work: Path, tokens: list[str], answers: Answers) -> float:
    """How long it took until every answer of the backup was back."""
    settings = settings_below(work)
    settings.database.write_bytes(b"damaged")
    (work / "data" / LOG).unlink()
    began = time.monotonic()
    (backup,) = (path for path in settings.backup_directory.iterdir() if path.is_dir())
    restore_backup(backup, settings, now=START)
    seconds = time.monotonic() - began
    inst = at_rest(work, StoppedClock())
    assert _answers(inst, tokens) == answers
    inst.database.close()
    return seconds
