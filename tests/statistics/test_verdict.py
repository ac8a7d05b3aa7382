from __future__ import annotations

from dataclasses import replace

import pytest

from survey.model.comparison import Break, Change, Tipping, Verdict
from survey.statistics.change import Ratings
from survey.statistics.difference import Counted
from survey.statistics.family import holm
from survey.statistics.pairs import ChosenPair, Pair, RatedPair, RecommendedPair, Unjudged
from survey.statistics.printed import whole_points
from survey.statistics.trend import trend
from survey.statistics.verdict import changes, family_size, verdict_in_family

UNCHANGED = (5, 10, 30, 60, 45)


def rated(
    newest: tuple[int, ...],
    base: tuple[int, ...],
    *,
    eligible: int | None = 500,
    base_eligible: int | None = 500,
) -> RatedPair:
    """A five-point rating of two editions, counts lowest first."""
    return RatedPair(
        Ratings(newest, eligible),
        Ratings(base, base_eligible),
        sum(newest[3:]),
        sum(base[3:]),
    )


def census(newest: tuple[int, ...], base: tuple[int, ...]) -> RatedPair:
    """The same where everybody answered."""
    return rated(newest, base, eligible=sum(newest), base_eligible=sum(base))


def among(pair: Pair, *, others: int = 24) -> Change:
    """The change of the first line of a question among so many that did not change at all."""
    return changes([pair, *[rated(UNCHANGED, UNCHANGED)] * others], base="2019")[0][0]


@pytest.mark.parametrize(
    ("pair", "verdict"),
    [
        (rated((4, 10, 30, 90, 66), (8, 20, 42, 70, 25)), Verdict.BETTER),
        (rated((8, 20, 42, 70, 25), (4, 10, 30, 90, 66)), Verdict.WORSE),
        (rated((4, 10, 49, 25, 90), (8, 22, 42, 80, 25)), Verdict.SHIFTED),
        (rated((6, 12, 35, 75, 55), (8, 20, 42, 70, 40)), Verdict.HINT),
        (rated(UNCHANGED, UNCHANGED), Verdict.UNCLEAR),
        (rated((5, 10, 30, 60, 45), (5, 10, 30, 60, 45), eligible=152), Verdict.UNCLEAR),
        (
            rated(
                (20, 40, 120, 240, 180), (20, 40, 119, 240, 181), eligible=603, base_eligible=603
            ),
            Verdict.SAME,
        ),
        (
            rated(
                (100, 200, 550, 2100, 1500),
                (130, 260, 700, 2000, 1410),
                eligible=9000,
                base_eligible=9000,
            ),
            Verdict.SMALL,
        ),
        (rated((0, 0, 0, 4, 5), (9, 0, 0, 4, 5)), Verdict.TOO_FEW),
        (rated((9, 0, 0, 4, 5), (0, 0, 0, 4, 5)), Verdict.TOO_FEW),
    ],
)
def test_rating_gets_the_verdict_its_printed_numbers_allow(
    pair: RatedPair, verdict: Verdict
) -> None:
    found = among(pair)

    assert found.verdict is verdict, found


@pytest.mark.parametrize(
    ("newest", "base", "verdict"),
    [
        ((1, 2, 3, 9, 6), (2, 3, 4, 8, 3), Verdict.BETTER),
        ((2, 3, 4, 8, 3), (1, 2, 3, 9, 6), Verdict.WORSE),
        ((1, 2, 5, 80, 12), (1, 2, 6, 80, 11), Verdict.SAME),
        ((0, 0, 40, 60, 0), (0, 0, 40, 0, 60), Verdict.SHIFTED),
        ((0, 0, 47, 52, 1), (0, 0, 53, 46, 1), Verdict.SMALL),
        ((0, 5, 45, 10, 40), (0, 0, 51, 0, 49), Verdict.SAME),
    ],
)
def test_rating_of_two_censuses_is_judged_by_size_alone(
    newest: tuple[int, ...], base: tuple[int, ...], verdict: Verdict
) -> None:
    found = among(census(newest, base))

    assert found.verdict is verdict, found
    assert (found.chance, found.adjusted) == (None, None)


def test_rating_that_moved_within_its_better_half_is_not_called_unchanged() -> None:
    found = among(
        rated((0, 0, 120, 100, 260), (0, 0, 120, 260, 100), eligible=490, base_eligible=490)
    )

    assert found.points == 0
    assert found.span is not None
    assert max(map(abs, found.span)) <= 5
    assert (found.verdict, found.direction) == (Verdict.SHIFTED, 1)


def test_rating_whose_share_and_distribution_part_is_neither_better_nor_worse() -> None:
    found = among(rated((150, 0, 0, 150, 0), (0, 0, 180, 120, 0)))

    assert found.delta is not None
    assert found.delta < -0.1
    assert found.span is not None
    assert (found.verdict, found.direction) == (Verdict.SHIFTED, 1)
    assert found.span[0] > 0


