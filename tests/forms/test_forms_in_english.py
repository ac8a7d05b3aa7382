from __future__ import annotations

import ast
import re
from pathlib import Path

from survey.language.catalogue import catalogue

FORMS = Path(__file__).parents[2] / "forms"
FILES = (
    "toml_lines toml_keys item_file questionnaire_file questionnaire_library edition_file programme_file "
    "registration_list registration_line table_file xlsx_file edition_advice"
)


def messages() -> set[object]:
    """Every problem that reading a file can have: what `problem` and `refuse` are told, and what is kept for them."""
    found: set[object] = set()
    for name in FILES.split():
        for node in ast.walk(ast.parse((FORMS / f"{name}.py").read_text())):
            match node:
                case ast.Call(
                    func=ast.Name(id="problem") | ast.Attribute(attr="refuse"),
                    args=[ast.Constant(value=str(said)), *_],
                ):
                    found.add(said)
                case ast.Assign(targets=[ast.Name(id="why")], value=ast.Constant(value=str(said))):
                    found.add(said)
                case ast.Assign(targets=[ast.Name(id="_CAUSES")], value=ast.Dict(values=causes)):
                    found |= {c.value for c in causes if isinstance(c, ast.Constant)}
                case _:
                    pass
    return found


def test_every_problem_is_said_in_english_with_the_same_facts() -> None:
    english = catalogue("en")
    said = {message: english.gettext(message) for message in map(str, messages())}
    facts = re.compile(r"%\(\w+\)s")

    assert len(said) > 80
    assert [m for m, translated in said.items() if translated == m] == []
    assert [m for m, t in said.items() if set(facts.findall(m)) != set(facts.findall(t))] == []
