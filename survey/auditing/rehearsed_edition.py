"""The edition on which the attack is rehearsed, and the list of its made-up people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.event import Edition, EditionFormat, EditionKind
from survey.model.invitation import Registration
from survey.model.items import Choice, LongText, RatingScale
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Questionnaire, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

NAME = "probe"
COMMON_SESSION = "ws1"
LONELY_SESSION = "ws2"
GENERAL = "change"
ABOUT_SESSION = "remark"
PLACES = {GENERAL: "ganz", ABOUT_SESSION: "teil"}
"""What canaries call the place they were written in."""
LONGEST_TEXT = 2000
CHOICES = (
    Choice("good", Wording("gut")),
    Choice("fair", Wording("mau")),
    Choice("poor", Wording("nix")),
)
"""Words of one length: what a page is longer by is text alone."""


def rehearsed_edition(now: datetime) -> Edition:
    """A congress with two workshops, open for a fortnight."""
    return Edition(
        name=NAME,
        series=NAME,
        title="Probe der Anonymität",
        kind=EditionKind.CONGRESS,
        format=EditionFormat.ONLINE,
        starts=now.date(),
        ends=now.date(),
        organisation="Probe",
        sender="probe@example.org",
        contact="probe@example.org",
        deadline=now + timedelta(days=14),
        questionnaire=Questionnaire(
            (
                Section(
                    "workshops",
                    Wording("Workshops"),
                    (
                        RatingScale(code="rating", wording=Wording("Wie war er?"), choices=CHOICES),
                        LongText(
                            code=ABOUT_SESSION,
                            wording=Wording("Noch etwas dazu?"),
                            limit=LONGEST_TEXT,
                        ),
                    ),
                    for_each=(SessionKind.WORKSHOP,),
                ),
                Section(
                    "whole",
                    Wording("Alles zusammen"),
                    (
                        RatingScale(
                            code="overall", wording=Wording("Wie war es?"), choices=CHOICES
                        ),
                        LongText(code=GENERAL, wording=Wording("Was ändern?"), limit=LONGEST_TEXT),
                    ),
                ),
            )
        ),
        programme=Programme(
            sessions=(
                Session(COMMON_SESSION, Wording("Voll"), SessionKind.WORKSHOP, "r1"),
                Session(LONELY_SESSION, Wording("Leer"), SessionKind.WORKSHOP, "r1"),
            ),
            rounds=(Round("r1", Wording("Runde")),),
        ),
        is_made_up=True,
    )


def registrations(listed: Sequence[int], *, lonely: int) -> tuple[Registration, ...]:
    """Made-up people in the order of their list; one is alone in a workshop."""
    return tuple(
        Registration(
            address=address_of(person),
            name=f"Probeperson {person}",
            sessions=(LONELY_SESSION if person == lonely else COMMON_SESSION,),
            line=line,
        )
        for line, person in enumerate(listed, 2)
    )


def address_of(person: int) -> str:
    """Of the person of that number on the list."""
    return f"p{person}@example.org"
