"""What is said of each change: its verdict, its numbers, and what holds beyond them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from exports.comparison_words import ComparisonWords
from exports.signed_numbers import signed
from survey.model.comparison import Change, Line, Point, Tipping, Verdict
from survey.model.summary import Base
from survey.reporting.findings import share_of
from tests.comparing.example import example, many_editions
from tests.comparing.example_lines import EDITIONS
from tests.exports.any_comparison_line import LABEL, QUESTION

if TYPE_CHECKING:
    from survey.language.wording import Language


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


@pytest.mark.parametrize(("number", "text"), [(12, "+12"), (-4, "\u22124"), (0, "0")])
def test_differences_have_a_sign(number: int, text: str) -> None:
    assert signed(number) == text


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
