"""Sessions that should be offered again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exports.finding_words import FindingWords
from survey.language.wording import Wording
from survey.model.tally import SessionTotal
from survey.planning.sessions import sessions_to_offer_again
from survey.reporting.edition_summary import build_summary
from tests.model.congress import CONGRESS
from tests.planning.answers import liked
from tests.reporting.counted import counted, rows

if TYPE_CHECKING:
    from survey.model.summary import EditionSummary


def workshops(*liked_by: tuple[int, int], booked: int = 80) -> EditionSummary:
    """So many of so many found each workshop good or very good."""
    first = next(s for s in CONGRESS.programme.sessions if s.code == "a1")
    sessions = tuple(
        replace(first, code=f"ws{place}", title=Wording(f"Workshop {place}"))
        for place in range(1, len(liked_by) + 1)
    )
    edition = replace(CONGRESS, programme=replace(CONGRESS.programme, sessions=sessions))
    found = [
        row
        for session, (positive, of) in zip(sessions, liked_by, strict=True)
        for row in rows({"rating": liked(positive, of)}, session=session.code)
    ]
    totals = {
        session.code: SessionTotal(booked=booked, absent=0, elsewhere=0, answered=of)
        for session, (_, of) in zip(sessions, liked_by, strict=True)
    }
    return build_summary(counted(edition, invited=400, answered=200), found, totals, {})


def test_only_what_lies_above_the_middle_for_certain_is_named_in_programme_order() -> None:
    found = sessions_to_offer_again(workshops((40, 60), (58, 60), (42, 60), (36, 60), (59, 60)))

    assert [one.subject for one in found] == ["session:ws2", "session:ws5"]
    assert [one.wording.de for one in found] == ["Workshop 2", "Workshop 5"]
    assert [FindingWords("de").statement(s) for s in found[0].evidence] == [
        "Gesichert über der Mitte der 5 Programmpunkte mit dieser Frage; sie liegt bei 70 %."
    ]


def test_sessions_that_overlap_with_the_middle_are_not_named() -> None:
    assert sessions_to_offer_again(workshops((8, 11), (10, 11), (9, 11), (7, 11))) == ()


def test_what_only_holds_because_nearly_all_who_booked_answered_is_not_named() -> None:
    few = ((8, 12), (11, 12), (8, 12))

    assert sessions_to_offer_again(workshops(*few, booked=12)) == ()


def test_two_sessions_have_no_middle() -> None:
    assert sessions_to_offer_again(workshops((10, 60), (60, 60))) == ()


def test_withheld_sessions_are_neither_named_nor_in_the_middle() -> None:
    found = sessions_to_offer_again(workshops((30, 60), (59, 60), (4, 4), (3, 3)))

    assert found == ()
