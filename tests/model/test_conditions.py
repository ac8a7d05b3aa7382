"""Sections that are asked on a condition: which may be, of whom, and what is kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from survey.errors import AnswerRefused
from survey.language.wording import Wording
from survey.model.answering import could_have_sent, fields_of, read_response
from survey.model.conditions import possible_conditions, wrong_conditions
from survey.model.event import Edition
from survey.model.items import Answer, ShortText, YesNo
from survey.model.personal_form import asked_given, personal_form
from survey.model.questionnaire import Condition, Questionnaire, Section
from survey.model.response import Response
from tests.events import congress

ONLINE = Condition("next_format", ("online", "hybrid"))
EXTRA = Section(
    "extra",
    Wording("Zum Online-Format"),
    (YesNo(code="camera", wording=Wording("Hätten Sie die Kamera an?"), is_required=True),),
    condition=ONLINE,
)
DEEPER = Section(
    "deeper",
    Wording("Zur Kamera"),
    (ShortText(code="which", wording=Wording("Welche Kamera?")),),
    condition=Condition("camera", ("yes",)),
)


def edition(*more: Section) -> Edition:
    given = congress()
    sections = (*given.questionnaire.sections, *more)
    return replace(given, questionnaire=replace(given.questionnaire, sections=sections))


def asked(fields: Mapping[str, tuple[str, ...]], *more: Section) -> list[str]:
    form = asked_given(personal_form(edition(*(more or (EXTRA,))), frozenset()), fields)
    return [section.code for section in form.sections]


@pytest.mark.parametrize(
    ("fields", "is_asked"),
    [
        ({}, False),
        ({"next_format": ()}, False),
        ({"next_format": ("on_site",)}, False),
        ({"next_format": ("online",)}, True),
        ({"next_format": ("hybrid",)}, True),
        ({"next_format": ("na_no_answer",)}, False),
    ],
)
def test_a_section_is_asked_if_one_of_its_choices_was_taken(
    fields: dict[str, tuple[str, ...]], *, is_asked: bool
) -> None:
    assert ("extra" in asked(fields)) == is_asked


def test_a_section_behind_one_that_is_not_asked_is_not_asked_either() -> None:
    both = {"next_format": ("online",), "camera": ("yes",)}

    assert asked(both, EXTRA, DEEPER)[-2:] == ["extra", "deeper"]
    assert asked(both | {"next_format": ("on_site",)}, EXTRA, DEEPER)[-1] == "whole"


def test_answers_to_a_section_that_is_no_longer_asked_count_for_nothing_and_hold_nobody_up() -> (
    None
):
    form = personal_form(edition(EXTRA), frozenset())
    fields = {"overall": ("good",), "next_format": ("on_site",), "camera": ("yes",)}

    response = read_response(form, fields)

    assert set(response.answers) == {"overall", "next_format"}


def test_what_must_be_answered_must_be_answered_by_those_asked_only() -> None:
    form = personal_form(edition(EXTRA), frozenset())
    assert set(read_response(form, {"next_format": ("on_site",)}).answers) == {"next_format"}

    with pytest.raises(AnswerRefused) as refused:
        read_response(form, {"next_format": ("online",)})

    assert [p.place for p in refused.value.problems] == ["camera"]


def test_what_was_answered_comes_back_into_its_fields() -> None:
    form = personal_form(edition(EXTRA), frozenset())
    response = read_response(form, {"next_format": ("online",), "camera": ("no",)})

    assert fields_of(form, response) == {"next_format": ("online",), "camera": ("no",)}


def test_the_count_refuses_an_answer_nobody_was_asked_for() -> None:
    told = {"next_format": Answer(("online",)), "camera": Answer(("yes",))}
    assert could_have_sent(edition(EXTRA), Response(told)) == ()

    unasked = Response(told | {"next_format": Answer(("on_site",))})

    assert [p.place for p in could_have_sent(edition(EXTRA), unasked)] == ["camera"]


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (EXTRA, ""),
        (replace(EXTRA, condition=Condition("heard", ("home",))), "genau einer Antwort"),
        (replace(EXTRA, condition=Condition("camera", ("yes",))), "früheren Abschnitt"),
        (replace(EXTRA, condition=Condition("rating", ("good",))), "genau einer Antwort"),
        (replace(EXTRA, condition=Condition("next_format", ("moon",))), "keine Antwort auf"),
        (
            replace(EXTRA, for_each=edition().questionnaire.sections[0].for_each),
            "für jeden Programmpunkt",
        ),
    ],
    ids=["sound", "several answers", "own question", "per session", "no choice", "repeated"],
)
def test_only_a_question_with_one_answer_from_an_earlier_section_can_be_a_condition(
    section: Section, sentence: str
) -> None:
    found = wrong_conditions(edition(section).questionnaire)

    assert bool(found) == bool(sentence)
    assert all(sentence in p.key % p.values() for p in found)


def test_the_possible_conditions_of_a_section_are_named() -> None:
    questionnaire: Questionnaire = edition(EXTRA, DEEPER).questionnaire

    names = [item.code for item in possible_conditions(questionnaire, "deeper")]

    assert names == ["overall", "next_format", "size", "technology", "camera"]
