"""Workbooks made to be larger than they look."""

from __future__ import annotations

import copy
import io
import zipfile

import pytest

from forms.registration_list import read_registration_list
from survey.errors import FileRefused
from tests.forms.registration_lists import EDITION
from tests.forms.test_table_file import ONE_PERSON, why, workbook

TOO_LARGE = "Die Datei ist nach dem Auspacken zu groß"
SHEET = "xl/worksheets/sheet1.xml"


def with_part(name: str, content: bytes) -> bytes:
    """A sound workbook with one part put in or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"L": ONE_PERSON}))) as old:
        parts = {entry: old.read(entry) for entry in old.namelist()} | {name: content}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, part in parts.items():
            new.writestr(entry, part)
    return made.getvalue()


@pytest.mark.proves("S30")
def test_entries_that_lie_upon_each_other_are_counted_each() -> None:
    made = io.BytesIO(with_part("xl/media/0.bin", b"0" * 400_000))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        kernel = archive.getinfo("xl/media/0.bin")
        for number in range(
            1, 180
        ):  # so many names for the same bytes: 72 MB out of some kilobytes
            again = copy.copy(kernel)
            again.filename = f"xl/media/{number}.bin"
            archive.filelist.append(again)
        archive._didModify = True  # type: ignore[attr-defined]

    assert len(made.getvalue()) < 50_000
    assert why(made.getvalue()).startswith(TOO_LARGE)


@pytest.mark.proves("S30")
def test_an_archive_in_an_archive_is_not_opened() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("x", b"0" * 60_000_000)

    found = read_registration_list(with_part("xl/media/x.zip", bomb.getvalue()), "l.xlsx", EDITION)

    assert len(found.registrations) == 1


@pytest.mark.proves("S30")
@pytest.mark.parametrize("size", ["A1:XFD1048576", "A1:A1", "ZZZ9:A0", "nonsense"])
def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_is(size: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook({"L": ONE_PERSON}))) as archive:
        sheet = archive.read(SHEET)
    before, _, rest = sheet.partition(b"<dimension ref=")
    lying = before + f'<dimension ref="{size}"/>'.encode() + rest.partition(b"/>")[2]
    assert lying != sheet

    try:
        found = read_registration_list(with_part(SHEET, lying), "l.xlsx", EDITION)
    except FileRefused:
        return
    assert len(found.registrations) == 1
