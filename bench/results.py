"""The results that are kept: bench/results.toml, and the tables made from it in docs/speed.md and the README."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.table import Cost, Machine, Row, table_lines, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results.toml"
DOCUMENTS = (ROOT / "docs" / "speed.md", ROOT / "README.md")
BEGINS = "<!-- bench -->"
ENDS = "<!-- /bench -->"


@dataclass(frozen=True, slots=True)
class Result:
    """What one subject's run found."""

    name: str
    day: str
    command: str
    machine: Machine
    rows: tuple[Row, ...]
    costs: tuple[Cost, ...]


def read_results(path: Path = RESULTS) -> dict[str, Result]:
    """The results that are kept, by subject."""
    if not path.exists():
        return {}
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _result(name, values) for name, values in found.items()}


def write_results(results: dict[str, Result], path: Path = RESULTS) -> None:
    """Keep the results, in the order given."""
    parts = [
        "# Written by scripts/bench --write; docs/speed.md and docs/sizing.md are made from it.\n"
    ]
    for name, result in results.items():
        parts.append(f"\n[{name}]\nday = {_text(result.day)}\ncommand = {_text(result.command)}\n")
        parts.append(f"machine = {_inline(asdict(result.machine))}\n")
        for kind, findings in (("rows", result.rows), ("costs", result.costs)):
            lines = "".join(f"    {_inline(asdict(finding))},\n" for finding in findings)
            parts.append(f"{kind} = [\n{lines}]\n")
    path.write_text("".join(parts), encoding="utf-8")


def document(results: dict[str, Result]) -> str:
    """The block between the marks: one table of all subjects, with the days they were measured."""
    if not results:
        return "Nothing has been measured yet."
    rows = [row for result in results.values() for row in result.rows]
    machines = list(dict.fromkeys(result.machine for result in results.values()))
    lines = table_lines(rows, machines[0])
    for other in machines[1:]:
        names = ", ".join(r.name for r in results.values() if r.machine == other)
        lines.append(f"{names} on: {other}.")
    days = sorted({(result.day, result.command) for result in results.values()})
    measured = "; ".join(
        f"`{command}` on {day} ({', '.join(r.name for r in results.values() if (r.day, r.command) == (day, command))})"
        for day, command in days
    )
    return "\n".join([*lines, f"Measured by {measured}: {verdict(rows)}."])


def renew(path: Path, block: str) -> None:
    """Put the block between the marks of a document; ValueError if it has none."""
    text = path.read_text(encoding="utf-8")
    before, begins, rest = text.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not begins or not ends:
        raise ValueError(path.name)
    path.write_text(f"{before}{BEGINS}\n{block}\n{ENDS}{after}", encoding="utf-8")


def merged(kept: dict[str, Result], fresh: Sequence[Result]) -> dict[str, Result]:
    """What is kept, with fresh results in place of older ones of the same subjects."""
    return kept | {result.name: result for result in fresh}


def _result(name: str, values: dict[str, Any]) -> Result:
    return Result(
        name,
        values["day"],
        values["command"],
        Machine(**values["machine"]),
        tuple(Row(**row) for row in values["rows"]),
        tuple(Cost(**cost) for cost in values["costs"]),
    )


def _inline(values: dict[str, object]) -> str:
    pairs = ", ".join(
        f"{name} = {_text(value) if isinstance(value, str) else value}"
        for name, value in values.items()
    )
    return f"{{ {pairs} }}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
