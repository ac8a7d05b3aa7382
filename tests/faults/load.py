"""Everybody who was invited answers at once: a steady stream against the service, each with an own connection.

In the long form a hundred are due each second; a few hundred are all due at once. There are twenty-four browsers, not
one for each person: while all of them wait for the service, whoever is due waits for a browser, and that counts as
waiting. So the service is never asked more than twenty-four things at a time, but nobody's wait is left out.
"""

from __future__ import annotations

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey.access.links import SECRET_BYTES, link_hash
from survey.model.invitation import Campaign, Participant
from survey.storage import boxes, links, participants
from survey.urn_watch import check_urns
from tests.events import congress
from tests.faults.clients import FORM, THANKS
from tests.faults.nursery import Nursery, environment_below
from tests.faults.service_kills import free_port
from tests.faults.trial import Outcome
from tests.people import StoppedClock, make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection
    from tests.faults.trial import Trial

PER_SECOND = 100
BURST = 1000
"""Fewer than so many come all at once."""
BROWSERS = 24


def run(trial: Trial, *, hasty: str = "") -> Outcome:
    """How many were not thanked, or were and are not in the urn; a hasty service thanks before it has stored."""
    folder = trial.folder / "installation"
    inst = make_installation(folder, StoppedClock())
    record, tokens = _invited(inst, trial.times)
    inst.database.close()
    pace = PER_SECOND if trial.times >= BURST else 0
    with Nursery(environment_below(folder)) as nursery:
        port = free_port()
        nursery.bear("serve", "--without-worker", "--port", str(port), hasty=hasty)
        nursery.bear("work")
        began = time.monotonic()
        waited, thanked = _all_answer(port, tokens, pace)
        took = time.monotonic() - began
    stored = boxes.count(inst.database.read(), record.id)
    lost = (len(tokens) - thanked) + abs(stored - thanked) + len(check_urns(inst))
    inst.database.close()
    return Outcome(len(tokens), "people who answer", lost, _figures(waited, took))


def _invited(inst: Installation, number: int) -> tuple[EditionRecord, list[str]]:
    record = open_edition(inst, store_edition(inst, congress()), invited=number)
    secrets = [inst.random_bytes(SECRET_BYTES) for _ in range(number)]

    def work(connection: Connection) -> None:
        for place, secret in enumerate(secrets):
            person = _person(record, place)
            participants.insert(connection, person, identity=person.address)
            links.insert(
                connection,
                record.id,
                hashed=link_hash(record.id, secret),
                participant=person.id,
                campaign=Campaign.INVITATION,
            )

    inst.database.write(work)  # one by one, ten thousand would wait for the disk for minutes
    return record, [inst.links.personal_token(record.name, secret) for secret in secrets]


def _person(record: EditionRecord, place: int) -> Participant:
    return Participant(
        edition=record.id,
        id=f"{place:016x}",
        address=f"p{place}@example.org",
        name=f"P{place} P",
        language="de",
        number="",
        sessions=("ws01", "ws03"),
        has_answered=False,
        is_no_show=False,
        has_opted_out=False,
        is_withdrawn=False,
    )


@dataclass(slots=True)
class _Waited:
    """Seconds that people waited."""

    replies: list[float] = field(default_factory=list)
    """For each reply, once a browser had asked."""
    in_all: list[float] = field(default_factory=list)
    """From the moment at which one was due until one was thanked."""


def _all_answer(port: int, tokens: list[str], pace: int) -> tuple[_Waited, int]:
    """How long everybody waited, and how many were thanked."""
    waited = _Waited()
    thanked = 0
    lock = threading.Lock()
    began = time.monotonic()

    def answer(number: int, token: str) -> None:
        nonlocal thanked
        due = began + (number / pace if pace else 0.0)
        time.sleep(max(0.0, due - time.monotonic()))
        start = time.monotonic()
        body = urlencode({"overall": "good", "change": "Mehr Pausen.", "_action": "submit"})
        opened, after_opening = _ask(port, "GET", token, None), time.monotonic()
        sent, after_sending = _ask(port, "POST", token, body), time.monotonic()
        with lock:
            waited.replies.extend((after_opening - start, after_sending - after_opening))
            waited.in_all.append(after_sending - due)
            thanked += opened == http.client.OK and sent == THANKS

    with ThreadPoolExecutor(BROWSERS) as browsers:
        list(browsers.map(answer, range(len(tokens)), tokens))
    return waited, thanked


def _ask(port: int, method: str, token: str, body: str | None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, f"/f/{token}", body, FORM if body else {})
        reply = connection.getresponse()
        reply.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return reply.status
    finally:
        connection.close()


def _figures(waited: _Waited, took: float) -> str:
    return (
        f"{len(waited.in_all) / took:.0f} answers a second; p95 {_p95(waited.replies) * 1000:.0f} ms a reply,"
        f" {_p95(waited.in_all):.1f} s from being due to being thanked"
    )


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) * 95 // 100]
