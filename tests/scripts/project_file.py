"""pyproject.toml and the lock files as the tests read them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def demanded(*groups: str) -> list[Requirement]:
    """The service's dependencies and those of the groups."""
    content = project()
    texts = list(content["project"]["dependencies"])
    for group in groups:
        texts += content["dependency-groups"][group]
    return [Requirement(text) for text in texts]


def locked(name: str) -> dict[Requirement, frozenset[str]]:
    """Each pinned requirement of a lock file with its hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {
        Requirement(entry.split("\\")[0].strip()): frozenset(
            re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry)
        )
        for entry in re.split(r"\n(?=\S)", text)
    }
