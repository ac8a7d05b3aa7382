"""What may be compared with earlier editions: the same question, however it is spelled, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.language.wording import Wording
from survey.model.comparability import (
    Difference,
    WordingChange,
    WordingDecision,
    as_it_was,
    difference,
    earlier_item,
    is_decided,
    spoken,
    with_new_versions,
)
from survey.model.items import Choice, Item, RatingScale, Recommendation, SingleChoice, YesNo
from tests.events import congress

A, B, C = (Choice(code, Wording(code.upper(), en=f"{code} en")) for code in "abc")
ASKED = SingleChoice(
    code="asked", wording=Wording("Was?", en="What?"), hint=Wording("Kurz"), choices=(A, B)
)
RATED = RatingScale(code="rated", wording=Wording("Wie?"), choices=(A, B))
LIKELY = Recommendation(
    code="likely", wording=Wording("Wohl?"), low=Wording("nein"), high=Wording("ja")
)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (ASKED, ASKED, Difference()),
        (ASKED, replace(ASKED, is_required=True), Difference()),
        (ASKED, replace(ASKED, wording=Wording("Wat?", en="What?")), Difference(is_reworded=True)),
        (ASKED, replace(ASKED, wording=Wording("Was?", en="Huh?")), Difference(is_reworded=True)),
        (ASKED, replace(ASKED, wording=Wording("Was?")), Difference(is_reworded=True)),
        (ASKED, replace(ASKED, wording=Wording("Was?", "Wie?", "What?")), Difference()),
        (ASKED, replace(ASKED, hint=Wording("")), Difference(is_reworded=True)),
        (
            ASKED,
            replace(ASKED, wording=Wording("Wat?"), wording_version=2),
            Difference(),
        ),
        (
            ASKED,
            replace(ASKED, choices=(A, replace(B, label=Wording("Be")))),
            Difference(is_relabelled=True),
        ),
        (
            ASKED,
            replace(ASKED, choices=(A, replace(B, label=Wording("B", "Bee", "b en")))),
            Difference(),
        ),
        (ASKED, replace(ASKED, choices=(B, A)), Difference(is_rescaled=True)),
        (ASKED, replace(ASKED, choices=(A, B, C)), Difference(is_rescaled=True)),
        (ASKED, replace(ASKED, choices=(A, C)), Difference(is_rescaled=True)),
        (ASKED, replace(ASKED, choices=(A, B, C), scale_version=2), Difference()),
        (
            ASKED,
            replace(ASKED, choices=(A, replace(B, is_exclusive=True))),
            Difference(is_rescaled=True),
        ),
        (ASKED, YesNo(code="asked", wording=ASKED.wording), Difference(is_other_kind=True)),
        (RATED, replace(RATED, positive_label=Wording("gut")), Difference(is_reworded=True)),
        (LIKELY, replace(LIKELY, high=Wording("sehr")), Difference(is_reworded=True)),
    ],
)
def test_what_changed_under_the_same_versions(
    before: Item, now: Item, expected: Difference
) -> None:
    assert difference(before, now) == expected


@pytest.mark.parametrize(
    ("found", "is_only_words", "is_incomparable"),
    [
        (Difference(), False, False),
        (Difference(is_reworded=True), True, False),
        (Difference(is_relabelled=True), True, False),
        (Difference(is_rescaled=True), False, True),
        (Difference(is_reworded=True, is_rescaled=True), False, True),
        (Difference(is_other_kind=True), False, True),
    ],
)
def test_words_are_decided_about_and_structure_is_refused(
    found: Difference, *, is_only_words: bool, is_incomparable: bool
) -> None:
    assert (found.is_only_words, found.is_incomparable) == (is_only_words, is_incomparable)


def test_new_versions_are_given_to_what_changed_and_taken_back_with_it() -> None:
    reworded = replace(ASKED, wording=Wording("Wat?"))
    both = replace(reworded, choices=(A, B, C))

    assert with_new_versions(ASKED, ASKED) == ASKED
    assert with_new_versions(ASKED, reworded) == replace(reworded, wording_version=2)
    assert with_new_versions(ASKED, both) == replace(both, wording_version=2, scale_version=2)
    assert difference(ASKED, with_new_versions(ASKED, both)) == Difference()
    back = replace(with_new_versions(ASKED, both), wording=ASKED.wording)
    assert as_it_was(ASKED, back) == replace(both, wording=ASKED.wording, scale_version=2)
    assert as_it_was(ASKED, replace(ASKED, wording_version=5, scale_version=7)) == ASKED


def test_another_kind_gets_no_version_back() -> None:
    other = YesNo(code="asked", wording=ASKED.wording, wording_version=3)

    assert as_it_was(ASKED, other) == other


def test_a_decision_holds_for_exactly_the_words_it_was_made_about() -> None:
    decision = WordingDecision("asked", spoken(ASKED), WordingChange.TYPO)

    assert is_decided(ASKED, decision)
    assert not is_decided(ASKED, None)
    assert not is_decided(replace(ASKED, hint=Wording("Kürzer")), decision)
    assert not is_decided(replace(ASKED, choices=(A, C)), decision)


def test_the_latest_earlier_edition_counts() -> None:
    older, newer = congress("kk2018"), congress("kk2019")
    older = replace(older, starts=older.starts.replace(year=2018))
    newer = replace(newer, starts=newer.starts.replace(year=2019))

    for known in ((older, newer), (newer, older)):
        found = earlier_item("overall", known)
        assert found is not None
        assert found.edition == newer
    assert earlier_item("nothing", (older, newer)) is None
