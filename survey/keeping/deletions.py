"""What was deleted, kept outside the database, so that restoring an older copy deletes it again.

Lines hold random ids only: ``<edition> <participant>``, or ``<edition> *`` for everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.keeping.durable_writing import append_durably

if TYPE_CHECKING:
    from pathlib import Path

    from survey.settings import Settings

DELETIONS = "deletions"
EVERYBODY = "*"


def note_deletion(settings: Settings, edition_id: str, participant_id: str) -> None:
    """The deletion is on record, durably; `EVERYBODY` for all people of the edition."""
    append_durably(settings.data / DELETIONS, f"{edition_id} {participant_id}\n")


def read_deletions(path: Path) -> tuple[tuple[str, str], ...]:
    """Each deletion on record as edition and participant, in order, once; a line cut off by a crash is no record."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="ascii").split("\n")[:-1]
    pairs = (line.split(" ") for line in lines)
    return tuple(dict.fromkeys((p[0], p[1]) for p in pairs if len(p) == 2))  # noqa: PLR2004 -- a pair
