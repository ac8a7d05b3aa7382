"""Dates and numbers are written as the Unicode locales have it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal

from survey.language.calendar_words import ENGLISH, GERMAN, CalendarWords

MOMENTS = [
    datetime(2019, 1, 1, 0, 5, tzinfo=UTC) + timedelta(days=9 * n, minutes=37 * n)
    for n in range(90)
]
NUMBERS = (
    0,
    1,
    -1,
    999,
    1000,
    1_234_567,
    -12_345,
    0.5,
    1.2345,
    1.0005,
    0.0015,
    1234.5,
    99.9999,
    12.0,
)

both = pytest.mark.parametrize(("words", "locale"), [(GERMAN, "de_DE"), (ENGLISH, "en_GB")])


@both
def test_dates_and_times_are_those_of_the_locale(words: CalendarWords, locale: str) -> None:
    said = [(words.day(m), words.weekday(m), words.time(m), words.stamp(m)) for m in MOMENTS]

    assert said == [
        (
            format_date(m, "long", locale=locale),
            format_date(m, "full", locale=locale),
            format_time(m, "short", locale=locale),
            format_datetime(m, "short", tzinfo=UTC, locale=locale),
        )
        for m in MOMENTS
    ]


@both
def test_numbers_are_those_of_the_locale(words: CalendarWords, locale: str) -> None:
    assert [words.number(n) for n in NUMBERS] == [format_decimal(n, locale=locale) for n in NUMBERS]
