"""Every kind of report with every content: readable by everybody, as the checkers of docs/reports.md see it.

In the short form each content is printed in one language, and of the contents that need most pages each kind has one;
`NACHKLANG_TESTS=long` prints all.
"""

from __future__ import annotations

import ast
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.exports.kinds_of_report import (
    CONTENTS,
    ENDLESS,
    FULL,
    HOSTILE,
    KINDS,
    LARGEST,
    LONG,
    MAKERS,
    NONE,
)
from tests.exports.pdf_checks import EXPLAINED, REPEATED, assert_accessible

if TYPE_CHECKING:
    from exports.accessible_pdf import PdfEngine
    from survey.language.wording import Language
    from tests.exports.kinds_of_report import Kind

ROOT = Path(__file__).parents[2]
OF_ONE_TEXT = {HOSTILE, ENDLESS, LONG}
OF_MANY_PAGES = (ENDLESS, LONG, LARGEST)
MOST_SECONDS_OF_WORK = 30


def cells() -> list[tuple[Kind, str, Language]]:
    """What is printed: contents of each kind in one language after the other, or all in all of them."""
    if os.environ.get("NACHKLANG_TESTS") == "long":
        return [
            (kind, content, one)
            for kind in KINDS
            for content in kind.pages
            for one in kind.languages
        ]
    return [
        (kind, content, kind.languages[place % len(kind.languages)])
        for number, kind in enumerate(KINDS)
        for place, content in enumerate(kind.pages)
        if content not in OF_MANY_PAGES or content == OF_MANY_PAGES[number % len(OF_MANY_PAGES)]
    ]


@pytest.mark.proves("P1")
def test_every_kind_of_report_is_taught() -> None:
    templates = {path.name for path in (ROOT / "templates" / "report").glob("*.html")}

    assert [kind.template for kind in KINDS] == sorted(templates, key=_place_of)


@pytest.mark.proves("P1")
def test_every_function_that_makes_a_report_is_taught() -> None:
    found = {
        (function.name, constant.value)
        for folder in ("exports", "survey")
        for path in (ROOT / folder).rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for constant in ast.walk(function)
        if isinstance(constant, ast.Constant)
        and isinstance(constant.value, str)
        and constant.value.startswith("report/")
        and constant.value.endswith(".html")
    }

    assert found == {
        (maker.__name__, f"report/{kind.template}")
        for maker, kind in zip(MAKERS, KINDS, strict=True)
    }


@pytest.mark.proves("P1")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
def test_every_kind_of_report_has_every_content_or_says_why_not(kind: Kind) -> None:
    assert {*kind.pages, *kind.without} == set(CONTENTS)
    assert not set(kind.pages) & set(kind.without)
    assert all(kind.without.values())


@pytest.mark.proves("P1")
def test_every_content_is_printed() -> None:
    assert {content for _, content, _ in cells()} == set(CONTENTS)


@pytest.mark.proves("P1")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
def test_every_kind_of_report_is_printed_in_each_of_its_languages(kind: Kind) -> None:
    assert {language for other, _, language in cells() if other is kind} == set(kind.languages)


@pytest.mark.proves(
    "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14", "P15"
)
@pytest.mark.parametrize(
    ("kind", "content", "language"),
    [
        pytest.param(*cell, id=f"{cell[0].template}-{cell[1]}-{cell[2]}".replace(" ", "_"))
        for cell in cells()
    ],
)
def test_every_report_with_any_content_is_accessible(
    kind: Kind, content: str, language: Language, engine: PdfEngine, tmp_path: Path
) -> None:
    target = tmp_path / "report.pdf"

    target.write_bytes(engine.print_html(kind.pages[content](language)))

    assert_accessible(target, explained=EXPLAINED | (REPEATED if content in OF_ONE_TEXT else {}))


@pytest.mark.proves("P16")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
def test_hostile_texts_stay_texts_in_every_kind_of_report(kind: Kind) -> None:
    page = kind.pages[HOSTILE](kind.languages[0])

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


@pytest.mark.proves("P17")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
def test_the_same_content_gives_the_same_page(kind: Kind) -> None:
    for content in (FULL, LARGEST, HOSTILE):
        first, second = (kind.pages[content](kind.languages[-1]) for _ in range(2))

        assert first == second


@pytest.mark.proves("P17")
def test_the_same_page_gives_the_same_bytes(engine: PdfEngine) -> None:
    page = KINDS[0].pages[NONE]("de")

    assert engine.print_html(page) == engine.print_html(page)


def _place_of(template: str) -> int:
    """In the order of KINDS, those unknown at the end."""
    known = [kind.template for kind in KINDS]
    return known.index(template) if template in known else len(known)
