"""The service as it is started: clients that never finish, requests that can be read in two ways, forms of any kind."""

from __future__ import annotations

import contextlib
import http.client
import resource
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.storage import boxes
from tests.commands.shell import Shell
from tests.events import congress
from tests.people import (
    Invited,
    StoppedClock,
    add_person,
    at_rest,
    make_installation,
    open_edition,
    store_edition,
)
from tests.security.mutations import HOSTILE, IS_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from survey.model.event import EditionRecord

SLOW_CLIENTS = 500
FORM = "application/x-www-form-urlencoded"
NO_REQUEST = "WARNING:  Invalid HTTP request received."


def said_in(shell: Shell) -> set[str]:
    """The lines that the service wrote into its log."""
    return set(shell.log.read_text(encoding="utf-8").splitlines())


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, and somebody who was invited."""

    host: str
    inst: Installation
    """The same data, seen from beside the service."""
    record: EditionRecord
    anna: Invited
    log: Shell

    def speak(self, raw: bytes, *, seconds: float = 30) -> bytes:
        """Everything the service says to these very bytes until it ends the line."""
        with self.line(seconds) as line:
            line.sendall(raw)
            with contextlib.suppress(ConnectionError):
                return b"".join(iter(lambda: line.recv(65536), b""))
        return b""

    def line(self, seconds: float = 30) -> socket.socket:
        """A line to the service."""
        host, _, port = self.host.partition(":")
        return socket.create_connection((host, int(port)), timeout=seconds)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Status and page."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        return reply.status, content

    def boxes(self) -> int:
        """How many answers lie in the urn."""
        return boxes.count(self.inst.database.read(), self.record.id)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Started as an operator starts it."""
    folder = tmp_path_factory.mktemp("service")
    clock = StoppedClock()
    inst = make_installation(folder, clock)
    (folder / "data-secret").symlink_to(folder / "secret")
    record = open_edition(inst, store_edition(inst, congress()))
    anna = add_person(inst, record, "Anna Albrecht", sessions=("ws01", "ws03"))
    inst.database.close()
    shell = Shell(folder)
    shell.at(clock())
    beside = at_rest(folder, clock)
    with shell.serving() as address:
        yield Service(urlsplit(address).netloc, beside, record, anna, shell)
        assert said_in(shell) <= {NO_REQUEST}
    beside.database.close()


def test_a_sound_answer_is_taken(service: Service) -> None:
    path = f"/f/{service.anna.token}"

    status, _ = service.ask("POST", path, b"overall=good&_action=submit", {"Content-Type": FORM})

    assert (status, service.boxes()) == (303, 1)


@pytest.mark.proves("S28")
def test_clients_that_never_finish_keep_nobody_else_waiting(service: Service) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard >= 2 * SLOW_CLIENTS, "this machine allows too few lines at once"
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * SLOW_CLIENTS), hard))
    path = f"/f/{service.anna.token}"
    half = [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 9999\r\n\r\nx=".encode(),
    ]
    with contextlib.ExitStack() as lines:
        slow = [lines.enter_context(service.line()) for _ in range(SLOW_CLIENTS)]
        for number, line in enumerate(slow):
            line.sendall(half[number % 2])

        statuses = {
            service.ask("GET", path)[0],
            service.ask("POST", path, b"overall=fair&_action=submit", {"Content-Type": FORM})[0],
            service.ask("GET", "/arbeit/anmelden")[0],
        }

    assert statuses == {200, 303}


@pytest.mark.proves("S28")
@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding: chunked, identity",
        b"Content-Length: +5",
        b"Content-Length: -1",
        b"Content-Length: 0x5",
        b"Content-Length: 5, 6",
        b"Content-Length : 5",
        b"X-Bad: a\x00b",
        b" X-Folded: y",
    ],
)
def test_a_request_that_can_be_read_in_two_ways_reaches_no_page(
    service: Service, headers: bytes
) -> None:
    smuggled = b"GET /hilfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    sound = b"POST /link HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    assert service.speak(sound).startswith(b"HTTP/1.1 422 ")

    told = service.speak(
        b"POST /link HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n\r\n0\r\n\r\n" + smuggled
    )

    assert told.count(b"HTTP/1.1 ") <= 1
    assert told == b"" or told.startswith(b"HTTP/1.1 400 ")
    assert b"Hilfe" not in told


