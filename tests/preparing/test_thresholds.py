"""What an organisation has raised once binds its new editions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.errors import NotAllowed
from survey.housekeeping import change_profile, profile_of
from survey.model.workplace import MAIN_ORGANISATION
from survey.preparing import change_edition, create_edition, find_edition
from tests.events import congress

if TYPE_CHECKING:
    from survey.installation import Installation


def demand(inst: Installation, *, results: int, cells: int) -> None:
    change_profile(
        inst,
        MAIN_ORGANISATION,
        lambda p: replace(p, disclosure_threshold=results, cell_threshold=cells),
        revision=profile_of(inst, MAIN_ORGANISATION).revision,
    )


def test_a_new_edition_keeps_to_the_raised_thresholds(inst: Installation) -> None:
    demand(inst, results=6, cells=12)

    with pytest.raises(NotAllowed, match="Mindestzahl von 6 statt 5"):
        create_edition(inst, replace(congress(), cell_threshold=12))
    with pytest.raises(NotAllowed, match="Mindestzahl von 12 statt 10"):
        create_edition(inst, replace(congress(), disclosure_threshold=6))
    made = create_edition(inst, replace(congress(), disclosure_threshold=6, cell_threshold=15))
    assert made.edition.cell_threshold == 15


def test_an_edition_from_before_stays_as_it_is_but_goes_no_lower(inst: Installation) -> None:
    create_edition(inst, replace(congress(), cell_threshold=12))
    demand(inst, results=5, cells=20)

    changed = change_edition(inst, "kk2020", replace(congress(), cell_threshold=12, title="Neu"))
    with pytest.raises(NotAllowed, match="Mindestzahl von 20 statt 11"):
        change_edition(inst, "kk2020", replace(congress(), cell_threshold=11, title="Neu"))

    assert changed == ("title",)
    assert find_edition(inst, "kk2020").edition.cell_threshold == 12


def test_other_organisations_are_not_bound(inst: Installation) -> None:
    demand(inst, results=6, cells=12)
    inst.database.write(
        lambda c: c.execute("INSERT INTO organisation (id, name) VALUES ('fern', 'Fern')")
    )

    made = create_edition(inst, congress(), owner="fern")

    assert made.edition.disclosure_threshold == 5
