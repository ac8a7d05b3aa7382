from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.preparing import change_edition
from tests.people import congress, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.client import AccessibleClient
    from tests.people import Invited

LANGUAGES = ("de", "easy", "en")
PLACES = (
    "/",
    "/hilfe",
    "/hilfe/kk2020",
    "/datenschutz",
    "/datenschutz/kk2020",
    "/versprechen",
    "/versprechen/kk2020",
    "/barrierefreiheit",
    "/link",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_every_page_to_read_is_accessible_in_every_language(
    client: AccessibleClient, open_congress: EditionRecord, place: str, language: str
) -> None:
    page = client.get(f"{place}?sprache={language}")

    assert open_congress.name == "kk2020"
    assert page.status == 200
    assert page.headers["content-language"] == {"de": "de", "easy": "de", "en": "en"}[language]


def test_titles_are_unique(client: AccessibleClient, open_congress: EditionRecord) -> None:
    titles = [client.get(place).html.partition("</title>")[0] for place in PLACES]

    assert open_congress.name == "kk2020"
    assert len(set(titles)) == len(PLACES)


def test_the_privacy_notice_follows_the_settings(
    client: AccessibleClient, inst: Installation, open_congress: EditionRecord
) -> None:
    edition = open_congress.edition
    before = client.get("/datenschutz/kk2020").text()
    change_edition(inst, "kk2020", replace(edition, contact="neu@example.org"))

    after = client.get("/datenschutz/kk2020").text()

    for fact in ("14 Tage nach", "nach 44 Tagen überall", "11. November 2020", "ab 10 Antworten"):
        assert fact in before
    assert "fragen@example.org" in before
    assert "neu@example.org" in after


def test_the_statement_says_that_no_person_with_a_screen_reader_has_tested(
    client: AccessibleClient,
) -> None:
    text = client.get("/barrierefreiheit").text()

    assert "Noch kein Mensch mit einem Vorleseprogramm hat diesen Dienst getestet." in text
    assert "EN 301 549 V3.2.1" in text


def test_the_promise_is_made_in_two_sentences_no_more_and_no_less(
    client: AccessibleClient, open_congress: EditionRecord
) -> None:
    text = client.get("/versprechen/kk2020").text()

    assert open_congress.name == "kk2020"
    assert (
        "Nach der Auszählung kann niemand mehr feststellen, wer was geantwortet hat. "
        "Bis dahin könnte das nur, wer frühere Kopien der gespeicherten Daten und zugleich den Schlüssel "
        "hat; gibt es außerhalb dieses Dienstes Kopien des Schlüssels, gilt das Versprechen nicht."
        in text
    )


def test_texts_are_said_to_be_quoted_where_they_are_typed_and_in_the_notice(
    client: AccessibleClient, open_congress: EditionRecord, anna: Invited
) -> None:
    form = client.get(f"/f/{anna.token}").text()
    notice = client.get(f"/datenschutz/{open_congress.name}").text()

    assert "Ein Zitat kann im Bericht stehen." in form
    assert "Einzelne Zitate können in Berichten stehen" in notice


def test_the_notice_names_drafts(client: AccessibleClient, open_congress: EditionRecord) -> None:
    notice = client.get(f"/datenschutz/{open_congress.name}").text()

    assert "Ein Zwischenstand, nur wenn Sie „Später weitermachen“ wählen" in notice


def test_planned_editions_are_not_told(client: AccessibleClient, inst: Installation) -> None:
    store_edition(inst, congress("geheim"))

    assert "fragen@example.org" not in client.get("/hilfe").text()
    assert client.get("/link").text().count("Zurzeit läuft keine Befragung.") == 1
