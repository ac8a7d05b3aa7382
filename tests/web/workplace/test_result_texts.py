"""Texts in the browser: read and released by organisers only, published version by version, coded by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey import coding
from survey.language.wording import Wording
from survey.reporting.publish import publish
from survey.reporting.published import published_summary, versions_of
from survey.reporting.quotes import LEFT_OUT, texts_to_read
from tests.people import stored_record
from tests.web.workplace.counted import CANARY, HERE, counted

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.tally import KeptText
    from tests.workplace import Workplace

__all__ = ["counted"]
TEXTS = f"{HERE}/texte"
RELEASE = "Ausgewählte freigeben"
pytestmark = pytest.mark.usefixtures("counted")


def a_text(inst: Installation, *, is_marked: bool) -> KeptText:
    return next(t for t in texts_to_read(inst, "kk2020") if bool(t.marks) is is_marked)


def quotes(inst: Installation) -> set[str]:
    summary = published_summary(inst, "kk2020")
    findings = [f for s in summary.sections for f in s.findings]
    findings += [f for s in summary.sessions for f in s.findings]
    return {q for f in findings for q in getattr(f, "quotes", ())}


def test_organisers_read_every_text_with_its_marks_in_words(
    workplace: Workplace, inst: Installation
) -> None:
    page = workplace.olga.get(f"{TEXTS}?zeigen=alle")

    assert page.status == 200
    assert all(t.text.split()[0] in page.text() for t in texts_to_read(inst, "kk2020"))
    assert "[E-Mail-Adresse]" in page.text()


@pytest.mark.parametrize(
    "place", ["/texte", "/texte/{text}", "/themen", "/themen/x", "/fassung", "/veroeffentlichen"]
)
def test_planners_and_others_find_no_page_of_texts(
    workplace: Workplace, inst: Installation, place: str
) -> None:
    address = HERE + place.replace("{text}", texts_to_read(inst, "kk2020")[0].id)

    assert workplace.olga.get(address).status == (404 if place == "/themen/x" else 200)
    assert workplace.paul.get(address).status == 404
    assert workplace.frieda.get(address).status == 404


def test_an_unknown_text_is_not_found(workplace: Workplace) -> None:
    assert workplace.olga.get(f"{TEXTS}/{'0' * 32}").status == 404


def test_texts_are_released_together_without_their_marks(
    workplace: Workplace, inst: Installation
) -> None:
    plain, marked = a_text(inst, is_marked=False), a_text(inst, is_marked=True)
    page = workplace.olga.get(f"{TEXTS}?zeigen=alle")

    done = workplace.olga.press(page, TEXTS, RELEASE, {"text": [plain.id, marked.id]})

    released = {t.id: t.released for t in texts_to_read(inst, "kk2020") if t.released}
    assert (done.status, done.location) == (303, TEXTS)
    assert released == {plain.id: plain.text, marked.id: "Mail an […]"}
    notice = workplace.olga.get(TEXTS).text()
    assert "2 Texte sind freigegeben. Markierte Stellen sind durch […] ersetzt." in notice


def test_nothing_chosen_is_said(workplace: Workplace) -> None:
    page = workplace.olga.get(TEXTS)

    again = workplace.olga.press(page, TEXTS, RELEASE)

    assert again.status == 422
    assert "Wählen Sie zuerst mindestens einen Text aus." in again.text()


@pytest.mark.proves("S39")
def test_a_foreign_text_among_the_chosen_releases_none(
    workplace: Workplace, inst: Installation
) -> None:
    text = a_text(inst, is_marked=False)
    page = workplace.olga.get(TEXTS)

    again = workplace.olga.press(page, TEXTS, RELEASE, {"text": [text.id, "0" * 32]})

    assert again.status == 404
    assert {t.released for t in texts_to_read(inst, "kk2020")} == {None}


def test_a_text_is_shortened_sentence_by_sentence_and_released(
    workplace: Workplace, inst: Installation
) -> None:
    text = a_text(inst, is_marked=False)
    address = f"{TEXTS}/{text.id}"
    page = workplace.olga.get(address)
    first, _, rest = text.text.partition(" ")

    done = workplace.olga.press(page, address, "So freigeben", {"wording": f"{LEFT_OUT} {rest}"})

    assert done.status == 303
    assert next(t.released for t in texts_to_read(inst, "kk2020") if t.id == text.id) == (
        f"{LEFT_OUT} {rest}"
    )
    assert first == CANARY


@pytest.mark.parametrize("wording", ["", "Das hat niemand geschrieben.", "x" * 5000])
def test_a_wording_that_is_no_quote_is_refused_and_kept(
    workplace: Workplace, inst: Installation, wording: str
) -> None:
    text = a_text(inst, is_marked=False)
    address = f"{TEXTS}/{text.id}"

    again = workplace.olga.press(
        workplace.olga.get(address), address, "So freigeben", {"wording": wording}
    )

    assert again.status == 422
    assert again.fields()["wording"] == (wording,)
    assert {t.released for t in texts_to_read(inst, "kk2020")} == {None}


def test_a_marked_stretch_bars_the_release(workplace: Workplace, inst: Installation) -> None:
    text = a_text(inst, is_marked=True)
    address = f"{TEXTS}/{text.id}"

    again = workplace.olga.press(
        workplace.olga.get(address), address, "So freigeben", {"wording": text.text}
    )

    assert again.status == 422
    assert "Im Zitat steht noch" in again.text()


def test_what_is_released_waits_for_a_new_version(workplace: Workplace, inst: Installation) -> None:
    publish(inst, "kk2020")
    text = a_text(inst, is_marked=False)
    page = workplace.olga.get(TEXTS)
    workplace.olga.press(page, TEXTS, RELEASE, {"text": text.id})
    before = quotes(inst)

    asked = workplace.olga.get(f"{HERE}/fassung")
    done = workplace.olga.press(asked, f"{HERE}/fassung", "Fassung 2 veröffentlichen")

    assert before == set()
    assert text.text in asked.text()
    assert (done.status, done.location) == (303, HERE)
    assert quotes(inst) == {text.text}
    assert [(v.number, v.quotes) for v in versions_of(inst, "kk2020")] == [(1, 0), (2, 1)]


def test_withdrawing_hides_a_quote_before_the_next_version(
    workplace: Workplace, inst: Installation
) -> None:
    text = a_text(inst, is_marked=False)
    page = workplace.olga.get(TEXTS)
    workplace.olga.press(page, TEXTS, RELEASE, {"text": text.id})
    publish(inst, "kk2020")
    before = quotes(inst)

    page = workplace.olga.get(f"{TEXTS}?zeigen=freigegeben")
    workplace.olga.press(page, TEXTS, "Freigabe zurücknehmen", {"text": text.id})

    assert (before, quotes(inst)) == ({text.text}, set())
    assert "1 Text der vorigen Fassung" in workplace.olga.get(f"{HERE}/fassung").text()
    publish(inst, "kk2020")
    assert [(v.number, v.quotes_left) for v in versions_of(inst, "kk2020")] == [(2, 0), (3, 0)]


def test_nothing_new_is_not_published(workplace: Workplace, inst: Installation) -> None:
    publish(inst, "kk2020")
    asked = workplace.olga.get(f"{HERE}/fassung")

    again = workplace.olga.post(f"{HERE}/fassung", workplace.olga.get(TEXTS).fields())

    assert "nichts geändert" in asked.text()
    assert again.status == 409
    assert len(versions_of(inst, "kk2020")) == 1


def test_a_theme_is_told_from_five_texts_on_and_with_texts_not_people(
    workplace: Workplace, inst: Installation
) -> None:
    workplace.olga.press(
        workplace.olga.get(f"{HERE}/themen"),
        f"{HERE}/themen",
        "Thema anlegen",
        {"name_de": "Mehr Zeit", "name_en": "More time"},
    )
    change = [t.id for t in texts_to_read(inst, "kk2020") if t.item == "change"]
    record = stored_record(inst, "kk2020")

    coding.add_theme_to_texts(inst, record, "mehr-zeit", text_ids=change[:4])
    four = publish(inst, "kk2020").themes
    coding.add_theme_to_texts(inst, record, "mehr-zeit", text_ids=change[:5])
    five = publish(inst, "kk2020").themes

    assert four == ()
    assert [(t.code, t.texts) for t in five] == [("mehr-zeit", 5)]
    assert "Mehr Zeit5 Texte" in workplace.paul.get(HERE).text()


def test_a_theme_of_nearly_all_texts_gives_away_the_rest(inst: Installation) -> None:
    record = stored_record(inst, "kk2020")
    ids = [t.id for t in texts_to_read(inst, "kk2020")]
    coding.add_theme(inst, record, name=Wording("Alles"), description="")

    coding.add_theme_to_texts(inst, record, "alles", text_ids=ids[:-1])

    assert publish(inst, "kk2020").themes == ()
    coding.add_theme_to_texts(inst, record, "alles", text_ids=ids)
    assert [t.texts for t in publish(inst, "kk2020").themes] == [len(ids)]


def test_a_theme_in_use_stays_and_keeps_its_code_when_renamed(
    workplace: Workplace, inst: Installation
) -> None:
    themes = f"{HERE}/themen"
    page = workplace.olga.get(themes)
    workplace.olga.press(page, themes, "Thema anlegen", {"name_de": "Essen"})
    workplace.olga.press(
        workplace.olga.get(TEXTS),
        TEXTS,
        "Thema zuordnen",
        {"text": a_text(inst, is_marked=False).id, "theme": "essen"},
    )

    address = f"{themes}/essen"
    renamed = workplace.olga.press(
        workplace.olga.get(address), address, "Thema speichern", {"name_de": "Verpflegung"}
    )
    refused = workplace.olga.post(
        address, workplace.olga.get(address).fields() | {"_action": ("delete",)}
    )

    assert (renamed.status, refused.status) == (303, 422)
    record = stored_record(inst, "kk2020")
    assert [(t.code, t.name.de) for t in coding.codebook(inst, record)] == [
        ("essen", "Verpflegung")
    ]


def test_a_second_theme_of_the_same_name_is_refused(workplace: Workplace) -> None:
    themes = f"{HERE}/themen"
    page = workplace.olga.get(themes)
    workplace.olga.press(page, themes, "Thema anlegen", {"name_de": "Essen"})

    again = workplace.olga.press(page, themes, "Thema anlegen", {"name_de": "essen"})

    assert again.status == 422
    assert "Ein Thema „essen“ gibt es schon." in again.text()
