"""A small disk in memory, in a mount namespace of its own: only the program that runs there sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.faults.nursery import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def run_alone(program: str, *words: str) -> dict[str, Any]:
    """What a program of ours said last, that may mount what it likes and changes nothing for anybody else."""
    # Whoever is no administrator is one in a namespace of their own.
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    child = subprocess.run(
        [
            *("unshare", *rights, "--mount", "--propagation", "private"),
            *(sys.executable, "-m", program, *words),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said: dict[str, Any] = json.loads(child.stdout)
    return said


def mount(folder: Path, *, megabytes: int) -> Path:
    """A new disk of that size, below the folder."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(disk)], check=True
    )
    return disk
