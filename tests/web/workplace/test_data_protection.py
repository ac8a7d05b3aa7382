"""Texts about data protection follow the settings in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.housekeeping import change_profile
from survey.keeping.retention import BACKUPS_KEPT, TEXTS_KEPT
from survey.model.workplace import MAIN_ORGANISATION
from survey.settings import House, Smtp
from survey.signing_in import begin
from survey.web.privacy_notice import BACKUP_DAYS
from tests.accessibility.client import AccessibleClient

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.workplace import Workplace

START = "/arbeit/einstellungen/datenschutz"
DOCUMENTS = ("hinweise", "verzeichnis", "massnahmen", "loeschkonzept")


def set_everything(inst: Installation) -> None:
    change_profile(
        inst,
        MAIN_ORGANISATION,
        lambda p: replace(
            p,
            contact="fragen@stadt-musterstadt.de",
            contact_name="Frau Fröhlich",
            text_readers="zwei Personen im Kongressbüro",
            legal_basis="§ 3 LDSG",
            processors="Rechenzentrum Nord",
            data_protection_contact="datenschutz@stadt-musterstadt.de",
            retention_days=21,
            disclosure_threshold=7,
            cell_threshold=15,
        ),
        revision=0,
    )


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_text_is_there_before_anything_is_set(
    workplace: Workplace, document: str, language: str
) -> None:
    page = workplace.olga.get(f"{START}/{document}?sprache={language}")

    assert page.status == 200
    assert "14. September 2020" in page.text() or "14 September 2020" in page.text()


@pytest.mark.proves("D1", "D2", "D3", "D4")
@pytest.mark.parametrize(
    ("document", "before", "after"),
    [
        ("hinweise", "14 Tage nach", "21 Tage nach"),
        ("hinweise", "nach 44 Tagen überall", "nach 51 Tagen überall"),
        ("hinweise", "ab 5 Antworten gezeigt", "ab 7 Antworten gezeigt"),
        ("hinweise", "ab 10 Antworten", "ab 15 Antworten"),
        ("hinweise", "Artikel 6 Absatz 1 Buchstabe e", "Rechtsgrundlage: § 3 LDSG"),
        ("hinweise", "Es fehlt eine Adresse für Fragen", "fragen@stadt-musterstadt.de"),
        ("verzeichnis", "Artikel 6 Absatz 1 Buchstabe e", "§ 3 LDSG"),
        ("verzeichnis", "Auftragsverarbeiter: keine genannt.", "Rechenzentrum Nord"),
        ("verzeichnis", "nach 44 Tagen überall", "nach 51 Tagen überall"),
        ("massnahmen", "ab 5 Antworten, Aufteilungen", "ab 7 Antworten, Aufteilungen"),
        ("loeschkonzept", "14 Tage nach dem Ende", "21 Tage nach dem Ende"),
        ("loeschkonzept", "nach 44 Tagen", "nach 51 Tagen"),
    ],
)
def test_texts_follow_the_settings(
    workplace: Workplace, document: str, before: str, after: str
) -> None:
    first = workplace.olga.get(f"{START}/{document}").text()
    set_everything(workplace.inst)

    then = workplace.olga.get(f"{START}/{document}").text()

    assert (before in first, after in first) == (True, False)
    assert (before in then, after in then) == (False, True)


@pytest.mark.proves("D4", "D8")
def test_the_periods_are_those_that_deletion_keeps_to(workplace: Workplace) -> None:
    page = workplace.olga.get(f"{START}/loeschkonzept").text()

    assert BACKUPS_KEPT.days == BACKUP_DAYS
    assert TEXTS_KEPT.days == 730
    assert "30 Tage später" in page
    assert "spätestens nach 24 Monaten" in page


@pytest.mark.proves("D3")
def test_measures_name_tls_mail_server_and_the_houses_sign_in(workplace: Workplace) -> None:
    smtp = Smtp("mail.stadt-musterstadt.de", 587, "starttls", "nutzer", "geheim")
    house = House("https://anmeldung.stadt-musterstadt.de", "nachklang", "geheim", "Stadt-Konto")
    settings = replace(workplace.inst.settings, smtp=smtp, house=house)
    inst = replace(workplace.inst, settings=settings)
    client = AccessibleClient(make_application(inst))
    client.set_cookie("__Host-nachklang", begin(inst, "olga", "main"))

    plain = workplace.olga.get(f"{START}/massnahmen").text()
    text = client.get(f"{START}/massnahmen").text()

    assert "Alle Seiten von feedback.example.org gehen über TLS" in text
    assert "verschlüsselt an den Mailserver mail.stadt-musterstadt.de." in text
    assert "auch mit Stadt-Konto anmelden" in text
    assert "Es ist kein Mailserver eingestellt" in plain
    assert "Stadt-Konto" not in plain
    assert "geheim" not in text.replace("geheimer", "")


@pytest.mark.proves("D21")
@pytest.mark.parametrize("document", DOCUMENTS)
def test_only_organisers_read_them_and_only_their_own(workplace: Workplace, document: str) -> None:
    set_everything(workplace.inst)
    assert workplace.olga.get(f"{START}/{document}").status == 200

    assert workplace.paul.get(f"{START}/{document}").status == 404
    assert workplace.stranger.get(f"{START}/{document}").status == 303
    assert "stadt-musterstadt" not in workplace.frieda.get(f"{START}/{document}").html
    assert workplace.olga.request("POST", f"{START}/{document}").status == 405


def test_no_other_text_is_there(workplace: Workplace) -> None:
    assert workplace.olga.get(f"{START}/frame").status == 404
