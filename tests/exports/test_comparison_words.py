"""What is said about comparisons: every number is one of the data's, and nothing is said that cannot be known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.comparison_view import comparison_view
from exports.comparison_words import ComparisonWords
from exports.finding_words import whole_percent
from exports.signed_numbers import signed
from survey.language.wording import Wording
from survey.model.comparison import (
    Break,
    Caution,
    Change,
    Comparison,
    Line,
    Point,
    Tipping,
    Verdict,
    VerdictCount,
)
from survey.model.summary import Base
from survey.reporting.findings import share_of
from tests.comparing.example import example, many_editions, two_editions
from tests.comparing.example_lines import EDITIONS, score_point

if TYPE_CHECKING:
    from survey.language.wording import Language

QUESTION = Wording("Wie war es?", en="How was it?")
LABEL = Wording("gut", en="good")
Trend = Literal["rising", "falling"] | None
KINDS = ("rating", "single", "multiple", "yes_no", "top_three", "theme")
CAUSAL = re.compile(
    r"führ\w+ zu|bewirk\w*|ursach\w*|verursach\w*|treiber\w*|weil sich|dadurch|because of|"
    r"caus\w+|driv\w+|leads? to|led to",
    re.IGNORECASE,
)
NEVER_FOR_UNCLEAR = re.compile(
    r"keine Veränderung|unverändert|gleich geblieben|no change|unchanged", re.IGNORECASE
)


@st.composite
def shares(draw: st.DrawFn, edition: str, kind: str) -> Point:
    """What an edition counted, or why it is not there."""
    broken = draw(st.sampled_from([None, None, None, *Break]))
    if broken is not None:
        return Point(edition, None, None, broken=broken)
    n = draw(st.integers(5, 300))
    eligible = draw(st.one_of(st.none(), st.integers(n, n + 300)))
    base = Base(n, None if kind == "theme" else eligible)
    return Point(edition, base, share_of(draw(st.integers(0, n)), base))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change, with numbers wherever its verdict has some."""
    verdict = draw(st.sampled_from(list(Verdict)))
    if verdict is Verdict.NOT_COMPARABLE:
        return Change("kk2019", verdict, reason=draw(st.sampled_from([None, *Break])))
    if verdict is Verdict.TOO_FEW:
        return Change("kk2019", verdict)
    low, points, high = sorted(draw(st.tuples(*[st.integers(-100, 100)] * 3)))
    delta = draw(st.sampled_from([None, -0.3, 0.0, 0.3]))
    return Change(
        "kk2019",
        verdict,
        direction=1 if points > 0 else -1 if points < 0 else 0,
        points=points,
        span=(low, high),
        delta=delta,
        chance=0.01,
        adjusted=0.2,
        is_robust=draw(st.booleans()),
        tipping=draw(st.sampled_from([None, Tipping(31)])),
    )


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Any line of shares over the editions."""
    kind = draw(st.sampled_from(KINDS))
    points = tuple(draw(shares(edition.name, kind)) for edition in EDITIONS)
    option = "" if kind in {"rating", "theme"} else "this"
    trends: tuple[Trend, ...] = (None, "rising", "falling")
    trend = draw(st.sampled_from(trends))
    return Line("it", option, kind, QUESTION, LABEL, points, draw(changes()), trend)


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


def sentences(language: Language) -> dict[str, str]:
    """What is said of each line of the example."""
    words = ComparisonWords(example(), language)
    return {line.key: words.sentence(line) for line in (*example().lines, *example().themes)}


def test_each_verdict_is_said_in_plain_german() -> None:
    said = {key: " ".join(sentence.split()) for key, sentence in sentences("de").items()}

    assert said == {
        "overall": "Besser als 2019: 76 % statt 64 % gut oder sehr gut (+12 Punkte, Spanne +5 bis +19).",
        "talks": "Schlechter als 2019: 59 % statt 79 % gut oder sehr gut (−20 Punkte, Spanne −27 bis −13).",
        "time": "Unklar, ob sich gegenüber 2019 etwas verändert hat: 58 % gut oder sehr gut (2019: 56 %). Jede "
        "Veränderung von −6 bis +10 Punkten ist mit den Antworten vereinbar.",
        "topics": "Praktisch unverändert gegenüber 2019: 81 % gut oder sehr gut (2019: 81 %). Die Veränderung beträgt "
        "höchstens 2 Punkte (Spanne −2 bis +2).",
        "information": "Hinweis auf eine Verbesserung gegenüber 2019: 72 % statt 65 % gut oder sehr gut (ungerundet "
        "gerechnet +6 Punkte, Spanne −1 bis +14). Bei 11 Prüfungen kann das Zufall sein.",
        "registration": "Die Antworten haben sich gegenüber 2019 zum Besseren verschoben. Der gezeigte Wert ist nicht "
        "gesichert verändert: 78 % statt 75 % gut oder sehr gut (+3 Punkte, Spanne −4 bis +10).",
        "moderation": "Kleine, aber messbare Veränderung gegenüber 2019: 87 % statt 82 % gut oder sehr gut (+5 Punkte, "
        "Spanne +3 bis +7).",
        "excursion": "Besser als 2019: 17 von 18 statt 6 von 19 gut oder sehr gut (+63 Punkte, Spanne +25 bis +80).",
        "venue": "Nicht vergleichbar: In der Ausgabe 2020 wurde das nicht gefragt.",
        "platform": "Nicht vergleichbar: In der Ausgabe 2019 wurde das nicht gefragt.",
        "children": "Zu wenige Antworten für einen Vergleich mit 2019 (9 von 28; 2019: 8 von 30).",
        "recommend": "Unklar, ob sich gegenüber 2019 etwas verändert hat: Empfehlungswert +34 (2019: +21). Jede "
        "Veränderung von −1 bis +27 Punkten ist mit den Antworten vereinbar.",
        "next_format:on_site": "Weniger als 2019: 39 % statt 67 % für „vor Ort“ (ungerundet gerechnet −27 Punkte, "
        "Spanne −35 bis −19).",
        "next_format:online": "Mehr als 2019: 35 % statt 11 % für „online“ (+24 Punkte, Spanne +17 bis +30).",
        "next_format:hybrid": "Unklar, ob sich gegenüber 2019 etwas verändert hat: 26 % für „hybrid“ (2019: 22 %). "
        "Jede Veränderung von −3 bis +11 Punkten ist mit den Antworten vereinbar.",
        "again:yes": "Unklar, ob sich gegenüber 2019 etwas verändert hat: 88 % für „Ja“ (2019: 89 %). Jede Veränderung "
        "von −6 bis +4 Punkten ist mit den Antworten vereinbar.",
        "food": "Unklar, ob sich gegenüber 2019 etwas verändert hat: 8 von 128 Texten zu „Verpflegung“ (2019: 12 von "
        "120). Jede Veränderung von −12 bis +4 Punkten ist mit den Antworten vereinbar.",
        "breaks": "Mehr als 2019: 41 von 128 statt 12 von 120 Texten zu „Mehr Pausen“ (+22 Punkte, "
        "Spanne +11 bis +33).",
    }


def test_english_says_the_same() -> None:
    said = {key: " ".join(sentence.split()) for key, sentence in sentences("en").items()}

    assert said["overall"] == (
        "Better than in 2019: 76% instead of 64% good or very good (+12 points, range +5 to +19)."
    )
    assert said["excursion"].startswith("Better than in 2019: 17 of 18 instead of 6 of 19")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("kk2019", Verdict.BETTER, is_robust=True), "Das gilt auch im ungünstigsten Fall"),
        (Change("kk2019", Verdict.BETTER, 1, tipping=Tipping(31)), "weniger als 31\u202f% „gut“"),
        (Change("kk2019", Verdict.WORSE, -1, tipping=Tipping(31)), "mehr als 31\u202f% „gut“"),
        (
            Change("kk2019", Verdict.WORSE, -1, holds_against_silence=True),
            "selbst wenn alle, die in der Ausgabe 2020 nicht geantwortet haben, „gut“ gesagt hätten",
        ),
        (
            Change("kk2019", Verdict.BETTER, 1, holds_against_silence=True),
            "selbst wenn niemand von denen, die in der Ausgabe 2020 nicht geantwortet haben, „gut“ gesagt hätte",
        ),
        (Change("kk2019", Verdict.UNCLEAR, 1, tipping=Tipping(31)), ""),
    ],
)
def test_the_silent_are_spoken_of_where_something_is_certain(change: Change, said: str) -> None:
    base = Base(100, 200)
    points = tuple(Point(e.name, base, share_of(60, base)) for e in EDITIONS)
    line = Line("it", "", "rating", QUESTION, LABEL, points, change)

    additions = ComparisonWords(example(), "de").verdicts.additions(line)

    assert len(additions) == (1 if said else 0)
    assert said in " ".join(additions)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ((-1, 14), "Der gezeigte Wert ist nicht gesichert verändert"),
        ((3, 18), "Der gezeigte Wert ging in die andere Richtung"),
    ],
)
def test_a_shift_against_the_share_is_not_called_uncertain(
    span: tuple[int, int], said: str
) -> None:
    change = Change("kk2019", Verdict.SHIFTED, 1, points=6, span=span, delta=-0.2)
    points = tuple(Point(e.name, Base(100, 200), share_of(60, Base(100, 200))) for e in EDITIONS)
    line = Line("it", "", "rating", QUESTION, LABEL, points, change)

    sentence = ComparisonWords(example(), "de").sentence(line)

    assert sentence.startswith(
        f"Die Antworten haben sich gegenüber 2019 zum Schlechteren verschoben. {said}: "
    )


def test_a_census_of_both_sides_says_so() -> None:
    base = Base(40, 40)
    points = tuple(Point(e.name, base, share_of(20, base)) for e in EDITIONS)
    line = Line(
        "it", "", "rating", QUESTION, LABEL, points, Change("kk2019", Verdict.UNCLEAR, span=(0, 0))
    )

    (said,) = ComparisonWords(example(), "de").verdicts.additions(line)

    assert said.startswith("In beiden Ausgaben haben alle geantwortet")


def test_a_trend_counts_the_editions_it_goes_over() -> None:
    rising = many_editions().line("overall")

    assert ComparisonWords(many_editions(), "de").verdicts.additions(rising) == (
        "Über 9 vergleichbare Ausgaben steigend.",
    )


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


@pytest.mark.parametrize(("number", "text"), [(12, "+12"), (-4, "\u22124"), (0, "0")])
def test_differences_have_a_sign(number: int, text: str) -> None:
    assert signed(number) == text


def test_scores_are_placed_on_an_axis_of_their_own() -> None:
    point = score_point(EDITIONS[-1], 0.0, 200)
    line = replace(
        example().line("recommend"), points=(*example().line("recommend").points[:-1], point)
    )
    shown = comparison_view(replace(example(), lines=(line,), foremost=()), "de")

    chart = shown.questions[0].lines[0].chart
    assert (chart.axis, chart.marks[-1].at) == (("\u2212100", "0", "+100"), 50)


def test_a_trend_counts_only_editions_with_enough_answers_for_one() -> None:
    rising = many_editions().line("overall")
    few = Base(7, 40)
    points = (Point(rising.points[0].edition, few, share_of(6, few)), *rising.points[1:])

    (said,) = ComparisonWords(many_editions(), "de").verdicts.additions(
        replace(rising, points=points)
    )

    assert said == "Über 8 vergleichbare Ausgaben steigend."


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ((-1, 0), "höchstens 1 Punkt (Spanne −1 bis 0)."),
        ((0, 0), "höchstens 0 Punkte (Spanne 0 bis 0)."),
    ],
)
def test_one_point_is_not_several(span: tuple[int, int], said: str) -> None:
    line = example().line("topics")
    same = replace(line, change=replace(line.change, points=0, span=span))

    assert ComparisonWords(example(), "de").sentence(same).endswith(said)


def test_a_hint_at_the_only_question_counts_no_questions() -> None:
    words = ComparisonWords(replace(example(), family=1), "de")

    assert words.sentence(example().line("information")).endswith("Auch das kann Zufall sein.")


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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            {
                "overall": "Besser als am 18.11.2019: 76 % statt 64 % gut oder sehr gut",
                "time": "Unklar, ob sich gegenüber dem 18.11.2019 etwas verändert hat: 58 % gut",
                "children": "Zu wenige Antworten für einen Vergleich mit dem 18.11.2019 (9 von 28; 18.11.2019:",
            },
        ),
        (
            "en",
            {
                "overall": "Better than on 18.11.2019: 76% instead of 64% good or very good",
                "time": "Unclear whether anything changed since 18.11.2019: 58% good or very good",
                "children": "Too few answers to compare with 18.11.2019 (9 of 28; 18.11.2019: 8 of 30).",
            },
        ),
    ],
)
def test_an_edition_known_by_its_day_has_the_word_that_belongs_before_it(
    language: Language, said: dict[str, str]
) -> None:
    comparison = example()
    dated = replace(
        comparison,
        editions=tuple(
            replace(edition, label=f"18.11.{edition.label}") for edition in comparison.editions
        ),
    )

    words = ComparisonWords(dated, language)

    found = {line.code: " ".join(words.sentence(line).split()) for line in dated.lines}
    assert {code: found[code][: len(text)] for code, text in said.items()} == said


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
