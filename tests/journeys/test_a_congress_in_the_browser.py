"""A person who knows only the browser: from the first sign-in to the published results, by keyboard alone."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from forms.edition_file import read_edition_file
from survey.access.app_codes import app_code
from survey.employing.joining import first_start_link
from survey.preparing import create_edition
from survey.rehearsal.answering import Browser
from survey.rehearsal.people import Temper
from survey.working import work_once
from tests.accessibility.conftest import opened, serving
from tests.journeys.keyboard import Keyboard
from tests.mail.relay import relay as smtp_server
from tests.people import StoppedClock, make_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser as Chromium

    from survey.installation import Installation
    from tests.mail.relay import Relay

ROOT = Path(__file__).resolve().parents[2]
SUMMER = datetime(2022, 8, 1, 7, 0, tzinfo=UTC)
EVENING = datetime(2022, 9, 9, 16, 0, tzinfo=UTC)
"""Of the congress."""
ANSWERING = 34
FORM_LINK = re.compile(r"https?://\S+/f/[^\s?]+")
PASSWORD = "Sieben Zwerge hinter neun Bergen"
ADDRESS = "olga.ohm@musterstadt.example"
PEOPLE = 40
LIST = "\r\n".join(
    [
        "Name;E-Mail;Workshop 1;Workshop 2",
        *(
            f"Gast Nummer{n};gast{n}@example.org;ws0{n % 3 + 1};ws0{n % 3 + 7}"
            for n in range(PEOPLE - 3)
        ),
        "Ohne Adresse;;ws01;ws07",
        "Falsche Adresse;gast-ohne-at.example.org;ws01;ws07",
        "Falscher Workshop;gast99@example.org;ws77;ws07",
    ]
)


@dataclasses.dataclass
class Office:
    """A running service that believes it is the moment of its clock."""

    inst: Installation
    clock: StoppedClock
    address: str
    relay: Relay

    def work(self) -> None:
        """Everything that is due is done, as the service's other half does it all the time."""
        troubles: list[object] = []
        work_once(self.inst, tell=troubles.append)
        assert troubles == []


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = StoppedClock(SUMMER)
    made = make_installation(tmp_path, clock)
    with smtp_server() as relay:
        settings = dataclasses.replace(made.settings, smtp=relay.smtp(), mail_folder=None)
        inst = dataclasses.replace(made, settings=settings)
        create_edition(inst, read_edition_file(ROOT / "docs" / "examples" / "kk2020.toml"))
        with serving(inst) as address:
            yield Office(inst, clock, address, relay)
        inst.database.close()


@pytest.mark.parametrize(
    "settings",
    [
        {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False},
        {"viewport": {"width": 1280, "height": 900}},
    ],
    ids=["phone-without-javascript", "desktop"],
)
def test_a_congress_from_the_first_sign_in_to_the_published_results(
    browser: Chromium,
    office: Office,
    tmp_path: Path,
    settings: dict[str, Any],
) -> None:
    with opened(browser, accept_downloads=True, **settings) as page:
        olga = Keyboard(page)
        secret = signs_in_for_the_first_time(olga, office)
        copies_the_congress(olga)
        changes_two_questions(olga)
        loads_the_list(olga, tmp_path)
        office.clock.set(EVENING)
        signs_in(olga, office, secret)
        sends(olga, office)
        mends_an_address(olga, office)
        people_answer(office)
        office.clock.pass_by(timedelta(days=3))
        signs_in(olga, office, secret)
        extends_and_closes(olga)
        counts(olga, office)
        releases_quotes(olga)
        downloads_the_report(olga)
        publishes(olga, office)


