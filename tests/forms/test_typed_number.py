from __future__ import annotations

import pytest

from forms.day_fields import read_day
from forms.setting_forms import LimitsForm
from forms.typed_number import typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("014", 14),
        ("999999999", 999_999_999),
        ("", None),
        ("-1", None),
        ("²", None),
        ("٣", None),
        ("1000000000", None),
        ("9" * 5000, None),
    ],
)
def test_a_number_is_at_most_nine_digits(text: str, number: int | None) -> None:
    assert typed_number(text) == number


def test_a_year_of_thousands_of_digits_is_no_day() -> None:
    assert read_day("1", "1", "9" * 5000) is None


def test_figures_behind_the_ninth_hide_no_larger_number() -> None:
    typed = {"retention_days": ("0000000140000",)}
    form = LimitsForm.typed(typed, disclosure_threshold="5", cell_threshold="10")

    assert not form.validate()
    assert set(form.errors) == {"retention_days"}
