"""The least that can be served: ``ok`` to everything, under the web server and the settings the service uses.

python -m bench.bare_reply        prints its port, then serves until it is ended
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from survey.commands.running import leave_what_was_made
from survey.memory import share_one_arena

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain"), (b"content-length", b"2")],
}
BODY = {"type": "http.response.body", "body": b"ok"}


async def bare_reply(scope: Scope, receive: Receive, send: Send) -> None:
    """Reply ``ok``."""
    del receive
    if scope["type"] == "http":
        await send(START)
        await send(BODY)


def main() -> None:
    """Serve."""
    share_one_arena()
    config = uvicorn.Config(
        bare_reply,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        lifespan="off",
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        leave_what_was_made()
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
