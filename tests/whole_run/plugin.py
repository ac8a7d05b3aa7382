"""A run of all tests fails where something did not run: `pytest -p tests.whole_run.plugin`.

Each skipped test is named with its reason. It fails the run, unless the reason is one of those that are allowed;
so does a test that was found and not run, and a file of tests of which none ran. Where files are named, they are
the whole.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

ALLOWED_REASONS = ("Dovecot is started by root only",)
"""What a machine of those who work on this may lack; what checks every change has it."""
_LEFT_OUT = "deselected"


class WholeRun:
    """What was found, what ran and what was skipped."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.ran: set[str] = set()
        self.skipped: dict[str, set[str]] = defaultdict(set)

    def note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """What became of a test, or of a file that says of itself that it is not to be run."""
        if report.skipped:
            self.skipped[_reason(report)].add(report.nodeid)
        elif isinstance(report, pytest.TestReport) and report.when == "call":
            self.ran.add(report.nodeid)
        elif report.failed:
            self.ran.add(report.nodeid)  # it fails the run by itself

    def faults(self, files: Iterable[str]) -> list[str]:
        """Why this was no run of everything."""
        return [
            *skips_not_allowed(self.skipped),
            *not_run(self.found, self.ran, set().union(*self.skipped.values())),
            *files_without_tests(files, self.ran),
        ]


def skips_not_allowed(skipped: Mapping[str, Collection[str]]) -> list[str]:
    """Reasons for which nothing may be skipped."""
    return [
        f"{len(tests)} skipped, which is not allowed: {reason}"
        for reason, tests in sorted(skipped.items())
        if reason not in ALLOWED_REASONS
    ]


def not_run(found: Collection[str], ran: Collection[str], skipped: Collection[str]) -> list[str]:
    """Tests that were found, and then nobody heard of them."""
    return [f"never ran: {test}" for test in sorted({*found} - {*ran} - {*skipped})]


def files_without_tests(files: Iterable[str], ran: Iterable[str]) -> list[str]:
    """Files of tests of which not one ran."""
    with_tests = {test.partition("::")[0] for test in ran}
    return [f"no test of it ran: {file}" for file in sorted({*files} - with_tests)]


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    # pytest keeps file, line and "Skipped: …".
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


_run = WholeRun()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Alone: what this process found, before anything is deselected."""
    _run.found.update(item.nodeid for item in items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    """What another process found."""
    _run.found.update(ids)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file may skip all of itself."""
    if report.skipped:
        _run.note(report)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Here the process hears of all tests that gives them out."""
    _run.note(report)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Those who leave out tests do not run everything."""
    _run.skipped[_LEFT_OUT].update(item.nodeid for item in items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What another process left out: only it was told."""
    if left_out := getattr(node, "workeroutput", {}).get(_LEFT_OUT):
        _run.skipped[_LEFT_OUT].update(left_out)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that lacks something has failed."""
    if _is_worker():
        session.config.workeroutput[_LEFT_OUT] = sorted(_run.skipped[_LEFT_OUT])  # type: ignore[attr-defined]
    elif session.exitstatus == 0 and _faults(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was skipped and what is missing."""
    for reason, tests in sorted(_run.skipped.items()):
        for test in sorted(tests):
            terminalreporter.write_line(f"skipped: {test}: {reason}")
    for fault in _faults(config):
        terminalreporter.write_line(f"not a whole run: {fault}", red=True)


def _faults(config: pytest.Config) -> list[str]:
    left_out = {Path(config.rootpath, one).resolve() for one in config.getoption("ignore") or ()}
    places = [config.invocation_params.dir / one.partition("::")[0] for one in config.args]
    files = (
        str(file.relative_to(config.rootpath))
        for place in places
        for file in ([place] if place.is_file() else place.rglob("test_*.py"))
        if file.resolve() not in left_out
    )
    return _run.faults(files)


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ
