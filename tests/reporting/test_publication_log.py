"""What leaves the house is on record, and everything on record together gives nobody away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from survey.comparing.comparison import compare
from survey.comparing.series import find_series
from survey.counting import count_edition
from survey.earlier.editions import delete_earlier
from survey.earlier.importing import import_earlier, plan_import
from survey.errors import NotAllowed
from survey.model.earlier import EarlierEdition, EarlierQuestion
from survey.model.event import EditionFormat
from survey.model.foreign_survey import EarlierFacts, HeldSurvey, TheirSurvey
from survey.model.items import ANSWERED, NO_ANSWER
from survey.model.published_table import PublishedTable
from survey.model.tally import (
    breakdown_grouping,
)
from survey.reporting.publication_log import (
    earlier_findings,
    earlier_key,
    exposures,
    put_on_record,
    require_published,
    tables_of_earlier,
    tables_of_summary,
)
from survey.reporting.publish import publish
from survey.reporting.published import published_summary
from survey.storage import published_groups
from survey.storage.connection import migrate, open_connection
from tests.counting.ballots import be_silent, close, people_answer
from tests.earlier.example import earlier_congress, store_earlier, with_overall
from tests.model.congress import OVERALL

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock

NOW = datetime(2020, 10, 1, 8, tzinfo=UTC)
KEY = earlier_key("1" * 16, "kommunalkongress", date(2017, 5, 4))


@pytest.fixture
def counted(inst: Installation, open_congress: EditionRecord, clock: StoppedClock) -> EditionRecord:
    people_answer(inst, open_congress, 24)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    return open_congress


def table(n: int, *counts: int) -> PublishedTable:
    return PublishedTable("", "", "overall", n, tuple(sorted(counts)))


def put(inst: Installation, *tables: PublishedTable) -> None:
    inst.database.write(lambda connection: put_on_record(connection, KEY, tables, at=NOW))


def on_record(inst: Installation, key: str = KEY) -> list[PublishedTable]:
    entries = published_groups.of_edition(inst.database.read(), key)
    return [one for entry in entries for one in entry]


def test_a_table_is_put_on_record_once(inst: Installation) -> None:
    put(inst, table(14, 4, 10))
    put(inst, table(14, 4, 10))

    assert on_record(inst) == [table(14, 4, 10)]
    require_published(inst.database.read(), KEY, [table(14, 4, 10)])


@pytest.mark.parametrize(
    "unheard",
    [
        table(15, 5, 10),
        table(14, 5, 9),
        replace(table(14, 4, 10), item="content"),
        replace(table(14, 4, 10), session="ws01"),
        replace(table(14, 4, 10), grouping=breakdown_grouping("small")),
    ],
    ids=["other people", "other numbers", "another question", "a session", "a group"],
)
def test_what_is_not_on_record_leaves_on_no_surface(
    inst: Installation, unheard: PublishedTable
) -> None:
    put(inst, table(14, 4, 10))

    with pytest.raises(NotAllowed):
        require_published(inst.database.read(), KEY, [table(14, 4, 10), unheard])


def test_an_import_repeated_with_one_answer_more_is_refused_as_a_whole(inst: Installation) -> None:
    put(inst, table(14, 4, 10))
    more = (table(15, 4, 11), replace(table(20, 8, 12), item="content"))

    assert [e.people for e in exposures(inst.database.read(), KEY, more)] == [1]
    with pytest.raises(NotAllowed) as refused:
        put(inst, *more)

    assert "overall" in str(refused.value)
    assert on_record(inst) == [table(14, 4, 10)]


@pytest.mark.parametrize(
    "again",
    [table(14, 10, 4), table(14, 1, 3, 10), table(24, 8, 16)],
    ids=["answers under other names", "an answer divided", "ten more"],
)
def test_an_import_may_be_mended_where_that_tells_of_nobody(
    inst: Installation, again: PublishedTable
) -> None:
    put(inst, table(14, 4, 10))

    put(inst, again)

    require_published(inst.database.read(), KEY, [table(14, 4, 10), again])


def test_a_leak_in_another_question_holds_nothing_up(inst: Installation) -> None:
    old = replace(table(3, 1, 2), item="content")
    inst.database.write(lambda c: published_groups.insert(c, KEY, [old], at=NOW))

    put(inst, table(14, 4, 10))

    assert on_record(inst) == [old, table(14, 4, 10)]


def earlier(*counts: tuple[str, int], population: int | None = 40) -> EarlierEdition:
    question = EarlierQuestion(
        OVERALL,
        "Wie war's?",
        is_worded_alike=False,
        has_same_scale=True,
        is_of_everybody=True,
        counts=counts,
        population=population,
    )
    return EarlierEdition(
        "2" * 16,
        "kommunalkongress",
        "Kongress 2017",
        EditionFormat.ON_SITE,
        date(2017, 5, 4),
        "LimeSurvey",
        40,
        20,
        (question,),
    )


@pytest.mark.parametrize(
    ("counts", "population", "suppressed"),
    [
        ((("5", 3), ("4", 1), (ANSWERED, 4)), 40, "few"),
        ((("5", 3), ("4", 2), (ANSWERED, 5)), 9, "few"),
        ((("5", 20), (ANSWERED, 20)), None, "everyone"),
        ((("5", 12), ("4", 8), (ANSWERED, 20), (NO_ANSWER, 2)), None, None),
    ],
)
def test_editions_from_elsewhere_keep_the_same_law(
    counts: tuple[tuple[str, int], ...], population: int | None, suppressed: str | None
) -> None:
    edition = earlier(*counts, population=population)

    ((_, found),) = earlier_findings(edition)

    assert found.suppressed == suppressed
    expected = {"everyone": [table(20, 20)], "few": []}
    full = [table(20, 12, 8, 0, 0, 0, 2, 0)]
    assert list(tables_of_earlier(edition)) == expected.get(suppressed or "", full)


def test_one_who_comes_to_many_of_one_mind_is_not_told_apart(inst: Installation) -> None:
    alike = earlier(("5", 20), (ANSWERED, 20), population=None)
    and_one = earlier(("5", 20), ("1", 1), (ANSWERED, 21), population=None)
    put(inst, *tables_of_earlier(alike))

    with pytest.raises(NotAllowed):
        put(inst, *tables_of_earlier(and_one))

    put(inst, *tables_of_earlier(earlier(*alike.questions[0].counts, population=60)))


def test_an_edition_from_elsewhere_comes_again_only_with_the_same_people(
    inst: Installation, counted: EditionRecord
) -> None:
    def import_it(edition: EarlierEdition) -> EarlierEdition:
        series = find_series(inst, counted.owner, counted.edition.series)
        return import_earlier(inst, series, edition)

    first = earlier_congress()
    one_more = with_overall(first, 14, 24, 12, 6, 3)
    made = import_it(first)
    delete_earlier(inst, counted.owner, made)

    with pytest.raises(NotAllowed) as refused:
        import_it(one_more)
    again = import_it(first)

    assert "Wie war der Kongress?" in str(refused.value)
    series = find_series(inst, counted.owner, counted.edition.series)
    assert [e.name for e in compare(inst, series).editions] == [again.name, counted.name]


def test_another_day_of_the_same_week_is_no_way_round_the_record(
    inst: Installation, counted: EditionRecord
) -> None:
    def import_it(edition: EarlierEdition) -> EarlierEdition:
        series = find_series(inst, counted.owner, counted.edition.series)
        return import_earlier(inst, series, edition)

    first = earlier_congress()
    one_more = with_overall(first, 14, 24, 12, 6, 3)
    moved, later = (first.starts + timedelta(days=days) for days in (1, 7))
    delete_earlier(inst, counted.owner, import_it(first))

    with pytest.raises(NotAllowed):
        import_it(replace(one_more, starts=moved))
    import_it(replace(first, starts=moved))

    import_it(replace(one_more, starts=later))


def test_two_events_of_a_week_stand_side_by_side(
    inst: Installation, counted: EditionRecord
) -> None:
    series = find_series(inst, counted.owner, counted.edition.series)
    first = earlier_congress()
    import_earlier(inst, series, first)

    second = with_overall(replace(first, starts=first.starts + timedelta(days=2)), 14, 24, 12, 6, 3)

    assert import_earlier(inst, series, second).starts == second.starts


def test_an_edition_from_elsewhere_that_is_not_on_record_is_not_compared(
    inst: Installation, counted: EditionRecord
) -> None:
    store_earlier(inst, earlier_congress())

    with pytest.raises(NotAllowed):
        compare(inst, find_series(inst, counted.owner, counted.edition.series))


def test_what_was_counted_here_does_not_come_again_from_elsewhere(
    inst: Installation, counted: EditionRecord
) -> None:
    series = find_series(inst, counted.owner, counted.edition.series)
    day = counted.edition.starts

    def problems(starts: date) -> list[str]:
        facts = EarlierFacts("Mit Papier", starts.isoformat(), "online", "Archiv", None, None)
        held = HeldSurvey(TheirSurvey("liste.csv", (), 0, 0, ()), (), facts)
        return [found.place for found in plan_import(inst, series, held).fact_problems]

    assert problems(day - timedelta(days=1)) == []
    assert problems(day) == ["starts"]
    assert problems(counted.edition.ends) == ["starts"]
    assert problems(counted.edition.ends + timedelta(days=1)) == []


def test_the_key_of_an_edition_from_elsewhere_outlives_its_deletion() -> None:
    again = replace(earlier(), id="3" * 16, title="Anders", source="anderswo")

    keys = {earlier_key("1" * 16, e.series, e.starts) for e in (earlier(), again)}

    assert keys == {KEY}


def test_the_count_puts_on_record_what_it_shows(inst: Installation, counted: EditionRecord) -> None:
    found = published_summary(inst, "kk2020")

    assert on_record(inst, counted.id) == sorted(tables_of_summary(found))


def test_a_summary_that_shows_more_than_is_on_record_is_refused(
    inst: Installation, counted: EditionRecord
) -> None:
    published_summary(inst, "kk2020")
    inst.database.write(
        lambda connection: connection.execute(
            "DELETE FROM published_group WHERE edition = :edition AND session = 'ws01'",
            {"edition": counted.id},
        )
    )

    with pytest.raises(NotAllowed) as refused:
        published_summary(inst, "kk2020")

    assert "ws01.rating" in str(refused.value)


def test_what_was_published_before_there_was_a_log_stays_published(
    inst: Installation, counted: EditionRecord
) -> None:
    before = publish(inst, "kk2020")
    connection = open_connection(inst.settings.database)
    connection.execute("DROP TABLE published_group")
    connection.execute("DELETE FROM migration WHERE name = '0016_published_groups.sql'")
    connection.close()

    applied = migrate(inst.settings.database)

    assert applied == ("0016_published_groups.sql",)
    assert published_summary(inst, "kk2020") == before
    assert publish(inst, "kk2020") == before
    shown = {one.group for one in tables_of_summary(before)}
    assert {one.group for one in on_record(inst, counted.id)} >= shown
    assert all(one.counts == () for one in on_record(inst, counted.id))
