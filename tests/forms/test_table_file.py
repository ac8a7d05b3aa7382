from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.registration_list import read_registration_list
from forms.table_file import read_tables
from survey.errors import FileRefused
from tests.forms.registration_lists import EDITION

LIST = "Name{0}E-Mail\r\nJörg Weiß{0}a@b.example\r\n"


def workbook(sheets: dict[str, dict[tuple[int, int], object]], *, hidden: str = "") -> bytes:
    """An XLSX file with these cells."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name, cells in sheets.items():
        sheet = book.add_worksheet(name)
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
        if name == hidden:
            sheet.hide()
    book.close()
    return content.getvalue()


def why(data: bytes) -> str:
    """The beginning of the only problem of a file that has to be refused."""
    with pytest.raises(FileRefused) as refused:
        read_registration_list(data, "liste.xlsx", EDITION)
    (problem,) = refused.value.problems
    return problem.key.split(".")[0]


ONE_PERSON: dict[tuple[int, int], object] = {
    (0, 0): "Name",
    (0, 1): "E-Mail",
    (1, 0): "Jörg Weiß",
    (1, 1): "a@b.example",
}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_every_dialect(delimiter: str, encoding: str) -> None:
    found = read_registration_list(LIST.format(delimiter).encode(encoding), "l.csv", EDITION)

    assert [(r.name, r.address) for r in found.registrations] == [("Jörg Weiß", "a@b.example")]


def test_first_line_may_name_the_separator() -> None:
    found = read_registration_list(("sep=,\r\n" + LIST.format(",")).encode(), "l.csv", EDITION)

    assert [(r.line, r.name) for r in found.registrations] == [(3, "Jörg Weiß")]


def test_cell_may_hold_several_lines() -> None:
    (table, *_) = read_tables(b'a;b\n"x\ny";2\n3;4\n', "l.csv")

    assert [(row.line, row.cells) for row in table.rows] == [
        (1, ("a", "b")),
        (2, ("x\ny", "2")),
        (4, ("3", "4")),
    ]


def test_umlauts_read_with_the_wrong_encoding_are_noticed() -> None:
    data = LIST.format(";").encode().decode("cp1252").encode()

    with pytest.raises(FileRefused) as refused:
        read_registration_list(data, "l.csv", EDITION)

    assert [(p.line, p.values()) for p in refused.value.problems] == [(2, {"damaged": "Ã¶"})]


def test_workbook_is_read_wherever_its_table_begins() -> None:
    shifted = {(row + 3, column + 2): value for (row, column), value in ONE_PERSON.items()}

    found = read_registration_list(
        workbook({"Liste": {(0, 0): "Titel", **shifted}}), "l.xlsx", EDITION
    )

    assert [(r.line, r.name) for r in found.registrations] == [(5, "Jörg Weiß")]


def test_whole_numbers_of_a_workbook_have_no_decimal_point() -> None:
    cells = {
        **ONE_PERSON,
        (0, 2): "Anmeldenummer",
        (1, 2): 1001.0,
        (0, 3): "Anwesend",
        (1, 3): True,
    }

    (found,) = read_registration_list(workbook({"L": cells}), "l.xlsx", EDITION).registrations

    assert (found.number, found.attended) == ("1001", True)


def test_hidden_sheets_are_passed_over() -> None:
    data = workbook({"Liste": ONE_PERSON, "Alt": ONE_PERSON}, hidden="Alt")

    assert len(read_registration_list(data, "l.xlsx", EDITION).registrations) == 1


def test_two_lists_in_one_workbook_are_refused() -> None:
    assert why(workbook({"A": ONE_PERSON, "B": ONE_PERSON})) == (
        "Mehrere Tabellenblätter enthalten Anmeldungen: %(sheets)s"
    )


@pytest.mark.proves("S30")
def test_two_cells_in_far_corners_are_refused() -> None:
    assert why(workbook({"L": {**ONE_PERSON, (1_048_575, 16_383): "x"}})).startswith(
        "Die Datei ist keine lesbare Excel-Datei"
    )


@pytest.mark.proves("S30")
def test_more_rows_than_a_list_has_are_refused() -> None:
    assert why(workbook({"L": {**ONE_PERSON, (21_000, 0): "x"}})) == "Die Tabelle ist zu groß"


def test_more_lines_than_a_list_has_are_refused() -> None:
    data = b"E-Mail\n" + b"".join(b"a%d@b.example\n" % n for n in range(20_050))

    assert why(data) == "Die Liste hat %(count)s Zeilen"


def test_more_columns_than_a_list_has_are_refused() -> None:
    assert why(b"E-Mail" + b";" * 300 + b"\n") == "Die Tabelle ist zu groß"


@pytest.mark.proves("S30")
def test_archive_that_unpacks_to_a_multiple_is_refused() -> None:
    assert why(_with_entry(workbook({"L": ONE_PERSON}), b"0" * 60_000_000)).startswith(
        "Die Datei ist nach dem Auspacken zu groß"
    )


@pytest.mark.proves("S30")
def test_archive_that_lies_about_its_size_is_refused() -> None:
    honest = _with_entry(workbook({"L": ONE_PERSON}), b"0" * 60_000_000)
    lying = honest.replace((60_000_000).to_bytes(4, "little"), (1).to_bytes(4, "little"))

    assert lying != honest
    assert why(lying).startswith("Die Datei ist nach dem Auspacken zu groß")


@pytest.mark.proves("S30")
def test_archive_with_many_entries_is_refused() -> None:
    content = io.BytesIO(workbook({"L": ONE_PERSON}))
    with zipfile.ZipFile(content, "a") as archive:
        for n in range(201):
            archive.writestr(f"x{n}", "")

    assert why(content.getvalue()).startswith("Die Datei ist nach dem Auspacken zu groß")


@pytest.mark.proves("S30")
@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Die Datei ist ein altes Excel-Format"),
        (b"PK\x03\x04" + b"\0" * 100, "Die Datei ist keine lesbare Excel-Datei"),
        (b"%PDF-1.7\n\x00\x01", "Die Datei ist weder CSV noch Excel"),
        (b"x" * (5 * 1024 * 1024 + 1), "Die Datei ist zu groß"),
        (b"\xff\xfea", "Die Datei ist weder CSV noch Excel"),
    ],
    ids=["old Excel", "broken archive", "PDF", "beyond five MiB", "half a character"],
)
def test_other_files_are_refused(data: bytes, beginning: str) -> None:
    assert why(data).startswith(beginning)


@pytest.mark.proves("S30")
def test_archive_without_a_workbook_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content.xml", "<office/>")

    assert why(content.getvalue()).startswith("Die Datei ist keine lesbare Excel-Datei")


@pytest.mark.proves("S11")
def test_entities_of_a_workbook_are_not_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        b'2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>E-Mail</t></is></c></row><row r="2">'
        b'<c r="A2" t="inlineStr"><is><t>&b;&f;</t></is></c></row></sheetData></worksheet>'
    )
    data = _replaced(workbook({"L": ONE_PERSON}), "xl/worksheets/sheet1.xml", bomb)

    with suppress(FileRefused):
        found = read_registration_list(data, "l.xlsx", EDITION)
        assert "root:" not in found.faulty_lines
        assert "aaaaaaaaaaaaaaaaaaaa" not in found.faulty_lines


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_raise_nothing_but_file_refused(data: bytes) -> None:
    with suppress(FileRefused):
        read_registration_list(data, "l.csv", EDITION)


# A workbook carries the moment it was written, so each new one differs: damage one and the same.
SOUND_WORKBOOK = workbook({"L": ONE_PERSON})


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_damaged_workbook_raises_nothing_but_file_refused(data: st.DataObject) -> None:
    content = bytearray(SOUND_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))

    with suppress(FileRefused):
        read_registration_list(bytes(content), "l.xlsx", EDITION)


def _with_entry(data: bytes, entry: bytes) -> bytes:
    content = io.BytesIO(data)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/picture.bin", entry)
    return content.getvalue()


def _replaced(data: bytes, name: str, entry: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w") as new:
        for each in old.namelist():
            new.writestr(each, entry if each == name else old.read(each))
    return content.getvalue()
