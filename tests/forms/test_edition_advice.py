from __future__ import annotations

from pathlib import Path

import pytest

from forms.edition_advice import advice
from forms.edition_file import read_edition_file
from tests.forms.test_edition_file import MINIMAL

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize(
    "name", ["kk2018", "kk2019", "kk2020", "ikone-1", "ikone-2", "ikone-3", "ikone-4"]
)
def test_examples_need_no_advice(name: str) -> None:
    assert advice(read_edition_file(EXAMPLES / f"{name}.toml")) == ()


def test_texts_in_german_only_and_sessions_nobody_asks_about_are_named() -> None:
    text = MINIMAL.replace('questionnaire = "network_call"', "") + (
        '[questionnaire]\nfrom = "network_call"\n[[questionnaire.add]]\nsection = "impression"\ncode = "idea"\n'
        'kind = "short_text"\nwording = { de = "Eine Idee?", en = "An idea?" }\n'
        '[[sessions]]\ncode = "talk"\ntitle = "Gespräch"\nkind = "discussion"\n'
    )

    found = advice(read_edition_file(text.encode(), "edition.toml"))

    assert [p.values()["codes"] for p in found] == ["idea, talk", "talk", "talk"]


def test_wordings_that_spoil_a_question_are_told_when_the_file_is_read() -> None:
    text = MINIMAL.replace('questionnaire = "network_call"', "") + (
        '[questionnaire]\nfrom = "network_call"\n[[questionnaire.add]]\nsection = "impression"\ncode = "both"\n'
        'kind = "rating"\nscale = "good"\n'
        'wording = { de = "Wie waren Essen und Raum?", easy = "Wie war alles?", en = "How was everything?" }\n'
    )

    found = advice(read_edition_file(text.encode(), "edition.toml"))

    assert [p.place for p in found] == ["questionnaire.both"]
