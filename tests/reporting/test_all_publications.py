"""Everything that was ever published of an edition together gives nobody away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.language.wording import Wording
from survey.model.event import Breakdown, Pair
from survey.model.items import Answer, SingleChoice
from survey.model.published_table import PublishedTable
from survey.model.response import Response
from survey.model.tally import (
    ALL_OTHERS,
    BETTER_HALF,
    OTHER_HALF,
    breakdown_grouping,
    pair_grouping,
)
from survey.reporting.edition_summary import build_summary
from survey.reporting.publication_log import (
    earlier_key,
    put_on_record,
    tables_of_summary,
)
from survey.statistics.disclosure_audit import atoms_of, audit
from survey.statistics.tallying import tally_responses
from survey.storage import published_groups
from survey.storage.connection import open_connection
from tests.model.congress import CONGRESS, FIVE, FORMAT, OVERALL
from tests.reporting.counted import counted as counted_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.installation import Installation


NOW = datetime(2020, 10, 1, 8, tzinfo=UTC)
KEY = earlier_key("1" * 16, "kommunalkongress", date(2017, 5, 4))
CONTENT = replace(OVERALL, code="content")
SIZE = SingleChoice(code="size", wording=Wording("Wie groß?"), choices=FORMAT.choices)
SPLIT = replace(
    CONGRESS,
    questionnaire=replace(
        CONGRESS.questionnaire,
        sections=(
            replace(
                CONGRESS.questionnaire.sections[0], items=(OVERALL, CONTENT, SIZE), for_each=()
            ),
        ),
    ),
    breakdown=Breakdown("size"),
    pairs=(Pair("content", "overall"), Pair("size", "overall"), Pair("overall", "content")),
)
GRADES = tuple(choice.code for choice in FIVE)
said = st.fixed_dictionaries(
    {
        "overall": st.sampled_from([*GRADES, ""]),
        "content": st.sampled_from([*GRADES, ""]),
        "size": st.sampled_from([*(c.code for c in SIZE.choices), ""]),
    }
)
populations = st.lists(st.tuples(st.integers(1, 25), said), min_size=1, max_size=9).map(
    lambda drawn: [one for number, one in drawn for _ in range(number)]
)


def belongs(person: dict[str, str], one: PublishedTable) -> bool:
    """Whether the person's answer is in the table."""
    if not person[one.item]:
        return False
    if not one.grouping:
        return True
    if one.grouping.startswith("breakdown:"):
        return one.grouping == breakdown_grouping(person["size"])
    _, by, value = one.grouping.split(":")
    if person[by] in OVERALL.positive:
        return value in {person[by], BETTER_HALF}
    return value == ALL_OTHERS or (bool(person[by]) and value in {person[by], OTHER_HALF})


def given_away(people: Iterable[dict[str, str]], tables: Iterable[PublishedTable]) -> list[object]:
    """Whom somebody finds in the tables who knows of everybody in which groups they are."""
    told = list(tables)
    found: list[object] = []
    for item in {one.item for one in told}:
        named = {one.grouping: one for one in told if one.item == item}
        atoms = atoms_of(
            {name for name, one in named.items() if belongs(person, one)} for person in people
        )
        found += audit(named, atoms)
    return found


def test_every_split_that_was_wished_for_would_give_people_away() -> None:
    people = [{"overall": "5", "content": "54"[n % 2], "size": "online"} for n in range(20)]
    people += [{"overall": "4", "content": "2", "size": "on_site"} for _ in range(3)]
    everything = [
        PublishedTable("", grouping, "content", 1)
        for grouping in ("", breakdown_grouping("online"), pair_grouping("overall", "4"))
    ]

    assert given_away(people, everything)
    assert not given_away(people, shown_of(people))


def shown_of(people: list[dict[str, str]]) -> tuple[PublishedTable, ...]:
    """All tables of the report on them."""
    responses = [
        Response({code: Answer((value,)) for code, value in person.items() if value})
        for person in people
    ]
    tallied = tally_responses(SPLIT, responses)
    record = counted_record(SPLIT, invited=len(people) + 20, answered=len(people))
    return tables_of_summary(build_summary(record, tallied.rows, {}, {}))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(populations, st.data())
@pytest.mark.proves("U42")
def test_no_sequence_of_publications_gives_anybody_away(
    inst: Installation, people: list[dict[str, str]], data: st.DataObject
) -> None:
    tables = shown_of(people)
    connection = open_connection(inst.settings.database)
    connection.execute("BEGIN")

    for _ in range(3):
        chosen = data.draw(st.sets(st.sampled_from(tables))) if tables else set()
        put_on_record(connection, KEY, chosen, at=NOW)

    published = [t for entry in published_groups.of_edition(connection, KEY) for t in entry]
    connection.execute("ROLLBACK")
    connection.close()
    assert set(published) <= set(tables)
    assert given_away(people, published) == []
