from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from survey.language.wording import Wording
from survey.model.planning import Course, PlannedDecision
from survey.planning.decisions import decide
from survey.preparing import find_edition
from tests.events import congress, network_call
from tests.people import store_edition
from tests.prepared import prepared
from tests.workplace import COUNTED, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.commands.conftest import Typing
    from tests.people import StoppedClock

SERIES = congress().series


pytestmark = pytest.mark.usefixtures("last_year")


@prepared
def last_year(inst: Installation, clock: StoppedClock) -> None:
    furnish(inst, clock)
    decision = PlannedDecision(
        "next_format", Course.KEEP, Wording("Wieder vor Ort."), "Olga", None, is_public=False
    )
    decide(inst, find_edition(inst, COUNTED), decision)


def test_without_a_file_it_reads_the_sheet_out(run: Typing) -> None:
    told = run("plan", SERIES)

    assert told.exit_code == 0, told.output
    assert "Kommunalkongress 2019" in told.stdout
    assert "Die Rangfolge von „vor Ort“, „online“ und „beides“ ist offen." in told.stdout
    assert told.stdout.splitlines()[-1] == "Beibehalten: Format – Wieder vor Ort."


def test_files_are_written_in_both_languages(run: Typing, tmp_path: Path) -> None:
    data, table = tmp_path / "new" / "blatt.json", tmp_path / "sheet.xlsx"

    done = run("plan", SERIES, "--json", data, "--xlsx", table, "--language", "en")

    assert done.exit_code == 0, done.output
    told = json.loads(data.read_text(encoding="utf-8"))
    assert told["edition"]["name"] == COUNTED
    assert [one["subject"] for one in told["decisions"]] == ["next_format"]
    assert table.read_bytes()[:2] == b"PK"


def test_a_pdf_is_written(run: Typing, tmp_path: Path) -> None:
    target = tmp_path / "blatt.pdf"

    done = run("plan", SERIES, "--pdf", target)

    assert done.exit_code == 0, done.output
    assert target.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize("edition", ["kk2020", "nothing"])
def test_what_is_not_counted_is_not_planned_from(run: Typing, edition: str) -> None:
    refused = run("plan", SERIES, "--edition", edition)

    assert refused.exit_code == 1


def test_a_series_without_a_count_has_no_sheet(run: Typing, inst: Installation) -> None:
    store_edition(inst, network_call("ikone3"))

    refused = run("plan", "ikone")

    assert refused.exit_code == 1
    assert "No edition of this series has been counted yet." in refused.output
