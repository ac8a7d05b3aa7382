"""A congress as large as any: 40 questions, twelve workshops, thousands of people, made up from a seed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from forms.edition_file import read_edition_file
from survey.language.wording import Wording
from survey.model import items
from survey.model.items import LongText, RatingScale, ShortText
from survey.model.personal_form import BETWEEN
from survey.model.questionnaire import Questionnaire, Section
from survey.model.response import Response
from survey.rehearsal.people import MADE_UP_TEXTS
from survey.storage import boxes
from survey.urn.sealing import seal
from tests.people import StoppedClock, make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
    from survey.model.items import Answer, Item
    from survey.storage.connection import Connection

EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "kk2020.toml"
QUESTIONS = 40
SEED = 20200911
_WRITE = 0.22
_SILENT = 0.03
_FIRST_NAMES = ("Anna", "Bernd", "Jörg", "Clara", "Dieter")
_LAST_NAMES = ("Albrecht", "Becker", "Conrad", "Müller", "Schmidt", "Weber", "Hoffmann")
_AT_ONCE = 2_000
"""Rows per transaction while people and boxes are put in."""


def large_congress(name: str = "kk2020") -> Edition:
    """The example congress, which has twelve workshops, asking 40 questions."""
    edition = read_edition_file(EXAMPLE, "kk2020")
    asked = edition.questionnaire.sections
    model = edition.questionnaire.item("content")
    missing = QUESTIONS - sum(len(section.items) for section in asked)
    more = tuple(
        replace(model, code=f"detail{number}", wording=Wording(f"Wie fanden Sie Punkt {number}?"))
        for number in range(1, missing + 1)
    )
    further = Section("further", Wording("Einzelheiten"), more)
    return replace(edition, name=name, questionnaire=Questionnaire((*asked, further)))


@contextmanager
def installation() -> Iterator[tuple[Installation, StoppedClock]]:
    """An empty installation in a folder of its own, with a clock that can be moved."""
    with TemporaryDirectory(prefix="nachklang-bench-") as directory:
        clock = StoppedClock()
        made = make_installation(Path(directory) / "house", clock)
        try:
            yield made, clock
        finally:
            made.database.close()


def with_people(inst: Installation, edition: Edition, people: int) -> EditionRecord:
    """The edition, open, with so many people, each of whom booked one workshop in each round."""
    record = open_edition(inst, store_edition(inst, edition), invited=people)
    chance = Random(SEED)
    first, second = workshops(edition)
    rows = [_person(record, number, (chance.choice(first), chance.choice(second)))
            for number in range(people)]  # fmt: skip
    for start in range(0, people, _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        inst.database.write(lambda connection, part=part: _put(connection, part))  # type: ignore[misc]
    return record


def fill_urn(inst: Installation, record: EditionRecord) -> None:
    """Everybody has answered: a sealed box for each."""
    chance = Random(SEED)
    people = [
        row["id"]
        for row in inst.database.read().execute(
            "SELECT id FROM participant WHERE edition = :edition ORDER BY id",
            {"edition": record.id},
        )
    ]
    bookings: dict[str, list[str]] = {}
    for row in inst.database.read().execute(
        "SELECT participant, session FROM booking WHERE edition = :edition ORDER BY session",
        {"edition": record.id},
    ):
        bookings.setdefault(row["participant"], []).append(row["session"])
    sealed = [
        (
            person,
            slot := os.urandom(32).hex(),
            seal(
                record.public_key,
                record.id,
                slot,
                made_up_response(record.edition, bookings[person], chance).encode(),
                record.edition.box_size,
            ),
        )
        for person in people
    ]
    for start in range(0, len(sealed), _AT_ONCE):
        part = sealed[start : start + _AT_ONCE]
        inst.database.write(lambda connection, part=part: _answer(connection, record, part))  # type: ignore[misc]


def made_up_response(edition: Edition, sessions: Sequence[str], chance: Random) -> Response:
    """What one made-up person answers, about the whole and about these sessions."""
    answers: dict[str, Answer] = {}
    for item in edition.questionnaire.general_items():
        _add(answers, item.code, item, chance)
    for code in ("keynote", *sessions):
        for item in edition.questionnaire.session_items(edition.programme.session(code).kind):
            _add(answers, f"{code}{BETWEEN}{item.code}", item, chance)
    return Response(answers)


def close(clock: StoppedClock, record: EditionRecord) -> None:
    """The deadline and the hour after it are over."""
    clock.set(record.edition.deadline + timedelta(hours=2))


def workshops(edition: Edition) -> tuple[list[str], list[str]]:
    """The codes of the workshops of the first and of the second round."""
    found = edition.programme.sessions
    first, second = (
        [s.code for s in found if s.round == one.code] for one in edition.programme.rounds
    )
    return first, second


def _add(answers: dict[str, Answer], key: str, item: Item, chance: Random) -> None:
    if isinstance(item, ShortText | LongText):
        if chance.random() < _WRITE:
            text = chance.choice(MADE_UP_TEXTS.get(item.code, MADE_UP_TEXTS["change"]))
            answers[key] = items.Answer(text=text)
    elif chance.random() >= _SILENT:
        offered = [choice.code for choice in items.choices(item)]
        weights = [5, 6, 3, 1, 1] if isinstance(item, RatingScale) else [1] * len(offered)
        answers[key] = items.Answer(tuple(chance.choices(offered, weights[: len(offered)])))


def _person(record: EditionRecord, number: int, sessions: tuple[str, str]) -> dict[str, object]:
    # One address in ten has a mail server of its own, the others share a few: as in any list.
    domain = f"gemeinde{number}.example" if number % 10 == 0 else f"stadt{number % 40}.example"
    return {
        "edition": record.id,
        "id": f"{number:016x}",
        "address": f"person{number}@{domain}",
        "name": f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {_LAST_NAMES[number % len(_LAST_NAMES)]}",
        "identity": f"address\nperson{number}",
        "first": sessions[0],
        "second": sessions[1],
    }


def _put(connection: Connection, people: Sequence[dict[str, object]]) -> None:
    connection.executemany(
        """
        INSERT INTO participant (edition, id, address, name, language, number, identity)
        VALUES (:edition, :id, :address, :name, 'de', '', :identity)
        """,
        [{k: one[k] for k in ("edition", "id", "address", "name", "identity")} for one in people],
    )
    connection.executemany(
        """
        INSERT INTO booking (edition, participant, session)
        VALUES (:edition, :id, :session)
        """,
        [
            {"edition": one["edition"], "id": one["id"], "session": one[which]}
            for one in people
            for which in ("first", "second")
        ],
    )


def _answer(
    connection: Connection, record: EditionRecord, sealed: Sequence[tuple[str, str, bytes]]
) -> None:
    for person, slot, box in sealed:
        connection.execute(
            """
            UPDATE participant SET has_answered = 1
            WHERE edition = :edition AND id = :id
            """,
            {"edition": record.id, "id": person},
        )
        boxes.insert(connection, record.id, slot, box)
