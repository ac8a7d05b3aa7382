"""The law of questions: what is missing, doubled or too much is found, with the field it stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.language.wording import Wording
from survey.model.items import (
    Choice,
    Item,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.question_law import edition_problems, item_problems, proposed_code
from survey.model.questionnaire import Questionnaire, Section
from tests.events import congress

ASKED = Wording("Was?")


def some(number: int) -> tuple[Choice, ...]:
    """That many choices."""
    return tuple(Choice(f"c{n}", Wording(f"Antwort {n}")) for n in range(1, number + 1))


def single(*choices: Choice) -> SingleChoice:
    """A question with these choices."""
    return SingleChoice(code="q", wording=ASKED, choices=choices)


@pytest.mark.proves("A83")
@pytest.mark.parametrize(
    ("item", "places"),
    [
        (YesNo(code="q", wording=ASKED), []),
        (YesNo(code="q", wording=Wording(" ")), ["wording_de"]),
        (YesNo(code="q", wording=Wording("x" * 300)), []),
        (YesNo(code="q", wording=Wording("x" * 301)), ["wording_de"]),
        (YesNo(code="q", wording=Wording("x", easy="x" * 301)), ["wording_easy"]),
        (YesNo(code="q", wording=ASKED, hint=Wording("", en="x" * 301)), ["hint_en"]),
        (single(*some(1)), ["choices"]),
        (single(*some(2)), []),
        (single(*some(30)), []),
        (single(*some(31)), ["choices"]),
        (single(Choice("a", Wording("Ja")), Choice("b", Wording(""))), ["choice_2_de"]),
        (single(Choice("a", Wording("Ja")), Choice("b", Wording(" JA "))), ["choice_2_de"]),
        (single(Choice("a", Wording("Ja")), Choice("a", Wording("Nein"))), ["choice_2_de"]),
        (single(Choice("a", Wording("Ja")), Choice("na_no_answer", Wording("N"))), ["choice_2_de"]),
        (single(Choice("a", Wording("Ja")), Choice("B", Wording("Nein"))), ["choice_2_de"]),
        (single(Choice("a", Wording("Ja")), Choice("b", Wording("x" * 301))), ["choice_2_de"]),
        (RatingScale(code="q", wording=ASKED, choices=some(7)), []),
        (RatingScale(code="q", wording=ASKED, choices=some(8)), ["choices"]),
        (RatingScale(code="q", wording=ASKED, choices=some(1)), ["choices"]),
        (
            RatingScale(code="q", wording=ASKED, choices=some(5), positive_label=Wording("")),
            ["positive_label_de"],
        ),
        (MultipleChoice(code="q", wording=ASKED, choices=some(1)), ["choices"]),
        (
            MultipleChoice(code="q", wording=ASKED, choices=some(1), other_label=Wording("Mehr")),
            [],
        ),
        (TopThree(code="q", wording=ASKED, choices=some(3)), ["choices"]),
        (TopThree(code="q", wording=ASKED, choices=some(4)), []),
        (
            Recommendation(code="q", wording=ASKED, low=Wording(""), high=Wording("")),
            ["low_de", "high_de"],
        ),
        (ShortText(code="q", wording=ASKED, limit=10), []),
        (ShortText(code="q", wording=ASKED, limit=9), ["limit"]),
        (ShortText(code="q", wording=ASKED, limit=501), ["limit"]),
        (LongText(code="q", wording=ASKED, limit=4000), []),
        (LongText(code="q", wording=ASKED, limit=4001), ["limit"]),
    ],
)
def test_what_a_question_lacks_is_found_where_it_is(item: Item, places: list[str]) -> None:
    assert [p.place for p in item_problems(item)] == places


def sections(*parts: Section) -> list[str]:
    """Where problems of a questionnaire with these sections stand."""
    edition = replace(congress(), questionnaire=Questionnaire(parts), breakdown=None, pairs=())
    return [p.place for p in edition_problems(edition)]


def section(code: str, *items: Item) -> Section:
    """A section with these questions."""
    return Section(code, Wording("Teil"), items)


def test_an_edition_is_lawful_as_a_whole() -> None:
    good, doubled = YesNo(code="good", wording=ASKED), YesNo(code="twice", wording=ASKED)
    bad = YesNo(code="bad", wording=Wording(""))

    assert edition_problems(congress()) == ()
    assert sections() == ["questionnaire"]
    assert sections(section("one", good), section("empty")) == ["questionnaire.sections.empty"]
    assert sections(replace(section("one", good), heading=Wording(""))) == [
        "questionnaire.sections.one"
    ]
    assert sections(section("one", bad, good)) == ["questionnaire.bad"]
    assert sections(section("one", doubled), section("two", doubled)) == ["questionnaire.twice"]


def test_a_questionnaire_has_at_most_sixty_questions_and_fits_one_request() -> None:
    yes_no = [YesNo(code=f"q{n}", wording=ASKED) for n in range(61)]
    ticks = [
        MultipleChoice(code=f"m{n}", wording=ASKED, choices=some(30), other_label=Wording("Mehr"))
        for n in range(6)
    ]

    assert sections(section("one", *yes_no[:60])) == []
    assert sections(section("one", *yes_no)) == ["questionnaire"]
    assert sections(section("one", *ticks[:5])) == []
    assert sections(section("one", *ticks)) == ["questionnaire"]


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        ("Vor Ort", (), "vor_ort"),
        ("Größe & Fläche", (), "groesse_flaeche"),
        ("Vor Ort", ("vor_ort",), "vor_ort_2"),
        ("Vor Ort", ("vor_ort", "vor_ort_2"), "vor_ort_3"),
        ("3 Runden", (), "a3_runden"),
        ("???", (), "answer"),
        ("", ("answer",), "answer_2"),
        ("Ein sehr langer Satz mit vielen Wörtern", (), "ein_sehr_langer_satz_mit"),
        ("Donaudampfschifffahrtsgesellschaftskapitän", (), "donaudampfschifffahrtsgesel"),
    ],
)
def test_a_code_is_made_of_the_first_words(
    text: str, taken: tuple[str, ...], expected: str
) -> None:
    assert proposed_code(text, taken) == expected
