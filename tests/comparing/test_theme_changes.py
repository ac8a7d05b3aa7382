"""Themes over editions: shares of texts, judged by the people who certainly wrote them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.comparing.drawing import theme_lines
from survey.comparing.judging import judged
from survey.language.wording import Wording
from survey.model.comparison import Break, ComparedEdition, Line, Verdict
from survey.model.summary import ThemeCount
from tests.comparing.example import example


def spoken(texts: int, *, writers: int, **themes: int) -> ComparedEdition:
    """An edition of whose texts so many speak of each theme."""
    counts = tuple(ThemeCount(code, Wording(code), n) for code, n in themes.items())
    newest = example().newest
    return replace(newest, questions=(), themes=counts, texts=texts, writers=writers)


def change_lines(base: ComparedEdition, newest: ComparedEdition) -> dict[str, Line]:
    editions = [replace(base, name="kk2019"), replace(newest, name="kk2020")]
    found = judged((), themes=theme_lines(editions), topics=(), editions=editions, base=editions[0])
    return {line.code: line for line in found.themes}


def test_many_texts_of_few_people_are_few_people() -> None:
    few = [spoken(200, writers=20, breaks=n) for n in (40, 80)]
    many = [spoken(200, writers=200, breaks=n) for n in (40, 80)]

    assert change_lines(*many)["breaks"].change.verdict is Verdict.MORE
    assert change_lines(*few)["breaks"].change.verdict is Verdict.UNCLEAR


def test_a_theme_that_is_not_shown_is_not_none() -> None:
    found = change_lines(spoken(100, writers=90, breaks=20), spoken(100, writers=90, food=60))

    assert list(found) == ["food", "breaks"]
    assert [line.change.verdict for line in found.values()] == [Verdict.TOO_FEW] * 2
    assert [(p.share is None, p.suppressed) for p in found["breaks"].points] == [
        (False, None),
        (True, "few"),
    ]


def test_an_edition_whose_texts_nobody_coded_is_not_compared() -> None:
    found = change_lines(spoken(100, writers=90), spoken(100, writers=90, food=60))

    change = found["food"].change
    assert (change.verdict, change.reason) == (Verdict.NOT_COMPARABLE, Break.NOT_ASKED)
    assert found["food"].points[0].broken is Break.NOT_ASKED


@pytest.mark.parametrize("writers", [0, 9])
def test_too_few_writers_are_too_few(writers: int) -> None:
    found = change_lines(spoken(100, writers=writers, food=60), spoken(100, writers=90, food=60))

    assert found["food"].change.verdict is Verdict.TOO_FEW


@given(
    st.integers(10, 200), st.integers(10, 200), st.integers(0, 100), st.integers(0, 100), st.data()
)
def test_the_printed_difference_lies_in_the_span_and_bears_the_verdict_out(
    base_texts: int, new_texts: int, base_percent: int, new_percent: int, data: st.DataObject
) -> None:
    def edition(texts: int, percent: int) -> ComparedEdition:
        writers = data.draw(st.integers(10, texts))
        return spoken(texts, writers=writers, food=texts * percent // 100)

    change = change_lines(edition(base_texts, base_percent), edition(new_texts, new_percent))[
        "food"
    ].change

    assert change.points is not None
    assert change.span is not None
    assert change.span[0] <= change.points <= change.span[1]
    assert change.direction * change.points == abs(change.points)
    if change.verdict is Verdict.MORE:
        assert change.points >= 5
        assert change.span[0] > 0
    if change.verdict is Verdict.LESS:
        assert change.points <= -5
        assert change.span[1] < 0
    if change.verdict is Verdict.SAME:
        assert change.span[0] >= -5
        assert change.span[1] <= 5
