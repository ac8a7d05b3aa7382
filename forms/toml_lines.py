"""TOML files with the line of every key, so that a problem can say where it stands.

tomllib checks the grammar and gives the values, but forgets the lines; a light scan of the text, which
tomllib has found well-formed, finds them again.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import FileRefused, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST_FILE = 256 * 1024
_DEEPEST = 20
_DEEP_KEY = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{_DEEPEST}}}"""
)
_AT_LINE = re.compile(r"\(at line (\d{1,9}), column \d{1,9}\)")

Path = tuple[str | int, ...]
"""Keys and, in arrays, positions from 0: ``("sessions", 2, "title")``."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The values of a TOML file and the lines they stand in."""

    name: str
    values: Mapping[str, object]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int | None:
        """The line of that key, else of the first thing in it, else of the table around it."""
        for length in range(len(path), 0, -1):
            begun = path[:length]
            found = [line for known, line in self.lines.items() if known[:length] == begun]
            if found:
                return self.lines.get(begun, min(found))
        return None


def place(path: Path) -> str:
    """The path as people count: ``sessions[3].title`` is the title of the third session."""
    said = ""
    for part in path:
        if isinstance(part, int):
            said += f"[{part + 1}]"
        else:
            said += f".{part}" if said else part
    return said


def parse_toml(data: bytes, name: str) -> TomlFile:
    """The file's values and lines; FileRefused where it is too large, not UTF-8 or not TOML."""
    if len(data) > LARGEST_FILE:
        raise FileRefused(
            name,
            (
                problem(
                    "Die Datei ist zu groß. Erlaubt sind höchstens %(limit)s KiB.",
                    limit=LARGEST_FILE // 1024,
                ),
            ),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            name,
            (
                problem(
                    "Die Datei ist nicht als UTF-8 gespeichert. Speichern Sie sie im Editor mit der Kodierung „UTF-8“.",
                    line=line,
                ),
            ),
        ) from error
    deep = _DEEP_KEY.search(text)
    if deep is not None:
        # tomllib takes minutes for a key of a hundred thousand parts.
        line = text.count("\n", 0, deep.start()) + 1
        raise FileRefused(name, (problem("Dieser Eintrag hat zu viele Punkte.", line=line),))
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(name, (_syntax_problem(error, text),)) from error
    return TomlFile(name, values, dict(_lines(text)))


def _syntax_problem(error: Exception, text: str) -> Problem:
    found = _AT_LINE.search(str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    cause = str(error)
    for beginning, key in _CAUSES.items():
        if cause.startswith(beginning):
            return problem(key, line=line)
    return problem("Die Schreibweise stimmt hier nicht.", line=line)


_CAUSES = {
    "Unterminated string": "Ein Text hört nicht auf: Das Anführungszeichen am Ende fehlt.",
    "Illegal character": "In diesem Text steht ein verbotenes Zeichen (zum Beispiel ein Zeilenumbruch).",
    "Unescaped": "In diesem Text steht ein umgekehrter Schrägstrich. Schreiben Sie ihn doppelt.",
    "Cannot overwrite": "Ein Eintrag steht doppelt da.",
    "Cannot declare": "Ein Abschnitt steht doppelt da.",
    "Cannot mutate": "Ein Abschnitt steht doppelt da.",
    "Duplicate": "Ein Eintrag steht doppelt da.",
    "Expected '='": "Hier fehlt ein Gleichheitszeichen.",
    "Invalid value": "Dieser Wert ist nicht zu verstehen. Texte gehören in Anführungszeichen.",
    "Invalid date": "Dieses Datum gibt es nicht.",
    "Invalid initial character": "Der Name eines Eintrags fehlt oder hat Zeichen, die nicht erlaubt sind.",
    "Unclosed array": "Eine Liste hört nicht auf: Die eckige Klammer am Ende fehlt.",
    "Unclosed inline table": "Eine geschweifte Klammer am Ende fehlt.",
}
"""How tomllib's complaints begin, and the same in plain words."""


def _lines(text: str) -> Iterator[tuple[Path, int]]:
    """Path and line of every table, key and inline table in a list, for text that tomllib has accepted."""
    table: Path = ()
    counts: dict[Path, int] = {}
    scan = _Value()
    for number, line in enumerate(text.split("\n"), 1):
        begun = line.strip()
        if scan.is_open:
            yield from ((path, number) for path in scan.read(line))
        elif begun.startswith("[["):
            table = _resolved(_keys(begun[2 : begun.find("]]")]), counts)
            counts[table] = counts.get(table, -1) + 1
            table = (*table, counts[table])
            yield table, number
        elif begun.startswith("["):
            table = _resolved(_keys(begun[1 : begun.find("]")]), counts)
            yield table, number
        elif "=" in begun and not begun.startswith("#"):
            key, _, value = line.partition("=")
            path = (*table, *_keys(key))
            yield path, number
            scan.begin(path)
            yield from ((found, number) for found in scan.read(value))


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _resolved(keys: tuple[str, ...], counts: Mapping[Path, int]) -> Path:
    """The path with the position of the latest element wherever a key names a list of tables."""
    path: Path = ()
    for position, key in enumerate(keys):
        path = (*path, key)
        if path in counts and position < len(keys) - 1:
            path = (*path, counts[path])
    return path


class _Value:
    """Reads a value that may go on over several lines: texts in three quotes, lists."""

    def __init__(self) -> None:
        self._path: Path = ()
        self._depth = 0
        self._elements = 0
        self._quote = ""

    def begin(self, path: Path) -> None:
        self._path = path
        self._depth = self._elements = 0
        self._quote = ""

    @property
    def is_open(self) -> bool:
        return self._depth > 0 or len(self._quote) == len('"""')

    def read(self, line: str) -> Iterator[Path]:
        """Takes one line; yields the path of each inline table that begins in it directly in the list."""
        at = 0
        while at < len(line):
            at = self._read_text(line, at) if self._quote else self._read_mark(line, at)
            if self._is_element:
                yield (*self._path, self._elements)
                self._elements += 1
        if len(self._quote) == 1:
            self._quote = ""

    _is_element = False

    def _read_text(self, line: str, at: int) -> int:
        self._is_element = False
        if line[at] == "\\" and self._quote[0] == '"':
            return at + 2
        if line.startswith(self._quote, at):
            width = len(self._quote)
            self._quote = ""
            return at + width
        return at + 1

    def _read_mark(self, line: str, at: int) -> int:
        mark = line[at]
        self._is_element = mark == "{" and self._depth == 1
        if mark in "\"'":
            self._quote = mark * 3 if line.startswith(mark * 3, at) else mark
            return at + len(self._quote)
        if mark == "#":
            return len(line)
        self._depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark, 0)
        return at + 1
