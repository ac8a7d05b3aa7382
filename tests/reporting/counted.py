"""Counted editions for the tests of reports: what a count leaves of made-up responses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.event import EditionRecord
from survey.model.items import ANSWERED
from survey.model.tally import SessionTotal, TallyRow
from survey.reporting.edition_summary import build_summary
from tests.model.congress import CONGRESS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.summary import EditionSummary


def counted(edition: Edition, *, invited: int, answered: int) -> EditionRecord:
    """The record of an edition after its count."""
    return EditionRecord(
        id="0" * 16,
        edition=edition,
        revision=1,
        public_key=bytes(32),
        opens=datetime(2020, 9, 11, 16, tzinfo=UTC),
        closes=edition.deadline,
        count_started=datetime(2020, 9, 26, 17, tzinfo=UTC),
        counted=datetime(2020, 9, 26, 17, 1, tzinfo=UTC),
        invited=invited,
        answered=answered,
    )


def rows(counts: Mapping[str, Mapping[str, int]], *, session: str = "") -> list[TallyRow]:
    """Tally rows from numbers by item and value."""
    return [
        TallyRow(session, "", item, value, n)
        for item, values in counts.items()
        for value, n in values.items()
        if n
    ]


def invented(item: Item, people: int, chance: Random) -> dict[str, int]:
    """A tally of one question by people who choose at random, the better the likelier."""
    codes = [c.code for c in items.choices(item)]
    if not codes:
        return {ANSWERED: people // 4}
    tally = Counter(
        chance.choices(codes, [2 / (place + 1) for place in range(len(codes))])[0]
        for _ in range(people)
    )
    return {**tally, ANSWERED: people}


def invented_summary(
    edition: Edition = CONGRESS, *, invited: int = 420, answered: int = 213, seed: int = 7
) -> EditionSummary:
    """The summary of an edition in which everybody answered at random."""
    chance = Random(seed)  # noqa: S311 -- made-up people
    found = rows(
        {i.code: invented(i, answered, chance) for i in edition.questionnaire.general_items()}
    )
    totals = {}
    for place, session in enumerate(edition.programme.sessions):
        people = max(3, answered // (4 + place))
        totals[session.code] = SessionTotal(
            booked=people * 2, absent=1, elsewhere=2, answered=people
        )
        found += rows(
            {
                i.code: invented(i, people, chance)
                for i in edition.questionnaire.session_items(session.kind)
            },
            session=session.code,
        )
    record = counted(replace(edition, is_made_up=True), invited=invited, answered=answered)
    return build_summary(record, found, totals, {})
