"""Editions from elsewhere are kept with their series, and are found and deleted by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.comparing.series import find_series
from survey.earlier.editions import delete_earlier, find_earlier, of_series
from survey.errors import NotFound
from survey.model.workplace import MAIN_ORGANISATION, Organisation
from survey.storage import organisations
from survey.storage.deeds import all_deeds
from survey.storage.edition_text import item_from_text, item_to_text
from tests.earlier.example import EARLIER_ID, earlier_congress, store_earlier
from tests.events import congress
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation

SERIES = congress().series


def test_an_edition_from_elsewhere_is_kept_without_loss(inst: Installation) -> None:
    stored = store_earlier(inst, earlier_congress())

    assert of_series(inst, MAIN_ORGANISATION, SERIES) == (stored,)


def test_it_stands_in_its_series(inst: Installation) -> None:
    store_edition(inst, congress())
    stored = store_earlier(inst, earlier_congress())

    series = find_series(inst, MAIN_ORGANISATION, SERIES)

    assert series.earlier == (stored,)


def test_a_series_that_only_has_earlier_editions_is_a_series(inst: Installation) -> None:
    store_earlier(inst, earlier_congress())

    series = find_series(inst, MAIN_ORGANISATION, SERIES)

    assert (series.records, len(series.earlier)) == ((), 1)


def test_another_organisation_does_not_find_it(inst: Installation) -> None:
    inst.database.write(lambda c: organisations.insert(c, Organisation("fern", "Stadt Fern")))
    store_earlier(inst, earlier_congress())

    assert of_series(inst, "fern", SERIES) == ()
    with pytest.raises(NotFound):
        find_earlier(inst, "fern", SERIES, EARLIER_ID)


def test_it_is_deleted_once_and_the_deed_is_told(inst: Installation) -> None:
    stored = store_earlier(inst, earlier_congress())

    delete_earlier(inst, MAIN_ORGANISATION, stored)

    assert of_series(inst, MAIN_ORGANISATION, SERIES) == ()
    connection = inst.database.read()
    for table in ("earlier_question", "earlier_count"):
        assert connection.execute(f"SELECT COUNT(*) AS n FROM {table}").fetchone()["n"] == 0  # noqa: S608
    assert [deed.deed for deed in all_deeds(connection)][-1] == "earlier edition deleted"
    with pytest.raises(NotFound):
        delete_earlier(inst, MAIN_ORGANISATION, stored)


@pytest.mark.parametrize(
    "item",
    [item for section in congress().questionnaire.sections for item in section.items],
    ids=lambda item: item.code,
)
def test_every_kind_of_question_comes_back_as_it_was(item: object) -> None:
    text = item_to_text(item)  # type: ignore[arg-type]

    assert item_from_text(text) == item
