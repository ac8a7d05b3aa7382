"""An organiser with a list out of a German Excel gets to a PDF, by commands alone."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pikepdf
import pytest

from survey.rehearsal.answering import Browser
from survey.rehearsal.mail_files import plain_text, read_mail
from survey.rehearsal.people import Temper
from tests.commands.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path

INVITED = 44
ANSWERING = 32
MORNING = datetime(2027, 9, 13, 7, 0, tzinfo=UTC)
THREE_DAYS_LATER = datetime(2027, 9, 16, 7, 0, tzinfo=UTC)
AFTER_DEADLINE = datetime(2027, 9, 24, 17, 5, tzinfo=UTC)
FORM_LINK = re.compile(r"https?://\S+/f/[^\s?]+")
SESSIONS = ("ws1", "ws2"), ("ws3", "ws4")
TITLES = {
    "ws1": "Digitale Verwaltung",
    "ws2": "Bürgerbeteiligung",
    "ws3": "Digitale Dörfer",
    "ws4": "Offene Daten",
}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, is_measured=False)


def german_excel(*, without: int = 0) -> bytes:
    """A list as Excel saves it in Germany: semicolons, Windows-1252, umlauts, a shared mailbox."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Name", "E-Mail-Adresse", "Workshop Runde 1", "Workshop Runde 2"])
    for number in range(INVITED - without):
        address = "poststelle@rathaus.example.org" if number < 5 else f"p{number}@example.org"
        first, second = SESSIONS[0][number % 2], SESSIONS[1][number % 3 % 2]
        writer.writerow([f"Jörg Müßig {number}", address, TITLES[first], TITLES[second]])
    return text.getvalue().encode("cp1252")


def test_an_organiser_gets_from_a_list_to_a_report(shell: Shell) -> None:
    shell.at(MORNING)
    shell.succeed("init")
    edition = shell.folder / "kongress.toml"
    edition.write_text(shell.succeed("edition", "example", "congress"), encoding="utf-8")
    shell.succeed("edition", "new", str(edition))
    (shell.folder / "liste.csv").write_bytes(german_excel())

    imported = shell.succeed("participants", "import", "kongress2027", "liste.csv")

    assert imported.splitlines()[1].split() == [str(INVITED), "0", "0", "0", "0"]

    invited = shell.succeed("invite", "kongress2027", typed="j\n")

    assert f"{INVITED} Mails sind gesendet." in invited
    assert f"Kein Mailserver ist gesetzt: Mails liegen als Dateien in {shell.mails}." in invited
    assert len(list(shell.mails.glob("*.eml"))) == INVITED

    answer_by_links_of_the_mails(shell, count=ANSWERING)
    told = shell.succeed("status", "kongress2027")

    assert "mindestens 30" in told
    assert str(ANSWERING) not in told

    shell.at(THREE_DAYS_LATER)
    reminded = shell.succeed("remind", "kongress2027", "--yes")

    reminders = list(shell.mails.glob("kongress2027-reminder_1-*.eml"))
    assert len(reminders) == INVITED - ANSWERING
    assert str(len(reminders)) not in reminded

    too_early = shell.run("count", "kongress2027", "--yes")

    assert too_early.code == 1
    assert too_early.err == "Auszählen können Sie ab 24. September 2027, 19:00 Uhr.\n"

    shell.at(AFTER_DEADLINE)
    counted = shell.succeed("count", "kongress2027", "--yes")

    assert f"Geöffnet und ausgezählt: {ANSWERING} Umschläge" in counted
    protocol = shell.data / "reports" / "kongress2027-protokoll.txt"
    assert protocol.read_text(encoding="utf-8") in counted
    assert f"{INVITED} Dankesmails sind bereit." in shell.succeed("thank", "kongress2027", "--yes")

    shell.succeed("report", "kongress2027")
    shell.succeed("report", "kongress2027", "--session", "ws1", "--pdf", "ws1.pdf")
    shell.succeed(
        "export", "kongress2027", "--format", "json", "--format", "xlsx", "--format", "csv",
        "--format", "codebook", "--to", "daten",
    )  # fmt: skip

    with pikepdf.open(shell.data / "reports" / "kongress2027-auswertung.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]).endswith("Mein Kongress 2027")
        assert len(pdf.pages) > 3
    with pikepdf.open(shell.folder / "ws1.pdf") as pdf:
        assert pdf.Root["/MarkInfo"]["/Marked"]
    exported = sorted(path.name for path in (shell.folder / "daten").iterdir())
    assert exported == [
        "kongress2027-auswertung-codebook.csv",
        "kongress2027-auswertung.csv",
        "kongress2027-auswertung.json",
        "kongress2027-auswertung.xlsx",
    ]
    summary = json.loads((shell.folder / "daten" / exported[2]).read_text(encoding="utf-8"))
    assert (summary["invited"], summary["answered"]) == (INVITED, ANSWERING)

    shown = shell.succeed("texts", "show", "kongress2027")
    text_id, text = next(
        line.split(maxsplit=1) for line in shown.splitlines() if line.startswith("  ")
    )
    invented = shell.run("texts", "release", "kongress2027", text_id, "--as", "Alles war schlecht.")

    assert invented.code == 1
    assert f"Freigegeben: {text}" in shell.succeed("texts", "release", "kongress2027", text_id)

    shell.succeed("report", "kongress2027", "--language", "en")

    with pikepdf.open(shell.data / "reports" / "kongress2027-summary-version-2.pdf") as pdf:
        assert pdf.Root["/Lang"] == "en"


def answer_by_links_of_the_mails(shell: Shell, *, count: int) -> None:
    """Some people fill in their forms; five who share a mailbox have a link each."""
    mails = shell.mails.glob("kongress2027-invitation-*.eml")
    links = sorted(FORM_LINK.findall(plain_text(read_mail(mail)))[0] for mail in mails)
    chance = Random(7)  # noqa: S311 -- made-up people
    with shell.serving() as address:
        browser = Browser(address)
        for link in links[:count]:
            browser.answer(link, Temper(), chance)
        browser.close()
