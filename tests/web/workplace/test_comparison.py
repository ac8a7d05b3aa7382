"""The comparison of editions as a page, its files, and the topics of sessions."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from exports import sheet_files
from exports.warm_printer import WARM_PRINTER
from survey.comparing.series import find_series
from survey.comparing.topics import add_topic, sorted_sessions, topics_of
from survey.language.wording import Wording
from survey.model.event import EditionFormat
from survey.model.workplace import MAIN_ORGANISATION
from tests.comparing.counted_series import congress_of
from tests.comparing.held import OVERALL, hold

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.workplace import Workplace

HERE = "/arbeit/reihen/kommunalkongress"
TOPICS = f"{HERE}/themen"
PLACES = ("", "/themen", "/herunterladen/vergleich.json")
UNPROCESSABLE = 422
SEE_OTHER = 303


@pytest.fixture
def three(inst: Installation) -> None:
    """Three congresses, the last of them online."""
    for year, overall in OVERALL.items():
        form = EditionFormat.ONLINE if year == 2020 else EditionFormat.ON_SITE
        hold(inst, congress_of(year, form=form), overall)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("language", ["de", "en"])
def test_organisers_and_planners_read_the_comparison(workplace: Workplace, language: str) -> None:
    pages = [
        client.get(f"{HERE}?sprache={language}") for client in (workplace.olga, workplace.paul)
    ]

    assert [page.status for page in pages] == [200, 200]
    assert pages[0].heading == pages[1].heading


@pytest.mark.usefixtures("three")
def test_the_page_says_what_changed_and_what_to_bear_in_mind(workplace: Workplace) -> None:
    text = workplace.paul.get(HERE).text()

    assert "Besser als 2019: 85 % statt 50 % gut oder sehr gut (+35 Punkte" in text
    assert "Das Format war ein anderes: 2019 vor Ort, 2020 online." in text


@pytest.mark.usefixtures("three")
def test_results_lead_to_the_comparison_with_what_came_before_and_to_their_planning_sheet(
    workplace: Workplace,
) -> None:
    results = {
        year: workplace.paul.get(f"/arbeit/ausgaben/kk{year}/ergebnisse")
        for year in (2018, 2019, 2020)
    }

    ways = {
        year: [
            unescape(way) for way in re.findall(r'href="(/arbeit/reihen/[^"]*[?][^"]*)"', page.html)
        ]
        for year, page in results.items()
    }
    assert ways == {
        2018: [f"{HERE}/planung?ausgabe=kk2018"],
        2019: [f"{HERE}?ausgabe=kk2018&ausgabe=kk2019", f"{HERE}/planung?ausgabe=kk2019"],
        2020: [
            f"{HERE}?ausgabe=kk2018&ausgabe=kk2019&ausgabe=kk2020",
            f"{HERE}/planung?ausgabe=kk2020",
        ],
    }
    assert [workplace.paul.get(way).status for found in ways.values() for way in found] == [200] * 5


@pytest.mark.usefixtures("three")
def test_the_planner_chooses_editions_and_base_in_the_address(workplace: Workplace) -> None:
    other = workplace.paul.get(f"{HERE}?basis=kk2018").text()
    two = workplace.paul.get(f"{HERE}?ausgabe=kk2018&ausgabe=kk2019").text()

    assert "Besser als 2018: 85 % statt 60 % gut oder sehr gut" in other
    assert "2019 verglichen mit 2018" in two
    assert "2020: " not in two


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("ausgabe=kk2018", "Vergleichen lassen sich 2 bis 10 Ausgaben"),
        ("ausgabe=kk2019&ausgabe=kk2020&basis=kk2018", "Kreuzen Sie auch die Ausgabe an"),
        ("basis=kk2020", "nicht mit sich selbst"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_the_choice_kept(
    workplace: Workplace, query: str, why: str
) -> None:
    page = workplace.paul.get(f"{HERE}?{query}")

    assert page.status == UNPROCESSABLE
    assert why in page.text()
    ticked = [name for name in OVERALL if f'value="kk{name}" checked' in page.html]
    assert ticked == [name for name in OVERALL if f"ausgabe=kk{name}" in query]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["ausgabe=kk1999&ausgabe=kk2020", "basis=kk1999"])
def test_an_edition_that_is_not_there_is_not_found(workplace: Workplace, query: str) -> None:
    assert workplace.paul.get(f"{HERE}?{query}").status == 404


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("place", PLACES)
def test_a_foreign_organisation_finds_no_comparison(workplace: Workplace, place: str) -> None:
    assert workplace.olga.get(HERE + place).status == 200
    assert workplace.frieda.get(HERE + place).status == 404


def test_one_edition_is_no_comparison_yet(workplace: Workplace, inst: Installation) -> None:
    hold(inst, congress_of(2019), OVERALL[2019])

    page = workplace.paul.get(HERE)

    assert page.status == 200
    assert "Für einen Vergleich braucht es zwei Ausgaben" in page.text()
    assert workplace.paul.get(f"{HERE}/herunterladen/vergleich.json").status == 404


@pytest.mark.usefixtures("three")
def test_files_hold_the_comparison_that_was_chosen(workplace: Workplace) -> None:
    data = json.loads(workplace.paul.get(f"{HERE}/herunterladen/vergleich.json?basis=kk2018").html)
    sheet = workplace.paul.get(f"{HERE}/herunterladen/vergleich-de.xlsx?basis=kk2018")

    assert data["base"] == "kk2018"
    assert sheet.headers["content-disposition"] == 'attachment; filename="kk2020-vergleich.xlsx"'
    assert workplace.paul.get(f"{HERE}/herunterladen/vergleich.csv").status == 404


@pytest.mark.usefixtures("three")
def test_the_report_is_printed_in_both_languages(workplace: Workplace) -> None:
    german, english = (
        workplace.paul.get(f"{HERE}/herunterladen/vergleich-{language}.pdf")
        for language in ("de", "en")
    )

    assert german.html.startswith("%PDF-")
    assert german.headers["content-disposition"] == 'attachment; filename="kk2020-vergleich.pdf"'
    assert english.headers["content-disposition"] == 'attachment; filename="kk2020-comparison.pdf"'


@pytest.mark.usefixtures("three")
def test_a_busy_printer_asks_to_come_back_to_the_same_choice(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{HERE}/herunterladen/vergleich-de.pdf?basis=kk2018"
    monkeypatch.setattr(sheet_files, "_WAIT_SECONDS", 0)
    with WARM_PRINTER.lent(wait_seconds=60):
        page = workplace.paul.get(address)

    assert (page.status, page.headers["retry-after"]) == (503, "20")
    assert f'href="{address}"' in page.html


@pytest.mark.usefixtures("three")
def test_topics_are_renamed_and_deleted_after_a_look_at_what_that_does(
    workplace: Workplace, inst: Installation
) -> None:
    series = find_series(inst, MAIN_ORGANISATION, congress_of(2020).series)
    topic = add_topic(inst, series, Wording("Digitales"))
    add_topic(inst, series, Wording("Dorf"))
    here = f"{TOPICS}/{topic.code}"

    taken = workplace.paul.press(
        workplace.paul.get(here), here, "Themenfeld umbenennen", {"name_de": "Dorf"}
    )
    renamed = workplace.paul.press(
        workplace.paul.get(here), here, "Themenfeld umbenennen", {"name_de": "Digitale Stadt"}
    )
    names = {found.name.de for found in topics_of(inst, series)}
    asked = workplace.paul.get(f"{here}/loeschen")
    gone = workplace.paul.press(asked, f"{here}/loeschen", "Themenfeld löschen")

    assert (taken.status, renamed.status, gone.status) == (UNPROCESSABLE, SEE_OTHER, SEE_OTHER)
    assert names == {"Digitale Stadt", "Dorf"}
    assert "Ergebnisse und Bewertungen bleiben" in asked.text()
    assert {found.name.de for found in topics_of(inst, series)} == {"Dorf"}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("typed", ["", "x" * 81])
def test_a_topic_needs_a_short_name_and_what_was_typed_stays(
    workplace: Workplace, typed: str
) -> None:
    page = workplace.paul.press(
        workplace.paul.get(TOPICS), TOPICS, "Themenfeld anlegen", {"name_de": typed}
    )

    assert page.status == UNPROCESSABLE
    assert f'value="{typed}"' in page.html


@pytest.mark.usefixtures("three")
def test_planners_sort_sessions_by_topic(workplace: Workplace, inst: Installation) -> None:
    series = find_series(inst, MAIN_ORGANISATION, congress_of(2020).series)
    page = workplace.paul.get(TOPICS)
    added = workplace.paul.press(
        page, TOPICS, "Themenfeld anlegen", {"name_de": "Digitales", "name_en": "Digital"}
    )
    code = topics_of(inst, series)[0].code

    sorted_page = workplace.paul.press(
        workplace.paul.get(TOPICS),
        TOPICS,
        "Zuordnung speichern",
        {f"punkt:kk{year}:ws01": code for year in OVERALL},
    )

    assert (added.status, sorted_page.status) == (SEE_OTHER, SEE_OTHER)
    assert [s.edition for s in sorted_sessions(inst, series) if s.topic == code] == [
        f"kk{year}" for year in OVERALL
    ]
    assert "Digitales" in workplace.paul.get(HERE).text()
