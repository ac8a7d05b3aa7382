"""A congress that is open now: a form of 25 questions for each of its people, who booked two workshops each."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from forms.edition_file import read_edition_file
from survey.access.links import SECRET_BYTES, link_hash
from survey.model.invitation import Campaign, Participant
from survey.model.questionnaire import Questionnaire
from survey.storage import links, participants
from tests.people import make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
    from survey.storage.connection import Connection

EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "kk2020.toml"
QUESTIONS = 25
NOT_ASKED = "length"
"""One question less than the example asks of whoever booked two workshops."""
OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OpenCongress:
    """What a client needs to answer as anybody."""

    folder: Path
    inst: Installation
    record: EditionRecord
    tokens: tuple[str, ...]
    bookings: tuple[tuple[str, str], ...]
    """Of each token's person."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings under which the command finds this installation."""
        return {
            "NACHKLANG_DATA": str(self.folder / "data"),
            "NACHKLANG_SECRET_DIRECTORY": str(self.folder / "secret"),
            "NACHKLANG_BACKUP_DIRECTORY": str(self.folder / "backups"),
            "NACHKLANG_MAIL_FOLDER": str(self.folder / "mails"),
            "NACHKLANG_BASE_URL": "https://feedback.example.org",
        }


def congress_of_25_questions(deadline: datetime) -> Edition:
    """The example congress with 25 questions in the form of a person with two workshops."""
    edition = read_edition_file(EXAMPLE)
    sections = (
        replace(s, items=tuple(i for i in s.items if i.code != NOT_ASKED))
        for s in edition.questionnaire.sections
    )
    return replace(
        edition,
        questionnaire=Questionnaire(tuple(sections)),
        deadline=deadline,
    )


@contextmanager
def open_congress(people: int) -> Iterator[OpenCongress]:
    """An installation with that congress and so many people with a link each, gone afterwards."""
    with TemporaryDirectory(prefix="nachklang-bench-") as directory:
        folder = Path(directory) / "house"
        inst = make_installation(folder, lambda: datetime.now(UTC))  # type: ignore[arg-type]
        try:
            yield _filled(folder, inst, people)
        finally:
            inst.database.close()


def _filled(folder: Path, inst: Installation, people: int) -> OpenCongress:
    record = open_edition(
        inst,
        store_edition(inst, congress_of_25_questions(datetime.now(UTC) + OPEN_FOR)),
        invited=max(people, 30),
    )
    first, second = (
        [s.code for s in record.edition.programme.of_round(r.code)]
        for r in record.edition.programme.rounds
    )
    choices = list(product(first, second))
    bookings = tuple(choices[number % len(choices)] for number in range(people))
    secrets = [inst.random_bytes(SECRET_BYTES) for _ in range(people)]

    def work(connection: Connection) -> None:
        for number, (secret, booked) in enumerate(zip(secrets, bookings, strict=True)):
            person = _person(record, number, booked)
            participants.insert(connection, person, identity=person.address)
            links.insert(
                connection,
                record.id,
                hashed=link_hash(record.id, secret),
                participant=person.id,
                campaign=Campaign.INVITATION,
            )

    inst.database.write(work)
    tokens = tuple(inst.links.personal_token(record.name, secret) for secret in secrets)
    return OpenCongress(folder, inst, record, tokens, bookings)


def _person(record: EditionRecord, number: int, booked: tuple[str, ...]) -> Participant:
    return Participant(
        edition=record.id,
        id=f"{number:016x}",
        address=f"p{number}@example.org",
        name=f"P{number} P",
        language="de",
        number="",
        sessions=booked,
        has_answered=False,
        is_no_show=False,
        has_opted_out=False,
        is_withdrawn=False,
    )
