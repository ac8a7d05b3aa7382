"""What a series is called in addresses and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.theme import theme_code

if TYPE_CHECKING:
    from collections.abc import Iterable


def series_addresses(names: Iterable[str]) -> dict[str, str]:
    """Each series by its address, the same for the same names: ``kommunalkongress-rheinland-pfalz``."""
    found: dict[str, str] = {}
    for name in sorted(set(names)):
        found[theme_code(name, taken=found)] = name
    return found
