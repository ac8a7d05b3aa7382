"""The whole service is killed at random while hundreds answer over HTTP: what was thanked for is in the urn.

The short form makes 500 submissions; NACHKLANG_TRIAL_SUBMISSIONS asks for more.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from forms.edition_file import read_edition_file
from forms.registration_list import read_registration_list
from survey import inviting, preparing, registering
from survey.access.links import slot_of
from survey.collecting import check_urns
from survey.installation import make_installation
from survey.keeping.founding import found
from survey.mail import outbox
from survey.model.invitation import Campaign
from survey.model.response import decode_response
from survey.rehearsal.mail_files import RehearsalFolder, personal_links
from survey.settings import read_settings
from survey.storage import boxes
from survey.urn.sealing import open_box
from tests.people import StoppedClock

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord

SUBMISSIONS = int(os.environ.get("NACHKLANG_TRIAL_SUBMISSIONS", "500"))
BETWEEN_KILLS = 70
CLIENTS = 6
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
NOW = datetime(2020, 9, 14, 9, tzinfo=UTC)
CHOICES = ("5", "4", "3", "2", "1")


@dataclass(slots=True)
class Trial:
    """What the clients still have to send, and what they were thanked for."""

    todo: list[tuple[str, str]]
    """Paths of forms with the choice to send."""
    thanked: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    """Paths with a request whose reply was lost: it may or may not have been stored."""
    flying: set[str] = field(default_factory=set)
    """Paths that a client is sending to just now: a person has one browser."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_down: threading.Event = field(default_factory=threading.Event)


def _invited(data: Path) -> tuple[Installation, EditionRecord, list[str]]:
    settings = read_settings({}, data=data)
    found(settings)
    clock = StoppedClock(NOW - timedelta(days=2))
    inst = replace(make_installation(settings), clock=clock)
    edition = read_edition_file(EXAMPLES / "kk2020.toml")
    preparing.create_edition(inst, edition)
    people = read_registration_list((EXAMPLES / "kk2020.xlsx").read_bytes(), "kk2020.xlsx", edition)
    plan = registering.plan_import(inst, edition.name, people.registrations, add_only=False)
    registering.apply_import(inst, edition.name, plan)
    inviting.invite(inst, edition.name)
    mails = data / "mails"
    outbox.send_due(inst, RehearsalFolder(mails), progress=lambda *_: None)
    links = personal_links(mails, edition.name, Campaign.INVITATION)
    clock.set(NOW)
    paths = [urlsplit(link).path for link in links.values()]
    return inst, preparing.find_edition(inst, edition.name), paths


def _service(data: Path, port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"NACHKLANG_CLOCK": NOW.isoformat(), "NACHKLANG_DATA": str(data)}
    command = [sys.executable, "-m", "survey", "serve", "--port", str(port), "--without-worker"]
    service = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert service.stdout is not None
    assert service.stdout.readline()  # it says its address once the port is open
    return service


def _send(port: int, trial: Trial) -> None:
    """One client: takes what is to be sent until nothing is left or the service is gone."""
    while not trial.is_down.is_set():
        with trial.lock:
            waiting = [one for one in trial.todo if one[0] not in trial.flying]
            if not waiting:
                return
            path, choice = waiting[-1]
            trial.todo.remove(waiting[-1])
            trial.flying.add(path)
            trial.unsure.add(path)
        body = urlencode({"overall": choice, "_action": "submit"})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            with trial.lock:
                trial.todo.append((path, choice))
                trial.flying.discard(path)
            return
        finally:
            connection.close()
        assert status == 303
        with trial.lock:
            trial.thanked[path] = choice
            trial.flying.discard(path)
            trial.unsure.discard(path)


def _in_the_urn(inst: Installation, record: EditionRecord, paths: set[str]) -> dict[str, str]:
    """What lies in the urn for each of these links."""
    key = inst.keys.private_key(record.id)
    stored = dict(boxes.of_edition(inst.database.read(), record.id))
    answers = {}
    for path in paths:
        link = inst.links.read_personal_token(path.rpartition("/")[2])
        slot = slot_of(record.id, link.secret)
        if slot in stored:
            response = decode_response(open_box(key, record.id, slot, stored[slot]))
            answers[path] = response.answers["overall"].choices[0]
    return answers


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.proves("R1")
def test_a_service_killed_at_random_loses_no_answer_it_thanked_for(tmp_path: Path) -> None:
    inst, record, paths = _invited(tmp_path / "data")
    chance = Random(7)  # noqa: S311 -- a trial that can be repeated
    trial = Trial([(chance.choice(paths), chance.choice(CHOICES)) for _ in range(SUBMISSIONS)])
    port = _free_port()
    kills = 0

    while trial.todo:
        before = len(trial.todo)
        service = _service(tmp_path / "data", port)
        trial.is_down.clear()
        clients = [threading.Thread(target=_send, args=(port, trial)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        left = before - BETWEEN_KILLS - chance.randrange(20)
        if left > 0:
            while len(trial.todo) > left:
                trial.is_down.wait(0.002)
            kills += 1
        else:  # the last ones are let through
            for client in clients:
                client.join()
        service.kill()
        trial.is_down.set()
        for client in clients:
            client.join()
        with service:
            service.wait()
        sure = {p: c for p, c in trial.thanked.items() if p not in trial.unsure}
        assert _in_the_urn(inst, record, set(sure)) == sure

    assert kills >= SUBMISSIONS // (BETWEEN_KILLS + 20) - 1
    assert check_urns(inst) == ()
    inst.database.close()
