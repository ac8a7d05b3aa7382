"""XLSX files: opened only after their archive has been measured, and read in a process with limits."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from forms import spreadsheet_process
from survey.errors import FileRefused, Problem, problem

ZIP_MAGIC = b"PK\x03\x04"
OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 200
LARGEST_UNPACKED = 50 * 1024 * 1024
HIGHEST_RATIO = 100
_SECONDS = 30
_PIECE = 64 * 1024
_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_WORKBOOK = "xl/workbook.xml"

Rows = tuple[tuple[str, ...], ...]

_NOT_READABLE = problem(
    "Die Datei ist keine lesbare Excel-Datei. Öffnen Sie sie in Excel und speichern Sie sie neu als "
    "„Excel-Arbeitsmappe (.xlsx)“ oder als CSV."
)
_LOCKED = problem(
    "Die Datei ist ein altes Excel-Format oder mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort als "
    "„Excel-Arbeitsmappe (.xlsx)“ oder als CSV."
)
_TOO_LARGE = problem(
    "Die Tabelle ist zu groß. Erlaubt sind höchstens %(rows)s Zeilen und %(columns)s Spalten. Löschen Sie leere Zeilen "
    "und Spalten mit Formatierungen.",
    rows=spreadsheet_process.MOST_ROWS,
    columns=spreadsheet_process.MOST_COLUMNS,
)
_BOMB = problem("Die Datei ist nach dem Auspacken zu groß und wird nicht gelesen.")
_REFUSALS = {
    spreadsheet_process.LOCKED: _LOCKED,
    spreadsheet_process.TOO_LARGE: _TOO_LARGE,
}


def read_xlsx(data: bytes, name: str) -> dict[str, Rows]:
    """The visible sheets by name; FileRefused for anything that is not a plain, reasonably sized XLSX file."""
    if data.startswith(OLD_OFFICE_MAGIC):
        raise FileRefused(name, (_LOCKED,))
    fault = _archive_fault(data)
    if fault is not None:
        raise FileRefused(name, (fault,))
    try:
        done = subprocess.run(  # noqa: S603 -- our own script, in the interpreter that runs us
            [sys.executable, "-I", str(Path(spreadsheet_process.__file__))],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(name, (_NOT_READABLE,)) from error
    if done.returncode != 0:
        raise FileRefused(name, (_REFUSALS.get(done.returncode, _NOT_READABLE),))
    return {
        sheet["name"]: tuple(tuple(row) for row in sheet["rows"])
        for sheet in json.loads(done.stdout)
    }


def _archive_fault(data: bytes) -> Problem | None:
    """What is wrong with the archive; measured by unpacking it, since its own figures may lie."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        if len(entries) > MOST_ENTRIES:
            return _BOMB
        if _WORKBOOK not in {entry.filename for entry in entries}:
            return _NOT_READABLE
        room = min(LARGEST_UNPACKED, HIGHEST_RATIO * len(data))
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                return _LOCKED
            room -= _unpacked_size(data, entry, room)
            if room < 0:
                return _BOMB
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, OSError):
        return _NOT_READABLE
    return None


def _unpacked_size(data: bytes, entry: zipfile.ZipInfo, room: int) -> int:
    """Bytes the entry unpacks to, counted until they exceed `room`."""
    header = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    begins = entry.header_offset + _LOCAL_HEADER.size + header[-2] + header[-1]
    packed = data[begins : begins + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    while packed and not unpacker.eof and size <= room:
        size += len(unpacker.decompress(packed, _PIECE))
        packed = unpacker.unconsumed_tail
    return size
