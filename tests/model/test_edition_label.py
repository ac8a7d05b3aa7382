"""Editions in sentences: nobody says "better than 18.11.2020"."""

from __future__ import annotations

import pytest

from survey.language.wording import Wording
from survey.model.edition_label import in_the_dative, when_it_was


@pytest.mark.parametrize(
    ("label", "when", "with_whom"),
    [
        ("2019", Wording("2019", en="in 2019"), Wording("2019")),
        (
            "18.11.2020",
            Wording("am 18.11.2020", en="on 18.11.2020"),
            Wording("dem 18.11.2020", en="18.11.2020"),
        ),
        (
            "18.11.2020 (Tagung)",
            Wording("am 18.11.2020 (Tagung)", en="on 18.11.2020 (Tagung)"),
            Wording("dem 18.11.2020 (Tagung)", en="18.11.2020 (Tagung)"),
        ),
        ("Tagung 2019", Wording("Tagung 2019"), Wording("Tagung 2019")),
    ],
)
def test_a_year_stands_by_itself_and_a_day_has_its_word(
    label: str, when: Wording, with_whom: Wording
) -> None:
    assert (when_it_was(label), in_the_dative(label)) == (when, with_whom)
