"""The planning sheet as files, and how many answers the next edition needs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from exports import planning_files, sheet_files
from exports.warm_printer import WARM_PRINTER
from survey.counting import count_edition
from survey.language.wording import Wording
from survey.model.event import GRACE
from survey.model.planning import Course, PlannedDecision
from survey.planning.decisions import decide
from survey.reporting.kept_files import kept_directory
from survey.web.attachment import SANDBOX
from tests.accessibility.client import HOST
from tests.counting.ballots import be_silent, people_answer
from tests.events import congress, network_call
from tests.people import open_edition, store_edition
from tests.workplace import COUNTED, PAUL, signed_in_client

if TYPE_CHECKING:
    import httpx2

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import AccessibleClient
    from tests.people import StoppedClock
    from tests.workplace import Workplace

SERIES = "/arbeit/reihen/kommunalkongress"
FILES = f"{SERIES}/planung/herunterladen"
HOW_MANY = f"{SERIES}/wie-viele"
LIGHT = [name for name in planning_files.FILES if not name.endswith(".pdf")]


def load(client: AccessibleClient, name: str) -> httpx2.Response:
    return client._client.get(f"{HOST}{FILES}/{name}")


def decided(text: str) -> PlannedDecision:
    return PlannedDecision("next_format", Course.CHANGE, Wording(text), "", None, is_public=False)


@pytest.mark.proves("S18")
@pytest.mark.usefixtures("last_year")
@pytest.mark.parametrize("name", LIGHT)
def test_every_file_is_saved_and_the_same_for_everybody(workplace: Workplace, name: str) -> None:
    reply = load(workplace.paul, name)

    assert reply.status_code == 200
    assert reply.headers["content-disposition"].startswith('attachment; filename="kk2019-')
    assert reply.headers["content-security-policy"] == SANDBOX
    assert reply.content == load(workplace.olga, name).content


@pytest.mark.usefixtures("last_year")
def test_the_data_are_those_of_the_edition_asked_for(workplace: Workplace) -> None:
    told = json.loads(load(workplace.paul, f"planungsblatt.json?ausgabe={COUNTED}").content)

    assert (told["schema"], told["edition"]["name"]) == ("nachklang-planning-sheet/1", COUNTED)


def test_only_the_newest_print_is_kept(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    folder = kept_directory(inst, last_year) / "planung-de"
    first = load(workplace.paul, "planungsblatt-de.pdf")
    again = load(workplace.olga, "planungsblatt-de.pdf")
    before = [kept.name for kept in folder.iterdir()]

    decide(inst, last_year, decided("Wir treffen uns vor Ort."))
    changed = load(workplace.paul, "planungsblatt-de.pdf")

    after = [kept.name for kept in folder.iterdir()]
    assert first.content == again.content
    assert changed.content != first.content
    assert (len(before), len(after), set(before) & set(after)) == (1, 1, set())


@pytest.mark.usefixtures("workplace")
def test_a_sheet_names_the_organisation_of_its_own_edition(
    inst: Installation, clock: StoppedClock, last_year: EditionRecord
) -> None:
    later = open_edition(
        inst,
        store_edition(inst, replace(congress(), name="kk2021", organisation="Die Neue GmbH")),
    )
    people_answer(inst, later, 12)
    clock.set(later.edition.deadline + GRACE)
    count_edition(inst, later.name, by_hand=True, progress=be_silent)
    paul = signed_in_client(inst, PAUL)

    authors = {
        name: authors_of(load(paul, f"planungsblatt-de.pdf?ausgabe={name}"))
        for name in (COUNTED, later.name)
    }

    assert authors == {COUNTED: last_year.edition.organisation, later.name: "Die Neue GmbH"}


def authors_of(reply: httpx2.Response) -> str:
    assert reply.status_code == 200
    with pikepdf.open(BytesIO(reply.content)) as read:
        return str(read.docinfo["/Author"])


@pytest.mark.usefixtures("last_year")
@pytest.mark.parametrize(
    "address",
    [
        f"{FILES}/nothing.pdf",
        f"{FILES}/planungsblatt-fr.pdf",
        f"{FILES}/planungsblatt.json?ausgabe=nothing",
        f"{FILES}/planungsblatt.json?ausgabe=kk2020",
        f"{HOW_MANY}?mit=nothing",
        "/arbeit/reihen/nothing/wie-viele",
    ],
)
def test_what_is_not_there_is_not_found(workplace: Workplace, address: str) -> None:
    assert workplace.olga.get(address).status == 404


@pytest.mark.usefixtures("last_year")
def test_nobody_else_finds_them(workplace: Workplace) -> None:
    addresses = (f"{FILES}/planungsblatt.json", HOW_MANY)

    assert {workplace.frieda.get(address).status for address in addresses} == {404}
    assert {workplace.stranger.get(address).status for address in addresses} == {303}


@pytest.mark.usefixtures("last_year")
def test_a_busy_printer_asks_to_come_back(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_files, "_WAIT_SECONDS", 0.01)

    with WARM_PRINTER.lent(wait_seconds=1):
        page = workplace.paul.get(f"{FILES}/planungsblatt-de.pdf")

    assert (page.status, page.headers["retry-after"]) == (503, "20")
    assert page.heading == "Gerade wird schon gedruckt"


# --- how many answers ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("last_year")
@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_question_the_last_turnout_is_taken(workplace: Workplace, language: str) -> None:
    page = workplace.paul.get(f"{HOW_MANY}?sprache={language}")

    assert page.status == 200
    assert "12 Antworten von 15" in page.text() or "12 answers of 15" in page.text()


@pytest.mark.usefixtures("last_year")
def test_more_answers_show_smaller_changes(workplace: Workplace) -> None:
    pages = [
        workplace.paul.get(f"{HOW_MANY}?antworten={answers}&personen=400").text()
        for answers in (60, 400)
    ]

    found = [
        re.search(r"Bei (\d+) Antworten .* ab (\d+) Prozentpunkten erkennen\.", p) for p in pages
    ]
    (few, large), (many, small) = (map(int, f.groups()) for f in found if f)
    assert (few, many) == (60, 400)
    assert small < large


@pytest.mark.usefixtures("last_year")
def test_where_nothing_could_be_seen_nothing_is_promised(workplace: Workplace) -> None:
    page = workplace.paul.get(f"{HOW_MANY}?antworten=9&personen=400")

    assert "auch die größte Veränderung nicht sicher erkennen" in page.text()
    assert "Für die Einladung" not in page.text()


@pytest.mark.usefixtures("last_year")
def test_nobody_has_to_know_how_many_could_answer(workplace: Workplace) -> None:
    page = workplace.paul.get(f"{HOW_MANY}?antworten=60&personen=")

    assert page.status == 200
    assert "Mit weniger und mit mehr Antworten" not in page.text()


@pytest.mark.usefixtures("last_year")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("antworten=", "Geben Sie an, mit wie vielen Antworten Sie rechnen."),
        ("antworten=viele", "Geben Sie eine ganze Zahl zwischen 1 und 100000 ein."),
        ("antworten=0", "Geben Sie eine ganze Zahl zwischen 1 und 100000 ein."),
        ("antworten=60&personen=9999999", "Geben Sie eine ganze Zahl zwischen 1 und 100000 ein."),
        ("antworten=60&personen=40", "Das sind mehr Antworten als Eingeladene."),
    ],
)
def test_numbers_that_cannot_be_are_refused_and_stay(
    workplace: Workplace, query: str, said: str
) -> None:
    page = workplace.paul.get(f"{HOW_MANY}?{query}")

    assert page.status == 422
    assert said in page.text()


def test_a_series_without_answers_says_so(workplace: Workplace, inst: Installation) -> None:
    record = store_edition(inst, network_call())

    page = workplace.paul.get("/arbeit/reihen/ikone/wie-viele")

    assert record.edition.series.lower().startswith("ikone")
    assert "In dieser Reihe hat noch keine Ausgabe Antworten." in page.text()
