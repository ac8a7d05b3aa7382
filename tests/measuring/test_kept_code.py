from __future__ import annotations

from typing import TYPE_CHECKING

from tests.measuring.kept_code import kept_code
from tests.measuring.probes import with_probes

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = b"def f(x):\n    if x:\n        return 1\n    return 2\n"
AFTER = b"def f(x):\n    return 3\n"


def test_what_is_kept_is_what_is_made(tmp_path: Path) -> None:
    module, folder = tmp_path / "module.py", tmp_path / "kept"
    module.write_bytes(BEFORE)

    made = kept_code(str(module), folder)
    again = kept_code(str(module), folder)

    assert made == again == with_probes(BEFORE, str(module))
    assert len([*folder.iterdir()]) == 1


def test_of_a_changed_module_nothing_old_is_taken(tmp_path: Path) -> None:
    module, folder = tmp_path / "module.py", tmp_path / "kept"
    module.write_bytes(BEFORE)
    kept_code(str(module), folder)
    module.write_bytes(AFTER)

    assert kept_code(str(module), folder) == with_probes(AFTER, str(module))
    assert len([*folder.iterdir()]) == 1