def test_change_of_a_rating_is_complete() -> None:
    pair = rated((4, 10, 30, 90, 66), (8, 20, 42, 70, 25), eligible=480, base_eligible=520)

    found = among(pair)

    assert found == Change(
        "2019",
        Verdict.BETTER,
        1,
        points=20,
        span=(12, 29),
        delta=found.delta,
        chance=found.chance,
        adjusted=found.adjusted,
        is_robust=False,
        tipping=Tipping(42),
        holds_next_time=True,
    )
    assert found.delta == pytest.approx(0.283697, abs=1e-6)
    assert found.chance is not None
    assert found.adjusted == pytest.approx(25 * found.chance)


def test_better_for_certain_may_not_hold_next_time() -> None:
    found = among(census((1, 2, 3, 9, 6), (2, 3, 4, 8, 3)))

    assert (found.verdict, found.holds_next_time) == (Verdict.BETTER, False)


def test_unlikely_shift_is_a_hint_among_many_questions_and_better_alone() -> None:
    pair = rated((6, 12, 35, 75, 55), (8, 20, 42, 70, 40))

    verdicts = [among(pair, others=others).verdict for others in (0, 24)]

    assert verdicts == [Verdict.BETTER, Verdict.HINT]


def test_p_of_one_is_not_called_unchanged_by_itself() -> None:
    few = rated((2, 2, 2, 2, 2), (2, 2, 2, 2, 2))
    many = rated(
        (400, 400, 400, 400, 400), (400, 400, 400, 400, 400), eligible=9000, base_eligible=9000
    )

    found = [among(few), among(many)]

    assert [change.chance for change in found] == [1.0, 1.0]
    assert [change.verdict for change in found] == [Verdict.UNCLEAR, Verdict.SAME]


def test_complete_separation_gets_the_chance_of_its_permutation() -> None:
    found = among(rated((0, 0, 0, 6, 5), (4, 4, 4, 0, 0)))

    assert found.chance == pytest.approx(2 / 1352078)
    assert found.verdict is Verdict.BETTER


def test_one_mind_against_a_census_is_no_separation() -> None:
    everybody = Ratings((5, 5, 5, 20, 15), 50)
    of_one_mind = Ratings((0, 0, 0, 12, 0), 300)

    found = among(RatedPair(everybody, of_one_mind, 35, 12))

    assert found.chance is not None
    assert found.chance > 0.05


@pytest.mark.parametrize(
    ("newest", "base", "verdict"),
    [
        (Counted(120, 200, 400), Counted(60, 190, 400), Verdict.MORE),
        (Counted(60, 190, 400), Counted(120, 200, 400), Verdict.LESS),
        (Counted(80, 200, 400), Counted(57, 190, 400), Verdict.HINT),
        (Counted(60, 190, 195), Counted(60, 190, 195), Verdict.SAME),
        (Counted(70, 190, 400), Counted(60, 190, 400), Verdict.UNCLEAR),
        (Counted(2120, 4000, 4200), Counted(2000, 4000, 4100), Verdict.SAME),
        (Counted(540, 1000, 1400), Counted(496, 1000, 1400), Verdict.SMALL),
        (Counted(12, 20, 20), Counted(8, 20, 20), Verdict.MORE),
        (Counted(8, 9, 20), Counted(2, 20, 20), Verdict.TOO_FEW),
    ],
)
def test_option_gets_the_verdict_its_printed_numbers_allow(
    newest: Counted, base: Counted, verdict: Verdict
) -> None:
    found = among(ChosenPair((newest,), (base,)))

    assert found.verdict is verdict, found
    assert found.delta is None


def test_options_are_corrected_within_the_question_and_for_the_family() -> None:
    newest = tuple(Counted(count, 200, 400) for count in (90, 48, 62))
    base = tuple(Counted(count, 200, 400) for count in (40, 90, 70))

    ((*found,), *_) = changes(
        [ChosenPair(newest, base), *[rated(UNCHANGED, UNCHANGED)] * 9], base="2019"
    )

    chances = [change.chance or 0.0 for change in found]
    assert [change.adjusted for change in found] == pytest.approx(
        [min(1.0, 10 * chance) for chance in holm(chances)]
    )
    assert [change.verdict for change in found] == [Verdict.MORE, Verdict.LESS, Verdict.UNCLEAR]


def test_choices_and_censuses_count_in_the_family_and_what_is_too_small_does_not() -> None:
    option = ChosenPair((Counted(20, 40, 90),), (Counted(20, 40, 90),))
    too_few = rated((0, 0, 0, 4, 5), (9, 0, 0, 4, 5))
    missing = Unjudged(Verdict.NOT_COMPARABLE, Break.OTHER_SCALE)
    pairs: list[Pair] = [
        rated((4, 10, 30, 90, 66), (8, 20, 42, 70, 25)),
        option,
        census((1, 2, 3, 9, 6), (2, 3, 4, 8, 3)),
        too_few,
        missing,
    ]

    found = changes(pairs, base="2019")

    assert family_size(pairs) == 3
    assert found[0][0].adjusted == pytest.approx(3 * (found[0][0].chance or 0.0))
    assert found[3:] == (
        (Change("2019", Verdict.TOO_FEW),),
        (Change("2019", Verdict.NOT_COMPARABLE, reason=Break.OTHER_SCALE),),
    )


