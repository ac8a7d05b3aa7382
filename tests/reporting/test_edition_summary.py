"""The summary follows the law of small groups, and its figures equal the tally."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.model.event import Breakdown, Pair
from survey.model.items import ANSWERED
from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding
from survey.model.tally import SessionTotal, TallyRow, breakdown_grouping, pair_grouping
from survey.reporting.edition_summary import build_summary
from survey.reporting.publishing import audit_summary
from tests.model.congress import CONGRESS, with_cancelled
from tests.reporting.counted import counted, invented_summary, rows

FULL = {"5": 40, "4": 30, "3": 10, "2": 5, "1": 5, ANSWERED: 90, "na_no_answer": 3}


def test_a_rating_shows_its_counts_its_better_half_and_who_did_not_say() -> None:
    record = counted(CONGRESS, invited=200, answered=95)

    summary = build_summary(record, rows({"overall": FULL}), {}, {})

    found = summary.finding("overall")
    assert isinstance(found, ChoicesFinding)
    assert [c.count for c in found.choices] == [40, 30, 10, 5, 5]
    assert found.positive is not None
    assert (found.positive.count, found.positive.n, found.no_answer) == (70, 90, 3)
    assert (found.base.n, found.base.N, found.median) == (90, 200, "4")


def test_an_interval_lies_inside_its_bounds_and_around_its_share() -> None:
    record = counted(CONGRESS, invited=200, answered=95)

    found = build_summary(record, rows({"overall": FULL}), {}, {}).finding("overall")

    assert isinstance(found, ChoicesFinding)
    assert found.positive is not None
    assert found.positive.interval is not None
    assert found.positive.bounds == (70 / 200, 180 / 200)
    low, high = found.positive.interval
    assert 70 / 200 <= low <= 70 / 90 <= high <= 180 / 200


@pytest.mark.parametrize(("n", "suppressed"), [(4, "few"), (5, None)])
def test_questions_below_the_threshold_show_no_figures(n: int, suppressed: str | None) -> None:
    tally = {"5": n - 1, "4": 1, ANSWERED: n}
    record = counted(CONGRESS, invited=200, answered=95)

    found = build_summary(record, rows({"overall": tally}), {}, {}).finding("overall")

    assert isinstance(found, ChoicesFinding)
    assert found.suppressed == suppressed
    assert bool(found.choices) is (suppressed is None)


def test_everybody_saying_the_same_is_said_without_figures() -> None:
    record = counted(CONGRESS, invited=12, answered=12)

    found = build_summary(record, rows({"overall": {"5": 12, ANSWERED: 12}}), {}, {}).finding(
        "overall"
    )

    assert isinstance(found, ChoicesFinding)
    assert (found.suppressed, found.choices) == ("everyone", ())


def test_recommendations_get_a_score_from_ten_answers() -> None:
    record = counted(CONGRESS, invited=100, answered=40)
    few = {"9": 5, "3": 4, ANSWERED: 9}
    enough = {"9": 6, "3": 4, ANSWERED: 10}

    scores = [
        build_summary(record, rows({"recommend": tally}), {}, {}).finding("recommend")
        for tally in (few, enough)
    ]

    assert [s.score for s in scores if isinstance(s, NumbersFinding)] == [None, pytest.approx(0.2)]


@pytest.mark.proves("U40")
def test_texts_are_counted_from_ten_and_quoted_only_when_released() -> None:
    record = counted(CONGRESS, invited=100, answered=40)
    tally = rows({"change": {ANSWERED: 12}})

    silent = build_summary(record, tally, {}, {})
    quoted = build_summary(record, tally, {}, {("", "change"): ("Mehr Pausen.",)})

    assert (silent.version, quoted.version) == (1, 2)
    found = quoted.finding("change")
    assert isinstance(found, TextsFinding)
    assert (found.base.n, found.quotes) == (12, ("Mehr Pausen.",))


@pytest.mark.proves("U38")
def test_a_session_below_the_threshold_keeps_its_number_only() -> None:
    record = counted(CONGRESS, invited=200, answered=95)
    total = SessionTotal(booked=30, absent=0, elsewhere=0, answered=4)

    summary = build_summary(record, [], {"a1": total}, {})

    session = next(s for s in summary.sessions if s.session.code == "a1")
    assert (session.base.n, session.suppressed, session.findings) == (4, "few", ())


def test_the_population_of_a_session_loses_the_absent_and_gains_those_from_elsewhere() -> None:
    record = counted(CONGRESS, invited=200, answered=95)
    total = SessionTotal(booked=30, absent=4, elsewhere=3, answered=15)
    tally = rows({"rating": {"5": 8, "4": 7, ANSWERED: 15}}, session="a1")

    summary = build_summary(record, tally, {"a1": total}, {})

    session = next(s for s in summary.sessions if s.session.code == "a1")
    assert (session.base.n, session.base.N, session.base.is_at_most) == (15, 29, True)


def test_a_cancelled_session_stays_named_without_findings() -> None:
    edition = with_cancelled(CONGRESS, "a2")
    record = counted(edition, invited=200, answered=95)

    summary = build_summary(record, [], {}, {})

    session = next(s for s in summary.sessions if s.session.code == "a2")
    assert (session.session.is_cancelled, session.findings) == (True, ())


def _split(cells: dict[str, int], grouping: str) -> list[TallyRow]:
    return [
        TallyRow("", grouping.format(value=value), "overall", answer, n)
        for value, size in cells.items()
        for answer, n in (("5", size - 3), ("4", 3), (ANSWERED, size))
    ]


@pytest.mark.parametrize(
    ("cells", "is_shown"),
    [
        ({"on_site": 40, "online": 50}, True),
        ({"on_site": 9, "online": 50}, False),
        ({"on_site": 40, "online": 47}, False),
        ({"on_site": 40, "online": 45}, True),
    ],
    ids=["every cell large", "a small cell", "a rest of three", "a rest of five"],
)
def test_a_breakdown_is_shown_whole_or_not_at_all(cells: dict[str, int], *, is_shown: bool) -> None:
    edition = replace(CONGRESS, breakdown=Breakdown("next_format"))
    record = counted(edition, invited=200, answered=95)
    tally = rows({"overall": FULL, "next_format": {**cells, ANSWERED: sum(cells.values())}})
    tally += _split(cells, breakdown_grouping("{value}"))

    summary = build_summary(record, tally, {}, {})

    assert bool(summary.breakdown) is is_shown
    assert summary.withheld_splits == (() if is_shown else ("next_format",))
    assert audit_summary(summary) == ()


def test_a_pair_is_shown_by_the_answers_to_its_second_question() -> None:
    edition = replace(CONGRESS, pairs=(Pair("overall", "next_format"),))
    record = counted(edition, invited=200, answered=95)
    cells = {"on_site": 40, "online": 50}
    tally = rows({"overall": FULL, "next_format": {**cells, ANSWERED: 90}})
    tally += _split(cells, pair_grouping("next_format", "{value}"))

    summary = build_summary(record, tally, {}, {})

    assert [(g.by, g.value, g.findings[0].base.n) for g in summary.pairs] == [
        ("next_format", "on_site", 40),
        ("next_format", "online", 50),
    ]


@pytest.mark.parametrize("answered", [0, 1, 4, 5, 9, 21, 213])
@pytest.mark.proves("U42")
def test_no_summary_gives_fewer_than_the_threshold_away(answered: int) -> None:
    summary = invented_summary(invited=max(10, answered * 2), answered=answered)

    assert audit_summary(summary) == ()


def test_the_audit_finds_a_rest_that_is_too_small() -> None:
    edition = replace(CONGRESS, breakdown=Breakdown("next_format"))
    record = counted(edition, invited=200, answered=95)
    cells = {"on_site": 40, "online": 50}
    tally = rows({"overall": FULL, "next_format": {**cells, ANSWERED: 90}})
    summary = build_summary(record, tally + _split(cells, breakdown_grouping("{value}")), {}, {})
    overall = summary.sections[0].findings[0]
    grown = replace(overall, base=replace(overall.base, n=92))
    section = replace(summary.sections[0], findings=(grown, *summary.sections[0].findings[1:]))
    leaking = replace(summary, sections=(section, *summary.sections[1:]))

    found = audit_summary(leaking)

    assert [violation.people for violation in found] == [2]
