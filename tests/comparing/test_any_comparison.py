"""What holds for the comparison of any two editions, whatever was answered."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.comparing.asked import counted_here
from survey.comparing.drawing import lines, topic_lines
from survey.comparing.judging import Judged, judged
from survey.language.wording import Wording
from survey.model.comparison import ComparedEdition, Verdict
from survey.model.topic import Topic
from tests.model.congress import CONGRESS
from tests.reporting.counted import invented_summary

TOPICS = tuple(Topic(s.code, Wording(s.code)) for s in CONGRESS.programme.held_and_rated())
UP = {Verdict.BETTER, Verdict.MORE}
DOWN = {Verdict.WORSE, Verdict.LESS}
MIRRORED = {
    Verdict.BETTER: Verdict.WORSE,
    Verdict.WORSE: Verdict.BETTER,
    Verdict.MORE: Verdict.LESS,
    Verdict.LESS: Verdict.MORE,
}


@st.composite
def an_edition(draw: st.DrawFn) -> ComparedEdition:
    """An edition in which people answered at random."""
    invited = draw(st.integers(20, 300))
    summary = invented_summary(
        invited=invited,
        answered=draw(st.integers(8, invited)),
        seed=draw(st.integers(0, 1000)),
    )
    topics = {topic.code: topic.code for topic in TOPICS}
    return counted_here(summary, CONGRESS, topics=topics)


def compared(base: ComparedEdition, newest: ComparedEdition) -> Judged:
    editions = [replace(base, name="base"), replace(newest, name="newest")]
    return judged(
        lines(editions),
        themes=(),
        topics=topic_lines(editions, TOPICS),
        editions=editions,
        base=editions[0],
    )


@settings(max_examples=20)
@given(an_edition(), an_edition())
def test_no_verdict_contradicts_what_is_printed(
    base: ComparedEdition, newest: ComparedEdition
) -> None:
    found = compared(base, newest)

    changes = [line.change for line in found.lines]
    changes += [topic.change for topic in found.topics if topic.change]
    for change in changes:
        if change.span is None:
            continue
        low, high = change.span
        assert change.points is not None
        assert low <= change.points <= high
        assert (low > 0) or change.verdict not in UP
        assert (high < 0) or change.verdict not in DOWN
        assert (low >= -5 and high <= 5) or change.verdict is not Verdict.SAME
    for line in found.lines:
        is_valued = line.kind in {"rating", "recommendation"}
        assert (
            line.change.verdict
            not in ({Verdict.MORE, Verdict.LESS}, {Verdict.BETTER, Verdict.WORSE})[not is_valued]
        )


@settings(max_examples=12)
@given(an_edition(), an_edition())
def test_the_other_way_round_it_says_the_opposite(
    base: ComparedEdition, newest: ComparedEdition
) -> None:
    there, back = compared(base, newest), compared(newest, base)

    by_key = {line.key: line.change for line in back.lines}
    for line in there.lines:
        change, mirrored = line.change, by_key[line.key]
        assert mirrored.verdict is MIRRORED.get(change.verdict, change.verdict)
        assert mirrored.reason is change.reason
        if change.span is not None and change.points is not None:
            assert mirrored.span == (-change.span[1], -change.span[0])
            assert mirrored.points == -change.points


@settings(max_examples=8)
@given(an_edition(), st.data())
def test_the_order_of_questions_changes_nothing_but_the_order(
    edition: ComparedEdition, data: st.DataObject
) -> None:
    other = data.draw(an_edition())
    shuffled = tuple(data.draw(st.permutations(edition.questions)))

    plain = compared(other, edition)
    mixed = compared(other, replace(edition, questions=shuffled))

    assert {line.key: line for line in plain.lines} == {line.key: line for line in mixed.lines}
    assert plain.family == mixed.family
