"""Days and moments as people type them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from forms.day_fields import DayField, MomentField, read_day, read_time
from forms.workplace_form import Complaint, WorkplaceForm
from survey.errors import problem

MISSING, WRONG = problem("missing"), problem("wrong")


class Dates(WorkplaceForm):
    day = DayField("Day", missing=MISSING, wrong=WRONG)
    moment = MomentField("Moment", wrong=WRONG)


def typed(**fields: str) -> Any:
    return Dates.typed({name.replace("_", "-"): (value,) for name, value in fields.items()})


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("11", "9", "2026"), date(2026, 9, 11)),
        (("01", "02", "20"), date(2020, 2, 1)),
        (("29", "2", "2024"), date(2024, 2, 29)),
        (("29", "2", "2023"), None),
        (("0", "1", "2023"), None),
        (("1", "13", "2023"), None),
        (("1", "1", "10000"), None),
        (("1", "1", "²"), None),
        (("1.", "1", "2020"), None),
        (("", "1", "2020"), None),
        (("-1", "1", "2020"), None),
    ],
)
def test_a_day_is_three_numbers_that_exist(
    parts: tuple[str, str, str], expected: date | None
) -> None:
    assert read_day(*parts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00", time(18)),
        ("9.05", time(9, 5)),
        ("18", time(18)),
        ("18 Uhr", time(18)),
        ("18:30 uhr", time(18, 30)),
        ("0:00", time(0)),
        ("24:00", None),
        ("18:60", None),
        ("18:0", None),
        ("abends", None),
        ("", None),
    ],
)
def test_a_time_of_day_is_read_as_it_is_written(text: str, expected: time | None) -> None:
    assert read_time(text) == expected


def test_what_was_typed_becomes_a_day_and_a_moment() -> None:
    form = typed(
        day_day="11",
        day_month="9",
        day_year="2026",
        moment_day=" 1 ",
        moment_month="2",
        moment_year="26",
        moment_time="18.15",
    )

    assert form.validate()
    assert (form.day.data, form.moment.data) == (
        date(2026, 9, 11),
        datetime(2026, 2, 1, 18, 15),  # noqa: DTZ001 -- local by agreement
    )


def test_a_missing_day_is_said_at_its_first_input_and_an_empty_moment_may_be() -> None:
    form = typed(day_day="", moment_day="")

    assert not form.validate()
    assert form.complaints() == (Complaint("day-day", MISSING),)
    assert form.moment.data is None


def test_what_is_no_day_is_kept_as_it_was_typed() -> None:
    form = typed(day_day="31", day_month="Feb", day_year="2026", moment_time="18:00")

    assert not form.validate()
    assert [c.problem for c in form.complaints()] == [WRONG, WRONG]
    assert [text for _part, _label, _width, text in form.day.inputs()] == ["31", "Feb", "2026"]
    assert [text for *_others, text in form.moment.inputs()] == ["", "", "", "18:00"]


def test_a_day_that_is_known_stands_in_the_fields() -> None:
    form = Dates(data={"day": date(2026, 9, 1), "moment": datetime(2026, 9, 1, 9, 5)})  # noqa: DTZ001 -- local

    assert form.day.typed == ("1", "9", "2026")
    assert form.moment.typed == ("1", "9", "2026", "09:05")
