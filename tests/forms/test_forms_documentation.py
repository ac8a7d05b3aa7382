from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.edition_file import read_edition_file
from forms.item_file import ItemKind
from forms.registration_list import read_registration_list
from survey.errors import FileRefused
from survey.model.event import EditionFormat, EditionKind
from survey.model.programme import SessionKind
from tests.forms.registration_lists import EDITION

DOCS = Path(__file__).parents[2] / "docs"
EDITION_PAGE = (DOCS / "edition-file.md").read_text()
LISTS_PAGE = (DOCS / "registration-lists.md").read_text()
SMALLEST, SHORTENED = re.findall(r"```toml\n(.*?)```", EDITION_PAGE, re.DOTALL)


def known_keys(text: str) -> set[str]:
    """The keys that the reader names when one is unknown."""
    with pytest.raises(FileRefused) as refused:
        read_edition_file(text.encode(), "edition.toml")
    (problem,) = refused.value.problems
    return set(str(problem.values()["known"]).split(", "))


def test_smallest_edition_of_the_page_is_an_edition() -> None:
    assert read_edition_file(SMALLEST.encode(), "edition.toml").name == "call-2021"


def test_shortened_questionnaire_of_the_page_is_one() -> None:
    text = SMALLEST.replace('questionnaire = "network_call"', "") + SHORTENED

    codes = [i.code for i in read_edition_file(text.encode(), "x").questionnaire.general_items()]

    assert "food" in codes
    assert "technology" not in codes


@pytest.mark.parametrize(
    "text",
    [
        SMALLEST + "zzz = 1\n",
        SMALLEST
        + '[[rounds]]\ncode = "r"\ntitle = "R"\nzzz = 1\n[[sessions]]\ncode = "a"\ntitle = "A"\n'
        'kind = "workshop"\nround = "r"\n',
        SMALLEST + '[[sessions]]\ncode = "a"\ntitle = "A"\nkind = "workshop"\nzzz = 1\n',
    ],
    ids=["edition", "round", "session"],
)
def test_every_key_is_on_the_page(text: str) -> None:
    assert [
        key for key in sorted(known_keys(text)) if not re.search(rf"`\[*{key}\]*`", EDITION_PAGE)
    ] == []


def test_every_kind_is_on_the_page() -> None:
    kinds = [*ItemKind, *EditionKind, *EditionFormat, *SessionKind]

    assert [kind for kind in kinds if f"`{kind}`" not in EDITION_PAGE] == []


def test_every_heading_of_the_page_is_understood() -> None:
    rows = re.findall(
        r"^\| (?:address|name|language|number|attendance) \| (.*?) \|", LISTS_PAGE, re.MULTILINE
    )
    headings = [h for row in rows for h in re.split(r", |; or | and ", row)]

    for heading in headings:
        text = (
            f"Mail;{heading}\na@b.example;\n"
            if heading not in rows[0]
            else f"{heading}\na@b.example\n"
        )
        assert read_registration_list(text.encode(), "l.csv", EDITION).faults == ()
