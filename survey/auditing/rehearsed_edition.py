"""The edition a linkage attack is rehearsed on, and what its made-up people send."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.auditing.attacks import canary
from survey.language.wording import Wording
from survey.model.event import Edition, EditionFormat, EditionKind
from survey.model.invitation import Registration
from survey.model.items import Choice, LongText, RatingScale
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Questionnaire, Section

if TYPE_CHECKING:
    from datetime import datetime

NAME = "probe"
COMMON_SESSION = "ws1"
LONELY_SESSION = "ws2"
GENERAL = "change"
ABOUT_SESSION = "remark"
_CHOICES = (
    Choice("good", Wording("gut")),
    Choice("fair", Wording("mittel")),
    Choice("poor", Wording("schlecht")),
)


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
                        RatingScale(
                            code="rating", wording=Wording("Wie war er?"), choices=_CHOICES
                        ),
                        LongText(code=ABOUT_SESSION, wording=Wording("Noch etwas dazu?")),
                    ),
                    for_each=(SessionKind.WORKSHOP,),
                ),
                Section(
                    "whole",
                    Wording("Alles zusammen"),
                    (
                        RatingScale(
                            code="overall", wording=Wording("Wie war es?"), choices=_CHOICES
                        ),
                        LongText(code=GENERAL, wording=Wording("Was ändern?")),
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


def registrations(people: int) -> tuple[Registration, ...]:
    """Made-up people; the last is alone in a workshop."""
    return tuple(
        Registration(
            address=f"p{person}@example.org",
            name=f"Probeperson {person}",
            sessions=(LONELY_SESSION if person == people - 1 else COMMON_SESSION,),
            line=person + 2,
        )
        for person in range(people)
    )


def answers_of(person: int, *, people: int) -> dict[str, str]:
    """The form fields one person sends: two canaries, in two places."""
    session = LONELY_SESSION if person == people - 1 else COMMON_SESSION
    return {
        "overall": _CHOICES[person % 3].code,
        GENERAL: canary(person, place=GENERAL),
        f"{session}--rating": _CHOICES[(person + 1) % 3].code,
        f"{session}--{ABOUT_SESSION}": canary(person, place=ABOUT_SESSION),
    }


def written_length(person: int, *, people: int) -> int:
    """How much one person writes in all."""
    return sum(len(value) for value in answers_of(person, people=people).values())
