from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from survey.language.wording import Wording
from survey.model.workplace import MAIN_ORGANISATION, Organisation
from survey.preparing import create_edition
from survey.storage import organisations
from tests.comparing.counted_series import chosen, congress_of, store_counted
from tests.events import congress

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.commands.conftest import Typing

SERIES = congress().series


@pytest.fixture(autouse=True)
def two_congresses(inst: Installation) -> None:
    for year, overall in ((2018, (20, 30, 30, 10, 10)), (2019, (50, 30, 10, 6, 4))):
        edition = congress_of(year)
        numbers = {"overall": chosen(edition, "overall", *overall)}
        store_counted(inst, edition, invited=300, answered=110, general=numbers)


def test_without_a_file_it_says_what_changed(run: Typing) -> None:
    told = run("compare", SERIES)

    assert told.exit_code == 0, told.output
    assert Wording("Wie war der Kongress?").de in told.stdout
    assert "Besser als 2018: 80 % statt 50 % gut oder sehr gut" in told.stdout.replace(
        "\u202f", " "
    )
    assert [line.split()[0] for line in told.stdout.splitlines()[-2:]] == ["kk2018", "kk2019"]


def test_files_hold_the_same_numbers(run: Typing, tmp_path: Path) -> None:
    data, table = tmp_path / "new" / "vergleich.json", tmp_path / "vergleich.xlsx"

    done = run("compare", SERIES, "--json", data, "--xlsx", table, "--language", "en")

    assert done.exit_code == 0, done.output
    told = json.loads(data.read_text(encoding="utf-8"))
    change = next(x["change"] for x in told["lines"] if x["code"] == "overall")
    assert (told["base"], change["verdict"], change["points"]) == ("kk2018", "better", 30)
    book = CalamineWorkbook.from_filelike(io.BytesIO(table.read_bytes()))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    row = dict(zip(heads, next(r for r in rows if r[1] == "overall"), strict=True))
    assert (row["verdict"], row["points"], row["base"]) == ("better", 30, "2018")


def test_a_pdf_is_written(run: Typing, tmp_path: Path) -> None:
    file = tmp_path / "vergleich.pdf"

    done = run("compare", SERIES, "--with", "kk2018", "--with", "kk2019", "--pdf", file)

    assert done.exit_code == 0, done.output
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("unbekannt",), 1),
        ((SERIES, "--with", "kk2019"), 1),
        ((SERIES, "--with", "kk2019", "--with", "ikone2"), 1),
        ((SERIES, "--base", "kk2019"), 1),
        ((SERIES, "--base", "kk2020"), 1),
        ((SERIES, "--organisation", "fern"), 1),
        ((), 2),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(
    run: Typing, words: tuple[str, ...], code: int
) -> None:
    refused = run("compare", *words)

    assert refused.exit_code == code
    assert refused.stderr
    assert "Traceback" not in refused.output


def test_a_series_of_two_organisations_needs_one_of_them(run: Typing, inst: Installation) -> None:
    inst.database.write(lambda c: organisations.insert(c, Organisation("fern", "Stadt Fern")))
    create_edition(inst, congress_of(2020), owner="fern")

    refused = run("compare", SERIES)
    told = run("compare", SERIES, "--organisation", MAIN_ORGANISATION)

    assert refused.exit_code == 2
    assert "fern" in refused.stderr
    assert told.exit_code == 0, told.output
