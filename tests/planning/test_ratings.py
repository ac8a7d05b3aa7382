"""Which ratings to look at, and which to keep, each with what speaks for it and against it."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.finding_words import FindingWords
from survey.model.comparison import Change, Verdict
from survey.model.event import Pair
from survey.model.items import ANSWERED
from survey.model.planning import MOST_CANDIDATES
from survey.model.summary import ChoicesFinding
from survey.planning.importance import ranked_importance
from survey.planning.ratings import candidates, judged_ratings, to_keep
from survey.planning.wishes import themes_spoken_of
from survey.reporting.first_page import whole_percent
from survey.statistics.association import association
from survey.statistics.interval import (
    Share,
    share_interval,
    share_interval_without_population,
)
from tests.planning.answers import FIVE, RATINGS, Answers, chosen, liked, pair_rows

if TYPE_CHECKING:
    from survey.model.planning import Candidate

USUAL = {"overall": 150, "content": 160, "organisation": 140, "technology": 60, "exchange": 130}


def rated(of: int = 200, *, invited: int = 400, **counts: int) -> Answers:
    """So many of so many found each good or very good."""
    asked = {code: liked(positive, of) for code, positive in {**USUAL, **counts}.items()}
    return Answers(asked, invited=invited, answered=of, themes={"ton": 28, "pausen": 9}, texts=120)


def sentences(candidate: Candidate) -> tuple[list[str], list[str]]:
    """What speaks for it and against it, in German."""
    words = FindingWords("de")
    return (
        [words.statement(one) for one in candidate.evidence],
        [words.statement(one) for one in candidate.counter_evidence],
    )


def test_a_weak_rating_that_many_texts_speak_of_is_to_be_looked_at() -> None:
    (found,) = rated().sheet(ton="technology").candidates

    assert (found.subject, found.share.count, found.base.n) == ("technology", 60, 200)
    assert sentences(found) == (
        [
            "Gesichert unter der Mitte der 4 bewerteten Bereiche; sie liegt bei 68 %.",
            "„Ton“ kommt in 28 von 120 Texten vor.",
        ],
        ["Ob diese Texte loben oder tadeln, sagt ihre Zahl nicht."],
    )


@pytest.mark.parametrize(
    ("themes", "why"),
    [
        ({}, "nothing tells how much it matters"),
        ({"ton": "content"}, "the theme speaks of something else"),
        ({"pausen": "technology"}, "fewer than a tenth of the texts speak of it"),
    ],
    ids=["unnamed", "of another question", "rare"],
)
def test_a_weak_rating_alone_is_no_candidate(themes: dict[str, str], why: str) -> None:
    sheet = rated().sheet(**themes)

    assert sheet.candidates == (), why
    assert "technology" in {one.subject for one in sheet.undecided}


def test_a_rating_whose_interval_reaches_the_middle_is_neither_weak_nor_strong() -> None:
    sheet = rated(technology=125, content=145).sheet(ton="technology")

    assert (sheet.candidates, sheet.to_keep) == ((), ())


def test_what_only_holds_because_nearly_all_answered_is_no_candidate() -> None:
    # 18 of 20 answered: for these people it is certain, for the next ones it is not.
    small = rated(
        18, invited=20, overall=14, content=14, organisation=14, technology=10, exchange=13
    )
    large = rated(
        180, invited=200, overall=140, content=140, organisation=140, technology=90, exchange=130
    )
    technology = share_interval(Share(10, 18, 20)).shares

    assert technology.high < 13.5 / 18
    assert share_interval_without_population(10, 18).high > 13.5 / 18
    assert small.sheet(ton="technology").candidates == ()
    assert [c.subject for c in large.sheet(ton="technology").candidates] == ["technology"]


def test_fewer_than_three_ratings_have_no_middle() -> None:
    two = Answers(
        {"content": liked(190, 200), "technology": liked(20, 200)}, themes={"ton": 28}, texts=120
    )

    sheet = two.sheet(ton="technology")

    assert (sheet.candidates, sheet.to_keep) == ((), ())


def test_the_overall_rating_is_not_ranked_among_its_parts() -> None:
    sheet = rated(overall=20).sheet(ton="overall")

    assert sheet.candidates == ()


def test_at_most_five_are_named_the_furthest_from_the_middle_first() -> None:
    sheet = rated(content=196, organisation=150, technology=60, exchange=140).sheet()

    assert [one.subject for one in sheet.to_keep] == ["content"]
    assert sentences(sheet.to_keep[0]) == (
        ["Gesichert über der Mitte der 4 bewerteten Bereiche; sie liegt bei 73 %."],
        [
            "Hätte von den Übrigen niemand „gut oder sehr gut“ geurteilt, wären es 49 % aller Eingeladenen."
        ],
    )


def paired(*, people: int = 150) -> Answers:
    """Technology goes with the overall rating step by step, everything else not at all."""
    asked = {code: liked(people * 3 // 4, people) for code in ("overall", *RATINGS)}
    asked["technology"] = {**dict.fromkeys(FIVE, people // 5), ANSWERED: people}
    asked["overall"] = asked["technology"]
    apart, few = people // 25, people // 75
    rows = []
    for rating in RATINGS:
        table = {
            value: chosen(
                **{
                    answer: apart
                    if rating != "technology"
                    else people // 5 - 4 * few
                    if answer == value
                    else few
                    for answer in FIVE
                }
            )
            for value in FIVE
        }
        rows += pair_rows(rating, "overall", table)
    return Answers(
        asked,
        invited=400,
        answered=people,
        pairs=tuple(Pair(rating, "overall") for rating in RATINGS),
        pair_tables=rows,
    )


def test_a_weak_rating_that_goes_with_the_overall_one_is_to_be_looked_at_without_a_cause() -> None:
    sheet = paired().sheet()

    assert sheet.has_importance
    assert [one.subject for one in sheet.candidates] == ["technology"]
    assert sentences(sheet.candidates[0])[0] == [
        "Gesichert unter der Mitte der 5 bewerteten Bereiche; sie liegt bei 75 %.",
        (
            "Dieses Urteil und das Gesamturteil gehen enger zusammen als bei den meisten anderen "
            "Bereichen (beides beantwortet: 150 Personen)."
        ),
    ]


def test_one_pair_counted_by_halves_has_all_counted_by_halves() -> None:
    whole = paired()
    halves = {
        "@better": chosen(**{"5": 20, "4": 20, "3": 10, "2": 6, "1": 4}),
        "@other": chosen(**{"5": 20, "4": 20, "3": 25, "2": 15, "1": 10}),
    }
    mixed = replace(
        whole,
        pair_tables=[row for row in whole.pair_tables if row.item != "content"]
        + pair_rows("content", "overall", halves),
    )
    summary = mixed.summary()
    ranked = ranked_importance(
        summary,
        [f for f in summary.sections[0].findings if isinstance(f, ChoicesFinding) and f.positive],
    )

    assert ranked is not None
    assert ranked.known["content"].value == association([[50, 40], [20, 40]]).value  # type: ignore[union-attr]
    assert ranked.known["technology"].value == association([[78, 12], [12, 48]]).value  # type: ignore[union-attr]
    assert [one.subject for one in mixed.sheet().candidates] == ["technology"]


def test_importance_needs_a_hundred_complete_pairs() -> None:
    sheet = paired(people=95).sheet()

    assert not sheet.has_importance
    assert sheet.candidates == ()


@pytest.mark.parametrize(
    ("change", "evidence", "counter_evidence"),
    [
        (
            Change("kk2019", Verdict.WORSE, -1, points=-12, span=(-19, -5), holds_next_time=True),
            ["Schlechter als 2019: −12 Punkte (Spanne −19 bis −5)."],
            [],
        ),
        (
            Change("kk2019", Verdict.BETTER, 1, points=12, span=(5, 19), holds_next_time=True),
            [],
            ["Besser als 2019: +12 Punkte (Spanne +5 bis +19)."],
        ),
        (
            Change("kk2019", Verdict.SAME, 1, points=1, span=(-3, 5)),
            [],
            ["Gegenüber 2019 praktisch unverändert (Spanne −3 bis +5 Punkte)."],
        ),
        (Change("kk2019", Verdict.UNCLEAR, -1, points=-4, span=(-12, 4)), [], []),
        # True of these people only: nothing to plan from.
        (Change("kk2019", Verdict.WORSE, -1, points=-12, span=(-19, -5)), [], []),
    ],
    ids=["worse", "better", "same", "unclear", "worse this time only"],
)
def test_a_change_speaks_for_or_against_it_only_where_it_is_certain_and_holds_next_time(
    change: Change, evidence: list[str], counter_evidence: list[str]
) -> None:
    answers = rated()
    material = answers.material()
    judged = judged_ratings(
        material.summary,
        themes=themes_spoken_of(material.edition, {}),
        questions_of_themes={"theme:ton": "technology"},
        changes={"technology": change},
        base_label="2019",
    )

    spoken_for, against = sentences(candidates(judged)[0])

    assert [s for s in spoken_for if "2019" in s] == evidence
    assert [s for s in against if "2019" in s] == counter_evidence


def test_what_changed_speaks_the_other_way_for_what_is_kept() -> None:
    material = rated(content=196).material()
    worse = Change("kk2019", Verdict.WORSE, -1, points=-8, span=(-12, -5), holds_next_time=True)
    judged = judged_ratings(
        material.summary,
        themes=(),
        questions_of_themes={},
        changes={"content": worse},
        base_label="2019",
    )

    _, against = sentences(to_keep(judged)[0])

    assert "Schlechter als 2019: −8 Punkte (Spanne −12 bis −5)." in against


@given(
    positives=st.lists(st.integers(0, 60), min_size=5, max_size=5),
    silent=st.integers(0, 200),
)
def test_whoever_is_named_lies_on_one_side_of_the_middle_as_printed(
    positives: list[int], silent: int
) -> None:
    answers = Answers(
        {code: liked(n, 60) for code, n in zip(RATINGS, positives, strict=True)},
        invited=60 + silent,
        answered=60,
        themes={"ton": 28},
        texts=120,
    )
    shares = [
        found.positive.share
        for found in answers.summary().sections[0].findings
        if isinstance(found, ChoicesFinding) and found.positive
    ]

    sheet = answers.sheet(ton="technology")

    assert {c.subject for c in sheet.candidates} <= {"technology"}
    assert {c.subject for c in sheet.candidates} & {c.subject for c in sheet.to_keep} == set()
    assert max(len(sheet.candidates), len(sheet.to_keep)) <= MOST_CANDIDATES
    for found in (*sheet.candidates, *sheet.to_keep):
        low, high = (whole_percent(limit) for limit in found.share.interval or (0, 1))
        middle = whole_percent(median(shares))
        assert not low <= middle <= high
        assert dict(found.evidence[0].facts) == {"ratings": len(shares), "median": middle}
