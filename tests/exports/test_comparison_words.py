"""What is said about comparisons: every number is one of the data's, and nothing is said that cannot be known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.comparison_words import ComparisonWords
from exports.finding_words import whole_percent
from survey.language.wording import Wording
from survey.model.comparison import (
    Break,
    Caution,
    Change,
    Comparison,
    Line,
    Point,
    Verdict,
    VerdictCount,
)
from tests.comparing.example import example, many_editions, two_editions
from tests.exports.any_comparison_line import lines

if TYPE_CHECKING:
    from survey.language.wording import Language

CAUSAL = re.compile(
    r"führ\w+ zu|bewirk\w*|ursach\w*|verursach\w*|treiber\w*|weil sich|dadurch|because of|"
    r"caus\w+|driv\w+|leads? to|led to",
    re.IGNORECASE,
)
NEVER_FOR_UNCLEAR = re.compile(
    r"keine Veränderung|unverändert|gleich geblieben|no change|unchanged", re.IGNORECASE
)


def numbers(text: str) -> list[int]:
    """Every number of a text with its sign, labels of editions taken out."""
    plain = re.sub(r"\b20(16|18|19|20)\b", "", text)
    found = re.findall(r"(?<![\w])([+\u2212]?)(\d+)", plain)
    return [-int(digits) if sign == "\u2212" else int(digits) for sign, digits in found]


def of_a_point(point: Point, kind: str) -> list[int]:
    """What a chart draws of a point, in the order in which it is told."""
    if point.share is None or point.base is None:
        return []
    share = point.share
    few = share.n < 20 or kind == "theme"
    told = [share.count, share.n] if few else [whole_percent(share.share)]
    for limits in (share.interval, share.bounds):
        if limits is not None:
            low, high = (whole_percent(limit) for limit in limits)
            exactly = [low] if limits is share.interval else []
            told += [low, high] if low < high else exactly
    told.append(point.base.n)
    return told if kind == "theme" or point.base.N is None else [*told, point.base.N]


@settings(max_examples=60, deadline=None)
@given(line=lines(), language=st.sampled_from(["de", "en"]))
def test_every_number_of_a_text_alternative_equals_the_data(line: Line, language: Language) -> None:
    words = ComparisonWords(example(), language)

    told = numbers(words.description(line))

    expected = [n for point in line.points for n in of_a_point(point, line.kind)]
    assert told[: len(expected)] == expected
    assert told[len(expected) :] == numbers(words.sentence(line))


@settings(max_examples=120, deadline=None)
@given(line=lines(), language=st.sampled_from(["de", "en"]))
def test_every_number_of_a_sentence_is_one_of_the_data(line: Line, language: Language) -> None:
    comparison = example()
    words = ComparisonWords(comparison, language)

    told = numbers(" ".join((words.sentence(line), *words.verdicts.additions(line))))

    older, newer = line.points[-2:]
    allowed = {comparison.family, *of_a_point(older, line.kind), *of_a_point(newer, line.kind)}
    allowed |= {base.n for p in (older, newer) if (base := p.base)}
    allowed |= {line.change.points or 0, *(line.change.span or ())}
    allowed |= {max(map(abs, line.change.span))} if line.change.span else set()
    allowed |= {line.change.tipping.percent} if line.change.tipping else set()
    allowed |= {sum(point.share is not None for point in line.points)} if line.trend else set()
    assert set(told) <= allowed, (told, words.sentence(line))


def test_numbers_of_scores_are_those_of_the_data() -> None:
    line = example().line("recommend")
    point = line.points[-1]
    assert point.score_interval is not None
    assert point.score_bounds is not None
    assert point.base is not None

    told = numbers(ComparisonWords(example(), "de").description(line))

    expected = [point.score, *point.score_interval, *point.score_bounds]
    place = told.index(34)
    assert told[place : place + 7] == [
        *(whole_percent(value) for value in expected if value is not None),
        point.base.n,
        point.base.N,
    ]


def everything_said(comparison: Comparison, language: Language) -> list[str]:
    """Every generated sentence of a comparison."""
    words = ComparisonWords(comparison, language)
    found = [words.lead(), *words.cautions()]
    for line in (*comparison.lines, *comparison.themes):
        found += [words.sentence(line), words.description(line), *words.verdicts.additions(line)]
    found += [words.verdicts.meaning(verdict) for verdict in Verdict]
    return [*found, *words.told(comparison.lines)]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("make", [example, two_editions, many_editions])
def test_no_sentence_says_what_a_change_came_from(make: object, language: Language) -> None:
    comparison = replace(make(), cautions=tuple(Caution))  # type: ignore[operator]

    said = everything_said(comparison, language)

    assert CAUSAL.search("Das Format führt zu besseren Urteilen.")
    assert [sentence for sentence in said if CAUSAL.search(sentence)] == []


@settings(max_examples=60, deadline=None)
@given(line=lines(), language=st.sampled_from(["de", "en"]))
def test_what_is_unclear_is_never_called_unchanged(line: Line, language: Language) -> None:
    unclear = replace(line, change=replace(line.change, verdict=Verdict.UNCLEAR))
    words = ComparisonWords(example(), language)

    assert NEVER_FOR_UNCLEAR.search(words.verdicts.verdict(Verdict.SAME))
    assert not NEVER_FOR_UNCLEAR.search(words.sentence(unclear))


def test_questions_are_counted_without_themes_and_topics() -> None:
    counts = (VerdictCount(Verdict.UNCLEAR, 1), VerdictCount(Verdict.TOO_FEW, 4))
    comparison = replace(example(), counts=counts, family=3)

    assert ComparisonWords(comparison, "de").lead() == (
        "2020 verglichen mit 2019: 1 Frage wurde beide Male gleich gestellt und oft genug beantwortet."
    )


def test_a_question_of_which_nothing_is_shown_has_no_empty_label() -> None:
    line = replace(example().line("children"), label=Wording(""))

    told = ComparisonWords(example(), "de").description(line)

    assert " . " not in told
    assert told.startswith(f"Linie: {line.wording.de} 2016")


def test_texts_too_few_for_a_comparison_are_named_together_and_never_as_answers() -> None:
    comparison = example()
    few = Change("kk2019", Verdict.TOO_FEW)
    themes = tuple(
        replace(comparison.themes[0], code=f"theme:{code}", label=Wording(code), change=few)
        for code in ("Pausen", "Räume")
    )

    words = ComparisonWords(replace(comparison, themes=themes), "de")

    assert words.told(themes) == (
        "In einer der Ausgaben zu wenige Texte für einen Vergleich: „Pausen“, „Räume“.",
    )
    assert words.sentence(themes[0]) == (
        "In einer der Ausgaben zu wenige Texte zu „Pausen“ für einen Vergleich mit 2019."
    )


@pytest.mark.parametrize(
    ("verdict", "heading"),
    [
        (Verdict.WORSE, "Was am meisten zählt"),
        (Verdict.SHIFTED, "Was am meisten zählt"),
        (Verdict.HINT, "Was auffällt, aber nicht gesichert ist"),
        (Verdict.UNCLEAR, "Das Gesamturteil"),
    ],
)
def test_the_heading_of_the_first_page_promises_no_more_than_its_lines_say(
    verdict: Verdict, heading: str
) -> None:
    comparison = example()
    line = comparison.line("overall")
    one = replace(
        comparison,
        lines=(replace(line, change=replace(line.change, verdict=verdict)),),
        foremost=("overall",),
    )

    assert ComparisonWords(one, "de").foremost() == heading


def test_texts_that_nobody_sorted_by_theme_are_not_called_a_question_never_asked() -> None:
    comparison = example()
    theme = comparison.themes[0]
    newest = replace(theme.points[-1], base=None, share=None)
    unsorted = replace(
        theme,
        points=(*theme.points[:-1], newest),
        change=Change("kk2019", Verdict.NOT_COMPARABLE, reason=Break.NOT_ASKED),
    )

    words = ComparisonWords(comparison, "de")

    assert words.sentence(unsorted) == (
        "Nicht vergleichbar: In der Ausgabe 2020 wurden die Texte nicht nach Themen gezählt."
    )
    assert words.values.missing(newest, "theme") == "nicht nach Themen gezählt"


def test_options_that_share_a_sentence_stand_in_the_quotes_of_the_language() -> None:
    comparison = example()
    options = tuple(line for line in comparison.lines if line.code == "next_format")
    mixed = (
        options[0],
        *(
            replace(option, change=replace(option.change, verdict=Verdict.UNCLEAR))
            for option in options[1:]
        ),
    )

    said = {
        language: ComparisonWords(comparison, language).told(mixed)[-1] for language in ("de", "en")
    }

    assert said["de"].endswith("„online“, „hybrid“.")
    assert said["en"].endswith("“online”, “hybrid”.")
