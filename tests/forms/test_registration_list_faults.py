"""Faults in lists of people: each is said in its line, and nothing but a refusal is raised."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.registration_list import read_registration_list
from survey.errors import FileRefused
from survey.language.wording import Wording
from tests.forms.registration_lists import EDITION, faults, registrations

ONE_FAULT = {
    "no address": ("Name;E-Mail\nAnna;\n", 2, "E-Mail", "Die E-Mail-Adresse fehlt."),
    "malformed address": (
        "Name;E-Mail\nAnna;anna(at)b.example\n",
        2,
        "E-Mail",
        "„anna(at)b.example“ ist keine gültige E-Mail-Adresse.",
    ),
    "umlaut before the at sign": (
        "Name;E-Mail\nAnna;müller@b.example\n",
        2,
        "E-Mail",
        (
            "Vor dem @ von „müller@b.example“ steht ein Umlaut oder ein anderes besonderes Zeichen. "
            "An solche Adressen kommt keine Mail an. Fragen Sie nach der richtigen."
        ),
    ),
    "line break in an address": (
        'Name;E-Mail\nAnna;"a@b.example\nBcc: x"\n',
        2,
        "E-Mail",
        "„a@b.example\nBcc: x“ ist keine gültige E-Mail-Adresse.",
    ),
    "two addresses": (
        "Name;E-Mail\nAnna;a@b.example, c@b.example\n",
        2,
        "E-Mail",
        (
            "In „a@b.example, c@b.example“ stehen mehrere Adressen. Jede Person braucht eine eigene Zeile mit einer "
            "Adresse."
        ),
    ),
    "unknown session with a neighbour": (
        "E-Mail;Workshop\na@b.example;Digitale Städte\n",
        2,
        "Workshop",
        "„Digitale Städte“ steht nicht im Programm. Meinten Sie „Digitale Stadt“?",
    ),
    "beginning of a title": (
        "E-Mail;Workshop\na@b.example;Homeoffice\n",
        2,
        "Workshop",
        "„Homeoffice“ steht nicht im Programm. Meinten Sie „Homeoffice, Führung und Recht“?",
    ),
    "unknown session": (
        "E-Mail;Workshop\na@b.example;Kochen\n",
        2,
        "Workshop",
        (
            "„Kochen“ steht nicht im Programm. "
            "Schreiben Sie einen Titel oder Code: town, office, village, check, youth."
        ),
    ),
    "two in one round": (
        "E-Mail;Workshops\na@b.example;town, office\n",
        2,
        "Workshops",
        "„Digitale Stadt“ und „Homeoffice, Führung und Recht“ finden zur selben Zeit statt (Vormittag).",
    ),
    "session for everybody": (
        "E-Mail;Workshop\na@b.example;Eröffnung\n",
        2,
        "Workshop",
        "„Eröffnung“ ist für alle und wird nicht gebucht.",
    ),
    "session of another round": (
        "E-Mail;Workshop Runde 2\na@b.example;Digitale Stadt\n",
        2,
        "Workshop Runde 2",
        "„Digitale Stadt“ findet nicht in der Runde statt, die über dieser Spalte steht.",
    ),
    "same person twice": (
        "Name;E-Mail\nAnna;a@b.example\nANNA;A@b.example\n",
        3,
        "E-Mail",
        "Diese Person steht schon in Zeile 2: gleicher Name und gleiche Adresse.",
    ),
    "same number twice": (
        "Name;E-Mail;Anmeldenummer\nAnna;a@b.example;7\nBernd;b@b.example;7\n",
        3,
        "Anmeldenummer",
        "Die Anmeldenummer „7“ steht schon in Zeile 2.",
    ),
    "unknown language": (
        "E-Mail;Sprache\na@b.example;Klingonisch\n",
        2,
        "Sprache",
        "Die Sprache „Klingonisch“ gibt es hier nicht. Möglich sind: Deutsch, Leichte Sprache, Englisch.",
    ),
    "unclear attendance": (
        "E-Mail;Anwesend\na@b.example;vielleicht\n",
        2,
        "Anwesend",
        "„vielleicht“ ist hier nicht zu verstehen. Schreiben Sie ja oder nein.",
    ),
    "more cells than headings": (
        "Name;E-Mail\nAnna;a@b.example;Müller\n",
        2,
        "",
        "Diese Zeile hat mehr Spalten als die Überschrift. Steht ein Trennzeichen zu viel darin?",
    ),
    "endless name": (
        f"Name;E-Mail\n{'A' * 201};a@b.example\n",
        2,
        "Name",
        "Hier stehen 201 Zeichen. Erlaubt sind höchstens 200.",
    ),
}


@pytest.mark.parametrize(("text", "line", "place", "sentence"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_mistake_is_one_fault_in_its_line(
    text: str, line: int, place: str, sentence: str
) -> None:
    assert faults(text) == [(line, place, sentence)]


def test_third_workshop_is_one_too_many() -> None:
    programme = EDITION.programme
    rounds = (
        *programme.rounds,
        replace(programme.rounds[0], code="round3", title=Wording("Abend")),
    )
    evening = replace(
        programme.session("town"), code="evening", title=Wording("Abendrunde"), round="round3"
    )
    three = replace(programme, rounds=rounds, sessions=(*programme.sessions, evening))

    found = faults(
        "E-Mail;Workshops\na@b.example;town, check, evening\n",
        edition=replace(EDITION, programme=three),
    )

    assert found == [(2, "Workshops", "Gebucht sind 3 Programmpunkte. Erlaubt sind höchstens 2.")]


def test_good_lines_are_taken_beside_faulty_ones() -> None:
    found = read_registration_list(
        b"Name;E-Mail\nAnna;a@b.example\nBernd;nirgends\n", "l.csv", EDITION
    )

    assert ([r.name for r in found.registrations], [f.line for f in found.faulty]) == (
        ["Anna"],
        [3],
    )


def test_faulty_lines_can_be_corrected_and_read_again() -> None:
    text = "Name;Telefon;E-Mail;Workshop\n=HYPERLINK(1);0631;nirgends;Digitale Stadt\n"
    found = read_registration_list(text.encode(), "l.csv", EDITION, ignore=("telefon",))

    corrected = found.faulty_lines.replace("nirgends", "a@b.example", 1)

    assert found.faulty_lines.splitlines() == [
        "Name;E-Mail;Workshop;Grund der Ablehnung",
        "'=HYPERLINK(1);nirgends;Digitale Stadt;„nirgends“ ist keine gültige E-Mail-Adresse.",
    ]
    assert [(r.name, r.sessions) for r in registrations(corrected)] == [
        ("=HYPERLINK(1)", ("town",))
    ]


def test_faulty_lines_give_their_causes_in_english() -> None:
    found = read_registration_list(b"E-Mail\nnirgends\n", "l.csv", EDITION)

    assert "“nirgends” is not a valid e-mail address." in found.faulty_lines_in("en")


REFUSED = {
    "unknown columns": (
        "E-Mail;Telefon;Geburtstag\na@b.example;1;2\n",
        (
            "Diese Spalten sind unbekannt: „Telefon“, „Geburtstag“. Löschen Sie sie aus der Liste, oder übergehen "
            "Sie sie beim Einlesen, jede mit: --ignore SPALTE"
        ),
    ),
    "two columns of addresses": (
        "E-Mail;Mail\na@b.example;b@b.example\n",
        "Die Spalte „Mail“ gibt es zweimal, oder sie sagt dasselbe wie eine andere.",
    ),
    "contents without a heading": (
        "E-Mail;\na@b.example;1\n",
        "Die 2. Spalte hat keine Überschrift, aber Inhalte.",
    ),
    "no heading for addresses": (
        "Name;Ort\nAnna;Ahl\n",
        (
            "Keine Spalte heißt „E-Mail“. Die erste Zeile der Tabelle muss die Spalten benennen; gefunden: „Name“, "
            "„Ort“."
        ),
    ),
    "no lines": ("Name;E-Mail\n", "Unter den Überschriften steht keine einzige Anmeldung."),
    "nothing": ("", "Die Datei ist leer."),
    "open quotation mark": (
        'Name;E-Mail\n"Anna;a@b.example\n',
        "Die Anführungszeichen passen ab hier nicht zusammen. Prüfen Sie diese Zeile.",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_list_that_cannot_be_understood_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_registration_list(text.encode(), "liste.csv", EDITION)

    assert [p.key % p.values() for p in refused.value.problems] == [sentence]


cells = st.sampled_from(
    [
        "E-Mail",
        "Name",
        "Workshop",
        "a@b.example",
        "Digitale Stadt",
        "1. Runde",
        "Runde 99",
        "²",
        "x",
        ";",
        ",",
        "\t",
        "\n",
        '"',
        "",
    ]
)


@given(st.lists(cells | st.text(max_size=6), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_arbitrary_text_raises_nothing_but_file_refused(text: str) -> None:
    with suppress(FileRefused):
        read_registration_list(text.encode("utf-8", "surrogatepass"), "l.csv", EDITION)


@given(st.lists(st.lists(cells | st.text(max_size=8), min_size=3, max_size=3), max_size=6))
@settings(max_examples=200, deadline=None)
def test_every_line_is_a_registration_or_faulty(lines: list[list[str]]) -> None:
    said = [
        [c.replace('"', "").replace(";", "").replace("\n", "").replace("\r", "") for c in line]
        for line in lines
    ]
    text = "E-Mail;Name;Workshop\n" + "".join(";".join(line) + "\n" for line in said)

    try:
        found = read_registration_list(text.encode("utf-8", "replace"), "l.csv", EDITION)
    except FileRefused:
        return

    assert all(r.address and r.line for r in found.registrations)
    assert len(found.registrations) + len(found.faulty) <= len(lines)
