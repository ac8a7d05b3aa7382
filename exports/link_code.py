"""A link as a QR code: one path of dark squares, to be drawn as SVG on a page, on a wall or on paper."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4
"""Light squares around the code, as the standard wants them."""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """The code of one address."""

    size: int
    """Squares in a row, the quiet ones at the edges included."""
    path: str
    """The dark squares, as the path of an SVG with that many units in a row."""

    def svg(self) -> str:
        """An image by itself: always dark on light, since many cameras read nothing else."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}" '
            f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{self.size}v{self.size}H0z"/>'
            f'<path fill="#000" d="{self.path}"/></svg>'
        )


def link_code(address: str) -> LinkCode:
    """The code of an address, readable with a quarter of it covered or glaring."""
    # Capitals would need fewer squares; addresses are case sensitive, so they stay as they are.
    code = segno.make(address, error="q", micro=False, boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    path = "".join(
        f"M{start + QUIET} {line + QUIET}h{length}v1h-{length}z"
        for line, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return LinkCode(len(rows) + 2 * QUIET, path)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark squares begin, and how many stand side by side."""
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate(row):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