def signs_in_for_the_first_time(olga: Keyboard, office: Office) -> bytes:
    """With the link that the service printed; the app's secret for later."""
    link = first_start_link(office.inst)
    olga.open(office.address + link.removeprefix(office.inst.settings.base_url))
    olga.type("Name Ihrer Organisation", "Stadt Musterstadt")
    olga.type("Ihr Name", "Olga Ohm")
    olga.type("Ihre Mailadresse", ADDRESS)
    olga.type("Passwort", PASSWORD)
    olga.press("Konto anlegen")
    olga.press("App einrichten")
    text = olga.page.inner_text(".figure-text")
    secret = secret_of(text)
    olga.type("Code", app_code(secret, office.clock()))
    olga.press("Code prüfen und App einrichten")
    assert olga.heading == "Ihre Notfallcodes"
    olga.press("Ich habe sie aufgehoben: weiter")
    assert olga.heading == "Heute"
    return secret


def copies_the_congress(olga: Keyboard) -> None:
    """Last year's, for 2022."""
    olga.press("Neue Ausgabe anlegen")
    olga.press("Wie „Kommunalkongress Rheinland-Pfalz 2020“")
    olga.press("2022")
    olga.press("Ausgabe anlegen")
    assert olga.heading == "Bitte einmal durchsehen"


def changes_two_questions(olga: Keyboard) -> None:
    """One means something else from now on; in the other a word was unclear."""
    olga.press("Fragebogen")
    olga.press("Wie bewerten Sie die Technik?")
    olga.type("Deutsch", "Wie bewerten Sie die Übertragung?", group="Text der Frage")
    olga.press("Frage speichern")
    olga.choose("Neue Fassung: Gemeint ist etwas anderes.")
    olga.press("Frage speichern")
    olga.press("Wie war die Länge der Veranstaltung?")
    olga.type("Deutsch", "Wie war die Dauer der Veranstaltung?", group="Text der Frage")
    olga.press("Frage speichern")
    olga.choose("Tippfehler oder bessere Sprache:")
    olga.press("Frage speichern")
    assert "Wie war die Dauer der Veranstaltung?" in olga.told


def loads_the_list(olga: Keyboard, folder: Path) -> None:
    """Three of its lines are wrong: two are mended, one is left out."""
    file = folder / "anmeldungen.csv"
    file.write_bytes(LIST.encode("cp1252"))
    olga.press("Teilnehmende")
    olga.press("Liste hochladen")
    olga.send_file("Anmeldeliste oder Anwesenheitsliste", file)
    olga.press("Liste hochladen")
    assert olga.heading == "Spalten zuordnen"
    olga.press("Weiter")
    assert olga.heading == "Programmpunkte zuordnen"
    olga.press("Weiter")
    assert olga.heading == "Zeilen berichtigen"
    olga.type("E-Mail", "ohne.adresse@example.org", group=f"Zeile {PEOPLE - 1}")
    olga.tick(f"Zeile {PEOPLE} nicht einlesen")
    olga.type("Workshop 1", "ws01", group=f"Zeile {PEOPLE + 1}")
    olga.press("Zeilen prüfen")
    assert olga.heading == "Liste prüfen"
    olga.press("Liste einlesen")
    assert f"Personen 1 bis {PEOPLE - 1} von {PEOPLE - 1}" in olga.told


def sends(olga: Keyboard, office: Office) -> None:
    """Everything is checked first; then the invitations leave."""
    olga.press("Kommunalkongress Rheinland-Pfalz 2022")
    olga.press("Vor dem Versand prüfen")
    olga.press("Hinweise gelesen")
    olga.press("Weiter zum Versand")
    olga.press("Jetzt einladen")
    assert f"{PEOPLE - 1} Mails gehen hinaus" in olga.told
    olga.press("Jetzt einladen")
    office.relay.at_recipient["gast5@example.org"] = ["550 5.1.1 no such user"]
    office.work()
    olga.press("Stand neu laden")
    assert f"{PEOPLE - 2} von {PEOPLE - 1} gesendet. 1 Mail ist gescheitert." in olga.told


def mends_an_address(olga: Keyboard, office: Office) -> None:
    """One mail came back."""
    olga.press("Teilnehmende")
    olga.press("Unzustellbare Mails ansehen")
    assert "Gast Nummer5" in olga.told
    olga.follow("Adresse berichtigen")
    olga.type("E-Mail", "gast.fuenf@example.org")
    olga.press("Angaben speichern")
    olga.press("Einladung senden")
    office.work()
    assert office.relay.addresses[-1] == "gast.fuenf@example.org"


