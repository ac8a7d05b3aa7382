"""The organiser's own words of a mail: plain text with a few places that the service fills in.

A place is a known name in braces: ``{titel}``. Everything else is printed as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import problem
from survey.model.invitation import Campaign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.errors import Problem

EDITABLE = (
    Campaign.INVITATION,
    Campaign.REMINDER_1,
    Campaign.REMINDER_2,
    Campaign.THANKS,
    Campaign.RESULTS,
)
"""Mails whose words an organiser may change; a link that somebody asked for is always the same mail."""
ASKING = (Campaign.INVITATION, Campaign.REMINDER_1, Campaign.REMINDER_2)
LONGEST_SUBJECT = 150
LONGEST_TEXT = 5000
_ALWAYS = ("anrede", "titel", "tag", "organisation", "absender")
_WHILE_OPEN = ("frist", "fristtag", "minuten")
_PLACE = re.compile(r"(?<!\{)\{([A-Za-zÄÖÜäöüß_]{1,40})\}(?!\})")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Subject and text of one mail in one language."""

    subject: str
    text: str


def places_of(campaign: Campaign) -> tuple[str, ...]:
    """The places that a mail of this kind can have."""
    return _ALWAYS + _WHILE_OPEN if campaign in ASKING else _ALWAYS


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in; what is not a place stays as it was typed."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The paragraphs of a text, each with its lines."""
    return tuple(
        tuple(line.strip() for line in paragraph.split("\n"))
        for paragraph in re.split(r"\n(?:[ \t]*\n)+", text.replace("\r\n", "\n").strip())
        if paragraph.strip()
    )


def what_is_wrong(words: OwnWords, campaign: Campaign) -> tuple[Problem, ...]:
    """Everything that keeps these words from being sent; each problem's place is ``subject`` or ``text``."""
    found: list[Problem] = []
    if not words.subject.strip():
        found.append(problem("Geben Sie einen Betreff ein.", place="subject"))
    if not words.text.strip():
        found.append(problem("Geben Sie einen Text ein.", place="text"))
    if any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in words.subject):
        found.append(
            problem(
                "Der Betreff ist eine einzige Zeile ohne Zeilenumbruch und Steuerzeichen.",
                place="subject",
            )
        )
    if any(unicodedata.category(c) == "Cc" and c not in "\r\n\t" for c in words.text):
        found.append(problem("Der Text darf keine Steuerzeichen enthalten.", place="text"))
    for place, text, longest in (
        ("subject", words.subject, LONGEST_SUBJECT),
        ("text", words.text, LONGEST_TEXT),
    ):
        if len(text) > longest:
            found.append(problem("Höchstens %(most)d Zeichen.", place=place, most=longest))
        unknown = [name for name in _PLACE.findall(text) if name not in places_of(campaign)]
        if unknown:
            found.append(
                problem(
                    "Den Platzhalter %(unknown)s gibt es in dieser Mail nicht. Es gibt: %(known)s.",
                    place=place,
                    unknown=", ".join(f"{{{name}}}" for name in dict.fromkeys(unknown)),
                    known=", ".join(f"{{{name}}}" for name in places_of(campaign)),
                )
            )
    return tuple(found)
