"""Modules with probes, kept between processes and runs: setting the probes takes longer than importing."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.measuring import probes as maker
from tests.measuring.probes import as_row, from_row, with_probes

if TYPE_CHECKING:
    from types import CodeType

    from tests.measuring.probes import Probe

FOLDER = Path(__file__).parents[2] / ".pytest_cache" / "probes"
_MAKER = sys.version.encode() + Path(maker.__file__).read_bytes()


def kept_code(path: str, folder: Path = FOLDER) -> tuple[CodeType, tuple[Probe, ...]]:
    """The module's code with its probes, as `with_probes` makes it of its present source."""
    source = Path(path).read_bytes()
    made_from = hashlib.sha256(_MAKER + source).digest()
    place = folder / hashlib.sha256(path.encode()).hexdigest()
    if place.exists():
        known, code, rows = marshal.loads(place.read_bytes())  # noqa: S302 -- our own
        if known == made_from:
            return code, tuple(map(from_row, rows))
    code, probes = with_probes(source, path)
    folder.mkdir(parents=True, exist_ok=True)
    # Several processes may make the same; each reads a whole one.
    made = folder / f"{place.name}.{os.getpid()}"
    made.write_bytes(marshal.dumps((made_from, code, list(map(as_row, probes)))))
    made.replace(place)
    return code, probes