def people_answer(office: Office) -> None:
    """Each with the link of their mail."""
    texts = [body.get_content() for _, mail in office.relay.received if (body := mail.get_body())]
    visitor, chance = Browser(office.address), Random(7)  # noqa: S311 -- made-up people
    links = [FORM_LINK.findall(text)[0] for text in texts if FORM_LINK.search(text)]
    for link in links[:ANSWERING]:
        visitor.answer(link, Temper(), chance)
    visitor.close()


def signs_in(olga: Keyboard, office: Office, secret: bytes) -> None:
    """On another day, with password and app."""
    olga.open(f"{office.address}/arbeit")
    assert olga.heading == "Anmelden"
    olga.type("Mailadresse", ADDRESS)
    olga.type("Passwort", PASSWORD)
    olga.press("Anmelden")
    olga.type("Code", app_code(secret, office.clock()))
    olga.press("Mit dem Code anmelden")
    assert olga.heading == "Heute"


def extends_and_closes(olga: Keyboard) -> None:
    """Two days more, and then not even that."""
    olga.press("Kommunalkongress Rheinland-Pfalz 2022")
    assert "mindestens 30" in olga.told
    olga.press("Frist verlängern")
    olga.type("Tag", "25")
    olga.press("Frist verlängern")
    assert "25. September 2022" in olga.told
    olga.press("Jetzt schließen")
    olga.press("Jetzt schließen")
    assert "Geschlossen" in olga.told


def counts(olga: Keyboard, office: Office) -> None:
    """An hour later; the service asks once more who it is, and keeps what was meant."""
    office.clock.pass_by(timedelta(minutes=61))
    olga.press("Überblick")
    olga.press("Auszählen")
    olga.press("Jetzt auszählen")
    assert olga.heading == "Bitte zeigen Sie noch einmal, dass Sie es sind"
    olga.type("Passwort", PASSWORD)
    olga.press("Weiter")
    olga.press("Eingaben absenden")
    office.work()
    olga.press("Stand neu laden")
    assert "Ausgezählt" in olga.told or "Protokoll" in olga.heading


def releases_quotes(olga: Keyboard) -> None:
    """Three texts, in a second version of the results."""
    olga.press("Ergebnisse")
    olga.press("Texte lesen und freigeben")
    for box in olga.page.locator("input[name=text]").all()[:3]:
        olga.tick(box.evaluate("e => e.labels[0].innerText.replace(/\\s+/g, ' ').trim()"))
    olga.press("Ausgewählte freigeben")
    olga.press("Fassung 2 ansehen und veröffentlichen")
    olga.press("Fassung 2 veröffentlichen")
    assert "Fassung 2" in olga.told


def downloads_the_report(olga: Keyboard) -> None:
    """As an accessible PDF, with the quotes."""
    olga.press("Ergebnisse")
    olga.press("Herunterladen")
    report = olga.download("Bericht als PDF auf Deutsch laden")
    with pikepdf.open(io.BytesIO(report)) as pdf:
        assert str(pdf.docinfo["/Title"]).endswith("Kommunalkongress Rheinland-Pfalz 2022")
        assert pdf.Root["/MarkInfo"]["/Marked"]


def publishes(olga: Keyboard, office: Office) -> None:
    """What came out, for everybody, at once."""
    olga.press("Ergebnisse")
    olga.press("Für alle veröffentlichen")
    olga.type("Tag", "12")
    olga.press("Veröffentlichen")
    assert olga.told.startswith("Für alle veröffentlichen")
    assert "kann jeder die Ergebnisse lesen:" in olga.told
    (path,) = set(re.findall(r"https://feedback.example.org(/ergebnis/\S+)", olga.told))
    olga.open(office.address + path)
    assert "Kommunalkongress Rheinland-Pfalz 2022" in olga.told


def secret_of(text: str) -> bytes:
    """What the page shows, as the app keeps it."""
    letters = re.sub(r"\s", "", text)
    return base64.b32decode(letters + "=" * (-len(letters) % 8))
