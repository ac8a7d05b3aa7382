from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from survey.preparing import create_edition, find_edition, list_editions
from tests.commands.shell import PYTHON, Shell
from tests.counting.ballots import a_day_later, close, people_answer
from tests.events import congress

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.commands.conftest import Typing
    from tests.people import StoppedClock


HAND_OVER = 'exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
"""What systemd does for a service whose port it holds open."""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    made.at(datetime(2027, 9, 13, 7, 0, tzinfo=UTC))
    made.succeed("init")
    return made


def test_the_service_answers_and_logs_no_path(shell: Shell) -> None:
    with shell.serving() as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        connection.request("GET", "/f/geheim.AAAA.BBBB")
        reply = connection.getresponse()
        reply.read()
        connection.close()

    assert reply.status == 404
    assert shell.log.read_text(encoding="utf-8") == ""


def test_a_port_that_is_taken_is_named(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        refused = shell.run("serve", "--port", str(port))

    assert refused.code == 1
    assert str(port) in refused.err


@pytest.mark.proves("R13")
def test_who_comes_before_the_service_is_up_waits_where_its_port_is_held_open(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        early = http.client.HTTPConnection("127.0.0.1", held.getsockname()[1], timeout=60)
        early.request("GET", "/f/geheim.AAAA.BBBB")
        with subprocess.Popen(
            ["sh", "-c", HAND_OVER, "sh", *PYTHON, "serve"],
            stdin=held.fileno(),
            stdout=subprocess.PIPE,
            text=True,
            env=shell.environment(),
            cwd=shell.folder,
        ) as process:
            status = early.getresponse().status
            process.send_signal(signal.SIGTERM)

    early.close()
    assert (status, process.returncode) == (404, 0)


def test_a_worker_stops_when_told(shell: Shell) -> None:
    with subprocess.Popen(
        [*PYTHON, "work"],
        stdout=subprocess.PIPE,
        text=True,
        env=shell.environment(),
        cwd=shell.folder,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=60) == 0


def test_work_counts_what_a_day_has_passed_over(
    run: Typing, inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    people_answer(inst, open_congress, 14)
    close(clock)
    first = run("work", "--once")
    seen_closed = find_edition(inst, "kk2020").counted
    a_day_later(clock)
    second = run("work", "--once")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert seen_closed is None
    assert find_edition(inst, "kk2020").answered == 14


def test_work_tells_of_a_lost_key(
    run: Typing, inst: Installation, open_congress: EditionRecord
) -> None:
    inst.keys.discard(open_congress.id)

    told = run("work", "--once")

    assert told.exit_code == 1
    assert "kk2020" in told.stderr


def test_a_backup_brings_back_what_was_there(run: Typing, inst: Installation) -> None:
    create_edition(inst, congress())
    run("backup")
    (backup,) = inst.settings.backup_directory.glob("2*")
    create_edition(inst, congress("kk2021"))
    inst.database.close()

    declined = run("restore", backup, typed="n\n")
    before = len(list_editions(inst))
    inst.database.close()
    agreed = run("restore", backup, typed="j\n")

    assert (declined.exit_code, agreed.exit_code) == (1, 0), agreed.output
    assert before == 2
    assert [r.name for r in list_editions(inst)] == ["kk2020"]


def test_a_folder_that_is_no_backup_restores_nothing(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    create_edition(inst, congress())
    (tmp_path / "leer").mkdir()

    refused = run("restore", tmp_path / "leer", "--yes")

    assert refused.exit_code == 1
    assert len(list_editions(inst)) == 1


def test_the_doctor_ends_with_one_until_all_is_well(run: Typing) -> None:
    ill = run("doctor")
    run("backup")
    well = run("doctor")

    assert (ill.exit_code, well.exit_code) == (1, 0), well.output
    assert "Machen Sie eine Sicherung" in ill.stdout or "Make a backup" in ill.stdout


def test_an_upgrade_backs_up_first(run: Typing, inst: Installation) -> None:
    told = run("upgrade")

    assert told.exit_code == 0, told.output
    assert len(list(inst.settings.backup_directory.glob("2*"))) == 1


@pytest.mark.usefixtures("open_congress")
def test_a_confirmed_urn_says_how_many_boxes_it_holds(run: Typing) -> None:
    declined = run("urn", "confirm", "kk2020", typed="n\n")
    agreed = run("urn", "confirm", "kk2020", typed="j\n")

    assert (declined.exit_code, agreed.exit_code) == (1, 0)
    assert "0" in agreed.stdout


@pytest.mark.proves("U45")
def test_the_attack_files_its_protocol_in_both_languages(
    run: Typing, inst: Installation, tmp_path: Path
) -> None:
    page = tmp_path / "protocol.html"

    told = run("audit", "--people", "14", "--html", str(page))

    assert told.exit_code == 0, told.output
    german, english = sorted(inst.settings.reports.glob("*.txt"))
    last = told.stdout.rstrip().splitlines()[-1]
    assert re.fullmatch(r"linked: \d+ of 14 \(chance 1\); controls: 18 of 18", last)
    for file in (english, german):
        assert file.read_text(encoding="utf-8").rstrip().splitlines()[-1] == last
    assert english.read_text(encoding="utf-8") in told.stdout
    assert last in page.read_text(encoding="utf-8")
