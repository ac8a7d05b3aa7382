"""What a walk says that it proves is looked at by the form of the gate that goes with it, on some page at least."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.gate import VIEWS, Form, checked
from tests.accessibility.report import VISIT, WALKS
from tests.accessibility.touring import form_at, stops
from tests.accessibility.walks import PARTICIPANTS, WORKPLACE
from tests.proofs.marks import read_proofs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from survey.language.wording import Language

PARTICIPANTS_FILE, WORKPLACE_FILE, ENGLISH_FILE = WALKS
STOPS = {
    PARTICIPANTS_FILE: (PARTICIPANTS, stops(PARTICIPANTS)),
    WORKPLACE_FILE: (WORKPLACE, stops(WORKPLACE, "de")),
    ENGLISH_FILE: (WORKPLACE, stops(WORKPLACE, "en")),
}
FEW = "test_pages_that_stand_for_the_others"
# By where it goes, a walk looks at more than the gate: at pages behind forged links, and at what `lang` says.
BY_ITSELF: Mapping[str, Callable[[Sequence[tuple[Language, str]]], bool]] = {
    "A63": lambda went: any(name.endswith("forged") for _, name in went),
    "A75": lambda went: any(language == "easy" for language, _ in went),
}


@pytest.mark.parametrize("file", WALKS)
def test_a_walk_is_marked_with_nothing_that_it_does_not_look_at(file: str) -> None:
    tour, went = STOPS[file]
    looked_at = {one for form in {form_at(tour, *at) for at in went} for one in checked(form)}

    unseen = _marks(file, VISIT) - looked_at

    assert {one for one in unseen if one not in BY_ITSELF or not BY_ITSELF[one](went)} == set()


@pytest.mark.parametrize("file", [PARTICIPANTS_FILE, WORKPLACE_FILE])
def test_pages_that_stand_for_the_others_are_marked_with_what_is_looked_at(file: str) -> None:
    marks = _marks(file, FEW)

    assert marks
    assert marks <= checked(Form.FEW)


def test_a_promise_about_dark_and_light_needs_the_dark() -> None:
    in_light = {one for view in VIEWS[Form.SHORT] for check in view.checks for one in check.proves}

    assert "A43" in in_light
    assert "A43" not in checked(Form.SHORT)
    assert "A43" in checked(Form.FEW)
    assert checked(Form.LONG) >= checked(Form.SHORT) | checked(Form.FEW) | checked(Form.ENGINE)


def test_no_two_ways_of_seeing_share_a_name() -> None:
    names = [view.name for view in VIEWS[Form.LONG]]

    assert len(names) == len(set(names))


def _marks(file: str, test: str) -> set[str]:
    return {
        one.requirement for one in read_proofs() if one.path == file and one.test.startswith(test)
    }
