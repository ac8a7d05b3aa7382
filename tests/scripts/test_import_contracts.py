"""The import contracts name the whole house."""

from __future__ import annotations

import re

from tests.scripts.project_file import ROOT, project


def _layers() -> set[str]:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    return {name.strip(" ()") for layer in layers for name in re.split(r"[|:]", layer)}


def test_every_room_of_the_house_stands_on_a_floor() -> None:
    rooms = {
        f"survey.{path.stem}"
        for path in (ROOT / "survey").iterdir()
        if path.name != "__init__.py"
        and (path.suffix == ".py" or (path.is_dir() and next(path.rglob("*.py"), None)))
    }

    assert rooms - _layers() == set()
