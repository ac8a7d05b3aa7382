from __future__ import annotations

from pathlib import Path

import pytest

from tests.whole_run import plugin
from tests.whole_run.plugin import ALLOWED, files_without_tests, not_run, skips_not_allowed

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
((REASON, FILE),) = ALLOWED.items()
SKIPPING = """
import pytest

def test_fine(): pass

@pytest.mark.skipif(True, reason={reason!r})
def test_left_out(): pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take longer than these tests
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # nothing of ours runs there
    pytester.makepyfile(test_one="def test_fine(): pass\ndef test_too(): pass\n")
    return pytester


def _run(project: pytest.Pytester, *arguments: str) -> tuple[int, list[str]]:
    return _said(project.runpytest_inprocess(*arguments, plugins=[plugin]))


def _said(ended: pytest.RunResult) -> tuple[int, list[str]]:
    said = [line for line in ended.outlines if line.startswith(("skipped:", "not a whole run:"))]
    return int(ended.ret), said


def test_a_run_of_everything_is_content(project: pytest.Pytester) -> None:
    assert _run(project) == (0, [])


def test_a_skip_fails_the_run_and_is_named(project: pytest.Pytester) -> None:
    project.makepyfile(test_two=SKIPPING.format(reason="no such tool"))

    assert _run(project) == (
        1,
        [
            "skipped: test_two.py::test_left_out: no such tool",
            "not a whole run: 1 skipped, which is not allowed: no such tool",
        ],
    )


def test_an_allowed_skip_is_named_and_fails_nothing(project: pytest.Pytester) -> None:
    project.makepyfile(**{FILE.removesuffix(".py"): SKIPPING.format(reason=REASON)})

    assert _run(project) == (0, [f"skipped: {FILE}::test_left_out: {REASON}"])


def test_what_one_file_is_allowed_fails_the_run_in_another(project: pytest.Pytester) -> None:
    project.makepyfile(test_two=SKIPPING.format(reason=REASON))

    assert _run(project) == (
        1,
        [
            f"skipped: test_two.py::test_left_out: {REASON}",
            f"not a whole run: 1 skipped, which is not allowed: {REASON}",
        ],
    )


def test_a_file_that_skips_itself_fails_the_run(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_two="""
        import pytest

        pytest.skip("not here", allow_module_level=True)
        """
    )

    code, said = _run(project)

    assert code == 1
    assert said[-1] == "not a whole run: no test of it ran: test_two.py"


def test_a_deselected_file_fails_the_run(project: pytest.Pytester) -> None:
    project.makepyfile(test_two="def test_other(): pass\n")

    code, said = _run(project, "-k", "test_fine or test_too")

    assert code == 1
    assert "not a whole run: no test of it ran: test_two.py" in said


def test_one_deselected_test_of_a_file_fails_the_run(project: pytest.Pytester) -> None:
    assert _run(project, "-k", "test_fine") == (
        1,
        [
            "skipped: test_one.py::test_too: deselected",
            "not a whole run: 1 skipped, which is not allowed: deselected",
        ],
    )


def test_named_files_are_the_whole(project: pytest.Pytester) -> None:
    project.makepyfile(test_two=SKIPPING.format(reason="no such tool"))

    assert _run(project, "test_one.py") == (0, [])
    assert _run(project, "test_two.py")[0] == 1


def test_a_file_may_be_run_beside_the_others(project: pytest.Pytester) -> None:
    project.makepyfile(test_two="def test_other(): pass\n")

    assert _run(project, "--ignore", "test_two.py") == (0, [])


def test_all_that_happens_in_other_processes_is_heard_of(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_two=SKIPPING.format(reason="no such tool"),
        test_three="import pytest\n\npytest.skip('not here', allow_module_level=True)\n",
        test_four="import os\ndef test_breaks_down(): os._exit(0)\n",
    )

    code, said = _said(
        project.runpytest_subprocess(
            *("-p", "xdist", "-n", "2", "-p", "tests.whole_run.plugin", "-k", "not too")
        )
    )

    assert code == 1
    assert said == [
        "skipped: test_one.py::test_too: deselected",
        "skipped: test_two.py::test_left_out: no such tool",
        "skipped: test_three.py: not here",
        "not a whole run: 1 skipped, which is not allowed: deselected",
        "not a whole run: 1 skipped, which is not allowed: no such tool",
        "not a whole run: 1 skipped, which is not allowed: not here",
        "not a whole run: no test of it ran: test_three.py",
    ]


def test_what_was_found_and_never_ran_is_named() -> None:
    assert not_run(["a", "b", "c"], ["a"], ["b"]) == ["never ran: c"]
    assert files_without_tests(["x.py", "y.py"], ["x.py::a"]) == ["no test of it ran: y.py"]
    assert skips_not_allowed({REASON: [f"{FILE}::a"]}) == []
    assert skips_not_allowed({REASON: [f"{FILE}::a", "x.py::a"]}) == [
        f"1 skipped, which is not allowed: {REASON}"
    ]
