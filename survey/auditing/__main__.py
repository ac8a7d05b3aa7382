"""The long form of the attack: ``python -m survey.auditing [PEOPLE]`` on a throwaway installation."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from survey.auditing.linkage import audit_linkage
from survey.language.catalogue import catalogue
from survey.settings import read_settings

PEOPLE = 200
_REHEARSED = datetime(2026, 3, 2, 8, tzinfo=UTC)


def main(arguments: list[str]) -> int:
    """0 if nobody is linked and every control succeeds."""
    people = int(arguments[0]) if arguments else PEOPLE
    with tempfile.TemporaryDirectory(prefix="nachklang-audit-") as directory:
        work = Path(directory)
        protocol = audit_linkage(
            read_settings({}, data=work / "nowhere"),
            work / "audit",
            people=people,
            now=_REHEARSED,
            progress=_tell,
        )
    sys.stderr.write("\n")
    sys.stdout.write(protocol.text(catalogue("de")))
    return 0 if protocol.holds else 1


def _tell(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done}/{of}")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
