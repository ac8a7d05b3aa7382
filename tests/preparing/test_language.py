"""What organisers are told of editions and urns is there in English."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import survey
from survey.language.catalogue import catalogue

ROOT = Path(survey.__path__[0])


def _messages() -> list[str]:
    return sorted(
        {
            str(ast.literal_eval(call.args[0]))
            for module in ("preparing.py", "collecting.py")
            for call in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8")))
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "problem"
        }
    )


@pytest.mark.parametrize("message", _messages())
def test_message_is_translated_with_all_its_facts(message: str) -> None:
    english = catalogue("en").gettext(message)

    assert english != message
    assert sorted(_places(english)) == sorted(_places(message))


def _places(message: str) -> list[str]:
    return [part.split(")")[0] for part in message.split("%(")[1:]]
