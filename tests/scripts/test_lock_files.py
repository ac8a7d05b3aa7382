"""The lock files hold what pyproject.toml demands, wherever they are read."""

from __future__ import annotations

import json

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.scripts.project_file import ROOT, demanded, locked

LOCKS = [
    pytest.param("service.lock", ("setup",), id="service"),
    pytest.param("test.lock", ("setup", "test"), id="test"),
]


def _fits(pin: Requirement, demand: Requirement) -> bool:
    version = str(pin.specifier).removeprefix("==")
    return canonicalize_name(pin.name) == canonicalize_name(
        demand.name
    ) and demand.specifier.contains(version)


@pytest.mark.parametrize(("name", "groups"), LOCKS)
def test_every_dependency_is_locked_at_a_version_it_allows(
    name: str, groups: tuple[str, ...]
) -> None:
    pins = locked(name)

    unmet = [str(demand) for demand in demanded(*groups) if not any(_fits(p, demand) for p in pins)]

    assert unmet == []


@pytest.mark.parametrize("name", ["service.lock", "test.lock"])
def test_every_pin_has_hashes(name: str) -> None:
    assert [str(pin) for pin, hashes in locked(name).items() if not hashes] == []


def test_the_service_runs_with_the_very_versions_that_were_tested() -> None:
    tested = {(pin.name, str(pin.specifier)) for pin in locked("test.lock")}
    serving = {(pin.name, str(pin.specifier)) for pin in locked("service.lock")}

    assert serving - tested == set()


def test_the_tests_need_more_than_the_service() -> None:
    assert "pytest" not in {pin.name for pin in locked("service.lock")}


@pytest.mark.parametrize("name", ["service.lock", "test.lock"])
def test_a_lock_file_names_no_host(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = text[: text.index("[tool.setuptools")].splitlines()
    entries = [line.strip() for line in lines if line.startswith('    "')]

    assert len(entries) == len(demanded("setup", "test", "lock"))
    assert [entry for entry in entries if len(entry.partition(" # ")[2]) < len("types")] == []


def test_the_lock_of_the_engines_names_no_registry_and_has_a_hash_for_each_package() -> None:
    place = ROOT / "tests/accessibility/engines"
    lock = json.loads((place / "package-lock.json").read_text(encoding="utf-8"))
    demanded_ones = json.loads((place / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert {
        name: packages[f"node_modules/{name}"]["version"] for name in demanded_ones
    } == demanded_ones
