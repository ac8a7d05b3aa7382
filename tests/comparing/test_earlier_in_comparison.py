"""Editions from elsewhere beside those that were counted here."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from exports.comparison_json import comparison_json
from survey.comparing.comparison import compare
from survey.comparing.series import Series, find_series
from survey.earlier.importing import import_earlier
from survey.errors import NotAllowed
from survey.model.comparison import Break, Caution, Verdict
from survey.model.workplace import MAIN_ORGANISATION
from tests.comparing.counted_series import chosen, congress_of, store_counted
from tests.earlier.example import earlier_congress, store_earlier, with_overall
from tests.events import congress

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition


def the_series(inst: Installation) -> Series:
    return find_series(inst, MAIN_ORGANISATION, congress().series)


@pytest.fixture
def newest(inst: Installation) -> Series:
    """The congress of 2019, counted here."""
    edition = congress_of(2019)
    overall = chosen(edition, "overall", 30, 30, 10, 5, 5)
    store_counted(inst, edition, invited=150, answered=80, general={"overall": overall})
    return the_series(inst)


def bring(inst: Installation, series: Series, edition: EarlierEdition) -> Series:
    import_earlier(inst, series, edition)
    return the_series(inst)


def with_question(edition: EarlierEdition, **changed: object) -> EarlierEdition:
    return replace(edition, questions=(replace(edition.questions[0], **changed),))  # type: ignore[arg-type]


def test_an_edition_from_elsewhere_is_compared_with_a_caution(
    inst: Installation, newest: Series
) -> None:
    series = bring(inst, newest, earlier_congress())

    found = compare(inst, series)

    assert [(e.label, e.source) for e in found.editions] == [
        ("2017", "Auszählung aus LimeSurvey"),
        ("2019", ""),
    ]
    assert found.base == series.earlier[0].name
    assert found.cautions == (Caution.OTHER_TOOL,)
    shown = [p.share for p in found.line("overall").points]
    assert [(s.count, s.n) for s in shown if s] == [(38, 58), (60, 80)]
    assert found.line("overall").change.points == 9


def test_an_unknown_population_leaves_no_bounds(inst: Installation, newest: Series) -> None:
    earlier = replace(with_question(earlier_congress(), population=None), invited=None)
    series = bring(inst, newest, earlier)

    found = compare(inst, series)

    line = found.line("overall")
    assert found.cautions == (Caution.OTHER_TOOL, Caution.UNKNOWN_POPULATION)
    assert line.points[0].share is not None
    assert line.points[0].share.bounds is None
    assert line.change.is_robust is False


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_worded_alike": False}, Break.OTHER_WORDING),
        ({"has_same_scale": False}, Break.OTHER_SCALE),
        ({"is_of_everybody": False}, Break.OTHER_PEOPLE),
    ],
)
def test_what_was_asked_otherwise_is_not_compared(
    inst: Installation, newest: Series, changed: dict[str, object], reason: Break
) -> None:
    series = bring(inst, newest, with_question(earlier_congress(), **changed))

    line = compare(inst, series).line("overall")

    assert (line.change.verdict, line.change.reason) == (Verdict.NOT_COMPARABLE, reason)
    assert (line.points[0].share, line.points[0].broken) == (None, reason)


def test_two_editions_from_elsewhere_with_their_own_words_are_compared(
    inst: Installation, newest: Series
) -> None:
    theirs = with_question(earlier_congress(), is_worded_alike=False)
    series = bring(inst, newest, theirs)
    later = with_overall(replace(theirs, starts=theirs.starts.replace(year=2018)), 5, 5, 5, 20, 30)
    series = bring(inst, series, later)

    found = compare(inst, series, names=[earlier.name for earlier in series.earlier])

    assert found.line("overall").change.verdict is Verdict.WORSE


def test_a_base_without_a_common_question_is_passed_over(
    inst: Installation, newest: Series
) -> None:
    series = bring(inst, newest, earlier_congress())
    other = with_question(earlier_congress(), is_worded_alike=False)
    series = bring(inst, series, replace(other, starts=other.starts.replace(year=2018)))

    found = compare(inst, series)

    assert found.edition(found.base).label == "2017"


@pytest.mark.parametrize(
    ("counts", "population", "found"),
    [
        ((14, 24, 12, 6, 2), 150, (None, Verdict.SHIFTED, None)),
        ((1, 2, 1, 0, 0), 150, ("few", Verdict.TOO_FEW, None)),
        ((12, 0, 0, 0, 0), 12, ("everyone", Verdict.NOT_COMPARABLE, Break.NOT_SHOWN)),
    ],
)
def test_what_would_give_people_away_is_not_in_the_comparison(
    inst: Installation,
    newest: Series,
    counts: tuple[int, ...],
    population: int,
    found: tuple[str | None, Verdict, Break | None],
) -> None:
    edition = with_question(with_overall(earlier_congress(), *counts), population=population)
    edition = replace(edition, invited=population, answered=sum(counts))
    series = bring(inst, newest, edition)

    comparison = compare(inst, series)

    line = comparison.line("overall")
    assert (line.points[0].suppressed, line.change.verdict, line.change.reason) == found
    assert (line.points[0].share is None) == (found[0] is not None)
    told = json.loads(comparison_json(comparison))
    shown = told["editions"][0]["questions"][0]["finding"]["choices"]
    assert tuple(choice["count"] for choice in shown) == (() if found[0] else counts)


def test_tables_that_are_not_on_record_are_not_compared(inst: Installation, newest: Series) -> None:
    del newest
    store_earlier(inst, earlier_congress())

    with pytest.raises(NotAllowed):
        compare(inst, the_series(inst))
