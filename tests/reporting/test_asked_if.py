"""A section that only some were asked: of whom, and no statement about everybody."""

from __future__ import annotations

from dataclasses import replace

from exports.finding_words import FindingWords
from survey.language.wording import Wording
from survey.model.items import ANSWERED, Choice, RatingScale
from survey.model.questionnaire import Condition, Section
from survey.model.summary import AskedIf, Base, EditionSummary
from survey.reporting.edition_summary import build_summary
from tests.events import QUALITY, congress
from tests.reporting.counted import counted, rows

FORMAT = {"on_site": 40, "online": 20, "hybrid": 10}


def summary_of(format_answers: dict[str, int], camera: dict[str, int]) -> EditionSummary:
    given = congress()
    asked: tuple[Choice, ...] = QUALITY
    section = Section(
        "extra",
        Wording("Zum Online-Format"),
        (RatingScale(code="stream", wording=Wording("Wie war die Übertragung?"), choices=asked),),
        condition=Condition("next_format", ("online", "hybrid")),
    )
    sections = (*given.questionnaire.sections, section)
    edition = replace(given, questionnaire=replace(given.questionnaire, sections=sections))
    counts = {
        "next_format": {**format_answers, ANSWERED: sum(format_answers.values())},
        "stream": {**camera, ANSWERED: sum(camera.values())},
    }
    return build_summary(counted(edition, invited=120, answered=70), rows(counts), {}, {})


def test_the_summary_says_of_whom_it_was_asked() -> None:
    section = summary_of(FORMAT, {"very_good": 15, "good": 10}).sections[-1]

    assert section.asked_if == AskedIf(
        Wording("Wie soll der nächste Kongress stattfinden?"),
        (Wording("online", "im Internet", "online"), Wording("beides", "beides", "hybrid")),
        30,
    )
    assert FindingWords("de").asked_if(section.asked_if) == (
        "Das wurden nur die 30 Personen gefragt, die bei „Wie soll der nächste Kongress stattfinden?“ "
        "so geantwortet haben: online, beides."
    )


def test_how_many_of_the_silent_would_have_been_asked_nobody_knows() -> None:
    found = summary_of(FORMAT, {"very_good": 15, "good": 10}).finding("stream")

    assert found is not None
    assert found.base == Base(25, None)


def test_its_number_of_people_is_not_told_where_the_question_behind_it_is_withheld() -> None:
    shown = summary_of({"online": 5}, {}).sections[-1].asked_if
    withheld = summary_of({"online": 4}, {}).sections[-1].asked_if

    assert shown is not None
    assert withheld is not None
    assert (shown.people, withheld.people) == (5, None)


def test_it_gives_no_statement_about_everybody() -> None:
    summary = summary_of(FORMAT, {"very_good": 25, "good": 5})

    assert "stream" not in {statement.finding for statement in summary.statements}
