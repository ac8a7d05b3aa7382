"""The service as it is, but for one thing: answers are read, checked and sealed, and then not written.

python -m bench.without_write        prints its port, then serves until it is ended
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from survey.application import make_application
from survey.commands.running import leave_what_was_made
from survey.installation import make_installation
from survey.memory import share_one_arena
from survey.settings import read_settings
from survey.storage.connection import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.workplace import Actor
    from survey.storage.connection import Connection, Result, Watch


class ForgetfulDatabase(Database):
    """Reads as ever and says that it has written."""

    def write_for(
        self, actor: Actor, work: Callable[[Connection], Result], *, watch: Watch | None = None
    ) -> Result:
        """Nothing."""
        del actor, work, watch
        return None  # type: ignore[return-value]


def main() -> None:
    """Serve."""
    share_one_arena()
    inst = make_installation(read_settings(os.environ))
    inst = replace(inst, database=ForgetfulDatabase(inst.settings.database))
    config = uvicorn.Config(
        make_application(inst),
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        leave_what_was_made()
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
