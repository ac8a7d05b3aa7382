"""The results of an edition in the browser: the published summary, for organisers and planners alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from survey.publishing import PublicResult
from survey.rendering import TEMPLATES
from survey.reporting.publish import publish
from survey.reporting.quotes import release_quote, texts_to_read, withdraw_quote
from survey.web.public_results import draw_public_results
from survey.web.style import read_style
from tests.model.congress import CONGRESS
from tests.reporting.counted import counted as counted_record
from tests.reporting.counted import invented_summary
from tests.web.workplace.counted import CANARY, HERE, SESSION_CANARY, counted

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.workplace import Workplace

__all__ = ["counted"]
PAGES = ("", "/punkte/ws01", "/herunterladen", "/protokolle", "/personalrat")


@pytest.mark.usefixtures("counted")
def test_the_results_say_who_answered_and_what_was_found(workplace: Workplace) -> None:
    page = workplace.olga.get(HERE)

    assert (page.status, page.heading) == (200, "Ergebnisse")
    assert "24 von 27" in page.text()
    assert "Wie war der Kongress?" in page.text()
    assert "(Unsicherheit" in page.text()


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_organisers_and_planners_read_every_page(
    workplace: Workplace, place: str, language: str
) -> None:
    seen = [
        person.get(f"{HERE}{place}?sprache={language}")
        for person in (workplace.olga, workplace.paul)
    ]

    assert [page.status for page in seen] == [200, 200]
    assert seen[0].heading == seen[1].heading


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("place", [*PAGES, "/herunterladen/daten.json"])
def test_a_foreign_organisation_finds_no_page(workplace: Workplace, place: str) -> None:
    assert workplace.olga.get(HERE + place).status == 200
    assert workplace.frieda.get(HERE + place).status == 404


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("place", PAGES)
def test_results_are_read_only(workplace: Workplace, place: str) -> None:
    assert workplace.paul.post(HERE + place, {}).status == 405


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("code", ["greeting", "nobody", "texte2"])
def test_a_session_nobody_was_asked_about_has_no_page(workplace: Workplace, code: str) -> None:
    assert workplace.olga.get(f"{HERE}/{code}").status == 404


@pytest.mark.usefixtures("open_congress")
def test_before_the_count_the_page_says_why_there_is_nothing(workplace: Workplace) -> None:
    page = workplace.paul.get(HERE)

    assert (page.status, page.heading) == (200, "Noch keine Ergebnisse")
    assert "Warum es keine Zwischenstände gibt" in page.text()
    assert workplace.paul.get(f"{HERE}/punkte/ws01").status == 404


@pytest.mark.usefixtures("counted")
def test_a_session_with_too_few_answers_shows_no_figures(workplace: Workplace) -> None:
    page = workplace.olga.get(HERE)

    # ws03: everybody said that they were not there.
    assert "Aus Gründen der Anonymität nicht ausgewiesen." in page.text()


def test_a_quote_is_shown_once_its_version_is_published(
    counted: EditionRecord, workplace: Workplace, inst: Installation
) -> None:
    text = next(t for t in texts_to_read(inst, counted.name) if CANARY in t.text)
    publish(inst, counted.name)
    release_quote(inst, counted.name, text.id)
    before = workplace.paul.get(HERE).text()

    publish(inst, counted.name)

    assert text.text not in before
    assert text.text in workplace.paul.get(HERE).text()


def test_a_withdrawn_quote_is_gone_at_once(
    counted: EditionRecord, workplace: Workplace, inst: Installation
) -> None:
    text = next(t for t in texts_to_read(inst, counted.name) if CANARY in t.text)
    release_quote(inst, counted.name, text.id)
    publish(inst, counted.name)
    before = workplace.paul.get(HERE).text()

    withdraw_quote(inst, counted.name, text.id)

    assert text.text in before
    assert CANARY not in workplace.paul.get(HERE).text()


def test_a_quote_worded_anew_waits_for_the_next_version(
    counted: EditionRecord, workplace: Workplace, inst: Installation
) -> None:
    text = next(t for t in texts_to_read(inst, counted.name) if CANARY in t.text)
    release_quote(inst, counted.name, text.id)
    publish(inst, counted.name)

    release_quote(inst, counted.name, text.id, wording="[…] singt")

    assert CANARY not in workplace.paul.get(HERE).text()
    assert "[…] singt" not in workplace.paul.get(HERE).text()
    publish(inst, counted.name)
    assert "[…] singt" in workplace.paul.get(HERE).text()


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("place", PAGES)
def test_no_unreleased_text_is_on_any_page(
    workplace: Workplace, inst: Installation, place: str
) -> None:
    assert any(CANARY in text.text for text in texts_to_read(inst, "kk2020"))

    for person in (workplace.paul, workplace.olga):
        html = person.get(HERE + place).html
        assert (CANARY in html, SESSION_CANARY in html) == (False, False)


@pytest.mark.usefixtures("counted")
def test_protocols_tell_of_sending_count_and_deletion(workplace: Workplace) -> None:
    page = workplace.paul.get(f"{HERE}/protokolle")

    assert "In der Urne: 24 Umschläge" in page.text()
    assert "Befragung eröffnet" in page.text()
    assert "Schlüssel der Urne vernichtet" in page.text()


@pytest.mark.usefixtures("open_congress")
def test_the_staff_council_reads_the_thresholds_in_force(workplace: Workplace) -> None:
    page = workplace.paul.get(f"{HERE}/personalrat")

    assert "ab 5 Antworten" in page.text()
    assert "ab 10 Antworten, gemischt" in page.text()
    assert "zwei Personen im Ministerium" in page.text()


def test_answers_over_an_open_link_are_told_without_a_rate() -> None:
    summary = replace(invented_summary(), open_answers=20, attended=300)

    html = draw_public_results(
        read_style(TEMPLATES),
        PublicResult(counted_record(CONGRESS, invited=420, answered=213), summary, {}),
        "de",
        zone=ZoneInfo("Europe/Berlin"),
    )

    assert "eine Beteiligung und keine Rücklaufquote" in html
    assert "von 420" not in html.partition("Das haben Sie gesagt")[0]
