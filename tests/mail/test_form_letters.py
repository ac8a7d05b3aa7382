"""A letter that is filled in is, byte for byte, the letter that is composed."""

from __future__ import annotations

from dataclasses import replace
from email.errors import MessageError
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.mail.compose import compose
from survey.mail.form_letters import (
    MOST_FORMS,
    FormLetters,
    _broken,
    _encoded,
    _filled,
    _form,
    _quoted,
    _to,
    _to_as_composed,
)
from survey.model.invitation import Campaign
from survey.model.mail_words import OwnWords
from tests.mail.letters import LETTER, letter

if TYPE_CHECKING:
    from collections.abc import Callable

FILLED_IN = [
    Campaign.INVITATION,
    Campaign.REMINDER_1,
    Campaign.REMINDER_2,
    Campaign.LINK_REQUEST,
    Campaign.RESULTS,
]
OTHER = {
    "name": "Björn O’Neill-<b>Groß</b> & Söhne, Amt für Öffentlichkeitsarbeit und Kultur",
    "address": "b.o'neill@gemeinde-süd.example",
    "opt_out_link": "https://feedback.example.org/abmelden/kk2020.ffff.other",
    "message_id": "<ffffffffffffffff@example.org>",
}


@pytest.mark.parametrize("language", ["de", "easy", "en"])
@pytest.mark.parametrize("campaign", FILLED_IN)
def test_every_mail_without_a_file_is_filled_in_as_it_is_composed(
    campaign: Campaign, language: str
) -> None:
    first = letter(campaign, language=language)
    form = _form(first)
    assert form is not None

    for one in (first, replace(first, **OTHER)):  # type: ignore[arg-type]
        assert _filled(form, one) == compose(one)


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1, max_size=120))
def test_any_name_is_filled_in_as_it_is_composed(name: str) -> None:
    letters = FormLetters()
    letters.compose(LETTER)
    one = replace(LETTER, name=name)

    assert letters.compose(one) == compose(one)


@settings(max_examples=200, deadline=None)
@given(
    name=st.lists(st.text("abZ9äß-éŁ木", min_size=1, max_size=12), max_size=5).map(" ".join),
    local=st.text("ab.-_'", min_size=1, max_size=20),
)
def test_names_in_any_letters_stand_in_the_header_as_they_are_composed(
    name: str, local: str
) -> None:
    address = f"a{local}b@example.org"

    def attempt(made_by: Callable[[str, str], bytes]) -> object:
        try:
            return made_by(name, address)
        except (ValueError, MessageError) as error:
            return type(error)

    assert attempt(_to) == attempt(_to_as_composed)


@pytest.mark.parametrize(
    "name",
    ["Jörg Müller", "Anna von Müller", "Jörg A Müller", "Jörg2 Ä", "ÄÖÜß", "A-B Ä-C D-E", "9 Ä"],
)
def test_a_name_with_umlauts_is_filled_in_as_it_is_composed(name: str) -> None:
    letters = FormLetters()
    letters.compose(LETTER)
    one = replace(LETTER, name=name)

    assert letters.compose(one) == compose(one)


@pytest.mark.parametrize("filling", ["a", "=", "ä", "a=", "aä", "a=ä"])
def test_a_line_is_broken_where_the_standard_library_breaks_it(filling: str) -> None:
    lines = [filling * times + "x" * rest for times in range(90) for rest in range(4)][1:]

    broken = [_broken(_quoted(line)) for line in lines]

    assert broken == [_encoded(line).decode() for line in lines]


@pytest.mark.parametrize("name", ["", " \n "])
def test_a_person_without_a_name_has_a_form_of_their_own(name: str) -> None:
    letters = FormLetters()
    one = replace(LETTER, name=name)

    assert [letters.compose(LETTER), letters.compose(one), letters.compose(one)] == [
        compose(LETTER),
        compose(one),
        compose(one),
    ]


@pytest.mark.parametrize(
    "one",
    [
        letter(Campaign.THANKS),
        replace(LETTER, own_words=OwnWords("{anrede} Ihre Meinung zählt", "Text")),
    ],
    ids=["calendar file", "name in the subject"],
)
def test_what_has_no_form_is_composed(one: object) -> None:
    letters = FormLetters()

    assert [letters.compose(one) for _ in range(2)] == [compose(one)] * 2  # type: ignore[arg-type]


def test_an_edition_that_has_changed_is_written_anew() -> None:
    letters = FormLetters()
    letters.compose(LETTER)
    changed = replace(LETTER, edition=replace(LETTER.edition, title="Anderer Titel"))

    assert letters.compose(changed) == compose(changed)


def test_a_line_break_in_a_form_s_value_is_refused_as_ever() -> None:
    letters = FormLetters()
    letters.compose(LETTER)

    with pytest.raises(ValueError, match="line"):
        letters.compose(replace(LETTER, message_id="<a@b>\r\nBcc: x@example.org"))


def test_forms_do_not_pile_up() -> None:
    letters = FormLetters()

    for minutes in range(MOST_FORMS + 3):
        letters.compose(replace(LETTER, minutes=minutes))

    assert len(letters._forms) <= MOST_FORMS
