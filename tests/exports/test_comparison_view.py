"""What charts of a comparison show: points, marks, strokes and where numbers come from."""

from __future__ import annotations

from dataclasses import replace

from exports.comparison_view import comparison_view
from tests.comparing.example import example, many_editions, two_editions
from tests.comparing.example_lines import EDITIONS, score_point


def test_the_source_of_numbers_from_elsewhere_stands_at_every_chart_that_shows_them() -> None:
    shown = {
        question.code: question.source for question in comparison_view(example(), "de").questions
    }

    assert shown["overall"] == "Quelle 2016: Export aus LimeSurvey, Stabsstelle Beteiligung."
    assert shown["talks"] == ""


def test_a_mark_stands_where_the_format_changes_and_a_gap_where_the_line_breaks() -> None:
    chart = comparison_view(many_editions(), "de").questions[0].lines[0].chart

    assert [text for _, text in chart.turns] == ["online", "vor Ort"]
    assert len(chart.strokes) == 7


def test_two_editions_alone_are_not_joined_to_a_line() -> None:
    chart = comparison_view(two_editions(), "de").questions[0].lines[0].chart

    assert [mark.at is None for mark in chart.marks] == [False, False]
    assert chart.strokes == ()


def test_scores_are_placed_on_an_axis_of_their_own() -> None:
    point = score_point(EDITIONS[-1], 0.0, 200)
    line = replace(
        example().line("recommend"), points=(*example().line("recommend").points[:-1], point)
    )
    shown = comparison_view(replace(example(), lines=(line,), foremost=()), "de")

    chart = shown.questions[0].lines[0].chart
    assert (chart.axis, chart.marks[-1].at) == (("\u2212100", "0", "+100"), 50)
