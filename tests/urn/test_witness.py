"""The witness notices boxes that are gone without having been taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.errors import WitnessMismatch
from survey.urn.witness import DAMAGED, Witness

if TYPE_CHECKING:
    from pathlib import Path

EDITION = "0123456789abcdef"


class Urn:
    """So many boxes."""

    def __init__(self) -> None:
        self.boxes = 0

    def __call__(self) -> int:
        return self.boxes


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(tmp_path / "witness")


@pytest.fixture
def urn() -> Urn:
    return Urn()


def fill(witness: Witness, urn: Urn, boxes: int) -> None:
    with witness.watching(EDITION, urn):
        urn.boxes += boxes


def test_boxes_are_witnessed_after_the_commit(witness: Witness, urn: Urn) -> None:
    with witness.watching(EDITION, urn):
        urn.boxes = 3
        before = witness.witnessed(EDITION)

    assert (before, witness.witnessed(EDITION)) == (0, 3)


def test_box_taken_out_is_witnessed_before_the_commit(witness: Witness, urn: Urn) -> None:
    fill(witness, urn, 3)

    with witness.watching(EDITION, urn):
        witness.lower(EDITION)
        urn.boxes = 2
        before = witness.witnessed(EDITION)

    assert (before, witness.witnessed(EDITION)) == (2, 2)


def test_transaction_given_up_is_not_witnessed(witness: Witness, urn: Urn) -> None:
    def give_up() -> None:
        with witness.watching(EDITION, urn):
            urn.boxes = 9
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        give_up()

    assert witness.witnessed(EDITION) == 0


@pytest.mark.proves("U14")
def test_file_is_one_number_of_one_length(witness: Witness, urn: Urn) -> None:
    lengths = set()
    for boxes in (1, 40, 3000):
        fill(witness, urn, boxes)
        lengths.add((witness.directory / f"{EDITION}.witness").stat().st_size)

    assert lengths == {13}
    assert (witness.directory / f"{EDITION}.witness").read_text() == "000000003041\n"


@pytest.mark.proves("U14")
def test_missing_boxes_bar_the_urn_until_somebody_confirms(witness: Witness, urn: Urn) -> None:
    fill(witness, urn, 5)
    urn.boxes = 4

    with pytest.raises(WitnessMismatch) as first:
        fill(witness, urn, 1)
    urn.boxes = 6
    with pytest.raises(WitnessMismatch):
        fill(witness, urn, 1)
    witness.confirm(EDITION, urn.boxes)
    fill(witness, urn, 1)

    assert (first.value.witnessed, first.value.found) == (5, 4)
    assert witness.witnessed(EDITION) == 7


def test_more_boxes_than_witnessed_are_no_alarm(witness: Witness, urn: Urn) -> None:
    fill(witness, urn, 5)
    urn.boxes = 6  # committed, then killed before it was witnessed

    witness.compare(EDITION, urn)

    assert not witness.is_alarmed(EDITION)


@pytest.mark.parametrize("content", ["000000000x05\n", "zwölf", "\n"])
def test_damaged_witness_is_an_alarm(witness: Witness, urn: Urn, content: str) -> None:
    fill(witness, urn, 5)
    (witness.directory / f"{EDITION}.witness").write_text(content)

    with pytest.raises(WitnessMismatch) as mismatch:
        witness.compare(EDITION, urn)

    assert mismatch.value.witnessed == DAMAGED


def test_counted_edition_is_forgotten(witness: Witness, urn: Urn) -> None:
    fill(witness, urn, 5)
    urn.boxes = 0

    witness.forget(EDITION)

    assert list(witness.directory.iterdir()) == []
    witness.compare(EDITION, urn)
