"""Lists of people: every usual way to write one is understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.registration_list import read_registration_list
from survey.model.invitation import Registration
from tests.forms.registration_lists import EDITION, faults, registrations


def test_line_becomes_a_registration() -> None:
    text = (
        "Anmeldenummer;Vorname;Nachname;E-Mail;Sprache;Workshop 1;Workshop 2;Teilgenommen\n"
        "17;Jörg;Müller;Joerg.Mueller@Gemeinde-Ahl.example;Leichte Sprache;Digitale Stadt;Zukunfts-Check Dorf;ja\n"
    )

    assert registrations(text) == (
        Registration(
            "Joerg.Mueller@gemeinde-ahl.example",
            "Jörg Müller",
            "easy",
            "17",
            ("town", "check"),
            attended=True,
            line=2,
        ),
    )


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("E-Mail;Name;Anwesend", (False, False)),
        ("E-Mail;Name;Sprache", (True, False)),
        ("E-Mail;Name;Workshop 1", (False, True)),
        ("E-Mail;Name;Digitale Stadt", (False, True)),
    ],
)
def test_what_a_list_has_no_column_for_is_left_open(headings: str, told: tuple[bool, bool]) -> None:
    (found,) = registrations(f"{headings}\na@b.example;A;\n")

    assert (found.tells_language, found.tells_sessions) == told


@pytest.mark.parametrize(
    "heading",
    ["E-Mail", "Mail", "e-mail-adresse", "E-Mail Adresse", "EMAIL", "Email address", " E‑Mail: "],
)
def test_address_column_is_known_under_its_usual_names(heading: str) -> None:
    assert [r.address for r in registrations(f"{heading}\na@b.example\n")] == ["a@b.example"]


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        ("Name", "Anna Amt", "Anna Amt"),
        ("Vorname;Nachname", "Anna;Amt", "Anna Amt"),
        ("Vorname;Name", "Anna;Amt", "Anna Amt"),
        ("First name;Last name", "Anna;Amt", "Anna Amt"),
        ("Vorname;Nachname", ";Amt", "Amt"),
        ("Vor- und Nachname", "  Anna \u200b  Amt ", "Anna Amt"),
    ],
    ids=[
        "one column",
        "two columns",
        "name beside first name",
        "English",
        "no first name",
        "invisible characters",
    ],
)
def test_name_is_put_together(headings: str, cells: str, name: str) -> None:
    assert [r.name for r in registrations(f"E-Mail;{headings}\na@b.example;{cells}\n")] == [name]


@pytest.mark.parametrize(
    ("heading", "cell", "codes"),
    [
        ("Workshop", "town", ("town",)),
        ("Workshop", "DIGITALE  STADT", ("town",)),
        ("Workshop", "Digital town", ("town",)),
        ("Workshop", "„Digitale Stadt“", ("town",)),
        ("Workshop", "3. Digitale Stadt", ("town",)),
        ("Workshop", "Workshop 3: Digitale Stadt (Vormittag)", ("town",)),
        ("Workshop", "Digitale Do\u0308rfer - Smarte Lösungen", ("village",)),
        ("Workshop", "-", ()),
        ("Workshop", "keine", ()),
        ("Workshops", "Digitale Stadt| Zukunfts-Check Dorf", ("town", "check")),
        ("Workshops", '"Digitale Stadt; Zukunfts-Check Dorf"', ("town", "check")),
        ("Workshops", '"Digitale Stadt\nZukunfts-Check Dorf"', ("town", "check")),
        ("Workshops", "Zukunfts-Check Dorf, Digitale Stadt", ("town", "check")),
        ("Workshops", "Homeoffice, Führung und Recht, Zukunfts-Check Dorf", ("office", "check")),
        ("Gebuchte Workshops", "town, check", ("town", "check")),
        ("Workshop Runde 2", "Zukunfts-Check Dorf", ("check",)),
        ("Runde 1", "town", ("town",)),
        ("1. Runde", "town", ("town",)),
        ("Nachmittag", "check", ("check",)),
        ("Digitale Stadt", "x", ("town",)),
        ("Digitale Stadt", "nein", ()),
        ("Digitale Stadt", "", ()),
    ],
)
def test_sessions_are_found_by_code_or_title(
    heading: str, cell: str, codes: tuple[str, ...]
) -> None:
    text = f"E-Mail;{heading}\na@b.example;{cell}\n"

    assert [r.sessions for r in registrations(text)] == [codes]


def test_cancelled_session_may_stand_in_a_list_beside_the_one_found_instead() -> None:
    text = "E-Mail;Workshops\na@b.example;Jugend beteiligen, Zukunfts-Check Dorf\n"

    assert [r.sessions for r in registrations(text)] == [("check", "youth")]


def test_column_of_a_round_decides_where_a_title_is_held_twice() -> None:
    programme = EDITION.programme
    again = replace(programme.session("town"), code="town2", round="round2")
    edition = replace(EDITION, programme=replace(programme, sessions=(*programme.sessions, again)))

    found = registrations("E-Mail;Runde 2\na@b.example;Digitale Stadt\n", edition=edition)

    assert [r.sessions for r in found] == [("town2",)]
    assert faults("E-Mail;Workshop\na@b.example;Digitale Stadt\n", edition=edition) == [
        (
            2,
            "Workshop",
            "„Digitale Stadt“ gibt es mehrmals im Programm. Schreiben Sie den Code: town, town2.",
        )
    ]


def test_titles_and_empty_lines_before_the_headings_are_skipped() -> None:
    text = "Kommunalkongress;;\n\nStand: 1.9.2020;;\nName;E-Mail;Sprache\nAnna;a@b.example;en\n;;\nBernd;b@b.example;\n"

    assert [(r.line, r.name, r.language) for r in registrations(text)] == [
        (5, "Anna", "en"),
        (7, "Bernd", "de"),
    ]


def test_people_with_different_names_share_a_mailbox() -> None:
    text = "E-Mail,Name\nposteingang@b.example,Anna\nposteingang@b.example,Bernd\n"

    assert [r.name for r in registrations(text)] == ["Anna", "Bernd"]


def test_numbers_tell_nameless_people_at_one_mailbox_apart() -> None:
    text = "E-Mail,Anmeldenummer\nposteingang@b.example,1\nposteingang@b.example,2\n"

    assert [r.number for r in registrations(text)] == ["1", "2"]


@pytest.mark.parametrize(
    ("cell", "attended"),
    [("ja", True), ("X", True), ("1", True), ("nein", False), ("0", False), ("", None)],
)
def test_attendance_is_told(cell: str, *, attended: bool | None) -> None:
    found = registrations(f"E-Mail;Name;Anwesend\na@b.example;A;{cell}\n")

    assert [r.attended for r in found] == [attended]


def test_unknown_columns_can_be_ignored_by_name() -> None:
    found = read_registration_list(
        b"E-Mail;Telefon\na@b.example;1\n", "l.csv", EDITION, ignore=("TELEFON",)
    )

    assert [r.address for r in found.registrations] == ["a@b.example"]
