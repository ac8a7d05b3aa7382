"""The organiser's own words: places are filled in, everything else is printed as it was typed."""

from __future__ import annotations

import time

import pytest

from survey.model.invitation import Campaign
from survey.model.mail_words import (
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    OwnWords,
    fill,
    paragraphs_of,
    what_is_wrong,
)

VALUES = {"titel": "Kongress {frist}", "frist": "morgen"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Zu {titel} bis {frist}.", "Zu Kongress {frist} bis morgen."),
        ("{{7*7}} ${7*7} {7*7} {% if %}", "{{7*7}} ${7*7} {7*7} {% if %}"),
        ("{{titel}}", "{{titel}}"),
        ("{ titel } {} {titel", "{ titel } {} {titel"),
        ("%(titel)s {Titel} {unbekannt}", "%(titel)s {Titel} {unbekannt}"),
        ("<b>{frist}</b>", "<b>morgen</b>"),
    ],
)
def test_only_known_places_are_filled_in_and_once(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


def test_empty_lines_part_paragraphs() -> None:
    assert paragraphs_of("eins\r\nzwei\r\n\r\n \n drei \n\n\n") == (("eins", "zwei"), ("drei",))
    assert paragraphs_of(" \n ") == ()


@pytest.mark.parametrize(
    ("subject", "text", "wrong"),
    [
        ("Betreff", "Text", []),
        ("Bis {fristtag}: {titel}", "{anrede}\n\n{minuten} Minuten", []),
        ("", "Text", [("subject", "Geben Sie einen Betreff ein.")]),
        ("Betreff", " \n", [("text", "Geben Sie einen Text ein.")]),
        (
            "Betreff\r\nBcc: alle@example.org",
            "Text",
            [
                (
                    "subject",
                    "Der Betreff ist eine einzige Zeile ohne Zeilenumbruch und Steuerzeichen.",
                )
            ],
        ),
        (
            "Betreff\u2028Bcc: alle",
            "Text",
            [
                (
                    "subject",
                    "Der Betreff ist eine einzige Zeile ohne Zeilenumbruch und Steuerzeichen.",
                )
            ],
        ),
        ("Betreff", "a\x00b", [("text", "Der Text darf keine Steuerzeichen enthalten.")]),
        ("x" * LONGEST_SUBJECT, "x" * LONGEST_TEXT, []),
        (
            "x" * (LONGEST_SUBJECT + 1),
            "x" * (LONGEST_TEXT + 1),
            [("subject", "Höchstens %(most)d Zeichen."), ("text", "Höchstens %(most)d Zeichen.")],
        ),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_place(
    subject: str, text: str, wrong: list[tuple[str, str]]
) -> None:
    found = what_is_wrong(OwnWords(subject, text), Campaign.INVITATION)

    assert [(p.place, p.key) for p in found] == wrong


def test_an_unknown_place_is_told_with_those_there_are() -> None:
    (wrong,) = what_is_wrong(OwnWords("Danke", "{frist} {vorname} {titel}"), Campaign.THANKS)

    assert wrong.values() == {
        "unknown": "{frist}, {vorname}",
        "known": "{anrede}, {titel}, {tag}, {organisation}, {absender}",
    }


def test_hostile_text_is_looked_at_at_once() -> None:
    began = time.perf_counter()

    what_is_wrong(OwnWords("x", "{" * 50_000 + "a" * 50_000), Campaign.INVITATION)
    paragraphs_of("\n \t" * 20_000)

    assert time.perf_counter() - began < 0.3
