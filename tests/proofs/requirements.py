"""What the service promises, one requirement a row: read from the lists that lie beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LISTS = Path(__file__).parent / "lists"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One promise that tests keep; `unproven` says why no test can, where none can."""

    id: str
    """As tests name it, `S5` or `R11`."""
    promise: str
    source: str = ""
    """Where the promise comes from: the number in a standard, several parted by commas."""
    unproven: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One list of requirements and the document that shows who proves them."""

    name: str
    """As the file and the document are called: `security` is docs/security.md."""
    source: str
    """Head of the column that names the standard."""
    requirements: tuple[Requirement, ...]


def read_subjects(lists: Path = LISTS) -> tuple[Subject, ...]:
    """All lists, by name; `ValueError` where two requirements share an id."""
    subjects = tuple(_read(path) for path in sorted(lists.glob("*.toml")))
    ids = [requirement.id for subject in subjects for requirement in subject.requirements]
    doubled = sorted({one for one in ids if ids.count(one) > 1})
    if doubled:
        raise ValueError(f"requirements with one id: {doubled}")
    return subjects


def _read(path: Path) -> Subject:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    requirements = tuple(Requirement(id=id_, **row) for id_, row in content["requirement"].items())
    return Subject(path.stem, content["source"], requirements)
