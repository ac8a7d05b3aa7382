"""What holds for every test: the same examples each time, and no network beyond this machine."""

from __future__ import annotations

import ipaddress
import socket
import sys

from hypothesis import HealthCheck, settings

from tests.chromium import browser  # noqa: F401 -- two in one process would not bear each other
from tests.people import (  # noqa: F401 -- the cast is on every stage
    anna,
    bernd,
    clara,
    clock,
    inst,
    open_call,
    open_congress,
)
from tests.postgresql_cluster import cluster, empty_postgresql, postgresql  # noqa: F401 -- the second engine
from tests.proofs.ledger import (  # noqa: F401 -- what was proved is written down
    pytest_collection_modifyitems,
    pytest_runtest_logreport,
)
from tests.workplace import (  # noqa: F401 -- and the people who work with it
    furnished,
    last_year,
    workplace,
)

# The same examples on every machine, and no verdict from the clock: a busy machine is no failure.
settings.register_profile(
    "deterministic",
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("deterministic")


class NetworkForbidden(RuntimeError):
    """A test reached for an address beyond this machine."""


_THIS_MACHINE = {None, "", "localhost", "localhost.localdomain", socket.gethostname()}


def _is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in _THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _forbid_network(event: str, arguments: tuple[object, ...]) -> None:
    # An audit hook sees every socket of this process, whichever library opened it. No OSError is raised:
    # code that copes with a dead network must not swallow it.
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        # A tuple is an Internet address; a path or nothing stays on this machine.
        if isinstance(address, tuple) and not _is_this_machine(address[0]):
            raise NetworkForbidden(address)
    elif event == "socket.getaddrinfo" and not _is_this_machine(arguments[0]):
        raise NetworkForbidden(arguments[0])


sys.addaudithook(_forbid_network)