@pytest.mark.proves("S29")
def test_a_body_without_end_is_refused_as_soon_as_it_is_too_large(service: Service) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with service.line() as line:
        line.sendall(
            b"POST /link HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        for _ in range(5):
            line.sendall(chunk)

        told = line.recv(100)

    assert told.startswith(b"HTTP/1.1 413 ")
    assert service.ask("GET", "/hilfe")[0] == 200


@pytest.mark.proves("S1")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/hilfe/kk2020", 200),
        ("/hilfe/%6bk2020", 200),
        ("/hilfe/%256bk2020", 404),
        ("/hilfe/kk2020%00", 404),
        ("/hilfe/..%2fkk2020", 404),
        ("/hilfe/%c0%ae", 404),
    ],
)
def test_an_address_is_decoded_once(service: Service, address: str, status: int) -> None:
    assert service.ask("GET", address)[0] == status


@pytest.mark.proves("S43")
def test_whoever_goes_away_in_the_middle_leaves_nothing_in_the_log(service: Service) -> None:
    with service.line() as line:
        line.sendall(
            b"POST /link?geheim HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\naddress=anna"
        )

    assert service.ask("GET", "/hilfe")[0] == 200
    assert said_in(service.log) <= {NO_REQUEST}


@pytest.mark.proves("S29")
def test_ranges_are_not_worked_out(service: Service) -> None:
    many = ",".join(f"{n}-{n}" for n in range(3000))

    status, page = service.ask("GET", "/hilfe", headers={"Range": f"bytes={many}"})

    assert status == 200
    assert page.endswith(b"</html>")


NAMES = b"overall recommendation heard topics change rating ws01.rating tenant_id".split()
names = st.sampled_from(
    [*NAMES, b"_action", b"_language", b"_revision", b"_secret", b""]
) | st.binary(max_size=20)
values = st.sampled_from(
    [b"good", b"10", b"not", b"submit", b"draft", b"easy", b"x" * 10_001, *HOSTILE]
) | st.binary(max_size=30)
kinds = st.sampled_from(
    [
        FORM,
        f"{FORM}; charset=utf-16",
        "multipart/form-data; boundary=b",
        "multipart/form-data",
        "text/plain",
        "application/json",
        "",
        "x" * 2000,
    ]
)


def written(pairs: list[tuple[bytes, bytes]], kind: str, *, is_raw: bool) -> bytes:
    """The fields as that kind of form has them; raw: without the quoting that keeps them apart."""
    if kind.startswith("multipart"):
        return b"".join(
            b'--b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % pair
            for pair in pairs
        ) + (b"" if is_raw else b"--b--\r\n")
    if is_raw:
        return b"&".join(b"%b=%b" % pair for pair in pairs)
    return "&".join(
        f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in pairs
    ).encode()


@pytest.mark.proves("S13", "S15", "S29")
@given(
    path=st.sampled_from(["", "/zurueck", "/weiter/x"]),
    pairs=st.lists(st.tuples(names, values), max_size=12),
    times=st.sampled_from([1, 1, 1, 20]),
    kind=kinds,
    is_raw=st.booleans(),
)
@settings(
    max_examples=3000 if IS_LONG else 60,
    derandomize=not IS_LONG,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_any_form_is_taken_whole_or_refused(
    service: Service,
    path: str,
    pairs: list[tuple[bytes, bytes]],
    times: int,
    kind: str,
    *,
    is_raw: bool,
) -> None:
    before = service.boxes()

    status, page = service.ask(
        "POST",
        f"/f/{service.anna.token}{path}",
        written(pairs * times, kind, is_raw=is_raw),
        {"Content-Type": kind},
    )

    after = service.boxes()
    assert status in {200, 303, 400, 404, 410, 413, 422}, (status, page[:200])
    assert after == before or status in {200, 303}
    assert after <= 1
