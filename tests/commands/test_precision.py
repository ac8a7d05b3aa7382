"""`answers-needed`: which change so many answers would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.events import congress

if TYPE_CHECKING:
    from tests.commands.conftest import Typing

SERIES = congress().series


pytestmark = pytest.mark.usefixtures("furnished")


def test_without_numbers_the_last_turnout_is_taken(run: Typing) -> None:
    told = run("answers-needed", SERIES)

    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[0] == (
        "Verglichen mit Kommunalkongress 2019: 12 Antworten von 15."
    )


def test_it_says_how_many_answers_show_a_change(run: Typing) -> None:
    told = run("answers-needed", SERIES, "--answers", "60", "--of", "400", "--points", "60")

    assert told.exit_code == 0, told.output
    assert "Eine Veränderung um 60 Prozentpunkte wäre ab " in told.stdout
    assert "Für die Einladung: Bei 60 Antworten können wir Unterschiede ab " in told.stdout


def test_where_no_number_would_do_it_says_so(run: Typing) -> None:
    told = run("answers-needed", SERIES, "--answers", "60", "--of", "400", "--points", "5")

    assert (
        "Eine Veränderung um 5 Prozentpunkte wäre mit keiner Zahl von Antworten zu erkennen."
        in told.stdout
    )


def test_more_answers_than_people_are_refused(run: Typing) -> None:
    told = run("answers-needed", SERIES, "--answers", "60", "--of", "40")

    assert (told.exit_code, told.stdout) == (2, "")


def test_an_edition_that_is_not_there_is_refused(run: Typing) -> None:
    assert run("answers-needed", SERIES, "--with", "nothing").exit_code == 1


def test_the_sentences_come_in_english_too(run: Typing) -> None:
    told = run("answers-needed", SERIES, "--language", "en")

    assert told.stdout.splitlines()[0] == ("Compared with Kommunalkongress 2019: 12 answers of 15.")
