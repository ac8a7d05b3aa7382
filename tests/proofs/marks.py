"""Which tests say of themselves that they prove something: read from their sources, without running them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Proof:
    """One test that is marked with `pytest.mark.proves`."""

    requirement: str
    path: str
    """From the project's root."""
    test: str

    @property
    def sentence(self) -> str:
        """The test's name as the sentence that it is."""
        return self.test.removeprefix("test_").replace("_", " ")


def read_proofs(tests: Path = TESTS) -> tuple[Proof, ...]:
    """Every requirement that every marked test names, in the order of files and lines."""
    found: list[Proof] = []
    for path in sorted(tests.rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if ".proves(" not in source:
            continue
        shown = path.relative_to(tests.parent).as_posix()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found += [Proof(one, shown, node.name) for one in _proved(node.decorator_list)]
    return tuple(found)


def _proved(decorators: list[ast.expr]) -> list[str]:
    return [
        argument.value
        for decorator in decorators
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "proves"
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
