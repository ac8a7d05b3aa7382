"""The disk is full while people answer, a backup is made, mails leave, the file is compacted and the urn is counted.

A disk of a few megabytes, in a mount namespace of its own: ``python -m tests.faults.full_disk FOLDER ROUNDS SEED``
is run by `run` through ``unshare``, and says what it found.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from starlette.testclient import TestClient

from survey import collecting, inviting
from survey.application import make_application
from survey.counting import count_edition
from survey.errors import NachklangError, StorageUnavailable
from survey.keeping.backup import backups_in, make_backup
from survey.keeping.doctor import glance
from survey.reporting.kept_files import kept_directory
from survey.sending import send_mails
from survey.storage import boxes, upkeep
from survey.urn_watch import check_urns
from survey.working import work_once
from tests.counting.ballots import COUNT_TIME
from tests.faults.clients import NOT_NOW, THANKS, invite_people, lost_of, make_book
from tests.faults.own_disk import mount, run_alone
from tests.faults.trial import Outcome
from tests.people import StoppedClock, make_installation, stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from tests.faults.clients import Book
    from tests.faults.trial import Trial

MEGABYTES = 24
PEOPLE = 60
WORDS = "Weniger Folien, mehr Gespräch"
OK = 200
RESUMED_WITHIN = 5.0


def run(trial: Trial, *, forgiving: str = "") -> Outcome:
    """So often full, and freed again; a forgiving service thanks although it could not store."""
    said = run_alone(
        "tests.faults.full_disk",
        *(str(trial.folder), str(trial.times), str(trial.chance.random()), forgiving),
    )
    return Outcome(
        said["rounds"],
        "times full",
        said["lost"],
        f"{said['thanked']} answers thanked for, {said['refused']} refused with their words, "
        f"{said['acts']} other acts refused; resumed within {said['resumed']:.2f} s",
    )


def main(folder: Path, rounds: int, seed: str, forgiving: str) -> None:
    """Fill and free the disk so often, and say what came of it."""
    disk = mount(folder, megabytes=MEGABYTES)
    chance = Random(seed)  # noqa: S311 -- a trial that can be repeated
    clock = StoppedClock()
    inst = make_installation(disk / "installation", clock)
    record, tokens = invite_people(inst, PEOPLE)
    inviting.invite(inst, record.name)
    book = make_book(tokens, 100_000, chance)
    if forgiving:
        _thank_in_any_case()
    client = TestClient(make_application(inst), follow_redirects=False)
    acts: dict[str, Callable[[], object]] = {
        "backup": lambda: make_backup(inst),
        "compacting": lambda: upkeep.compact(inst.settings.database),
        "kept files": lambda: kept_directory(inst, record),
        "mails": lambda: send_mails(inst, progress=lambda *_: None),
    }
    refused = 0
    refused_acts = Counter[str]()
    resumed = 0.0
    for _ in range(rounds):
        _answer(client, book, chance.randrange(1, 6))
        ballast = disk / "ballast"
        _fill(ballast, keep=chance.randrange(0, 40_000))
        refused += _answer(client, book, 12)
        refused_acts.update(name for name, act in acts.items() if _is_refused(act))
        work_once(inst, tell=lambda _trouble: None)
        assert client.get("/link").status_code == OK
        assert any("frei" in str(d.what.key) for d in glance(inst))
        ballast.unlink()
        began = time.monotonic()
        while _answer(client, book, 1):
            assert time.monotonic() - began < RESUMED_WITHIN
        resumed = max(resumed, time.monotonic() - began)
    lost = lost_of(book, inst, record) + len(check_urns(inst))
    lost += PEOPLE - _mailed_late(inst, clock)
    _counted_late(inst, clock, disk / "ballast")
    assert set(refused_acts) == set(acts)  # else a disk was never full for one of them
    print(  # noqa: T201 -- the answer
        json.dumps(
            {
                "rounds": rounds,
                "lost": lost,
                "thanked": book.thanks,
                "refused": refused,
                "acts": refused_acts.total() + 1,  # the count
                "resumed": resumed,
            }
        )
    )
    inst.database.close()


def _thank_in_any_case() -> None:
    really = collecting.write_watched

    def write_watched(*arguments: Any) -> None:
        with suppress(StorageUnavailable):
            really(*arguments)

    collecting.write_watched = write_watched  # type: ignore[assignment]


def _answer(client: TestClient, book: Book, times: int) -> int:
    """So many answers are sent; how many were refused, each with its words in the page."""
    refused = 0
    for _ in range(times):
        token, choice = book.todo.pop()
        fields = {"overall": choice, "change": WORDS, "_action": "submit"}
        reply = client.post(f"/f/{token}", data=fields)
        if reply.status_code == THANKS:
            book.thanks += 1
            book.thanked[token] = choice
        else:
            assert reply.status_code == NOT_NOW, reply.status_code
            assert WORDS in reply.text
            refused += 1
    return refused


def _fill(ballast: Path, *, keep: int) -> None:
    """Only so many bytes are left."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(65536))
    with ballast.open("rb+") as file:
        file.truncate(max(0, ballast.stat().st_size - keep))


def _is_refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except (NachklangError, OSError):
        return True
    return False


def _mailed_late(inst: Installation, clock: StoppedClock) -> int:
    """How many people have their invitation, once there was room for an hour."""
    clock.pass_by(timedelta(hours=2))
    send_mails(inst, progress=lambda *_: None)
    assert inst.settings.mail_folder is not None
    mails = [path.read_text("ascii") for path in inst.settings.mail_folder.glob("*.eml")]
    return len({re.findall(r"^To: (.*)$", mail, re.MULTILINE)[0] for mail in mails})


def _counted_late(inst: Installation, clock: StoppedClock, ballast: Path) -> None:
    """The full disk stops a count, which is finished once there is room."""
    answered = boxes.count(inst.database.read(), stored_record(inst, "kk2020").id)
    clock.set(COUNT_TIME)
    _fill(ballast, keep=0)
    assert _is_refused(lambda: count_edition(inst, "kk2020", by_hand=True, progress=lambda _: None))
    stopped = stored_record(inst, "kk2020")
    assert (stopped.answered, stopped.key_destroyed) == (None, None)
    ballast.unlink()
    clock.pass_by(timedelta(seconds=5))
    count_edition(inst, "kk2020", by_hand=True, progress=lambda _: None)
    assert stored_record(inst, "kk2020").answered == answered
    assert backups_in(inst.settings.backup_directory)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