def test_recommendation_is_judged_by_its_score_and_its_whole_distribution() -> None:
    newest = Ratings((0, 0, 1, 2, 3, 5, 9, 20, 40, 60, 60), 500)
    base = Ratings((2, 2, 3, 4, 5, 10, 20, 40, 40, 30, 20), 500)

    found = among(RecommendedPair(newest, base))

    assert (found.verdict, found.direction) == (Verdict.BETTER, 1)
    # 120 promoters and 20 detractors of 200, after 50 and 46 of 176.
    assert found.points == 50 - 2
    assert found.tipping is None
    assert found.holds_next_time


def test_recommendation_of_unknown_populations_is_never_robust() -> None:
    newest = Ratings((0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 60), 92)
    base = Ratings((30, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0), 92)

    known = among(RecommendedPair(newest, base))
    unknown = among(RecommendedPair(replace(newest, eligible=None), base))

    assert (known.is_robust, unknown.is_robust) == (True, False)


@pytest.mark.parametrize(
    ("newest", "base", "robust", "tipping"),
    [
        (Counted(70, 80, 100), Counted(30, 80, 100), True, None),
        (Counted(60, 80, 100), Counted(40, 80, 100), False, None),
        (Counted(48, 80, 100), Counted(40, 80, 100), False, Tipping(10)),
        (Counted(40, 80, 100), Counted(48, 80, 100), False, None),
        (Counted(32, 80, 100), Counted(40, 80, 100), False, Tipping(90)),
        (Counted(48, 80, None), Counted(40, 80, 100), False, None),
        (Counted(48, 80, 100), Counted(40, 80, None), False, Tipping(10)),
        (Counted(48, 80, 80), Counted(40, 80, 100), False, None),
        (Counted(40, 80, 100), Counted(40, 80, 100), False, None),
    ],
    ids=[
        "in any case",
        "not by the newest edition's silent alone",
        "up",
        "down by all of them",
        "down",
        "nobody knows how many are silent",
        "nor in the base",
        "nobody is silent",
        "no difference",
    ],
)
def test_sign_is_robust_or_turns_by_what_the_silent_would_have_said(
    newest: Counted, base: Counted, *, robust: bool, tipping: Tipping | None
) -> None:
    found = among(ChosenPair((newest,), (base,)))

    assert (found.is_robust, found.tipping) == (robust, tipping)


@pytest.mark.parametrize(
    ("newest", "base", "holds"),
    [
        (Counted(42, 190, 420), Counted(81, 100, 420), True),
        (Counted(170, 190, 250), Counted(40, 100, 420), True),
        (Counted(48, 80, 100), Counted(40, 80, 100), False),
        (Counted(40, 80, 100), Counted(48, 80, 100), False),
        (Counted(42, 190, None), Counted(81, 100, 420), False),
        (Counted(42, 190, 190), Counted(81, 100, 420), False),
    ],
    ids=["down", "up", "turned by some", "level with all", "nobody knows", "nobody is silent"],
)
def test_no_answer_of_the_newest_editions_silent_would_turn_it(
    newest: Counted, base: Counted, *, holds: bool
) -> None:
    found = among(ChosenPair((newest,), (base,)))

    assert found.holds_against_silence is holds
    assert not holds or found.tipping is None


def test_trend_needs_five_editions() -> None:
    rising = (0.61, 0.64, 0.70, 0.78, 0.79)

    assert [trend(rising[:4]), trend(rising)] == [None, "rising"]
    assert trend(rising[::-1]) == "falling"
    assert trend((0.61, 0.70, 0.64, 0.79, 0.78)) is None


def test_trend_is_told_of_printed_points_only() -> None:
    assert trend((0.610, 0.611, 0.612, 0.613, 0.614)) is None


@pytest.mark.parametrize(
    ("share", "points"), [(0.125, 13), (-0.125, -13), (0.124, 12), (-0.5, -50), (0.0, 0)]
)
def test_whole_points_round_halves_away_from_zero(share: float, points: int) -> None:
    assert whole_points(share) == points


def test_verdict_alone_is_that_of_a_family_in_which_nothing_else_changed() -> None:
    pair = rated((6, 12, 35, 75, 55), (8, 20, 42, 70, 25))

    verdicts = [verdict_in_family(pair, family=family) for family in (1, 25)]

    assert verdicts == [among(pair, others=others).verdict for others in (0, 24)]


def test_verdict_alone_needs_enough_answers_and_no_chance_for_censuses() -> None:
    assert verdict_in_family(rated((0, 0, 0, 4, 5), (9, 0, 0, 4, 5)), family=1) is Verdict.TOO_FEW
    assert verdict_in_family(census((1, 2, 3, 9, 6), (2, 3, 4, 8, 3)), family=9) is Verdict.BETTER
