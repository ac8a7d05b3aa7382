from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.asking_openly import choose_ways, end_link
from survey.model.event import Breakdown, Pair
from survey.model.schedule import Act
from survey.model.ways_in import OpenLink, WaysIn
from survey.preparing import change_edition
from survey.scheduling import change_due
from tests.accessibility.client import AccessibleClient
from tests.events import DEADLINE, congress
from tests.people import open_edition, store_edition

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
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


@pytest.mark.proves("A3")
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


LINK_ONLY = WaysIn(OpenLink.ON)
PAPER_ONLY = WaysIn(takes_paper=True, typist="Frau Fröhlich", return_to="Box am Ausgang")
OF_THE_LINK = {
    "de": ("Niemand kann diese Menschen auseinanderhalten", "über den offenen Link lässt sich"),
    "easy": ("Wir wissen nicht, wer Sie sind.", "Haben Sie über den offenen Link geantwortet?"),
    "en": ("Nobody can tell these people apart", "given by the open link cannot be found again"),
}
OF_PAPER = {
    "de": ("Papierbogen tippt ein: Frau Fröhlich.", "Ein eingetippter Bogen lässt sich später"),
    "easy": ("Den Bogen aus Papier tippt ab: Frau Fröhlich.", "Ist Ihr Bogen abgetippt?"),
    "en": ("sheets are typed in by: Frau Fröhlich.", "A sheet that has been typed in cannot"),
}


def phrases_in(text: str, phrases: tuple[str, ...]) -> list[str]:
    return [phrase for phrase in phrases if phrase in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ways", [WaysIn(), LINK_ONLY, PAPER_ONLY])
def test_the_notice_tells_of_the_ways_an_edition_has_and_of_no_other(
    client: AccessibleClient, inst: Installation, ways: WaysIn, language: str
) -> None:
    record = store_edition(inst, congress())
    choose_ways(inst, record.name, ways)
    open_edition(inst, record)

    text = client.get(f"/datenschutz/kk2020?sprache={language}").text()

    link, paper = OF_THE_LINK[language], OF_PAPER[language]
    assert phrases_in(text, link) == list(link if ways == LINK_ONLY else ())
    assert phrases_in(text, paper) == list(paper if ways == PAPER_ONLY else ())


LIMITS = {
    "de": ("Er kann niemanden auseinanderhalten", "Wer Papierbogen eintippt (Frau Fröhlich)"),
    "easy": ("Jemand kann auch mehrmals antworten.", "Dabei kann jemand Ihre Schrift erkennen."),
    "en": ("It can tell nobody apart", "Whoever types in paper sheets (Frau Fröhlich)"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ways", [WaysIn(), LINK_ONLY, PAPER_ONLY])
def test_the_promise_names_the_limits_of_the_ways_an_edition_has(
    client: AccessibleClient, inst: Installation, ways: WaysIn, language: str
) -> None:
    record = store_edition(inst, congress())
    choose_ways(inst, record.name, ways)
    open_edition(inst, record)

    text = client.get(f"/versprechen/kk2020?sprache={language}").text()

    of_the_link, of_paper = LIMITS[language]
    assert (of_the_link in text, of_paper in text) == (ways == LINK_ONLY, ways == PAPER_ONLY)
    assert of_the_link not in client.get(f"/versprechen?sprache={language}").text()


TOGETHER = {
    "de": "Zusammen ausgezählt werden nur Fragen, für die das vor der ersten Antwort feststand",
    "easy": "Manche Fragen zählen wir auch zusammen.",
    "en": "Only questions for which this was laid down before the first answer",
}


ALONE = replace(congress(), breakdown=None, pairs=())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "edition",
    [
        ALONE,
        replace(ALONE, breakdown=Breakdown("municipality_size")),
        replace(ALONE, pairs=(Pair("content", "overall"),)),
    ],
    ids=["alone", "breakdown", "pair"],
)
def test_the_promise_says_that_questions_are_counted_together_where_they_are(
    client: AccessibleClient, inst: Installation, language: str, edition: Edition
) -> None:
    open_edition(inst, store_edition(inst, edition))

    text = client.get(f"/versprechen/kk2020?sprache={language}").text()

    assert (TOGETHER[language] in text) == (edition != ALONE)


def test_the_notice_still_tells_of_an_open_link_that_has_ended(
    client: AccessibleClient, inst: Installation
) -> None:
    record = store_edition(inst, congress())
    choose_ways(inst, record.name, LINK_ONLY)
    open_edition(inst, record)

    end_link(inst, record.name)

    text = client.get("/datenschutz/kk2020").text()
    assert phrases_in(text, OF_THE_LINK["de"]) == list(OF_THE_LINK["de"])


def test_the_notice_tells_of_the_mail_about_results_once_it_is_planned(
    client: AccessibleClient, inst: Installation
) -> None:
    record = store_edition(inst, congress())
    said = "Damit die Mail zu den Ergebnissen Sie erreicht, bleibt Ihre Adresse bis dahin."
    before = client.get("/datenschutz/kk2020").text()

    change_due(inst, record, act=Act.RESULTS, moment=DEADLINE + timedelta(days=30))

    after = client.get("/datenschutz/kk2020").text()
    assert (said in before, said in after) == (False, True)
    assert ("14 Tage nach" in before, "31 Tage nach" in after) == (True, True)


def test_the_notice_tells_of_returned_mails_where_they_are_read(
    inst: Installation, open_congress: EditionRecord, tmp_path: Path
) -> None:
    address = f"/datenschutz/{open_congress.name}"
    said = "Kommt eine Mail an Sie nicht an: welche und warum."
    settings = replace(
        inst.settings, bounce_address="zurueck@stadt.example", bounce_maildir=tmp_path / "mails"
    )

    without = AccessibleClient(make_application(inst)).get(address).text()
    reading = replace(inst, settings=settings)

    assert said not in without
    assert said in AccessibleClient(make_application(reading)).get(address).text()


def test_the_notice_tells_who_sees_addresses_and_what_stays_of_them(
    client: AccessibleClient, open_congress: EditionRecord
) -> None:
    text = client.get(f"/datenschutz/{open_congress.name}").text()

    assert f"nur Menschen, die bei {open_congress.edition.organisation} organisieren." in text
    assert "Ein Prüfwert der Adresse bleibt" in text
