"""The sample report with every component is beautiful only if somebody looks; this is the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from tests.exports.pdf_checks import assert_accessible, elements
from tests.exports.printing import print_into
from tests.exports.sample import components, sample_html

if TYPE_CHECKING:
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine
    from exports.pdf_process import PdfPrinter

SEGMENTS: list[dict[str, Any]] = [
    {"share": 3, "text": "3", "step": "bad-2"},
    {"share": 9, "text": "9", "step": "bad-1"},
    {"share": 20, "text": "20", "step": "middle"},
    {"share": 45, "text": "45", "step": "good-1"},
    {"share": 23, "text": "23", "step": "good-2"},
]


def test_the_sample_report_is_accessible(engine: PdfEngine, tmp_path: Path) -> None:
    target = tmp_path / "sample.pdf"

    target.write_bytes(engine.print_html(sample_html()))

    assert_accessible(target)


def test_the_sample_report_draws_no_complaint(
    engine: PdfEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.print_html(sample_html())

    complaints = [record.getMessage() for record in caplog.records if record.levelname != "INFO"]
    assert complaints == []


def test_every_number_of_the_bars_is_said(printer: PdfPrinter, tmp_path: Path) -> None:
    target = printer.print_pdf(sample_html(), tmp_path)

    with pikepdf.open(target) as pdf:
        said = [str(element.Alt) for role, element in elements(pdf) if role == "/Figure"]
    assert len(said) == 11
    bars = [alternative for alternative in said if alternative.startswith("Balken")]
    shares = [[int(share) for share in re.findall(r"(\d+) %[,.] ", bar)][:5] for bar in bars]
    assert [sum(of_one_bar) for of_one_bar in shares] == [100] * 9


def widths(html: str) -> list[float]:
    return [float(width) for width in re.findall(r"width: ([\d.]+)%", html)]


def test_bars_of_one_table_share_one_line() -> None:
    other = [
        segment | {"share": share, "text": str(share)}
        for segment, share in zip(SEGMENTS, [0, 15, 5, 60, 20], strict=True)
    ]

    lines = []
    for segments in (SEGMENTS, other):
        bar = str(components("likert_bar").likert_bar(segments, "Balken", 20, 90, 40))
        before_the_line = bar[: bar.index('class="zero"')]
        lines.append(round(sum(widths(before_the_line)), 2))
        total = sum(widths(bar))
        assert total == pytest.approx((20 + 90 + 6 + segments[2]["share"]) / 156 * 100, abs=0.01)

    assert lines == [round(20 / 156 * 100, 2)] * 2


@pytest.mark.parametrize(("share", "drawn"), [(7.9, ""), (8, "acht")])
def test_a_number_is_drawn_from_eight_percent_on(share: float, drawn: str) -> None:
    segments = [{"share": share, "text": "acht", "step": "good-1"}]

    bar = str(components("likert_bar").likert_bar(segments, "Balken"))

    assert re.findall(r'class="segment[^>]*>([^<]*)<', bar) == [drawn]


def test_what_nobody_chose_takes_no_room() -> None:
    segments = [{"share": 0, "text": "0", "step": "good-1"}]

    assert 'class="segment' not in str(components("likert_bar").likert_bar(segments, "Balken"))


def test_a_dot_stands_for_each_person() -> None:
    groups = [
        {"count": 0, "label": "schlecht", "step": "bad-1"},
        {"count": 4, "label": "gut", "step": "good-1"},
    ]

    row = str(components("dot_row").dot_row(groups, "Punkte"))

    assert row.count('class="dot ') == 4
    assert re.sub(r"<[^>]+>", "", row).split() == ["4", "gut"]


@pytest.mark.proves("S2")
def test_descriptions_are_escaped() -> None:
    row = str(components("dot_row").dot_row([], 'Frage "so" <b>'))

    assert 'aria-label="Frage &#34;so&#34; &lt;b&gt;"' in row


def test_a_guaranteed_share_has_no_hairline() -> None:
    row = {
        "label": "Inhalte", "base": "9 von 9", "text": "78 %", "share": 78, "low": 78, "high": 78,
        "least": None, "most": None, "uncertainty": "genau", "bounds": "",
    }  # fmt: skip

    drawn = str(components("interval_row").interval_row(row))

    assert "possible" not in drawn


ONE_INTERVAL = {
    "label": "Inhalte", "base": "9 von 12", "text": "78 %", "share": 78, "low": 60, "high": 90,
    "least": 50, "most": 95, "uncertainty": "60 bis 90 %", "bounds": "ohne Annahme 50 bis 95 %",
}  # fmt: skip
ONE_CHOICE = {
    "label": "Hybrid", "share": 51, "text": "51 %", "uncertainty": "44 bis 58 %", "other": False,
}  # fmt: skip


@pytest.mark.parametrize("rows", [1, 2, 8])
def test_tables_of_any_length_are_accessible(engine: PdfEngine, tmp_path: Path, rows: int) -> None:
    intervals = components("interval_row").interval_table(
        "Anteile", [ONE_INTERVAL] * rows, ("Frage", "Anteil", "Unsicherheit")
    )
    choices = components("choice_bars").choice_bars(
        "Format", [ONE_CHOICE] * rows, ("Format", "Anteil", "Antworten", "Unsicherheit")
    )

    assert_accessible(print_into(tmp_path, engine, f"{intervals}{choices}"))


def test_an_odd_number_of_cards_leaves_the_last_place_blank() -> None:
    rows = str(components("card").card_rows(["eins", "zwei", "drei"]))

    assert rows.count('class="card-row"') == 2
    assert rows.count("card blank") == 1
