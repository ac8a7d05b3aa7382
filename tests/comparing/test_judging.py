"""Changes and trends of lines that are judged together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.comparing.asked import counted_here
from survey.comparing.drawing import lines
from survey.comparing.first_page import cautions, foremost, verdict_counts
from survey.comparing.judging import Judged, judged
from survey.comparing.matching import why_other
from survey.language.wording import Wording
from survey.model.comparison import (
    AskedQuestion,
    Break,
    Caution,
    Change,
    ComparedEdition,
    Line,
    QuestionIdentity,
    Verdict,
)
from survey.model.event import EditionFormat
from survey.model.summary import ChoicesFinding
from survey.reporting.findings import base_of, finding
from tests.comparing.example import example
from tests.model.congress import CONGRESS, FORMAT, OVERALL
from tests.reporting.counted import invented_summary

SAME = QuestionIdentity("overall", "rating", "1", "1", "")


def edition_with(positive: int, *, year: int, questions: int = 1) -> ComparedEdition:
    """An edition of which so many of a hundred liked everything that was asked."""
    counts = {"5": positive // 2, "4": positive - positive // 2, "3": 50, "1": 50 - positive}
    found = finding(OVERALL, counts, base=base_of({"_n": 100}, population=120), threshold=5)
    return ComparedEdition(
        name=f"kk{year}",
        label=str(year),
        title="",
        format=EditionFormat.ON_SITE,
        starts=date(year, 9, 1),
        invited=120,
        answered=100,
        questions=tuple(
            AskedQuestion(replace(SAME, code=f"q{number}"), replace(found, code=f"q{number}"))
            for number in range(questions)
        ),
    )


def judge(editions: list[ComparedEdition]) -> Judged:
    return judged(lines(editions), themes=(), topics=(), editions=editions, base=editions[-2])


def line_with(verdict: Verdict, *, code: str, points: int = 0, option: str = "") -> Line:
    template = example().lines[0]
    change = Change("kk2019", verdict, points=points, delta=points / 100)
    return replace(template, code=code, option=option, change=change)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"code": "talk_rating"}, Break.NOT_ASKED),
        ({"kind": "single"}, Break.OTHER_KIND),
        ({"wording_version": "2"}, Break.OTHER_WORDING),
        ({"scale_version": "2"}, Break.OTHER_SCALE),
        ({"population_rule": "attended=online"}, Break.OTHER_PEOPLE),
    ],
)
def test_questions_are_the_same_in_all_of_their_identity(
    changed: dict[str, str], reason: Break | None
) -> None:
    found = finding(OVERALL, {}, base=base_of({}, population=100), threshold=5)
    one = AskedQuestion(SAME, found)

    assert why_other(one, AskedQuestion(replace(SAME, **changed), found)) is reason
    assert why_other(one, None) is Break.NOT_ASKED


def test_a_scale_with_other_answers_is_another_scale_whatever_its_version() -> None:
    forgotten = replace(OVERALL, choices=OVERALL.choices[:4])
    sections = tuple(
        replace(s, items=tuple(forgotten if i == OVERALL else i for i in s.items))
        for s in CONGRESS.questionnaire.sections
    )
    edition = replace(CONGRESS, questionnaire=replace(CONGRESS.questionnaire, sections=sections))

    before, after = (counted_here(invented_summary(e), e, topics={}) for e in (CONGRESS, edition))

    pairs = zip(before.questions, after.questions, strict=True)
    found = {one.identity.code: why_other(one, other) for one, other in pairs}
    assert found.pop(OVERALL.code) is Break.OTHER_SCALE
    assert set(found.values()) == {None}


def test_everything_asked_of_everybody_is_compared_with_itself() -> None:
    edition = counted_here(invented_summary(), CONGRESS, topics={})

    found = judge([edition, replace(edition, name="again")])

    verdicts = {line.change.verdict for line in found.lines}
    assert verdicts <= {Verdict.SAME, Verdict.UNCLEAR}
    assert all(line.change.points == 0 for line in found.lines)


def test_options_are_lines_of_one_question() -> None:
    edition = counted_here(invented_summary(), CONGRESS, topics={})
    question = next(q for q in edition.questions if q.identity.code == FORMAT.code)
    assert isinstance(question.finding, ChoicesFinding)

    found = [line for line in lines([edition, edition]) if line.code == FORMAT.code]

    assert [(line.key, line.label.de) for line in found] == [
        (f"{FORMAT.code}:{choice.code}", choice.label.de) for choice in FORMAT.choices
    ]


def test_a_steady_rise_is_a_trend_by_itself_and_chance_among_many() -> None:
    years = [(10, 2016), (18, 2017), (26, 2018), (34, 2019), (42, 2020)]

    alone = judge([edition_with(p, year=y) for p, y in years])
    many = judge([edition_with(p, year=y, questions=25) for p, y in years])

    assert [line.trend for line in alone.lines] == ["rising"]
    assert {line.trend for line in many.lines} == {None}


def test_four_editions_have_no_trend() -> None:
    found = judge([edition_with(10 * n, year=2015 + n) for n in range(1, 5)])

    assert [line.trend for line in found.lines] == [None]


@given(st.lists(st.integers(2, 48), min_size=2, max_size=6))
def test_every_line_has_a_point_for_every_edition_and_points_within_the_span(
    positives: list[int],
) -> None:
    editions = [edition_with(p, year=2010 + n, questions=2) for n, p in enumerate(positives)]

    found = judge(editions)

    assert found.family == 2
    for line in found.lines:
        assert [point.edition for point in line.points] == [e.name for e in editions]
        assert line.change.points is not None
        assert line.change.span is not None
        assert line.change.span[0] <= line.change.points <= line.change.span[1]


def test_a_choice_counts_once_with_the_verdict_that_says_most() -> None:
    options = [
        line_with(Verdict.SAME, code="format", option="a"),
        line_with(Verdict.MORE, code="format", option="b", points=12),
        line_with(Verdict.UNCLEAR, code="format", option="c"),
    ]
    unchanged = [line_with(Verdict.SAME, code="size", option=o) for o in "ab"]
    half = [
        line_with(Verdict.SAME, code="time", option="a"),
        line_with(Verdict.UNCLEAR, code="time", option="b"),
    ]

    counts = verdict_counts([*options, *unchanged, *half])

    assert [(c.verdict, c.questions) for c in counts] == [
        (Verdict.MORE, 1),
        (Verdict.SAME, 1),
        (Verdict.UNCLEAR, 1),
    ]


def test_the_foremost_are_certain_and_large_and_of_three_questions() -> None:
    found = foremost(
        [
            line_with(Verdict.HINT, code="hinted", points=30),
            line_with(Verdict.MORE, code="format", option="a", points=40),
            line_with(Verdict.LESS, code="format", option="b", points=-45),
            line_with(Verdict.BETTER, code="small", points=6),
            line_with(Verdict.WORSE, code="large", points=-20),
        ]
    )

    assert found == ("format:b", "large", "small")


def test_where_nothing_is_certain_the_general_questions_are_named() -> None:
    found = foremost(
        [
            line_with(Verdict.UNCLEAR, code="details", points=9),
            line_with(Verdict.UNCLEAR, code="overall", points=1),
            line_with(Verdict.NOT_COMPARABLE, code="overall_again"),
        ]
    )

    assert found == ("overall",)


@pytest.mark.parametrize(
    ("newest", "base", "found"),
    [
        ((209, 600), (210, 420), (Caution.RESPONSE_GAP,)),
        ((50, 100), (35, 100), ()),
        ((51, 100), (35, 100), (Caution.RESPONSE_GAP,)),
        ((50, None), (5, 100), (Caution.UNKNOWN_POPULATION,)),
    ],
)
def test_cautions_say_what_differs_beside_the_answers(
    newest: tuple[int, int | None], base: tuple[int, int | None], found: tuple[Caution, ...]
) -> None:
    template = example().newest

    def edition(numbers: tuple[int, int | None]) -> ComparedEdition:
        return replace(template, answered=numbers[0], invited=numbers[1])

    assert cautions(edition(newest), edition(base)) == found


def test_a_label_is_never_lost_where_the_newest_edition_shows_nothing() -> None:
    edition = counted_here(invented_summary(), CONGRESS, topics={})
    hidden = tuple(
        replace(q, finding=replace(q.finding, choices=(), positive=None, suppressed="few"))
        if isinstance(q.finding, ChoicesFinding)
        else q
        for q in edition.questions
    )

    found = lines([edition, replace(edition, questions=hidden)])

    assert Wording("") not in {line.label for line in found}
