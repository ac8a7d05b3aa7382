"""The clock of the running service jumps, there and back: real processes under libfaketime, which read it from a file.

One installation holds an open edition with answers, a draft and mails under way, a closed one, a counted one that is
nearly due for deletion, one whose schedule nobody has released, and a backup. After each jump the worker takes two
turns; then the clock is put right and it takes two more.
"""

from __future__ import annotations

import http.client
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey.closing import note_closings
from survey.collecting import keep_draft, submit
from survey.counting import count_edition
from survey.inviting import invite
from survey.keeping.backup import make_backup
from survey.model.event import GRACE
from survey.model.items import Answer
from survey.model.response import Response
from survey.storage import campaigns, editions
from survey.urn_watch import check_urns
from tests.counting.ballots import be_silent, people_answer
from tests.events import congress, network_call
from tests.faults.clients import FORM
from tests.faults.leavings import rows_left
from tests.faults.nursery import Nursery, environment_below
from tests.faults.service_kills import free_port
from tests.faults.trial import Outcome
from tests.people import StoppedClock, add_person, make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import Edition
    from tests.faults.trial import Trial
    from tests.people import Invited

BEGINNING = datetime(2027, 3, 20, 9, tzinfo=UTC)
"""A week before the clocks in Germany are put forward; all deadlines here are set from it."""
JUMPS: tuple[datetime | timedelta, ...] = (
    timedelta(days=30),
    timedelta(days=-2),
    datetime(2027, 3, 28, 0, 59, 58, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 0, 1, tzinfo=UTC),
    datetime(2027, 10, 31, 0, 59, 58, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
)
FAR = timedelta(days=4000)
LASTING = (
    "participant",
    "booking",
    "urn",
    "draft",
    "tally",
    "session_total",
    "text",
)
"""What no jump may change."""
INVITED = 10
"""Each once, however often the clock was wrong."""
CLOSED_FOR_ALL = 410
_OPEN_FOR = timedelta(days=9)


def run(trial: Trial, *, broken: tuple[str, ...] = ()) -> Outcome:
    """What was changed, sent, opened or closed by a clock that was wrong for a while.

    ``for-days``: the clock stays wrong for another day, by the machine's own time, too.
    """
    stage = _Stage(trial.folder, broken)
    with Nursery(stage.environment, preloaded=stage.preloaded) as nursery:
        stage.tell(BEGINNING)
        port = free_port()
        nursery.bear("serve", "--without-worker", "--port", str(port))
        for number in range(trial.times):
            jump = JUMPS[number] if number < len(JUMPS) else trial.chance.uniform(-1, 1) * FAR
            stage.jump(nursery, port, jump)
        stage.look_after(port)
    return Outcome(
        trial.times, "jumps there and back", len(stage.wrong), ", ".join(sorted(set(stage.wrong)))
    )


class _Stage:
    """The installation, and the file that its processes take the time from."""

    def __init__(self, folder: Path, broken: tuple[str, ...]) -> None:
        self.wrong: list[str] = []
        """In a few words, each thing that should not be."""
        self._broken = broken
        self._file = folder / "clock"
        self.inst, self.open_link, self.closed_link = _installation(folder / "installation")
        self.inst.database.close()
        self.environment = environment_below(folder / "installation") | {"NACHKLANG_CLOCK": ""}
        self.preloaded = {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
        }
        if "for-days" not in broken:  # time that nobody can put goes on as ever
            self.preloaded["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        self._file.write_text("+0")

    def tell(self, now: datetime) -> None:
        """From here on it is then, and the time goes on."""
        ahead = (now - datetime.now(UTC)).total_seconds()
        self._file.write_text(f"{ahead:+.0f}\n")

    def take_turns(self, nursery: Nursery) -> None:
        """The worker looks twice at what is due."""
        for _ in range(2):
            assert nursery.run("work", "--once") in {0, 1}

    def jump(self, nursery: Nursery, port: int, jump: datetime | timedelta) -> None:
        """Note what is other than before, while the clock is wrong and when it is right again."""
        before = self._left()
        then = BEGINNING + jump if isinstance(jump, timedelta) else jump
        self.tell(then)
        self.take_turns(nursery)
        if "for-days" in self._broken:
            self.tell(then + timedelta(hours=25))
            self.take_turns(nursery)
        is_open = then < BEGINNING + _OPEN_FOR
        self._note("closed form", _status(port, self.closed_link), CLOSED_FOR_ALL)
        self._note("open form", _status(port, self.open_link) == http.client.OK, is_open)
        self._compare(before)
        self.tell(BEGINNING)
        self.take_turns(nursery)
        self._compare(before)

    def look_after(self, port: int) -> None:
        """Note if the open form takes no answer, if mails are missing or too many, and what is wrong with the urns."""
        self._note("answer", _send(port, self.open_link), http.client.SEE_OTHER)
        mails = self.inst.settings.mail_folder
        assert mails is not None
        self._note("mails", len(list(mails.glob("*.eml"))), INVITED)
        self._note("urns", check_urns(self.inst), ())
        self.inst.database.close()

    def _compare(self, before: dict[str, object]) -> None:
        after = self._left()
        for what, was in before.items():
            self._note(what, after[what], was)

    def _note(self, what: str, found: object, expected: object) -> None:
        if found != expected:
            self.wrong.append(what)

    def _left(self) -> dict[str, object]:
        settings = self.inst.settings
        rows = rows_left(settings.database)
        backups = settings.backup_directory
        records = editions.all_editions(self.inst.database.read())
        found: dict[str, object] = {table: rows[table] for table in LASTING}
        started = {
            record.name: sorted(campaigns.of_edition(self.inst.database.read(), record.id))
            for record in records
        }
        self.inst.database.close()
        return found | {
            "keys": sorted(path.name for path in settings.keys.glob("*.*")),
            "backups": sorted(path.name for path in backups.iterdir()),
            "started": started,
            "counted": [(r.name, r.counted, r.count_started) for r in records],
            "deleted": [(r.name, r.addresses_deleted) for r in records],
        }


def _installation(folder: Path) -> tuple[Installation, Invited, Invited]:
    clock = StoppedClock(BEGINNING - timedelta(days=20))
    inst = make_installation(folder, clock)
    counted = open_edition(inst, store_edition(inst, _closing(network_call("ikone1"), -15)))
    for number in range(12):
        person = add_person(inst, counted, f"Person{number} Berg")
        submit(inst, person.token, Response({"focus": Answer(text=f"T{number}")}))
    clock.set(BEGINNING - timedelta(days=15) + GRACE)
    count_edition(inst, counted.name, by_hand=True, progress=be_silent)
    closed = open_edition(inst, store_edition(inst, _closing(network_call("ikone2"), -0.25)))
    late = add_person(inst, closed, "Late Lang")
    submit(inst, late.token, Response({"focus": Answer(text="spät")}))
    store_edition(inst, _closing(network_call("ikone3"), 40))
    record = store_edition(inst, _closing(congress(), _OPEN_FOR.days))
    clock.set(BEGINNING - timedelta(days=1))
    record = open_edition(inst, record)
    people_answer(inst, record, 6)
    anna = add_person(inst, record, "Anna Albrecht", sessions=("ws01",))
    keep_draft(inst, anna.token, {"change": ("Mehr Pausen.",)})
    make_backup(inst)
    clock.set(BEGINNING - timedelta(hours=5, minutes=30))
    note_closings(inst)
    clock.set(BEGINNING - timedelta(hours=4, minutes=30))
    note_closings(inst)
    invite(inst, record.name)
    return inst, anna, late


def _closing(edition: Edition, days: float) -> Edition:
    return replace(edition, deadline=BEGINNING + timedelta(days=days))


def _library() -> Path:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    assert found, "libfaketime is missing: scripts/setup test"
    return found[0]


def _status(port: int, person: Invited) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/f/{person.token}")
    status = connection.getresponse().status
    connection.close()
    return status


def _send(port: int, person: Invited) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = urlencode({"overall": "good", "_action": "submit"})
    connection.request("POST", f"/f/{person.token}", body, FORM)
    status = connection.getresponse().status
    connection.close()
    return status
