"""A new edition from an earlier one: what comes along, and what is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from survey.model.copying import (
    Beginning,
    copied_edition,
    proposed_beginning,
    proposed_years,
    same_weekday,
    with_gaps_filled,
)
from survey.model.event import EditionFormat, NextEdition
from survey.model.profile import Profile
from survey.model.programme import Programme
from tests.events import congress, network_call

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        (date(2020, 9, 11), 2021, date(2021, 9, 10)),
        (date(2020, 9, 11), 2022, date(2022, 9, 9)),
        (date(2020, 9, 11), 2023, date(2023, 9, 8)),
        (date(2020, 9, 11), 2024, date(2024, 9, 13)),
        (date(2020, 2, 29), 2021, date(2021, 2, 27)),
        (date(2020, 1, 1), 2025, date(2025, 1, 1)),
        (date(2020, 1, 1), 2024, date(2024, 1, 3)),
        (date(2020, 1, 3), 2022, date(2021, 12, 31)),
    ],
    ids=str,
)
def test_the_same_weekday_next_to_the_anniversary(day: date, year: int, expected: date) -> None:
    assert same_weekday(day, year) == expected
    assert expected.weekday() == day.weekday()


def test_a_congress_of_a_friday_becomes_a_friday_with_the_same_time_to_answer() -> None:
    proposed = proposed_beginning(congress(), today=date(2022, 1, 10), zone=BERLIN)

    assert proposed == Beginning(
        name="kk2022",
        title="Kommunalkongress 2022",
        format=EditionFormat.ONLINE,
        starts=date(2022, 9, 9),
        ends=date(2022, 9, 9),
        deadline=datetime(2022, 9, 26, 18, tzinfo=BERLIN),
    )


def test_the_time_of_day_of_the_deadline_stays_though_clocks_change() -> None:
    source = replace(
        congress(),
        starts=date(2020, 10, 20),
        ends=date(2020, 10, 21),
        deadline=datetime(2020, 10, 24, 16, tzinfo=UTC),
    )

    proposed = proposed_beginning(source, today=date(2023, 1, 1), zone=BERLIN, year=2024)

    assert (proposed.starts, proposed.ends) == (date(2024, 10, 22), date(2024, 10, 23))
    assert proposed.deadline == datetime(2024, 10, 26, 16, tzinfo=UTC)


def test_a_series_that_meets_often_goes_on_in_its_own_distance() -> None:
    proposed = proposed_beginning(
        network_call(),
        today=date(2020, 9, 14),
        zone=BERLIN,
        series=[date(2020, 7, 1), date(2020, 9, 9)],
    )

    assert proposed.starts == date(2020, 11, 18)
    assert proposed.title == "Dritte Videokonferenz IKONE DS"
    assert proposed.name == "ikone3"


def test_an_announced_date_is_proposed_with_its_title() -> None:
    coming = NextEdition(
        "Dritte Konferenz: Strukturen",
        datetime(2020, 11, 18, 9, tzinfo=UTC),
        datetime(2020, 11, 18, 11, tzinfo=UTC),
    )
    source = replace(network_call(), next_edition=coming)

    proposed = proposed_beginning(source, today=date(2020, 9, 14), zone=BERLIN)
    later = proposed_beginning(source, today=date(2021, 9, 14), zone=BERLIN)

    assert (proposed.starts, proposed.title) == (date(2020, 11, 18), coming.title)
    assert later.title == "Dritte Videokonferenz IKONE DS"


def test_years_are_offered_where_a_series_is_held_once_a_year() -> None:
    assert proposed_years(congress(), today=date(2021, 12, 1)) == (2022, 2023, 2024)
    assert proposed_years(network_call(), today=date(2021, 12, 1)) == ()


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("kk2020", (), "kk2022"),
        ("kk2020", ("kk2022",), "kk2022-2"),
        ("kk2020", ("kk2022", "kk2022-2"), "kk2022-3"),
        ("kk20", (), "kk22"),
        ("treffen-1", (), "treffen-2"),
        ("kongress", (), "kongress-2022"),
    ],
)
def test_a_free_short_name_is_proposed(name: str, taken: tuple[str, ...], expected: str) -> None:
    source = congress(name)

    proposed = proposed_beginning(source, today=date(2022, 1, 1), zone=BERLIN, taken=taken)

    assert proposed.name == expected


def test_what_happened_does_not_come_along_and_codes_stay() -> None:
    keynote = replace(congress().programme.session("keynote"), recording="https://video.example/1")
    cancelled = replace(congress().programme.session("ws01"), is_cancelled=True)
    source = replace(
        congress(),
        programme=Programme((keynote, cancelled), congress().programme.rounds, 1),
        next_edition=NextEdition(
            "x", datetime(2021, 1, 1, tzinfo=UTC), datetime(2021, 1, 2, tzinfo=UTC)
        ),
        box_size=4096,
    )
    beginning = proposed_beginning(source, today=date(2022, 1, 10), zone=BERLIN)

    copy = copied_edition(source, beginning)

    assert [(s.code, s.recording, s.is_cancelled, s.speakers) for s in copy.programme.sessions] == [
        ("keynote", None, False, ("Prof. Dr. Karla König",)),
        ("ws01", None, False, ()),
    ]
    assert (copy.next_edition, copy.box_size) == (None, 0)
    assert copy.questionnaire == source.questionnaire
    assert (copy.series, copy.breakdown, copy.pairs) == (
        source.series,
        source.breakdown,
        source.pairs,
    )


def test_the_organisation_fills_gaps_only_and_demands_its_least() -> None:
    profile = Profile(
        "main",
        "Stadt",
        sender="neu@stadt.example",
        contact_name="Servicestelle",
        processors="Rechenzentrum",
        disclosure_threshold=8,
        cell_threshold=12,
    )

    filled = with_gaps_filled(congress(), profile)

    assert (filled.sender, filled.contact_name) == ("kongress@example.org", "Frau Fröhlich")
    assert filled.processors == "Rechenzentrum"
    assert (filled.disclosure_threshold, filled.cell_threshold) == (8, 12)
