"""A printed report shows texts in the order of the page that it is printed from, and in no other."""

from __future__ import annotations

import subprocess
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from exports.accessible_pdf import PdfEngine
from exports.summary_report import summary_html
from survey.auditing.canaries import canary, order_of_people
from survey.model.items import ANSWERED
from survey.reporting.edition_summary import build_summary
from tests.model.congress import CONGRESS
from tests.reporting.counted import counted, rows

PEOPLE = 14


@pytest.mark.proves("U5")
def test_a_printed_report_keeps_the_order_of_its_page(tmp_path: Path, engine: PdfEngine) -> None:
    order = Random(5).sample(range(PEOPLE), PEOPLE)  # noqa: S311 -- the same order each time
    quotes = {("", "change"): tuple(canary(p, place="ganz", length=60) for p in order)}
    tally = rows({"change": {ANSWERED: PEOPLE}})
    summary = build_summary(counted(CONGRESS, invited=40, answered=PEOPLE), tally, {}, quotes)
    page = summary_html(summary, "de", zone=ZoneInfo("Europe/Berlin"))
    printed = tmp_path / "report.pdf"
    printed.write_bytes(engine.print_html(page))

    text = subprocess.run(["pdftotext", str(printed), "-"], capture_output=True, check=True).stdout

    assert order_of_people(page.encode(), place="ganz") == tuple(order)
    assert order_of_people(text, place="ganz") == tuple(order)
