"""The witness: how many boxes the urn holds, in a small file of its own beside the database.

A rolled-back or damaged write-ahead log passes every check of the database and still has lost
answers; it then holds fewer boxes than were witnessed. The file is one number: no identity, no order.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from survey.errors import WitnessMismatch
from survey.urn.durable_files import sync_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_DIGITS = 12
_LENGTH = _DIGITS + 1


DAMAGED = -1
"""Stands for the number of a witness that holds none: it proves nothing, so a person must look."""


class Witness:
    """Counters of boxes, one file per edition."""

    def __init__(self, directory: Path, *, has_lost: Callable[[], bool] | None = None) -> None:
        self.directory = directory
        self._has_lost = has_lost
        """Where several machines fill one urn, another may have taken a box out: this says what is a loss."""

    def witnessed(self, edition_id: str) -> int:
        """How many boxes were last witnessed; ValueError if the file holds no number."""
        path = self._path(edition_id)
        return _number(path.read_bytes()) if path.exists() else 0

    @contextmanager
    def watching(self, edition_id: str, count_boxes: Callable[[], int]) -> Iterator[None]:
        """Around a transaction that fills the urn; WitnessMismatch if boxes are missing when it starts.

        What it adds is witnessed once it is committed, so that a crash in between never looks like a
        loss. The lock keeps processes that share the database from witnessing each other's half steps.
        """
        with self._locked(edition_id) as descriptor:
            self._compare(edition_id, count_boxes())
            yield
            boxes = count_boxes()
            if boxes != _number(os.pread(descriptor, _LENGTH, 0)):
                _write(descriptor, boxes)

    def lower(self, edition_id: str) -> None:
        """One box less will be there: witnessed before the commit that takes it out, inside `watching`."""
        descriptor = os.open(self._path(edition_id), os.O_RDWR)
        try:
            _write(descriptor, max(0, _number(os.pread(descriptor, _LENGTH, 0)) - 1))
        finally:
            os.close(descriptor)

    def compare(self, edition_id: str, count_boxes: Callable[[], int]) -> None:
        """WitnessMismatch, and an alarm that stays, if fewer boxes lie in the urn than were witnessed."""
        with self._locked(edition_id):
            self._compare(edition_id, count_boxes())

    def is_alarmed(self, edition_id: str) -> bool:
        """True from a mismatch until a person has confirmed it."""
        return self._alarm_path(edition_id).exists()

    def confirm(self, edition_id: str, boxes: int) -> None:
        """A person has looked: so many boxes it is from now on."""
        with self._locked(edition_id) as descriptor:
            _write(descriptor, boxes)
        self._alarm_path(edition_id).unlink(missing_ok=True)
        sync_directory(self.directory)

    def forget(self, edition_id: str) -> None:
        """The urn was counted: there is nothing left to witness."""
        self._path(edition_id).unlink(missing_ok=True)
        self._alarm_path(edition_id).unlink(missing_ok=True)

    def _compare(self, edition_id: str, boxes: int) -> None:
        try:
            witnessed = self.witnessed(edition_id)
        except ValueError:
            witnessed = DAMAGED
        if witnessed == DAMAGED or (boxes < witnessed and self._is_loss()):
            self._alarm_path(edition_id).touch(mode=0o600)
            sync_directory(self.directory)
        if self.is_alarmed(edition_id):
            raise WitnessMismatch(edition_id, witnessed=witnessed, found=boxes)

    def _is_loss(self) -> bool:
        return self._has_lost is None or self._has_lost()

    @contextmanager
    def _locked(self, edition_id: str) -> Iterator[int]:
        path = self._path(edition_id)
        is_new = not path.exists()
        if is_new:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if is_new:
                sync_directory(self.directory)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _path(self, edition_id: str) -> Path:
        return self.directory / f"{edition_id}.witness"

    def _alarm_path(self, edition_id: str) -> Path:
        return self.directory / f"{edition_id}.alarm"


def _number(content: bytes) -> int:
    return int(content) if content else 0


def _write(descriptor: int, boxes: int) -> None:
    # In place and of one length: a few bytes of one sector, so neither torn nor in need of space.
    os.pwrite(descriptor, b"%0*d\n" % (_DIGITS, boxes), 0)
    os.fdatasync(descriptor)
