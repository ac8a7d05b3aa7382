"""Sections on a condition, as a participant meets them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.language.wording import Wording
from survey.model.items import ShortText, YesNo
from survey.model.questionnaire import Condition, Section
from survey.urn.sealing import open_box
from tests.events import congress
from tests.people import Invited, add_person, open_edition, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient

EXTRA = Section(
    "extra",
    Wording("Zum Online-Format", "Zum Treffen im Internet", "About the online format"),
    (
        YesNo(code="camera", wording=Wording("Hätten Sie die Kamera an?")),
        ShortText(code="tool", wording=Wording("Womit am liebsten?")),
    ),
    condition=Condition("next_format", ("online", "hybrid")),
)
NOTE = "Noch ein paar Fragen"
CHECK = "Antworten prüfen"
ANSWERED = {"overall": "good", "next_format": "online"}


@pytest.fixture
def person(inst: Installation) -> Invited:
    """Somebody invited to an edition with a section on a condition."""
    given = congress()
    sections = (*given.questionnaire.sections, EXTRA)
    edition = replace(given, questionnaire=replace(given.questionnaire, sections=sections))
    return add_person(inst, open_edition(inst, store_edition(inst, edition)), "Anna Albrecht")


def test_the_form_begins_without_it(client: AccessibleClient, person: Invited) -> None:
    assert "Hätten Sie die Kamera an?" not in client.get(f"/f/{person.token}").text()


def test_the_answer_brings_it_with_a_note_that_leads_there(
    client: AccessibleClient, person: Invited
) -> None:
    form = f"/f/{person.token}"

    page = client.press(client.get(form), form, CHECK, ANSWERED)

    summary = page.markup.by_id("summary")
    assert summary is not None
    links = [e.get("href") for e in summary.iter() if e.tag == "a"]
    assert (page.status, page.heading, links) == (200, "Wie war es für Sie?", ["#camera"])
    assert page.fields()["next_format"] == ("online",)
    assert "Hätten Sie die Kamera an?" in page.text()


def test_another_answer_brings_nothing(client: AccessibleClient, person: Invited) -> None:
    form = f"/f/{person.token}"

    page = client.press(client.get(form), form, CHECK, ANSWERED | {"next_format": "on_site"})

    assert page.heading == "Antworten prüfen und absenden"


def test_it_is_brought_once_and_may_stay_empty(client: AccessibleClient, person: Invited) -> None:
    form = f"/f/{person.token}"
    brought = client.press(client.get(form), form, CHECK, ANSWERED)

    page = client.press(brought, form, CHECK)

    assert page.heading == "Antworten prüfen und absenden"


def test_its_answers_are_checked_and_sealed_with_the_others(
    client: AccessibleClient, person: Invited, inst: Installation
) -> None:
    form = f"/f/{person.token}"
    brought = client.press(client.get(form), form, CHECK, ANSWERED)
    checked = client.press(brought, form, CHECK, {"camera": "yes", "tool": "Telefon"})
    assert "Telefon" in checked.text()

    sent = client.press(checked, form, "Absenden")

    assert sent.status == 303
    assert b'"camera",["yes"]' in sealed(inst)


def test_who_changes_the_answer_back_is_not_asked_and_leaves_nothing(
    client: AccessibleClient, person: Invited, inst: Installation
) -> None:
    form = f"/f/{person.token}"
    brought = client.press(client.get(form), form, CHECK, ANSWERED)
    filled = {"camera": "yes", "tool": "Telefon", "next_format": "on_site"}

    checked = client.press(brought, form, CHECK, filled)
    client.press(checked, form, "Absenden")

    assert checked.heading == "Antworten prüfen und absenden"
    assert "Womit am liebsten?" not in checked.text()
    assert b"camera" not in sealed(inst)
    assert b"Telefon" not in sealed(inst)


def test_errors_and_new_questions_come_together(client: AccessibleClient, person: Invited) -> None:
    form = f"/f/{person.token}"

    page = client.press(client.get(form), form, CHECK, ANSWERED | {"change": "x" * 301})

    assert page.status == 422
    assert NOTE in page.text()


def test_in_easy_language_its_questions_come_after_the_answer(
    client: AccessibleClient, person: Invited
) -> None:
    form = f"/f/{person.token}"
    page = client.get(f"{form}?sprache=easy")
    asked: list[str] = []
    for _ in range(30):
        if page.fields().get("_page") == ("check",):
            break
        asked += page.fields()["_step"]
        answer = {"next_format": "online"} if asked[-1] == "next_format" else {}
        button = next(text for text, _, value in page.buttons() if value == "next")
        page = client.press(page, form, button, answer)

    assert asked[-2:] == ["camera", "tool"]


def sealed(inst: Installation) -> bytes:
    """What lies in the only box."""
    connection = inst.database.read()
    row = connection.execute("SELECT edition, slot, box FROM urn").fetchone()
    edition, slot = row["edition"], row["slot"]
    return open_box(inst.keys.private_key(edition), edition, slot, bytes(row["box"]))
