"""The texts of an edition's mails in the browser: written, previewed, given up, and sent to oneself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.mail_writing import words_of
from survey.model.invitation import Campaign
from survey.model.mail_words import OwnWords
from survey.preparing import find_edition
from survey.storage import mail_texts
from tests.events import congress, network_call
from tests.mail.relay import Relay, relay
from tests.people import store_edition
from tests.workplace import OLGA, Workplace, signed_in_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.event import EditionRecord

TEXTS = "/arbeit/ausgaben/kk2020/versand/texte"
HERE = f"{TEXTS}/einladung?fassung=de"
TEST = "/arbeit/ausgaben/kk2020/versand/testmail/einladung?fassung=de"
OWN = {"subject": "{titel}: Bitte bis {fristtag}", "text": "{anrede}\n\n{{7*7}} <svg onload=x>"}


@pytest.fixture
def server() -> Iterator[Relay]:
    with relay() as running:
        yield running


@pytest.fixture(autouse=True)
def edition(inst: Installation) -> EditionRecord:
    """The congress, planned."""
    return store_edition(inst, congress())


def kept(
    inst: Installation,
    record: EditionRecord,
    language: Language = "de",
    campaign: Campaign = Campaign.INVITATION,
) -> OwnWords | None:
    found = words_of(inst, record, campaign=campaign, language=language)
    return found.words if found.is_own else None


def test_the_form_begins_with_the_text_that_comes_along_and_shows_it(workplace: Workplace) -> None:
    page = workplace.olga.get(HERE)

    assert page.heading == "Einladung auf Deutsch"
    assert page.fields()["text"][0].startswith("{anrede}\n\nSie haben sich angemeldet: {titel}.")
    assert "Guten Tag Erika Muster," in page.text()
    assert "{anrede}" in page.text()
    assert "mitgelieferter Text" in page.text()
    assert "Fragebogen öffnen (" in page.text()


def test_a_preview_shows_what_was_typed_and_keeps_nothing(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    shown = workplace.olga.press(workplace.olga.get(HERE), HERE, "Vorschau zeigen", OWN)

    assert shown.status == 200
    assert "Kommunalkongress 2020: Bitte bis 28. September" in shown.text()
    assert "{{7*7}} <svg onload=x>" in shown.text()
    assert "<svg" not in shown.html.replace("<svg onload=x></textarea>", "")
    assert (shown.fields()["subject"], shown.fields()["text"]) == (
        (OWN["subject"],),
        (OWN["text"],),
    )
    assert "noch nicht gespeichert" in shown.text()
    assert "Testmail senden" not in [text for text, _, _ in shown.buttons()]
    assert kept(inst, edition) is None


def test_own_words_are_kept_for_one_mail_in_one_language(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    reply = workplace.olga.press(workplace.olga.get(HERE), HERE, "Text speichern", OWN)

    assert (reply.status, reply.location) == (303, HERE)
    assert kept(inst, edition) == OwnWords(OWN["subject"], OWN["text"])
    assert kept(inst, edition, "easy") is None
    assert kept(inst, edition, campaign=Campaign.THANKS) is None
    assert workplace.olga.get(TEXTS).text().count("eigener Text") == 1


def test_the_text_that_came_along_comes_back(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    workplace.olga.press(workplace.olga.get(HERE), HERE, "Text speichern", OWN)
    page = workplace.olga.get(HERE)

    reply = workplace.olga.press(page, HERE, "Zurück zum mitgelieferten Text")

    assert reply.status == 303
    assert kept(inst, edition) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"subject": ""}, "Geben Sie einen Betreff ein."),
        ({"text": " "}, "Geben Sie einen Text ein."),
        ({"subject": "a\r\nBcc: alle@example.org"}, "Der Betreff ist eine einzige Zeile"),
        ({"text": "{vorname}"}, "Den Platzhalter {vorname} gibt es in dieser Mail nicht."),
        ({"text": "{vorname}"}, "{anrede}, {titel}, {tag}"),
        ({"subject": "x" * 151}, "Höchstens 150 Zeichen."),
    ],
)
@pytest.mark.parametrize("button", ["Vorschau zeigen", "Text speichern"])
def test_what_cannot_be_sent_is_refused_with_everything_typed(
    workplace: Workplace,
    inst: Installation,
    edition: EditionRecord,
    typed: dict[str, str],
    said: str,
    *,
    button: str,
) -> None:
    fields = OWN | typed

    reply = workplace.olga.press(workplace.olga.get(HERE), HERE, button, fields)

    assert reply.status == 422
    assert said in reply.text()
    assert reply.fields()["text"] == (fields["text"],)
    assert kept(inst, edition) is None


def test_a_test_mail_goes_to_oneself_and_leads_to_the_preview(
    workplace: Workplace, inst: Installation, server: Relay
) -> None:
    settings = replace(inst.settings, smtp=server.smtp())
    olga = signed_in_client(replace(inst, settings=settings), OLGA)
    olga.press(olga.get(HERE), HERE, "Text speichern", OWN)

    reply = olga.press(olga.get(HERE), TEST, "Testmail senden")

    assert (reply.status, reply.location) == (303, HERE)
    ((address, message),) = server.received
    assert address == OLGA.address
    assert str(message["Subject"]).startswith("TEST – Vorführung – Kommunalkongress 2020: Bitte")
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "/arbeit/ausgaben/kk2020/fragebogen/vorschau?sprache=de" in text
    assert "/f/" not in text
    assert (
        workplace.olga.get("/arbeit/ausgaben/kk2020/fragebogen/vorschau?sprache=de").status == 200
    )


def test_a_test_mail_that_cannot_leave_is_told(
    workplace: Workplace, inst: Installation, server: Relay
) -> None:
    server.at_recipient["*"] = ["550 5.1.1 No such user"]
    assert workplace.inst is inst
    settings = replace(inst.settings, smtp=server.smtp())
    olga = signed_in_client(replace(inst, settings=settings), OLGA)

    refused = olga.press(olga.get(HERE), TEST, "Testmail senden")
    away = signed_in_client(
        replace(inst, settings=replace(settings, smtp=replace(server.smtp(), port=1))), OLGA
    )
    unreachable = away.press(away.get(HERE), TEST, "Testmail senden")

    assert (refused.status, unreachable.status) == (503, 503)
    assert "Die Testmail ging nicht hinaus (550 5.1.1)." in refused.text()
    assert "Die Testmail ging nicht hinaus (ConnectionRefusedError)." in unreachable.text()


@pytest.mark.parametrize("word", ["erste-erinnerung", "zweite-erinnerung", "dank", "ergebnisse"])
@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_every_mail_can_be_read_in_every_language(
    workplace: Workplace, word: str, language: str
) -> None:
    assert workplace.olga.get(f"{TEXTS}/{word}?fassung={language}").status == 200


@pytest.mark.proves("A2")
@pytest.mark.parametrize(("mail", "spoken"), [("de", "de"), ("easy", "de"), ("en", "en")])
@pytest.mark.parametrize("page", ["de", "en"])
def test_the_words_of_a_mail_are_marked_as_in_its_language(
    workplace: Workplace, page: str, mail: str, spoken: str
) -> None:
    shown = workplace.olga.get(f"{TEXTS}/einladung?fassung={mail}&sprache={page}").markup

    fields = [one for one in shown.controls() if one.get("name") in {"subject", "text"}]
    previews = [one for one in shown.all("div") if "preview" in one.get("class", "").split()]
    assert [one.get("lang") for one in fields] == [spoken, spoken]
    assert [one.get("lang") for one in previews] == [spoken, spoken]


@pytest.mark.parametrize("end", ["links", "einladung?fassung=fr", "einladung/x"])
def test_mails_that_are_not_there_are_not_found(workplace: Workplace, end: str) -> None:
    assert workplace.olga.get(f"{TEXTS}/{end}").status == 404


def test_next_years_edition_takes_the_texts_along(
    inst: Installation, edition: EditionRecord
) -> None:
    following = store_edition(inst, network_call())
    words = OwnWords("Betreff", "Text")

    def work(connection: object) -> None:
        for language in ("de", "en"):
            mail_texts.put(
                connection,  # type: ignore[arg-type]
                edition.id,
                campaign=Campaign.INVITATION,
                language=language,
                words=words,
            )
        mail_texts.copy_texts(connection, edition.id, following.id)  # type: ignore[arg-type]
        mail_texts.copy_texts(connection, edition.id, following.id)  # type: ignore[arg-type]

    inst.database.write(work)

    assert [kept(inst, following, language) for language in ("de", "easy", "en")] == [
        words,
        None,
        words,
    ]


def test_a_copy_made_in_the_browser_says_what_the_earlier_mails_said(
    workplace: Workplace, inst: Installation
) -> None:
    workplace.olga.press(workplace.olga.get(HERE), HERE, "Text speichern", OWN)
    address = "/arbeit/ausgaben/neu/aus/kk2020"
    form = workplace.olga.get(address)

    reply = workplace.olga.press(form, address, "Ausgabe anlegen")

    assert reply.status == 303
    copied = find_edition(inst, reply.location.split("/")[3])
    assert copied.name != "kk2020"
    assert kept(inst, copied) == OwnWords(OWN["subject"], OWN["text"])
