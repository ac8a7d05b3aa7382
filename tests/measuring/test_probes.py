from __future__ import annotations

import contextlib
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from tests.measuring.plugin import ProbedPackages
from tests.measuring.probes import Exit, Probe, arcs_of, as_row, from_row

SAMPLE = Path(__file__).with_name("sample.txt").read_bytes()
"""Every kind of statement; a text, so that it keeps its own form."""

WALKS: dict[str, tuple[str, ...]] = {
    "only imported": (),
    "the first way": ("if",),
    "a loop left early": ("elb",),
    "a loop gone to its end": ("other",),
    "a turn left out": ("ccc",),
    "a condition in several lines": ("or_else", "elif"),
    "an error in a with": ("while",),
    "a pattern that fits": ("m2",),
    "no pattern that fits": ("12",),
    "a pattern with a guard": ("guarded", "1234567"),
    "errors that are caught": ("key", "index"),
    "an error that goes on": ("value",),
    "a number": ("3", "7"),
    "the end of a function": ("last",),
    "everything": ("if", "el", "b", "c", "while", "m1", "guarded", "key", "value", "9", "last"),
}


def _walk(names: dict[str, Any], words: tuple[str, ...]) -> None:
    for word in words:
        with contextlib.suppress(ValueError):
            names["walk"](word)
        list(names["tokens"](len(word)))
        _run(names["later"]([word, ""]))


def _run(coroutine: Coroutine[object, object, object]) -> None:
    """Without a loop: it waits for nothing, and one that another test left running would not bear a second."""
    with contextlib.suppress(StopIteration):
        coroutine.send(None)


def _names() -> dict[str, Any]:
    return {"__name__": __name__}


def _verdict(measured: Coverage, sample: Path) -> tuple[list[int], dict[int, list[int]], int]:
    """The missing lines, the missing branches, and how many branches there are."""
    analysis = measured._analyze(str(sample))
    return (
        sorted(analysis.missing),
        {line: sorted(ends) for line, ends in analysis.missing_branch_arcs().items()},
        analysis.numbers.n_branches,
    )


def _traced(sample: Path, words: tuple[str, ...]) -> Coverage:
    measured = Coverage(data_file=None, branch=True, include=[str(sample)], config_file=False)
    names = _names()
    before = sys.gettrace()
    measured.start()
    try:
        exec(compile(SAMPLE, sample, "exec"), names)  # noqa: S102 -- as importing does
        _walk(names, words)
    finally:
        measured.stop()
        sys.settrace(before)
    return measured


def _probed(sample: Path, words: tuple[str, ...]) -> Coverage:
    packages = ProbedPackages([])
    names = _names()
    exec(packages.prepared(str(sample), names), names)  # noqa: S102 -- as importing does
    _walk(names, words)
    measured = Coverage(data_file=None, branch=True, include=[str(sample)], config_file=False)
    rows = packages.found()[str(sample)]
    measured.get_data().add_arcs({str(sample): arcs_of(sample, map(from_row, rows))})
    return measured


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    place = tmp_path / "sample.py"
    place.write_bytes(SAMPLE)
    return place


@pytest.mark.parametrize("words", WALKS.values(), ids=WALKS)
def test_probes_tell_the_same_lines_and_branches_as_a_tracer(
    sample: Path, words: tuple[str, ...]
) -> None:
    assert _verdict(_probed(sample, words), sample) == _verdict(_traced(sample, words), sample)


def test_what_was_not_walked_is_missing(sample: Path) -> None:
    missing, branches, count = _verdict(_probed(sample, ("if",)), sample)

    assert missing
    assert branches
    assert count > len(branches)


def test_an_error_names_the_line_it_names_without_probes(sample: Path) -> None:
    names = _names()
    exec(ProbedPackages([]).prepared(str(sample), names), names)  # noqa: S102 -- as importing does

    with pytest.raises(KeyError) as raised:
        names["attempt"]("key")

    lines = SAMPLE.decode().splitlines()
    assert lines[raised.traceback[-1].lineno].strip() == "raise KeyError(word)"


def test_a_probe_travels_between_processes() -> None:
    probe = Probe((3, 4), (Exit(3, range(4, 9), leads_there=False),))

    assert from_row(as_row(probe)) == probe
