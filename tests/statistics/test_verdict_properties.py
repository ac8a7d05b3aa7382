"""What must hold for the verdicts on any two editions, tried on many made-up ones; the same ones in every run."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.model.comparison import Change, Verdict
from survey.statistics.change import Ratings
from survey.statistics.difference import Counted
from survey.statistics.pairs import ChosenPair, Pair, RatedPair, RecommendedPair, Unjudged
from survey.statistics.printed import whole_points
from survey.statistics.verdict import changes, family_size

same_every_time = settings(derandomize=True, database=None, deadline=None, max_examples=40)

MIRRORED = {
    Verdict.BETTER: Verdict.WORSE,
    Verdict.WORSE: Verdict.BETTER,
    Verdict.MORE: Verdict.LESS,
    Verdict.LESS: Verdict.MORE,
}
UP = {Verdict.BETTER, Verdict.MORE}
DOWN = {Verdict.WORSE, Verdict.LESS}


@st.composite
def ratings(draw: st.DrawFn, points: int) -> Ratings:
    size = draw(st.sampled_from((3, 12, 60)))
    counts = tuple(draw(st.lists(st.integers(0, size), min_size=points, max_size=points)))
    silent = draw(st.none() | st.just(0) | st.integers(1, 200))
    answered = sum(counts) or 1
    return Ratings(
        counts if any(counts) else (1, *counts[1:]), None if silent is None else answered + silent
    )


@st.composite
def rated_pairs(draw: st.DrawFn) -> RatedPair:
    newest, base = draw(ratings(5)), draw(ratings(5))
    return RatedPair(newest, base, sum(newest.counts[3:]), sum(base.counts[3:]))


@st.composite
def recommended_pairs(draw: st.DrawFn) -> RecommendedPair:
    return RecommendedPair(draw(ratings(11)), draw(ratings(11)))


@st.composite
def chosen_pairs(draw: st.DrawFn) -> ChosenPair:
    options = draw(st.integers(1, 4))

    def side() -> tuple[Counted, ...]:
        answered = draw(st.integers(5, 150))
        silent = draw(st.none() | st.just(0) | st.integers(1, 200))
        eligible = None if silent is None else answered + silent
        return tuple(
            Counted(draw(st.integers(0, answered)), answered, eligible) for _ in range(options)
        )

    return ChosenPair(side(), side())


pairs = rated_pairs() | recommended_pairs() | chosen_pairs()
editions = st.lists(pairs, min_size=1, max_size=5)


@same_every_time
@given(editions)
def test_no_verdict_contradicts_the_span_printed_beside_it(compared: list[Pair]) -> None:
    for lines in changes(compared, base="2019"):
        for change in lines:
            if change.verdict is Verdict.TOO_FEW:
                assert change == Change("2019", Verdict.TOO_FEW)
                continue
            assert change.points is not None
            assert change.span is not None
            low, high = change.span
            assert low <= change.points <= high
            assert change.direction * change.points >= 0
            assert (change.verdict in UP) <= (low > 0 and change.points >= 5)
            assert (change.verdict in DOWN) <= (high < 0 and change.points <= -5)
            assert (change.verdict is Verdict.SAME) <= (low >= -5 and high <= 5)
            assert (change.verdict is Verdict.UNCLEAR) <= (low <= 0 <= high)
            assert (change.verdict is Verdict.SMALL) <= (low > 0 or high < 0)
            assert (change.verdict is Verdict.SHIFTED) <= (change.delta is not None)
            assert change.tipping is None or not change.is_robust


@same_every_time
@given(editions)
def test_mirrored_editions_get_mirrored_verdicts(compared: list[Pair]) -> None:
    turned = changes([mirrored(pair) for pair in compared], base="2019")

    for lines, others in zip(changes(compared, base="2019"), turned, strict=True):
        for change, other in zip(lines, others, strict=True):
            assert other.verdict is MIRRORED.get(change.verdict, change.verdict)
            assert other.direction == -change.direction
            assert other.points == (None if change.points is None else -change.points)
            assert other.span == (
                None if change.span is None else (-change.span[1], -change.span[0])
            )
            assert other.is_robust is change.is_robust
            assert other.holds_next_time is change.holds_next_time


@same_every_time
@given(editions, st.data())
def test_the_order_of_questions_changes_nothing(compared: list[Pair], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(compared))))

    found = changes(compared, base="2019")
    shuffled = changes([compared[place] for place in order], base="2019")

    assert shuffled == tuple(found[place] for place in order)


@same_every_time
@given(editions)
def test_more_questions_never_make_a_verdict_surer(compared: list[Pair]) -> None:
    alone = [changes([pair], base="2019")[0] for pair in compared]

    for lines, single in zip(changes(compared, base="2019"), alone, strict=True):
        for change, by_itself in zip(lines, single, strict=True):
            assert (change.verdict in UP | DOWN) <= (by_itself.verdict is change.verdict)
            assert (change.adjusted or 0.0) >= (by_itself.adjusted or 0.0)
            assert (
                replace(change, verdict=by_itself.verdict, adjusted=by_itself.adjusted) == by_itself
            )


@same_every_time
@given(editions)
def test_what_cannot_be_judged_changes_nothing_for_the_others(compared: list[Pair]) -> None:
    with_others = [*compared, Unjudged(Verdict.TOO_FEW), Unjudged(Verdict.NOT_COMPARABLE)]

    assert changes(with_others, base="2019")[: len(compared)] == changes(compared, base="2019")
    assert family_size(with_others) == family_size(compared)


@same_every_time
@given(editions)
def test_censuses_are_never_left_unclear_and_unknown_populations_never_robust(
    compared: list[Pair],
) -> None:
    for pair, lines in zip(compared, changes(compared, base="2019"), strict=True):
        for change in lines:
            sides = populations(pair)
            if all(answered == eligible for answered, eligible in sides):
                assert change.verdict not in {Verdict.HINT, Verdict.UNCLEAR}
                assert change.chance is None
            if any(eligible is None for _, eligible in sides):
                assert not change.is_robust


@same_every_time
@given(st.integers(10, 60), st.integers(1, 40), st.integers(10, 60), st.integers(1, 40), st.data())
def test_sign_turns_below_the_tipping_share_and_stays_above_it(
    answered: int, silent: int, base_answered: int, base_silent: int, data: st.DataObject
) -> None:
    newest = Counted(data.draw(st.integers(0, answered)), answered, answered + silent)
    base = Counted(
        data.draw(st.integers(0, base_answered)), base_answered, base_answered + base_silent
    )

    ((change,),) = changes([ChosenPair((newest,), (base,))], base="2019")

    for positive in range(silent + 1):
        # Compared in whole numbers: who spoke and who was silent, against the base edition as heard.
        everybody = (newest.positive + positive) * base.answered
        lead = everybody - base.positive * (answered + silent)
        up = newest.positive * base.answered > base.positive * answered
        turned = lead < 0 if up else lead > 0
        if change.tipping is None:
            continue
        percent = 100 * positive / silent
        if percent < change.tipping.percent if up else percent > change.tipping.percent:
            assert turned
        if percent >= change.tipping.percent + 1 if up else percent <= change.tipping.percent - 1:
            assert not turned
    if change.is_robust and change.direction:
        worst = newest.positive + (0 if change.direction > 0 else silent)
        best = base.positive + (base_silent if change.direction > 0 else 0)
        gap = worst * (base_answered + base_silent) - best * (answered + silent)
        assert gap * change.direction > 0


def mirrored(pair: Pair) -> Pair:
    """The base edition compared with the newest one."""
    match pair:
        case RatedPair():
            return RatedPair(pair.base, pair.newest, pair.base_positive, pair.newest_positive)
        case RecommendedPair():
            return RecommendedPair(pair.base, pair.newest)
        case ChosenPair():
            return ChosenPair(pair.base, pair.newest)
        case _:
            return pair


def populations(pair: Pair) -> list[tuple[int, int | None]]:
    """How many answered of how many, in both editions."""
    match pair:
        case RatedPair() | RecommendedPair():
            sides = (pair.newest, pair.base)
            return [(side.answered, side.eligible) for side in sides]
        case ChosenPair():
            return [(side.answered, side.eligible) for side in (*pair.newest, *pair.base)]
        case _:
            return []


def test_points_are_the_difference_of_the_printed_shares() -> None:
    newest, base = Counted(153, 200, 400), Counted(127, 200, 400)

    ((change,),) = changes([ChosenPair((newest,), (base,))], base="2019")

    # 76.5 % and 63.5 % are printed as 77 % and 64 %.
    assert change.points == whole_points(newest.value) - whole_points(base.value) == 13
