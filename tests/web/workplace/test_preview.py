"""The preview: the form of an example person in every language, that sends nothing and keeps nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.installation import Installation
from survey.storage.deeds import all_deeds
from tests.events import congress
from tests.people import store_edition, stored_record
from tests.workplace import Workplace

HERE = "/arbeit/ausgaben/kk2020/fragebogen/vorschau"
FORM = f"{HERE}/formular"
NOTHING = "runde-round1=-&runde-round2=-"


@pytest.fixture(autouse=True)
def edition(inst: Installation) -> None:
    """The congress, planned."""
    store_edition(inst, congress())


def test_the_example_person_is_the_one_asked_the_most(workplace: Workplace) -> None:
    text = workplace.olga.get(HERE).text()

    assert "Diese Person bekommt 16 Fragen." in text


def test_the_form_is_drawn_for_what_the_person_booked(workplace: Workplace) -> None:
    with_sessions = workplace.olga.get(f"{FORM}?runde-round1=ws02&runde-round2=-")
    without = workplace.olga.get(f"{FORM}?{NOTHING}")

    assert {"ws02--rating", "overall"} <= set(names(with_sessions.html))
    assert "ws01--rating" not in names(with_sessions.html)
    assert "ws02--rating" not in names(without.html)
    assert "overall" in names(without.html)


def names(html: str) -> list[str]:
    """Names of the fields on a page."""
    return [part.partition('"')[0] for part in html.split(' name="')[1:]]


@pytest.mark.parametrize(
    ("language", "heading", "html_language"),
    [
        ("de", "Wie war es für Sie?", "de"),
        ("easy", "Wie war es für Sie?", "de"),
        ("en", "How was it for you?", "en"),
    ],
)
def test_the_form_speaks_every_language(
    workplace: Workplace, language: str, heading: str, html_language: str
) -> None:
    page = workplace.olga.get(f"{FORM}?in={language}")

    assert page.heading == heading
    assert page.markup.root.get("lang") == html_language


def test_another_language_is_a_button_of_the_form(workplace: Workplace) -> None:
    page = workplace.olga.get(FORM)

    reply = workplace.olga.press(page, FORM, "English")

    assert reply.status == 303
    assert "in=en" in reply.location
    assert workplace.olga.get(reply.location).heading == "How was it for you?"


def test_easy_language_is_walked_through_question_by_question(workplace: Workplace) -> None:
    first = workplace.olga.get(f"{FORM}?in=easy&{NOTHING}")
    assert "Frage 1 von" in first.text()

    second = workplace.olga.press(first, f"{FORM}?in=easy&{NOTHING}", "Weiter")
    assert "Frage 2 von" in workplace.olga.get(second.location).text()
    back = workplace.olga.post(second.location, {**first.fields(), "_action": "back"})
    assert "Frage 1 von" in workplace.olga.get(back.location).text()
    end = workplace.olga.post(
        f"{FORM}?in=easy&{NOTHING}&frage=999", {**first.fields(), "_action": "next"}
    )
    assert "endet die Vorschau" in workplace.olga.get(end.location).heading


@pytest.mark.parametrize("button", ["Antworten prüfen", "Später weitermachen"])
def test_nothing_that_is_typed_is_sent_on_or_kept(
    workplace: Workplace, inst: Installation, button: str
) -> None:
    before = stored_record(inst, "kk2020"), len(all_deeds(inst.database.read()))
    page = workplace.olga.get(FORM)

    reply = workplace.olga.press(page, FORM, button, {"change": "Geheim!", "overall": "good"})
    end = workplace.olga.get(reply.location)

    assert reply.status == 303
    assert "Geheim" not in reply.location
    assert end.heading == "Hier endet die Vorschau"
    assert "Geheim" not in end.html
    assert (stored_record(inst, "kk2020"), len(all_deeds(inst.database.read()))) == before


@pytest.mark.proves("S21", "S23")
def test_only_the_form_may_stand_in_a_frame_and_only_in_ours(workplace: Workplace) -> None:
    policies = {
        path: workplace.olga.get(path).headers["content-security-policy"]
        for path in (HERE, FORM, "/arbeit/ausgaben/kk2020/fragebogen")
    }

    assert "frame-src 'self'" in policies[HERE]
    assert "frame-ancestors 'none'" in policies[HERE]
    assert "frame-ancestors 'self'" in policies[FORM]
    assert "frame-src" not in policies[FORM]
    assert "frame-src" not in policies["/arbeit/ausgaben/kk2020/fragebogen"]
    assert "frame-ancestors 'none'" in policies["/arbeit/ausgaben/kk2020/fragebogen"]


def test_a_form_of_another_making_is_refused(workplace: Workplace) -> None:
    page = workplace.olga.get(FORM)
    assert workplace.olga.press(page, FORM, "Antworten prüfen").status == 303

    forged = page.fields() | {"_proof": "x" * 43, "_action": "check"}

    assert workplace.olga.post(FORM, forged).status == 401


def test_somebody_who_would_be_asked_nothing_is_told_so(
    workplace: Workplace, inst: Installation
) -> None:
    edition = congress("kk2021")
    sections = edition.questionnaire.sections[:1]
    store_edition(
        inst,
        replace(
            edition,
            questionnaire=replace(edition.questionnaire, sections=sections),
            programme=replace(
                edition.programme, rounds=(), sessions=edition.programme.sessions[:2]
            ),
            breakdown=None,
            pairs=(),
        ),
    )

    page = workplace.olga.get("/arbeit/ausgaben/kk2021/fragebogen/vorschau/formular")

    assert "würde nichts gefragt" in page.text()
