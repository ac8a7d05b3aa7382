"""Reports made to break the printer, many at once, beside a service that goes on answering people.

First pages no caps have cut, straight at the printer; then reports of an edition whose every text is hostile, twenty at
once from the service itself.
"""

from __future__ import annotations

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from exports.pdf_process import PdfPrinter
from survey.errors import ReportFailed, ReportTooSlow
from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.signing_in import begin
from tests.exports.printing import ENDLESS, page
from tests.faults.nursery import Nursery, environment_below
from tests.faults.service_kills import free_port
from tests.faults.trial import Outcome
from tests.people import StoppedClock, add_person, make_installation, stored_record
from tests.workplace import COUNTED, OLGA, employ, furnish

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.storage.connection import Connection
    from tests.faults.trial import Trial

MOST_MEMORY = 700 * 1024
"""In KiB, as the system tells it."""
AT_ONCE = 20
CALM = 60
"""Requests that nobody disturbs, to compare with."""
SHORT_FILES = ("bericht-de.pdf", "zahlen-de.xlsx")
LONG_FILES = ("bericht-de.pdf", "bericht-en.pdf", "programmpunkte-de.zip", "zahlen-de.xlsx")
SHORT_LIMIT = 2.0
LONG_LIMIT = 20.0
LEEWAY = 10.0
"""A process must be gone so soon after its limit, on a busy machine."""
BOMBS: tuple[str, ...] = (
    ENDLESS,
    page("<p>" + "<span>x</span>" * 600_000 + "</p>"),
    page("<div>" * 3_000 + "x" + "</div>" * 3_000),
    page(f"<p>{'unendlich' * 200_000}</p>"),
    page(f"<h2>{'Titel ' * 200_000}</h2>"),
    page("".join(f"<blockquote>{'Text ' * 400}</blockquote>" for _ in range(5_000))),
)
HOSTILE = ("\u202e" + "W" * 3900, "<table>" * 400, "a\u0301" * 1900, "\n" * 3900, "🧨" * 1000)


def run(trial: Trial) -> Outcome:
    """Jobs that outlast their limit, take too much memory or leave a process, and people who are not answered."""
    is_short = trial.times < len(BOMBS)
    limit = SHORT_LIMIT if is_short else LONG_LIMIT
    folder = trial.folder / "installation"
    clock = StoppedClock()
    inst = make_installation(folder, clock)
    furnish(inst, clock)
    path = f"/f/{add_person(inst, stored_record(inst, 'kk2020'), 'Anna Albrecht').token}"
    cookie = _make_hostile(inst)
    inst.database.close()
    environment = environment_below(folder) | {"NACHKLANG_BASE_URL": "https://feedback.example.org"}
    with Nursery(environment) as nursery:
        port = free_port()
        nursery.bear("serve", "--without-worker", "--port", str(port))
        _Visitor(port, path).visit()  # the first one finds nothing warm
        calm = _Visitor(port, path)
        for _ in range(CALM):
            calm.visit()
        beside = _Visitor(port, path)
        with beside:
            jobs = [print_bomb(BOMBS[n % len(BOMBS)], limit) for n in range(trial.times)]
            replies = _download(port, cookie, SHORT_FILES if is_short else LONG_FILES)
    wrong = sum(not job.is_well for job in jobs) + sum(r not in {200, 503} for r in replies)
    wrong += 200 not in replies
    return Outcome(
        len(jobs) + len(replies),
        "hostile reports",
        wrong + calm.unanswered + beside.unanswered,
        f"at most {max(job.memory for job in jobs) // 1024} MB and {max(j.seconds for j in jobs):.0f} s"
        f" (limit {limit:.0f} s); {len(beside.seconds)} pages beside, p99 {beside.p99 * 1000:.0f} ms"
        f" ({calm.p99 * 1000:.0f} ms without)",
    )


@dataclass(slots=True)
class _Job:
    """One page printed, or not."""

    seconds: float
    memory: int
    is_well: bool


def print_bomb(html: str, limit: float) -> _Job:
    memory = 0
    is_over = threading.Event()

    def watch(process: int) -> None:
        nonlocal memory
        while not is_over.wait(0.02):
            memory = max(memory, _memory_of(process))

    with PdfPrinter(limit_seconds=limit) as printer:
        child = printer._running_child().pid
        watcher = threading.Thread(target=watch, args=(child,))
        watcher.start()
        began = time.monotonic()
        is_told = True
        try:
            is_told = printer.print_html(html).startswith(b"%PDF")
        except (ReportTooSlow, ReportFailed) as failure:
            is_told = bool(str(failure))
        seconds = time.monotonic() - began
        is_over.set()
        watcher.join()
    is_gone = not Path(f"/proc/{child}").exists()
    is_well = is_told and is_gone and memory < MOST_MEMORY and seconds < limit + LEEWAY
    return _Job(seconds, memory, is_well)


def _memory_of(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0].split()[1]) if found else 0


@dataclass(slots=True)
class _Visitor:
    """Opens a form again and again."""

    port: int
    path: str
    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    _is_over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=self._stay)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()

    def _stay(self) -> None:
        while not self._is_over.wait(0.05):
            self.visit()

    def visit(self) -> None:
        began = time.monotonic()
        self.unanswered += _ask(self.port, self.path) != http.client.OK
        self.seconds.append(time.monotonic() - began)

    @property
    def p99(self) -> float:
        return sorted(self.seconds)[len(self.seconds) * 99 // 100]


def _make_hostile(inst: Installation) -> str:
    """The cookie of somebody who may download the counted edition, every text of which is hostile and released."""
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)

    def work(connection: Connection) -> None:
        ids = connection.execute("SELECT id FROM text ORDER BY id").fetchall()
        for place, row in enumerate(ids):
            text = HOSTILE[place % len(HOSTILE)]
            values = {"id": row["id"], "text": text}
            connection.execute(
                "UPDATE text SET text = :text, released = :text WHERE id = :id", values
            )

    inst.database.write(work)
    return begin(inst, OLGA.id, MAIN_ORGANISATION)


def _download(port: int, cookie: str, names: tuple[str, ...]) -> list[int]:
    """What twenty people who want the report at once are told."""
    paths = [
        f"/arbeit/ausgaben/{COUNTED}/ergebnisse/herunterladen/{names[n % len(names)]}"
        for n in range(AT_ONCE)
    ]
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return list(crowd.map(lambda path: _ask(port, path, cookie), paths))


def _ask(port: int, path: str, cookie: str = "") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        headers = {"Cookie": f"__Host-nachklang={cookie}"} if cookie else {}
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        reply.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return reply.status
    finally:
        connection.close()
