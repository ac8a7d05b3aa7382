"""A run of all tests fails where something did not run: `pytest -p tests.whole_run.plugin`.

Each skipped test is named with its reason. It fails the run, unless that reason is allowed to that file of tests;
so does a test that was found and not run, and a file of tests of which none ran. Where files are named, they are
the whole.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

ALLOWED = {"Dovecot is started by root only": "tests/mail/bounces/test_mailbox.py"}
"""What a machine of those who work on this may lack, and whose tests need it; what checks every change has it."""
_LEFT_OUT = "deselected"


class WholeRun:
    """What was found, what ran and what was skipped in one run."""

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._ran: set[str] = set()
        self._skipped: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Alone: what this process found, before anything is deselected."""
        self._found.update(item.nodeid for item in items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """What another process found."""
        self._found.update(ids)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file may skip all of itself."""
        if report.skipped:
            self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Here the process hears of all tests that gives them out."""
        self._note(report)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Those who leave out tests do not run everything."""
        self._skipped[_LEFT_OUT].update(item.nodeid for item in items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """What another process left out: only it was told."""
        if left_out := getattr(node, "workeroutput", {}).get(_LEFT_OUT):
            self._skipped[_LEFT_OUT].update(left_out)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run that lacks something has failed."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_LEFT_OUT] = sorted(self._skipped[_LEFT_OUT])
        elif session.exitstatus == 0 and self._faults(session.config):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Say what was skipped and what is missing."""
        for reason, tests in sorted(self._skipped.items()):
            for test in sorted(tests):
                terminalreporter.write_line(f"skipped: {test}: {reason}")
        for fault in self._faults(config):
            terminalreporter.write_line(f"not a whole run: {fault}", red=True)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped:
            self._skipped[_reason(report)].add(report.nodeid)
        elif isinstance(report, pytest.TestReport) and report.when == "call":
            self._ran.add(report.nodeid)
        elif report.failed:
            self._ran.add(report.nodeid)  # it fails the run by itself

    def _faults(self, config: pytest.Config) -> list[str]:
        return [
            *skips_not_allowed(self._skipped),
            *not_run(self._found, self._ran, set().union(*self._skipped.values())),
            *files_without_tests(_files(config), self._ran),
        ]


def pytest_configure(config: pytest.Config) -> None:
    """One run, one book of what happened in it."""
    config.pluginmanager.register(WholeRun())


def skips_not_allowed(skipped: Mapping[str, Collection[str]]) -> list[str]:
    """Reasons for which nothing may be skipped, or not in that file."""
    return [
        f"{len(wrong)} skipped, which is not allowed: {reason}"
        for reason, tests in sorted(skipped.items())
        if (wrong := [test for test in tests if _file_of(test) != ALLOWED.get(reason)])
    ]


def not_run(found: Collection[str], ran: Collection[str], skipped: Collection[str]) -> list[str]:
    """Tests that were found, and then nobody heard of them."""
    return [f"never ran: {test}" for test in sorted({*found} - {*ran} - {*skipped})]


def files_without_tests(files: Iterable[str], ran: Iterable[str]) -> list[str]:
    """Files of tests of which not one ran."""
    with_tests = {_file_of(test) for test in ran}
    return [f"no test of it ran: {file}" for file in sorted({*files} - with_tests)]


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    # pytest keeps file, line and "Skipped: …".
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def _files(config: pytest.Config) -> list[str]:
    left_out = {Path(config.rootpath, one).resolve() for one in config.getoption("ignore") or ()}
    places = [config.invocation_params.dir / one.partition("::")[0] for one in config.args]
    return [
        str(file.relative_to(config.rootpath))
        for place in places
        for file in ([place] if place.is_file() else place.rglob("test_*.py"))
        if file.resolve() not in left_out
    ]
