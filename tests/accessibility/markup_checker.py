"""The Nu HTML checker, started once and asked about every page: is it valid HTML?"""

from __future__ import annotations

import atexit
import json
import re
import socket
import subprocess
import time
from functools import cache
from pathlib import Path
from urllib.request import Request, urlopen

JAR = Path(__file__).parent / "engines/node_modules/vnu-jar/build/dist/vnu.jar"
PATIENCE = 120
_SAID_AGAIN = (
    "Where rows are stacked on telephones, some readers only know a table that says so itself."
)
BORNE = {
    r"role” attribute must not be used on a “(td|th|tr)” .*role=\"(cell|row|col)": _SAID_AGAIN,
    r"“(table|rowgroup|row|cell|columnheader|rowheader)” role is unnecessary": _SAID_AGAIN,
}
"""What the checker says and we leave so: a pattern, and why."""


class MarkupCheckerMissing(RuntimeError):
    """The checker did not start."""


class MarkupCheckerSilent(RuntimeError):
    """The checker took a page, and never said what it thinks of it."""


def markup_faults(source: str) -> list[str]:
    """Errors and warnings of the checker."""
    messages = ask(_address(), source)
    said = [
        f"{one.get('subType', one['type'])}: {one['message']} [{one.get('extract', '')[:120]}]"
        for one in messages
    ]
    return [one for one in said if not any(re.search(pattern, one, re.DOTALL) for pattern in BORNE)]


def ask(address: str, source: str, *, patience: float = PATIENCE) -> list[dict[str, str]]:
    """What the checker at that address says of a page; `MarkupCheckerSilent` where it says nothing."""
    request = Request(  # noqa: S310 -- this machine's own
        f"{address}/?out=json",
        data=source.encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    try:
        with urlopen(request, timeout=patience) as reply:  # noqa: S310
            messages: list[dict[str, str]] = json.load(reply)["messages"]
    except TimeoutError:
        raise MarkupCheckerSilent(f"nothing said within {patience:g} s") from None
    return messages


@cache
def _address() -> str:
    if not JAR.exists():
        raise MarkupCheckerMissing("scripts/setup test installs it")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    # A short life: neither a fast compiler nor several collectors pay. Its grammars nest deeply.
    started = subprocess.Popen(
        [
            "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xss8m",
            "-Dnu.validator.servlet.bind-address=127.0.0.1",
            "-cp",
            JAR,
            "nu.validator.servlet.Main",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(started.kill)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and started.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return f"http://127.0.0.1:{port}"
    raise MarkupCheckerMissing(f"java ended with {started.poll()}")
