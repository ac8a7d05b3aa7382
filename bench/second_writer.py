"""A worker that always has something to write: fifty commits a second into the file of the installation.

python -m bench.second_writer        writes until it is ended, or until a write fails, which it says
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from survey.installation import make_installation
from survey.model.steady_time import SteadyTime
from survey.settings import read_settings
from survey.storage import looks

if TYPE_CHECKING:
    from survey.storage.connection import Connection

SECONDS_BETWEEN = 0.02


def main() -> None:
    """Write."""
    inst = make_installation(read_settings(os.environ))
    print("1", flush=True)

    def look(connection: Connection) -> None:
        steady = SteadyTime("bench", time.monotonic())
        looks.look(connection, "bench", "bench", at=datetime.now(UTC), steady=steady)

    while True:
        inst.database.write(look)
        time.sleep(SECONDS_BETWEEN)


if __name__ == "__main__":
    main()
