from __future__ import annotations

from pathlib import Path

import pytest

from tests.whole_run.plugin import (
    ALLOWED_REASONS,
    files_without_tests,
    not_run,
    skips_not_allowed,
)

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
HOW = pytest.mark.parametrize(
    "how", [(), ("-p", "xdist", "-n", "2")], ids=["alone", "in-processes"]
)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take longer than these tests
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # nothing of ours runs there
    pytester.makepyfile(test_one="def test_fine(): pass\ndef test_too(): pass\n")
    return pytester


def _run(project: pytest.Pytester, *arguments: str) -> tuple[int, list[str]]:
    ended = project.runpytest_subprocess("-p", "tests.whole_run.plugin", *arguments)
    said = [line for line in ended.outlines if line.startswith(("skipped:", "not a whole run:"))]
    return int(ended.ret), said


@HOW
def test_a_run_of_everything_is_content(project: pytest.Pytester, how: tuple[str, ...]) -> None:
    assert _run(project, *how) == (0, [])


@HOW
def test_a_skip_fails_the_run_and_is_named(project: pytest.Pytester, how: tuple[str, ...]) -> None:
    project.makepyfile(
        test_two="""
        import pytest

        def test_fine(): pass

        @pytest.mark.skipif(True, reason="no such tool")
        def test_left_out(): pass
        """
    )

    assert _run(project, *how) == (
        1,
        [
            "skipped: test_two.py::test_left_out: no such tool",
            "not a whole run: 1 skipped, which is not allowed: no such tool",
        ],
    )


@HOW
def test_an_allowed_skip_is_named_and_fails_nothing(
    project: pytest.Pytester, how: tuple[str, ...]
) -> None:
    project.makepyfile(
        test_two=f"""
        import pytest

        def test_fine(): pass

        def test_left_out(): pytest.skip({ALLOWED_REASONS[0]!r})
        """
    )

    assert _run(project, *how) == (
        0,
        [f"skipped: test_two.py::test_left_out: {ALLOWED_REASONS[0]}"],
    )


@HOW
def test_a_file_that_skips_itself_fails_the_run(
    project: pytest.Pytester, how: tuple[str, ...]
) -> None:
    project.makepyfile(
        test_two="""
        import pytest

        pytest.skip("not here", allow_module_level=True)
        """
    )

    code, said = _run(project, *how)

    assert code == 1
    assert said[-1] == "not a whole run: no test of it ran: test_two.py"


@HOW
def test_a_deselected_file_fails_the_run(project: pytest.Pytester, how: tuple[str, ...]) -> None:
    project.makepyfile(test_two="def test_other(): pass\n")

    code, said = _run(project, *how, "-k", "test_fine or test_too")

    assert code == 1
    assert "not a whole run: no test of it ran: test_two.py" in said


@HOW
def test_one_deselected_test_of_a_file_fails_the_run(
    project: pytest.Pytester, how: tuple[str, ...]
) -> None:
    assert _run(project, *how, "-k", "test_fine") == (
        1,
        [
            "skipped: test_one.py::test_too: deselected",
            "not a whole run: 1 skipped, which is not allowed: deselected",
        ],
    )


def test_named_files_are_the_whole(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_two="""
        import pytest

        def test_left_out(): pytest.skip("no such tool")
        """
    )

    assert _run(project, "test_one.py") == (0, [])
    assert _run(project, "test_two.py")[0] == 1


def test_a_file_may_be_run_beside_the_others(project: pytest.Pytester) -> None:
    project.makepyfile(test_two="def test_other(): pass\n")

    assert _run(project, "--ignore", "test_two.py") == (0, [])


def test_a_process_that_breaks_down_fails_the_run(project: pytest.Pytester) -> None:
    project.makepyfile(test_two="import os\ndef test_other(): os._exit(0)\n")

    assert _run(project, "-p", "xdist", "-n", "2")[0] == 1


def test_what_was_found_and_never_ran_is_named() -> None:
    assert not_run(["a", "b", "c"], ["a"], ["b"]) == ["never ran: c"]
    assert files_without_tests(["x.py", "y.py"], ["x.py::a"]) == ["no test of it ran: y.py"]
    assert skips_not_allowed({ALLOWED_REASONS[0]: ["a"]}) == []
