"""Somebody who looks on: copies everything each time something was stored, and compares it with the copy before."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.auditing.canaries import Sighting, sightings
from survey.auditing.write_ahead_log import after_log, generation, replay
from survey.storage.connection import open_connection
from survey.storage.copied import SeenUrn, every_row, seen_urn, write_copy

if TYPE_CHECKING:
    from pathlib import Path

    from survey.storage.connection import Connection

DATABASE = "nachklang.db"
LOG = "nachklang.db-wal"
SHARED_MEMORY = "nachklang.db-shm"
COMMITS = "nachklang.db.commits"
"""How often was committed, as the file of the witness says how many boxes there are: a number, and nobody's."""
_OVERLAP = 1 << 12
NOBODY = SeenUrn(frozenset(), {}, {})


@dataclass(frozen=True, slots=True)
class Place:
    """Folders that the onlooker can copy."""

    folders: tuple[Path, ...]
    without: tuple[Path, ...] = ()
    """Folders inside them that are kept elsewhere: keys and the host's secrets."""

    def files(self) -> list[Path]:
        """Every file, in a fixed order."""
        return [
            path
            for folder in self.folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not any(path.is_relative_to(other) for other in self.without)
        ]


@dataclass(slots=True)
class Seen:
    """What the onlooker has got hold of."""

    boxes: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    """By address: every box that appeared or changed while that person alone became one who has answered."""
    drafts: dict[str, bytes] = field(default_factory=dict)
    drafts_of: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    """By address: the drafts that person kept. No attack knows it; it tells whose draft an attack has found."""
    first_values: frozenset[object] = frozenset()
    """Texts and numbers of the first copy, from before anybody answered."""
    values: set[object] = field(default_factory=set)
    """Texts and numbers that came into the database later, in whatever column, though they may have gone again."""
    answers_in_copies: set[Sighting] = field(default_factory=set)
    """Canaries that lay open in anything that was copied."""
    boxes_in_log: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """The same as `boxes`, out of the write-ahead log of one copy, transaction by transaction."""
    touched: set[str] = field(default_factory=set)
    """Names of files, other than the database's, that changed when an answer was stored."""
    sizes: set[int] = field(default_factory=set)
    """Lengths of boxes and drafts."""
    copies: int = 0


class Onlooker:
    """Looks after each step; keeps what was seen."""

    def __init__(self, place: Place, data: Path, scratch: Path) -> None:
        self.seen = Seen()
        self._place = place
        self._data = data
        self._scratch = scratch / "copy.db"
        scratch.mkdir()
        self._urn = NOBODY
        self._known: dict[Path, tuple[int, int]] = {}
        self._scanned: dict[Path, int] = {}
        self._last_copy = (b"", b"")
        self._base = b""
        """The database as it was when its present log began."""

    def look(self) -> frozenset[Path]:
        """Copy what changed since the last look; which files that were."""
        self.seen.copies += 1
        changed = set()
        for path in self._place.files():
            try:
                state = path.stat()
                stamp = (state.st_mtime_ns, state.st_size)
                if self._known.get(path) != stamp:
                    self._known[path] = stamp
                    changed.add(path)
                    self._search(path, path.read_bytes())
            except FileNotFoundError:
                continue  # a temporary file went between two looks at the folder
        self._read_database()
        return frozenset(changed)

    def sees_storing(self) -> bool:
        """Look; True if the database has changed since the last look, or its log."""
        return bool(self.look() & {self._data / DATABASE, self._data / LOG})

    def look_after_storing(self, address: str, *, allowed: frozenset[str]) -> None:
        """Look, and lay the new box beside the person who is new among those who have answered."""
        before = self._urn
        changed = self.look()
        self.seen.touched |= {path.name for path in changed} - allowed
        now = self._urn
        new = {s: b for s, b in now.boxes.items() if before.boxes.get(s) != b}
        people = now.answered - before.answered or frozenset({address})
        if len(new) == 1 and len(people) == 1:
            (box,) = new.items()
            self.seen.boxes.setdefault(next(iter(people)), []).append(box)
        drafts = {s: b for s, b in now.drafts.items() if before.drafts.get(s) != b}
        self.seen.drafts |= drafts
        if drafts:
            self.seen.drafts_of.setdefault(address, []).extend(drafts.items())
        self.seen.sizes |= {len(box) for box in (*new.values(), *drafts.values())}

    def last_copy(self) -> bytes:
        """The database as it was when last copied, its log applied."""
        return after_log(*self._last_copy)

    def read_last_log(self) -> None:
        """What the log of the last copy tells by itself, transaction by transaction."""
        log = self._last_copy[1]
        if log:
            self.seen.boxes_in_log |= boxes_in_log(self._base, log, scratch=self._scratch)

    def _read_database(self) -> None:
        database = (self._data / DATABASE).read_bytes()
        path = self._data / LOG
        log = path.read_bytes() if path.exists() else b""
        if generation(log) != generation(self._last_copy[1]):
            self.read_last_log()
            self._base = database
        if (database, log) != self._last_copy:
            self._last_copy = (database, log)
            write_copy(self._scratch, after_log(database, log))
            with closing(open_connection(self._scratch)) as connection:
                self._urn = seen_urn(connection)
                values = values_in(connection)
            if not self.seen.first_values:
                self.seen.first_values = values
            self.seen.values |= values - self.seen.first_values

    def _search(self, path: Path, content: bytes) -> None:
        start = 0
        if path.name.endswith((LOG, ".log")):
            # They grow at their end; the log of the database begins anew with other salts.
            start = max(0, self._scanned.get(path, 0) - _OVERLAP)
            if path.name == LOG and generation(content) != generation(self._last_copy[1]):
                start = 0
            self._scanned[path] = len(content)
        self.seen.answers_in_copies |= sightings(content[start:])


def values_in(connection: Connection) -> frozenset[object]:
    """Every text and number of every row of every table."""
    return frozenset(
        value
        for _, row in every_row(connection)
        for value in row
        if isinstance(value, str | int | float)
    )


def boxes_in_log(database: bytes, log: bytes, *, scratch: Path) -> dict[str, tuple[str, bytes]]:
    """Which box came with which person, one transaction of the log after the other; by address."""
    found: dict[str, tuple[str, bytes]] = {}
    before: SeenUrn | None = None
    for content in replay(database, log):
        write_copy(scratch, content)
        with closing(open_connection(scratch)) as connection:
            now = seen_urn(connection)
        if before is not None:
            people = now.answered - before.answered
            new = {s: b for s, b in now.boxes.items() if before.boxes.get(s) != b}
            if len(people) == len(new) == 1:
                found[next(iter(people))] = next(iter(new.items()))
        before = now
    return found
