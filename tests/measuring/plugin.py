"""Measures which lines and branches of our own packages the tests reach: `pytest -p tests.measuring.plugin`.

In the process that runs tests, probes tell; processes that tests start and want measured are traced by coverage.py.
"""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from coverage import Coverage, CoverageData

from tests.measuring.children import keep_apart
from tests.measuring.kept_code import kept_code
from tests.measuring.probes import CAUGHT, REACHED, Probe, arcs_of, as_row, from_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

    from tests.measuring.probes import Row

    Reached = list[bool | None]
    Found = dict[str, list[Row]]

_OUTPUT = "reached"


class ProbedPackages(MetaPathFinder):
    """Finds the modules of our packages and gives them probes."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = frozenset(packages)
        self.measured: list[tuple[str, tuple[Probe, ...], Reached]] = []

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in self.packages:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _ProbingLoader(self, spec.loader.name, spec.loader.path)
        return spec

    def prepared(self, path: str, namespace: dict[str, object]) -> CodeType:
        """The module's code; the probes' list is in its namespace."""
        code, probes = kept_code(path)
        reached: Reached = [None] * len(probes)

        def caught(place: int, classes: object) -> object:
            reached[place] = True
            return classes

        namespace[REACHED] = reached
        namespace[CAUGHT] = caught
        self.measured.append((path, probes, reached))
        return code

    def found(self) -> Found:
        """What was reached in each file."""
        found: Found = {}
        for path, probes, reached in self.measured:
            known = [probe for probe, is_so in zip(probes, reached, strict=True) if is_so]
            found.setdefault(path, []).extend(as_row(probe) for probe in known)
        return found


class _ProbingLoader(SourceFileLoader):
    def __init__(self, packages: ProbedPackages, name: str, path: str) -> None:
        super().__init__(name, path)
        self._packages = packages

    def exec_module(self, module: ModuleType) -> None:
        exec(self._packages.prepared(self.path, module.__dict__), module.__dict__)  # noqa: S102 -- as importing does


class Measurement:
    """From the first import of our packages to the end of the last test."""

    def __init__(self) -> None:
        self._coverage = Coverage()
        self._places: list[str] = self._coverage.get_option("run:source")  # type: ignore[assignment]
        self._packages = ProbedPackages(self._places)
        self._found: list[Found] = []

    def begin(self) -> None:
        """Probe what is imported from now on."""
        imported = {name for name in sys.modules if name.partition(".")[0] in self._places}
        if imported:
            raise RuntimeError(f"imported before it could be measured: {sorted(imported)}")
        self._coverage.start()  # its patches make processes measure themselves; here it shall not trace
        self._coverage.stop()
        keep_apart()
        sys.meta_path.insert(0, self._packages)

    def found(self) -> Found:
        """What was reached in this process."""
        return self._packages.found()

    def add(self, found: Found) -> None:
        """What was reached in a process that ran tests."""
        self._found.append(found)

    def end(self) -> None:
        """Write what was reached beside what the processes write that tests started."""
        data = CoverageData(str(self._coverage.get_option("run:data_file")), suffix="probes")
        rows: Found = {}
        for found in self._found:
            for path, some in found.items():
                rows.setdefault(path, []).extend(some)
        data.add_arcs(
            {path: arcs_of(Path(path), map(from_row, some)) for path, some in rows.items()}
        )
        data.touch_files(
            [str(p.resolve()) for place in self._places for p in Path(place).rglob("*.py")]
        )


_measurement = Measurement()


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin before any conftest imports our packages; where others run the tests, only they measure."""
    if _runs_tests(early_config):
        _measurement.begin()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was reached: the last fixture has ended."""
    if _is_worker():
        session.config.workeroutput[_OUTPUT] = _measurement.found()  # type: ignore[attr-defined]
    elif _runs_tests(session.config):
        _measurement.add(_measurement.found())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what another process hands over; one that broke down hands over nothing."""
    _measurement.add(getattr(node, "workeroutput", {}).get(_OUTPUT, {}))


def pytest_unconfigure() -> None:
    """Write it down, in the first process."""
    if not _is_worker():
        _measurement.end()


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _runs_tests(config: pytest.Config) -> bool:
    return _is_worker() or not getattr(config.known_args_namespace, "numprocesses", 0)
