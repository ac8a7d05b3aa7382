"""Sections that only some were asked: every way to read results says of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from exports.summary_report import summary_html
from survey.collecting import submit
from survey.counting import count_edition
from survey.language.wording import Wording
from survey.model.items import Answer, RatingScale
from survey.model.questionnaire import Condition, Section
from survey.model.response import Response
from survey.publishing import plan_page
from survey.reporting.published import published_summary
from tests.counting.ballots import be_silent, close
from tests.events import QUALITY, congress
from tests.people import add_person, open_edition, store_edition, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock
    from tests.workplace import Workplace

HEADING = "Zum Online-Format"
SAID = {
    "de": "Das wurden nur die 12 Personen gefragt, die bei „Wie soll der nächste Kongress stattfinden?“ "
    "so geantwortet haben: online, beides.",
    "en": "Only the 12 people were asked",
}


@pytest.fixture
def partly_asked(inst: Installation, clock: StoppedClock) -> None:
    """A counted congress with a section for those who want the next one online or hybrid: 12 of 18."""
    given = congress()
    section = Section(
        "extra",
        Wording(HEADING, "", HEADING),
        (RatingScale(code="stream", wording=Wording("Wie war das Bild?"), choices=QUALITY),),
        condition=Condition("next_format", ("online", "hybrid")),
    )
    sections = (*given.questionnaire.sections, section)
    edition = replace(given, questionnaire=replace(given.questionnaire, sections=sections))
    record = open_edition(inst, store_edition(inst, edition))
    for number in range(18):
        person = add_person(inst, record, f"Person {number}", address=f"p{number}@example.org")
        wanted = ("on_site", "online", "hybrid")[number % 3]
        answers = {"next_format": Answer((wanted,))}
        if wanted != "on_site":
            answers["stream"] = Answer((QUALITY[number % 2].code,))
        submit(inst, person.token, Response(answers))
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)


@pytest.mark.usefixtures("partly_asked")
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_results_say_of_whom_a_section_was_asked(
    workplace: Workplace, inst: Installation, language: str
) -> None:
    plan_page(
        inst,
        stored_record(inst, "kk2020"),
        visible_from=inst.clock(),
        has_sessions=True,
        named_sessions=(),
    )

    public = workplace.stranger.get(f"/ergebnis/kk2020?sprache={language}").text()

    assert HEADING in public
    assert SAID[language] in public


@pytest.mark.usefixtures("partly_asked")
def test_the_workplace_says_so_too(workplace: Workplace) -> None:
    for reader in (workplace.olga, workplace.paul):
        text = reader.get("/arbeit/ausgaben/kk2020/ergebnisse").text()

        assert HEADING in text
        assert SAID["de"] in text


@pytest.mark.usefixtures("partly_asked")
def test_the_printed_report_says_so_too(inst: Installation) -> None:
    summary = published_summary(inst, "kk2020")

    page = summary_html(summary, "de", zone=ZoneInfo("Europe/Berlin"))

    assert page.index(HEADING) < page.index(SAID["de"])
