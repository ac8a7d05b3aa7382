"""Sheets for walls, tables and pens: accessible with any content, and every question on paper is one of the form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from exports.accessible_pdf import PdfEngine
from exports.blank_form import blank_form_html
from exports.link_code import link_code
from exports.open_link_sheet import open_link_sheet_html
from forms.answer_form import AnswerForm
from survey.language.wording import LANGUAGES, Language, Wording
from survey.model.event import Edition
from survey.model.items import YesNo
from survey.model.personal_form import personal_form
from survey.model.questionnaire import Condition, Questionnaire, Section
from survey.model.ways_in import OpenLink, WaysIn
from tests.events import congress, network_call
from tests.exports.pdf_checks import elements

ZONE = ZoneInfo("Europe/Berlin")
CLOSES = datetime(2020, 9, 28, 16, tzinfo=UTC)
ADDRESS = "https://feedback.example.org/o/kk2020.7kq2m9xa"
HOSTILE = "<script>alert(1)</script> {{7*7}} \u202e\U0001f600 " + "x" * 90
WAYS = WaysIn(OpenLink.ON, takes_paper=True, typist="Frau Fröhlich", return_to="Box am Ausgang")


def hostile() -> Edition:
    return replace(
        congress(),
        title=HOSTILE,
        organisation=HOSTILE,
        programme=replace(
            congress().programme,
            sessions=tuple(
                replace(s, title=Wording(f"{s.title.de} {HOSTILE}"), speakers=(HOSTILE,))
                for s in congress().programme.sessions
            ),
        ),
    )


EDITIONS = {"a congress": congress(), "a call": network_call(), "hostile texts": hostile()}


def on_paper(edition: Edition, language: Language, ways: WaysIn = WAYS) -> str:
    return blank_form_html(edition, language, ways=ways, closes=CLOSES, zone=ZONE)


def on_the_wall(edition: Edition, language: Language) -> str:
    return open_link_sheet_html(edition, language, address=ADDRESS, closes=CLOSES, zone=ZONE)


@pytest.mark.proves("P6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_on_the_wall_says_the_address_behind_it(
    language: Language, engine: PdfEngine, tmp_path: Path
) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(engine.print_html(on_the_wall(congress(), language)))

    with pikepdf.open(target) as pdf:
        figures = [str(e.Alt) for role, e in elements(pdf) if role == "/Figure"]
        assert len(figures) == 1
        assert ADDRESS.partition("://")[2] in figures[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["a congress", "a call"])
def test_paper_asks_what_the_form_of_somebody_without_bookings_asks(
    name: str, language: Language
) -> None:
    edition = EDITIONS[name]
    drawn = AnswerForm(personal_form(edition, frozenset()), {}, language=language)
    page = unescape(on_paper(edition, language))
    paper = re.findall(r'class="question-heading">(.*?)</h', page)

    assert [re.sub(r" \(bitte.*| \(please.*", "", text) for text in paper] == [
        question.label for question in drawn.questions()
    ]
    ticks = re.findall(r"<li>(.*?)</li>", page)
    expected = [
        option.label for q in drawn.questions() for option in q.options if not option.stands_apart
    ]
    assert [label for label in expected if label not in ticks] == []


def test_a_section_on_a_condition_says_whom_it_is_for() -> None:
    sections = congress().questionnaire.sections
    only = Section(
        "online_only",
        Wording("Ihre Technik zu Hause"),
        (YesNo(code="sound", wording=Wording("War der Ton gut?")),),
        condition=Condition("next_format", ("online", "hybrid")),
    )
    edition = replace(congress(), questionnaire=Questionnaire((*sections, only)))
    assert "Nur für Sie" not in on_paper(congress(), "de")

    page = on_paper(edition, "de")

    assert (
        "Nur für Sie, wenn Sie bei der Frage „Wie soll der nächste Kongress stattfinden?“ "
        "das angekreuzt haben: online, beides."
    ) in page


def test_paper_says_who_reads_it_and_where_it_goes() -> None:
    page = on_paper(congress(), "de")

    assert "Eingetippt wird er von: Frau Fröhlich." in page
    assert "Wer ihn eintippt, liest ihn und sieht Ihre Handschrift." in page
    assert page.count("Box am Ausgang") == 2


@pytest.mark.proves("S2")
def test_texts_of_organisers_stay_texts() -> None:
    page = on_paper(hostile(), "de") + on_the_wall(hostile(), "de")

    assert "<script" not in page
    assert "{{7*7}}" in page


def test_the_same_sheet_is_the_same_page() -> None:
    assert on_paper(congress(), "de") == on_paper(congress(), "de")
    assert on_the_wall(congress(), "de") == on_the_wall(congress(), "de")


def test_a_code_is_drawn_whole_with_its_quiet_edge() -> None:
    code = link_code(ADDRESS)
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}

    corner = {(4 + x, 4 + y) for x in range(7) for y in range(7)}
    ring = {(x, y) for x, y in corner if {x, y} & {5, 9} and not {x, y} & {4, 10}}
    assert corner - dark == ring
    assert min(min(x, y) for x, y in dark) == 4
    assert max(max(x, y) for x, y in dark) == code.size - 5


def test_another_address_is_another_code() -> None:
    assert link_code(ADDRESS) == link_code(ADDRESS)
    assert link_code(ADDRESS).path != link_code(f"{ADDRESS}b").path
