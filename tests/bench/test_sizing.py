"""The page on sizes follows from what was measured."""

from __future__ import annotations

import pytest

from bench.results import BEGINS, ENDS, Result, read_results
from bench.sizing import HUNDRED, NEEDED, PAGE, STATE, Year, page, sizes
from bench.table import Cost, Machine

COSTS = {
    "answer.cpu": 0.001,
    "answer.disk": 5_000.0,
    "counted.disk": 100_000.0,
    "counting.cpu": 0.001,
    "form.cpu": 0.0001,
    "mail.cpu": 0.001,
    "pdf.cpu": 2.0,
    "person.disk": 1_000.0,
    "summary.cpu": 0.05,
}


def test_every_cost_that_is_needed_is_made_up_here() -> None:
    assert COSTS.keys() == NEEDED


def test_a_year_needs_what_its_parts_need() -> None:
    found = sizes(Year("A year", events=10, responses=36_500), COSTS)

    assert found.mails == pytest.approx(73_000 * 3.35)
    assert found.database == pytest.approx(
        73_000 * 28 / 365 * 1_000 + 36_500 * 15 / 365 * 5_000 + 100 * 100_000
    )
    assert found.counts_a_day == pytest.approx(10 / 365)
    assert found.backups == pytest.approx(found.database * (30 + 30 * 10 / 365))
    assert found.written_a_day == pytest.approx(found.database * 4 * 10 / 365)
    assert found.most_mails_per_second == pytest.approx(20_000 / 3_600)
    assert found.pages_cores == pytest.approx(365 / 3_600 * (3 * 0.0001 + 3 * 0.001))
    assert found.worker_hours == pytest.approx(
        (73_000 * 3.35 * 0.001 + 36_500 * 0.001 + 140 * 2.0 + 1_000 * 0.05) / 3_600
    )


def test_a_hundred_times_as_much_needs_a_hundred_times_as_much_and_never_fewer_than_two_cores() -> (
    None
):
    state, hundred = sizes(STATE, COSTS), sizes(HUNDRED, COSTS)

    assert hundred.database == pytest.approx(100 * state.database)
    assert (state.cores, hundred.cores > 2) == (2, True)


def test_backups_of_counts_grow_with_counts_and_with_what_each_copies_unless_they_are_gathered() -> (
    None
):
    state, hundred = sizes(STATE, COSTS), sizes(HUNDRED, COSTS)

    assert hundred.backups > 7_000 * state.backups
    assert hundred.backups_if_gathered == pytest.approx(100 * state.backups_if_gathered)


def test_a_cost_that_was_not_measured_is_named() -> None:
    costs = tuple(Cost(name, 1.0, "s", name) for name in COSTS if name != "form.cpu")
    machine = Machine("one", 2, "Linux", "3.11")
    measured = {"all": Result("all", "2026-01-01", "scripts/bench", machine, (), costs)}

    assert page(measured) == "Not measured yet: form.cpu."


def test_the_page_says_what_was_measured_last() -> None:
    text = PAGE.read_text(encoding="utf-8")
    block = text.partition(BEGINS)[2].partition(ENDS)[0].strip()

    assert block == page(read_results())
