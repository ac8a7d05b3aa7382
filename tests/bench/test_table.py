"""The table of measurements, and the results that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.__main__ import SUBJECTS
from bench.processes import interleaved, median_ratio, percentile
from bench.results import (
    DOCUMENTS,
    Result,
    document,
    merged,
    read_results,
    renew,
    write_results,
)
from bench.table import Bound, Cost, Machine, Row, amount, from_line, table_lines, to_line, verdict

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = Machine("Some processor", 2, "Linux 6.1", "3.11.7")
FAST = Row("Form „A“", 4.0, 2.5, note="form 100 µs, bare 40 µs")
SLOW = Row("Answer", 15.0, 15.1, unit=" ms")
COST = Cost("form.cpu", 0.0001, "s", "showing a form once")


@pytest.mark.parametrize(
    ("bound", "measured", "is_met"),
    [
        ("at most", 4.0, True),
        ("at most", 4.01, False),
        ("at least", 4.0, True),
        ("at least", 3.99, False),
    ],
)
def test_a_target_is_met_on_its_right_side(bound: Bound, measured: float, *, is_met: bool) -> None:
    assert Row("x", 4.0, measured, bound=bound).is_met == is_met


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (2.456, "×", "2.46 ×"),
        (4.0, "×", "4 ×"),
        (6144, " bytes", "6,144 bytes"),
        (0.5, " %", "0.5 %"),
    ],
)
def test_numbers_are_shown_as_exactly_as_they_are_known(
    value: float, unit: str, shown: str
) -> None:
    assert amount(value, unit) == shown


def test_the_table_names_target_measurement_and_machine() -> None:
    assert table_lines([FAST, SLOW], MACHINE) == [
        "| Subject | Target | Measured | |",
        "|---|---|---|---|",
        "| Form „A“ | at most 4 × | 2.5 × (form 100 µs, bare 40 µs) | met |",
        "| Answer | at most 15 ms | 15.1 ms | **missed** |",
        "",
        "Machine: Some processor, 2 cores, Linux 6.1, Python 3.11.7.",
    ]
    assert verdict([FAST, SLOW]) == "2 targets, 1 missed"


@pytest.mark.parametrize("finding", [FAST, SLOW, COST])
def test_a_finding_survives_the_way_out_of_its_process(finding: Row | Cost) -> None:
    assert from_line(to_line(finding)) == finding


def test_results_are_kept_without_loss_and_newer_ones_replace_older(tmp_path: Path) -> None:
    path = tmp_path / "results.toml"
    old = Result("form", "2026-01-01", "scripts/bench", MACHINE, (SLOW,), ())
    new = Result("form", "2026-01-02", "scripts/bench form", MACHINE, (FAST,), (COST,))
    other = Result("small", "2026-01-01", "scripts/bench", MACHINE, (SLOW,), ())
    write_results({"form": old, "small": other}, path)

    write_results(merged(read_results(path), [new]), path)

    assert read_results(path) == {"form": new, "small": other}
    assert document(read_results(path)).splitlines()[-1] == (
        "Measured by `scripts/bench` on 2026-01-01 (small); "
        "`scripts/bench form` on 2026-01-02 (form): 2 targets, 1 missed."
    )


def test_a_document_without_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("no marks\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"text\.md"):
        renew(path, "table")

    assert path.read_text(encoding="utf-8") == "no marks\n"


def test_sides_take_turns_in_changing_order() -> None:
    turns: list[str] = []

    def side(name: str) -> float:
        turns.append(name)
        return float(len(turns))

    found = interleaved({"a": lambda: side("a"), "b": lambda: side("b")}, rounds=2)

    assert (turns, found) == (["a", "b", "b", "a"], {"a": [1.0, 4.0], "b": [2.0, 3.0]})
    assert median_ratio(found["a"], found["b"]) == pytest.approx((1 / 2 + 4 / 3) / 2)
    assert percentile([float(n) for n in range(100)], 0.99) == 99


def test_the_documents_show_the_results_that_are_kept() -> None:
    kept = read_results()

    assert set(kept) <= set(SUBJECTS)
    for path in DOCUMENTS:
        assert document(kept) in path.read_text(encoding="utf-8")
