"""Real files, damaged: byte by byte, line by line, cell by cell, and inside the parts of a workbook."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
IS_LONG = os.environ.get("NACHKLANG_TESTS") == "long"
"""By hand: thousands of examples instead of some dozens."""
HOSTILE = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    "\u202e\u200b\u2028".encode(),
    "Ａ＝１＋１".encode(),
    b"=1+1",
    b'"',
    b'""""',
    b"'''",
    b"]]]]",
    b"[" * 200,
    b"{" * 200,
    b"-1",
    b"1e999",
    b"9" * 5000,
    b"0x1",
    b"nan",
    b"99999-99-99",
    b"2020-02-30",
    b"\r",
    b"\r\n\r\n",
    b";;;;;;",
    b"\t\t",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<![CDATA[",
    b"</row>",
    b"&#0;",
    b"&#x110000;",
    b"../../x",
    b"a@b",
    b"x" * 3000,
    b"{{7*7}}",
    b"' OR 1=1 --",
    b"a.b.c.d.e = 1\n",
    b"[[sessions]]\n",
    b"%s%n%d",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One damage: what is done, where (from 0 to 1), how far, and with what."""

    kind: str
    at: float
    far: float
    what: bytes


def changes(*, most: int = 6) -> st.SearchStrategy[list[Change]]:
    """A few damages."""
    share = st.floats(0, 1, allow_nan=False)
    what = st.sampled_from(HOSTILE) | st.binary(max_size=8)
    return st.lists(
        st.builds(Change, st.sampled_from(sorted(_DAMAGES)), share, share, what), max_size=most
    )


def damaged(content: bytes, done: Sequence[Change]) -> bytes:
    """The content after all of that."""
    for change in done:
        content = _DAMAGES[change.kind](content, change)
    return content


def damaged_workbook(content: bytes, done: Sequence[Change], *, part: float) -> bytes:
    """The workbook with one of its parts damaged, put together again as a sound archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        chosen = names[min(int(part * len(names)), len(names) - 1)]
        for name in names:
            entry = old.read(name)
            new.writestr(zipfile.ZipInfo(name), damaged(entry, done) if name == chosen else entry)
    return made.getvalue()


def _place(content: bytes, share: float) -> int:
    return int(share * len(content))


def _flip(content: bytes, change: Change) -> bytes:
    at = _place(content, change.at)
    return content[:at] + bytes(b ^ 0x55 for b in content[at : at + 1]) + content[at + 1 :]


def _insert(content: bytes, change: Change) -> bytes:
    at = _place(content, change.at)
    return content[:at] + change.what + content[at:]


def _cut_out(content: bytes, change: Change) -> bytes:
    begin, end = sorted((_place(content, change.at), _place(content, change.far)))
    return content[:begin] + content[end:]


def _cut_off(content: bytes, change: Change) -> bytes:
    return content[: _place(content, change.at)]


def _line(content: bytes, change: Change) -> tuple[list[bytes], int]:
    lines = content.split(b"\n")
    return lines, min(int(change.at * len(lines)), len(lines) - 1)


def _double_line(content: bytes, change: Change) -> bytes:
    lines, at = _line(content, change)
    return b"\n".join([*lines[:at], lines[at], lines[at], *lines[at + 1 :]])


def _move_line(content: bytes, change: Change) -> bytes:
    lines, at = _line(content, change)
    taken = lines.pop(at)
    lines.insert(int(change.far * (len(lines) + 1)), taken)
    return b"\n".join(lines)


def _drop_line(content: bytes, change: Change) -> bytes:
    lines, at = _line(content, change)
    return b"\n".join(lines[:at] + lines[at + 1 :])


def _replace_value(content: bytes, change: Change) -> bytes:
    """One cell of a table, one value of a key, one text of an element."""
    lines, at = _line(content, change)
    for sign in (b";", b",", b"=", b">"):
        parts = lines[at].split(sign)
        if len(parts) > 1:
            parts[min(int(change.far * len(parts)), len(parts) - 1)] = change.what
            lines[at] = sign.join(parts)
            break
    return b"\n".join(lines)


_DAMAGES: dict[str, Callable[[bytes, Change], bytes]] = {
    "flip": _flip,
    "insert": _insert,
    "cut out": _cut_out,
    "cut off": _cut_off,
    "double a line": _double_line,
    "move a line": _move_line,
    "drop a line": _drop_line,
    "replace a value": _replace_value,
}
