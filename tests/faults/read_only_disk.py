"""The service is killed and finds its disk read-only when it is started anew, again and again.

A disk in a mount namespace of its own: ``python -m tests.faults.read_only_disk FOLDER ROUNDS`` is run by `run`
through ``unshare``, and says what it found. The service is a real process; how it alarms is read from its log.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from survey.keeping.doctor import glance
from survey.urn_watch import check_urns
from tests.events import QUALITY
from tests.faults.clients import NOT_NOW, THANKS, invite_people, post
from tests.faults.nursery import ROOT, environment_below
from tests.faults.own_disk import mount, run_alone
from tests.faults.service_kills import free_port
from tests.faults.trial import Outcome
from tests.people import StoppedClock, at_rest, make_installation

if TYPE_CHECKING:
    from tests.faults.trial import Trial

ALARM_WITHIN = 60.0
ALARM = re.compile(
    rb"^The database cannot be reached: .*read-?only (?:file system|database).*Nothing was stored\.",
    re.IGNORECASE | re.MULTILINE,
)
"""What the log has to say; anything else that a service says is no alarm."""
OK = 200
GOOD = QUALITY[1].code


def run(trial: Trial) -> Outcome:
    """So often read-only, and writable again."""
    said = run_alone("tests.faults.read_only_disk", str(trial.folder), str(trial.times))
    return Outcome(
        said["rounds"],
        "times read-only",
        said["lost"],
        f"{said['refused']} answers refused, forms shown each time, writing resumed without restart; "
        f"in the log after {said['alarm']:.0f} s",
    )


def main(folder: Path, rounds: int) -> None:
    """Take the disk away from writers so often, and say what came of it."""
    disk = mount(folder, megabytes=64)
    inst = make_installation(disk / "installation", StoppedClock())
    _, tokens = invite_people(inst, 2 * rounds)
    inst.database.close()
    log = folder / "log"
    lost = refused = 0
    alarm = 0.0
    port = free_port()
    with log.open("wb") as errors:
        for number in range(rounds):
            first, second = tokens[2 * number : 2 * number + 2]
            service = _start(disk / "installation", port, errors.fileno())
            assert post(port, first, GOOD) == THANKS
            service.kill()
            service.wait()
            _remount(disk, "ro")
            known = log.stat().st_size
            service = _start(disk / "installation", port, errors.fileno())
            began = time.monotonic()
            assert _shows(port, first)
            refused += post(port, second, GOOD) == NOT_NOW
            while not ALARM.search(log.read_bytes()[known:]):
                assert time.monotonic() - began < ALARM_WITHIN
                time.sleep(0.05)
            alarm = max(alarm, time.monotonic() - began)
            risen = at_rest(disk / "installation", StoppedClock())
            assert any("schreiben" in d.what.key for d in glance(risen))
            risen.database.close()
            _remount(disk, "rw")
            lost += post(port, second, GOOD) != THANKS
            assert service.poll() is None  # it went on all the time
            service.terminate()
            service.wait()
    risen = at_rest(disk / "installation", StoppedClock())
    lost += len(check_urns(risen))
    risen.database.close()
    print(  # noqa: T201 -- the answer
        json.dumps({"rounds": rounds, "lost": lost, "refused": refused, "alarm": alarm})
    )


def _start(folder: Path, port: int, log: int) -> subprocess.Popen[str]:
    service = subprocess.Popen(
        [sys.executable, "-m", "survey", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | environment_below(folder),
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    assert service.stdout is not None
    assert str(port) in service.stdout.readline()
    return service


def _shows(port: int, token: str) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/f/{token}", timeout=60) as page:
        return bool(page.status == OK)


def _remount(disk: Path, how: str) -> None:
    # While a file is open for writing the kernel refuses; a disk that fails under the service is another trial.
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
