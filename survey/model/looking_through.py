"""What is worth a look in a new edition before anything else is done with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from survey.errors import problem
from survey.model.send_off import is_reserved_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.errors import Problem
    from survey.language.wording import Wording
    from survey.model.event import Edition

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Room(StrEnum):
    """Where it is looked at; the last part of the page's address."""

    EVENT = "angaben/veranstaltung"
    DAYS = "angaben/tage"
    SENDER = "angaben/absender"
    PRIVACY = "angaben/datenschutz"
    NEXT = "angaben/naechste"
    PROGRAMME = "programm"
    QUESTIONNAIRE = "fragebogen"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at."""

    room: Room
    what: Problem


def looks(edition: Edition) -> tuple[Look, ...]:
    """What to look at, in the order of the work."""
    return tuple(Look(room, what) for room, what in _looks(edition))


def _looks(edition: Edition) -> Iterator[tuple[Room, Problem]]:
    yield Room.DAYS, problem("Stimmen die Tage und die Frist?")
    for text in dict.fromkeys(_with_other_year(edition)):
        yield (
            _room_of(edition, text),
            problem("Im Text „%(text)s“ steht ein anderes Jahr.", text=text),
        )
    if edition.programme.sessions:
        yield (
            Room.PROGRAMME,
            problem(
                "Stimmt das Programm mit %(n)d Programmpunkten?", n=len(edition.programme.sessions)
            ),
        )
    else:
        yield Room.PROGRAMME, problem("Das Programm ist noch leer.")
    speaking = sum(1 for s in edition.programme.sessions if s.speakers)
    if speaking:
        yield (
            Room.PROGRAMME,
            problem("Stimmen die Vortragenden? Sie stehen bei %(n)d Programmpunkten.", n=speaking),
        )
    yield Room.QUESTIONNAIRE, problem("Passen die Fragen?")
    if any(map(is_reserved_address, (edition.sender, edition.contact))):
        yield (
            Room.SENDER,
            problem("Eine Adresse ist nur ein Beispiel: Von dort kommt keine Mail an."),
        )
    if not edition.text_readers:
        yield Room.SENDER, problem("Es steht noch nicht da, wer die freien Texte liest.")
    if not (edition.processors and edition.data_protection_contact):
        yield Room.PRIVACY, problem("Die Datenschutzangaben sind nicht vollständig.")
    if edition.next_edition is None:
        yield (
            Room.NEXT,
            problem("Steht der nächste Termin fest? Dann kommt er in die Dankesmail."),
        )
    if edition.is_made_up:
        yield (
            Room.EVENT,
            problem("Diese Ausgabe gilt als Beispiel mit erfundenen Daten. Ist das richtig?"),
        )


def _with_other_year(edition: Edition) -> Iterator[str]:
    years = {str(edition.starts.year), str(edition.ends.year)}
    for text in _texts(edition):
        if any(year not in years for year in _YEAR.findall(text)):
            yield text


def _texts(edition: Edition) -> Iterator[str]:
    yield edition.title
    for round_ in edition.programme.rounds:
        yield round_.title.de
    for session in edition.programme.sessions:
        yield session.title.de
    for section in edition.questionnaire.sections:
        wordings: list[Wording] = [section.heading, section.introduction]
        for item in section.items:
            wordings += [item.wording, item.hint]
        yield from (wording.de for wording in wordings)


def _room_of(edition: Edition, text: str) -> Room:
    if text == edition.title:
        return Room.EVENT
    programme = edition.programme
    titles = {*(r.title.de for r in programme.rounds), *(s.title.de for s in programme.sessions)}
    return Room.PROGRAMME if text in titles else Room.QUESTIONNAIRE
