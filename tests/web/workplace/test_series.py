"""The list of series: where comparing and planning begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.earlier.example import earlier_congress, store_earlier
from tests.events import congress
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.workplace import Workplace


def test_a_planner_finds_each_series_with_its_editions(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())

    page = workplace.paul.get("/arbeit/reihen")

    assert page.status == 200
    assert congress().series in page.text()


def test_nobody_sees_the_series_of_another_organisation(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())

    page = workplace.frieda.get("/arbeit/reihen")

    assert congress().series not in page.text()


def test_the_list_says_how_many_editions_come_from_other_tools(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    alone = workplace.paul.get("/arbeit/reihen").text()
    store_earlier(inst, earlier_congress())

    together = workplace.paul.get("/arbeit/reihen").text()

    assert "aus anderen Werkzeugen" not in alone
    assert "aus anderen Werkzeugen: 1" in together
