"""The planning sheet as a page, and the decisions that are made beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from survey.language.wording import Wording
from survey.model.planning import Course, PlannedDecision
from survey.planning.decisions import decide, decisions_of
from survey.publishing import decide as make_of_it
from survey.publishing import plan_page
from tests.accessibility.rules import text
from tests.events import network_call
from tests.people import store_edition
from tests.workplace import COUNTED

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

SHEET = "/arbeit/reihen/kommunalkongress/planung"
DECISIONS = f"{SHEET}/entscheidungen/{COUNTED}"
FORMAT = f"{DECISIONS}/next_format"
PUBLIC = f"/ergebnis/{COUNTED}"
TYPED = {
    "course": "change",
    "text_de": "Wir treffen uns wieder vor Ort.",
    "text_en": "We meet on site again.",
    "responsible": "Frau Fröhlich",
    "until-day": "1",
    "until-month": "3",
    "until-year": "2021",
    "is_public": "y",
}
DECIDED = PlannedDecision(
    "next_format",
    Course.CHANGE,
    Wording("Wir treffen uns wieder vor Ort.", en="We meet on site again."),
    "Frau Fröhlich",
    date(2021, 3, 1),
    is_public=True,
)
OF_A_SESSION = PlannedDecision(
    "session:ws01",
    Course.KEEP,
    Wording("Diesen Workshop gibt es wieder."),
    "Herr Heimlich",
    None,
    is_public=True,
)


def publish_results(inst: Installation, record: EditionRecord, *, sessions: bool = False) -> None:
    """Everybody can read the results from now on."""
    plan_page(inst, record, visible_from=inst.clock(), has_sessions=sessions, named_sessions=())


def save(workplace: Workplace, address: str, typed: dict[str, str]) -> Page:
    """A planner fills in the form and presses its button."""
    page = workplace.paul.get(address)
    return workplace.paul.press(page, address, "Entscheidung speichern", typed)


@pytest.mark.usefixtures("last_year")
@pytest.mark.parametrize("language", ["de", "en"])
def test_planners_and_organisers_read_the_sheet(workplace: Workplace, language: str) -> None:
    for client in (workplace.paul, workplace.olga):
        page = client.get(f"{SHEET}?sprache={language}")

        assert page.status == 200
        assert "Kommunalkongress 2019" in page.text()
        assert "12 von 15" in page.text() or "12 of 15" in page.text()


@pytest.mark.usefixtures("last_year")
def test_nobody_else_finds_it(workplace: Workplace) -> None:
    addresses = (SHEET, DECISIONS, FORMAT, f"{FORMAT}/zuruecknehmen")

    assert {workplace.frieda.get(address).status for address in addresses} == {404}
    assert {workplace.stranger.get(address).status for address in addresses} == {303}


@pytest.mark.usefixtures("last_year")
@pytest.mark.parametrize(
    "address",
    [
        f"{SHEET}?ausgabe=nothing",
        f"{SHEET}?ausgabe=kk2020",
        f"{SHEET}/entscheidungen/nothing/next_format",
        f"{SHEET}/entscheidungen/kk2020/next_format",
        f"{DECISIONS}/nothing",
        f"{DECISIONS}/session:nothing",
        f"{DECISIONS}/own:unknown",
        f"{FORMAT}/zuruecknehmen",
        "/arbeit/reihen/nothing/planung",
    ],
)
def test_what_is_not_there_is_not_found(workplace: Workplace, address: str) -> None:
    assert workplace.paul.get(address).status == 404


def test_before_the_first_count_the_page_says_what_to_ask(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, network_call())

    page = workplace.paul.get("/arbeit/reihen/ikone/planung")

    assert (page.status, page.heading) == (200, "Planungsblatt")
    assert "noch keine Ausgabe ausgezählt" in page.text()


def test_a_planner_decides_and_finds_it_on_the_sheet(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    reply = save(workplace, FORMAT, TYPED)
    sheet = workplace.paul.get(SHEET)

    assert (reply.status, reply.location) == (303, f"{SHEET}?ausgabe={COUNTED}#entscheidungen")
    assert decisions_of(inst, last_year) == (DECIDED,)
    assert "Wir treffen uns wieder vor Ort." in sheet.text()
    assert "Frau Fröhlich" in sheet.text()
    assert "1. März 2021" in sheet.text()


def test_what_was_decided_is_changed_in_the_same_form(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, DECIDED)
    fields = workplace.paul.get(FORMAT).fields("Entscheidung speichern")

    save(workplace, FORMAT, {"course": "keep"})

    assert fields["text_de"] == ("Wir treffen uns wieder vor Ort.",)
    assert (fields["until-day"], fields["is_public"]) == (("1",), ("y",))
    assert decisions_of(inst, last_year) == (replace(DECIDED, course=Course.KEEP),)


def test_something_of_their_own_gets_a_place_of_its_own(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    save(workplace, f"{DECISIONS}/own:", TYPED)
    (own,) = decisions_of(inst, last_year)

    save(workplace, f"{DECISIONS}/{own.subject}", {"course": "drop"})

    assert own.subject.startswith("own:")
    assert decisions_of(inst, last_year) == (replace(own, course=Course.DROP),)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"course": "sell"}, "Wählen Sie, ob Sie es beibehalten"),
        ({"text_de": " "}, "Schreiben Sie in einem Satz"),
        ({"text_de": "x" * 1001}, "Höchstens 1.000 Zeichen"),
        ({"text_en": "x" * 1001}, "Höchstens 1.000 Zeichen"),
        ({"responsible": "x" * 201}, "Höchstens 200 Zeichen"),
        ({"until-day": "31", "until-month": "2"}, "Diesen Tag gibt es nicht"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_everything_typed(
    workplace: Workplace,
    inst: Installation,
    last_year: EditionRecord,
    typed: dict[str, str],
    why: str,
) -> None:
    reply = save(workplace, FORMAT, {**TYPED, **typed})

    assert reply.status == 422
    assert why in reply.text()
    assert reply.fields("Entscheidung speichern")["until-year"] == ("2021",)
    assert decisions_of(inst, last_year) == ()


def test_everything_of_the_edition_can_be_decided_about(
    workplace: Workplace, last_year: EditionRecord
) -> None:
    page = workplace.paul.get(DECISIONS)

    links = {e.get("href") for e in page.markup.all("a")}
    assert page.status == 200
    assert {f"{DECISIONS}/{code}" for code in ("overall", "next_format", "session:ws01")} <= links
    assert f"{DECISIONS}/change" not in links
    assert last_year.edition.title in page.text()


def test_a_decision_is_taken_back_after_being_asked(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, DECIDED)
    address = f"{FORMAT}/zuruecknehmen"
    asked = workplace.paul.get(address)

    still_there = decisions_of(inst, last_year)
    reply = workplace.paul.press(asked, address, "Entscheidung zurücknehmen")

    assert still_there == (DECIDED,)
    assert reply.status == 303
    assert decisions_of(inst, last_year) == ()


@pytest.mark.proves("S38")
def test_a_public_decision_is_asked_for_the_password_again_after_a_while(
    workplace: Workplace, inst: Installation, last_year: EditionRecord, clock: StoppedClock
) -> None:
    page = workplace.paul.get(FORMAT)
    clock.pass_by(timedelta(minutes=16))

    reply = workplace.paul.press(page, FORMAT, "Entscheidung speichern", TYPED)

    assert reply.status == 401
    assert decisions_of(inst, last_year) == ()


def test_the_public_page_tells_public_decisions_without_names_and_days(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    internal = replace(OF_A_SESSION, subject="technology", text=Wording("Geheim."), is_public=False)
    own = replace(DECIDED, subject="own:", text=Wording("Kein Abendprogramm mehr."))
    for decision in (DECIDED, OF_A_SESSION, internal, own):
        decide(inst, last_year, decision)
    publish_results(inst, last_year)

    shown = workplace.stranger.get(PUBLIC).text()

    assert "Wir treffen uns wieder vor Ort." in shown
    assert "Kein Abendprogramm mehr." in shown
    for hidden in ("Geheim", "Fröhlich", "Heimlich", "1. März 2021", OF_A_SESSION.text.de):
        assert hidden not in shown


def test_decisions_about_sessions_are_told_where_the_page_has_sessions(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, OF_A_SESSION)
    publish_results(inst, last_year, sessions=True)

    assert "Diesen Workshop gibt es wieder." in workplace.stranger.get(PUBLIC).text()


def test_organisers_see_what_the_planning_sheet_adds_to_the_public_page(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    internal = replace(OF_A_SESSION, text=Wording("Geheim."), is_public=False)
    decide(inst, last_year, DECIDED)
    decide(inst, last_year, internal)

    page = workplace.olga.get(f"/arbeit/ausgaben/{COUNTED}/ergebnisse/veroeffentlichen/daraus")
    before = workplace.olga.get(f"/arbeit/ausgaben/{COUNTED}/ergebnisse/veroeffentlichen")

    assert "Wir treffen uns wieder vor Ort." in page.text()
    assert "Geheim." not in page.text()
    assert "Dazu kommt eine Entscheidung aus dem Planungsblatt" in before.text()


def test_what_organisers_wrote_stands_beside_what_planners_decided(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    make_of_it(inst, last_year, {"next_format": Wording("Wir haben lange beraten.")})
    decide(inst, last_year, DECIDED)
    publish_results(inst, last_year)

    done = [
        text(e)
        for e in workplace.stranger.get(PUBLIC).markup.all("p")
        if "done" in (e.get("class") or "")
    ]

    assert done == [
        "Das machen wir daraus: Wir haben lange beraten.",
        "Das machen wir daraus: Wir treffen uns wieder vor Ort.",
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("easy", "Wir treffen uns wieder vor Ort."), ("en", "We meet on site again.")],
)
def test_the_public_page_tells_them_in_every_language(
    workplace: Workplace,
    inst: Installation,
    last_year: EditionRecord,
    language: str,
    words: str,
) -> None:
    decide(inst, last_year, DECIDED)
    publish_results(inst, last_year)

    assert words in workplace.stranger.get(f"{PUBLIC}?sprache={language}").text()


def test_the_next_edition_begins_with_what_was_decided(
    workplace: Workplace, inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, DECIDED)
    planned = replace(
        last_year.edition, name="kk2021", title="Kommunalkongress 2021", starts=date(2021, 9, 10)
    )
    store_edition(inst, replace(planned, ends=planned.starts))
    copy = workplace.olga.get(f"/arbeit/ausgaben/neu/aus/{COUNTED}")

    overviews = {
        name: workplace.paul.get(f"/arbeit/ausgaben/{name}").text()
        for name in ("kk2021", "kk2020", COUNTED)
    }

    assert copy.status == 200
    assert "Wir treffen uns wieder vor Ort." in copy.text()
    assert "Wir treffen uns wieder vor Ort." in overviews["kk2021"]
    assert "Frau Fröhlich" in overviews["kk2021"]
    assert "Wir treffen uns wieder vor Ort." not in overviews["kk2020"] + overviews[COUNTED]
