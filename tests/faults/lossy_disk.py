"""A disk that keeps only what was synced, as a file system for SQLite: the power can be cut, writes and syncs fail.

What is written lies in ordinary files, which stand for the cache of the operating system: everybody who reads
sees it at once. Beside them stands what the platters hold. A cut leaves what was synced and, by chance, any
sectors of what was not; a sync that fails forgets what it should have brought to the platters, as Linux does.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from random import Random

NAME = "lossy"
UNDERNEATH = "unix"
SECTORS = (512, 4096)


class PowerCut(apsw.IOError):
    """There is no machine any more."""


class DiskFails(apsw.IOError):
    """The disk reports an error."""


@dataclass(slots=True)
class Platter:
    """One file."""

    durable: bytearray | None
    """None if the name itself is not yet on the disk."""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes by offset; a truncation to that length has no bytes."""

    def sync(self) -> None:
        """Everything written is durable."""
        self.durable = self.durable or bytearray()
        for offset, data in self.pending:
            _apply(self.durable, offset, data)
        self.pending.clear()

    def after_a_cut(self, chance: Random) -> bytes | None:
        """What is left: all, nothing, or any sectors of what was not synced."""
        fate = chance.choice(("none", "none", "some", "some", "first", "all"))
        if self.durable is None and fate == "none":
            return None
        found = bytearray(self.durable or b"")
        pending = self.pending
        if fate == "none":
            pending = []
        elif fate == "first":
            pending = pending[: chance.randrange(len(pending) + 1)]
        sector = chance.choice(SECTORS)
        for offset, data in pending:
            if fate != "some":
                _apply(found, offset, data)
            elif data is None:
                if chance.random() < 0.5:
                    _apply(found, offset, None)
            else:
                for start, piece in _sectors(offset, data, sector):
                    if chance.random() < 0.5:
                        _apply(found, start, piece)
        return bytes(found)


class LossyDisk(apsw.VFS):
    """All files that are opened through it."""

    def __init__(self, chance: Random) -> None:
        super().__init__(NAME, UNDERNEATH)
        self.chance = chance
        self.platters: dict[str, Platter] = {}
        self.removed: dict[str, Platter] = {}
        """Files whose names may come back."""
        self.left = 0
        """So many changes until the power is cut; 0: it is not cut."""
        self.failing = 0.0
        """How often a write or a sync fails."""
        self.is_cut = False
        self.failures = 0
        self._remains: dict[str, bytes | None] = {}
        self._lock = threading.RLock()

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """A file."""
        return _LossyFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001
        """Gone from the directory, perhaps only for now."""
        with self._lock:
            self._step()
            platter = self.platters.pop(filename, None)
            if platter is not None and not syncdir:
                self.removed.setdefault(filename, platter)
            super().xDelete(filename, syncdir)

    def found(self, name: str) -> Platter:
        """The platter of that file, which lies there or is new."""
        with self._lock:
            if name not in self.platters:
                content = Path(name).read_bytes() if name not in self.removed else b""
                self.platters[name] = Platter(bytearray(content) if content else None)
            return self.platters[name]

    def write(self, name: str, offset: int, data: bytes | None) -> None:
        """Noted, not durable."""
        with self._lock:
            self._step()
            self._perhaps_fail()
            self.platters[name].pending.append((offset, data))

    def sync(self, name: str) -> None:
        """Durable, or forgotten if it fails."""
        with self._lock:
            self._step()
            try:
                self._perhaps_fail()
            except DiskFails:
                self.platters[name].pending.clear()
                raise
            self.platters[name].sync()
            self.removed.pop(name, None)

    def cut(self) -> None:
        """The power is gone."""
        with self._lock, suppress(PowerCut):
            self.left = 1
            self._step()

    def power_on(self) -> None:
        """The files are what the cut has left of them; everybody must have closed them."""
        for name, content in self._remains.items():
            for suffix in ("", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
            if content is not None:
                Path(name).write_bytes(content)
        self.is_cut = False
        self.left = 0
        self.failing = 0.0
        self.forget()

    def forget(self) -> None:
        """What lies there now is on the platters."""
        self.platters.clear()
        self.removed.clear()

    def _step(self) -> None:
        if self.left and not self.is_cut:
            self.left -= 1
            if not self.left:
                self._remains = self._after_a_cut()
                self.is_cut = True
        if self.is_cut:
            raise PowerCut

    def _after_a_cut(self) -> dict[str, bytes | None]:
        remains: dict[str, bytes | None] = {}
        for name in self.platters.keys() | self.removed.keys():
            platter = self.platters.get(name)
            content = platter.after_a_cut(self.chance) if platter else None
            before = self.removed.get(name)
            if content is None and before is not None and self.chance.random() < 0.5:
                content = before.after_a_cut(self.chance)
            remains[name] = content
        return remains

    def _perhaps_fail(self) -> None:
        if self.failing and self.chance.random() < self.failing:
            self.failures += 1
            raise DiskFails


class _LossyFile(apsw.VFSFile):
    def __init__(
        self, disk: LossyDisk, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        super().__init__(UNDERNEATH, name, flags)
        self._disk = disk
        self._name = ""
        if name is not None:
            self._name = name if isinstance(name, str) else name.filename()
            disk.found(self._name)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Into the cache."""
        if self._name:
            self._disk.write(self._name, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """In the cache."""
        if self._name:
            self._disk.write(self._name, newsize, None)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Onto the platters; the cache needs no disk."""
        del flags
        if self._name:
            self._disk.sync(self._name)

    def excepthook(self, *_: object) -> None:  # type: ignore[override]
        """SQLite is told by the code; nobody else needs to be."""


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        content.extend(bytes(max(0, offset - len(content))))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def _sectors(offset: int, data: bytes, sector: int) -> list[tuple[int, bytes]]:
    found = []
    at = offset
    end = offset + len(data)
    while at < end:
        until = min(end, (at // sector + 1) * sector)
        found.append((at, data[at - offset : until - offset]))
        at = until
    return found
