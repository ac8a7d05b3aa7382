"""The books of the proofs: what counts as proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofs import ledger
from tests.proofs.__main__ import not_run
from tests.proofs.documents import DOCUMENTS, block_of, table, with_block
from tests.proofs.ledger import count_outcomes, read_ledger
from tests.proofs.marks import Proof, read_proofs
from tests.proofs.requirements import Requirement, Subject, read_subjects

pytest_plugins = ("pytester",)

MARKED = """
import pytest

@pytest.mark.proves("S1", "S2")
@pytest.mark.parametrize("number", [1, 2])
def test_kept(number):
    pass

@pytest.mark.proves("S2")
def test_broken():
    assert False

@pytest.mark.proves("S3")
@pytest.mark.skip("no such machine")
def test_not_tried():
    pass

@pytest.fixture
def broken():
    raise RuntimeError

@pytest.mark.proves("S4")
def test_not_prepared(broken):
    pass

def test_of_nothing():
    pass
"""
ENDED = {
    "S1": {"passed": 2},
    "S2": {"passed": 2, "failed": 1},
    "S3": {"skipped": 1},
    "S4": {"failed": 1},
}


def test_a_promise_whose_test_did_not_run_is_not_kept() -> None:
    proofs = [Proof(one, "tests/test_some.py", "test_it_holds") for one in ("S1", "S2", "S3")]
    passed = {proof.requirement: {"passed": 1} for proof in proofs}
    assert not_run(proofs, passed) == []

    outcomes = {"S1": {"passed": 3, "skipped": 1}, "S3": {"passed": 1}}

    assert not_run(proofs, outcomes) == [
        "S1: {'passed': 3, 'skipped': 1}",
        "S2: its tests did not run",
    ]


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "nowhere") == {}


def _written(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nmarkers =\n    proves(*ids): promises\n")
    pytester.makepyfile(test_some=MARKED)


def test_a_run_writes_down_how_each_proof_ended(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written(pytester)
    place = pytester.path / "ledger"

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ledger, "_PLACE", str(place))
        meanwhile.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        meanwhile.delenv("PYTEST_XDIST_WORKER", raising=False)
        pytester.runpytest_inprocess(plugins=[ledger])

    assert read_ledger(place) == ENDED


def test_a_run_in_another_process_writes_down_the_same(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written(pytester)
    place = pytester.path / "ledger"
    monkeypatch.setenv("NACHKLANG_LEDGER", str(place))
    monkeypatch.setenv("PYTHONPATH", str(DOCUMENTS.parent))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take longer than this test
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # nothing of ours runs there

    pytester.runpytest_subprocess("-p", "tests.proofs.ledger", "-p", "xdist", "-n", "1")

    assert read_ledger(place) == ENDED


def test_outcomes_are_counted() -> None:
    assert count_outcomes([("S1", "passed"), ("S1", "failed"), ("S1", "passed")]) == {
        "S1": {"passed": 2, "failed": 1}
    }


def test_marks_are_read_without_running_anything(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_some.py").write_text(
        "@pytest.mark.slow\n@pytest.mark.proves('S1', 'R2')\ndef test_a_thing_holds(): raise X\n"
    )

    assert read_proofs(folder) == (
        Proof("S1", "tests/test_some.py", "test_a_thing_holds"),
        Proof("R2", "tests/test_some.py", "test_a_thing_holds"),
    )


def test_a_table_names_the_tests_and_what_is_not_proved() -> None:
    subject = Subject(
        "security",
        "ASVS",
        (
            Requirement("S1", "It holds.", source="1.1"),
            Requirement("S2", "So so.", unproven="No way."),
        ),
    )

    made = table(subject, [Proof("S1", "tests/test_some.py", "test_a_thing_holds")])

    assert made.splitlines()[2:] == [
        "| S1 | 1.1 | It holds. | [a thing holds](../tests/test_some.py) |",
        "| S2 |  | So so. | *not proved:* No way. |",
    ]


def test_a_block_is_renewed_and_the_rest_stays() -> None:
    document = "Head\n<!-- begin a -->\nold\n<!-- end a -->\nFoot\n"

    renewed = with_block(document, "a", "new")

    assert renewed == "Head\n<!-- begin a -->\n\nnew\n\n<!-- end a -->\nFoot\n"
    assert block_of(renewed, "a") == "new"
    with pytest.raises(ValueError, match="no block 'b'"):
        with_block(document, "b", "new")


def test_no_two_promises_share_a_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text('source = "x"\n[requirement.S1]\npromise = "y"\n')

    with pytest.raises(ValueError, match=r"\['S1'\]"):
        read_subjects(tmp_path)
