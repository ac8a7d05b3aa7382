"""A trial that tried nothing is none; what a long one found is written down in its row."""

from __future__ import annotations

import pytest

from tests.faults.__main__ import BLOCK, DOCUMENT, HEAD, main, renewed, row_of
from tests.faults.long_forms import LONG_FORMS
from tests.faults.trial import Outcome
from tests.proofs.documents import block_of


def test_where_nothing_was_tried_there_is_no_outcome() -> None:
    with pytest.raises(ValueError, match="no kills tried"):
        Outcome(0, "kills", 0)


def test_a_fault_without_a_trial_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["R99"]) == 2
    assert capsys.readouterr().err == "no trial of R99\n"


def test_a_row_is_renewed_in_its_place() -> None:
    first, second = LONG_FORMS[:2]
    old, new = (row_of(first, Outcome(n, "kills", 0), day="2026-01-01") for n in (1, 2))
    other = row_of(second, Outcome(3, "cuts", 0), day="2026-01-01")

    table = renewed("\n".join([*HEAD, old, other]), first, new)

    assert table == "\n".join([*HEAD, new, other])


def test_the_documentation_has_a_row_of_each_long_form_and_nothing_was_lost() -> None:
    table = block_of(DOCUMENT.read_text(encoding="utf-8"), BLOCK).strip().splitlines()

    rows = [[cell.strip() for cell in line.split("|")] for line in table[len(HEAD) :]]

    assert [(fault, what, lost) for _, fault, what, _, lost, *_ in rows] == [
        (form.fault, form.what, "0") for form in LONG_FORMS
    ]
