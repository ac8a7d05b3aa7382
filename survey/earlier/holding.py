"""Use case: what an uploaded file counts is held for an hour at most, between its upload and its import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.model.foreign_survey import held_from_text
from survey.storage import held_earlier
from survey.storage.connection import foreign_errors
from survey.storage.held_earlier import Place

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.model.foreign_survey import HeldSurvey
    from survey.storage.connection import Connection

HELD_FOR = timedelta(hours=1)
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Held:
    """One survey that is held, under its id."""

    id: str
    survey: HeldSurvey


def hold_survey(inst: Installation, series: Series, held: HeldSurvey, *, account: str) -> None:
    """It is held, in place of one that the account held before for the series."""
    held_id = inst.random_bytes(_ID_BYTES).hex()

    def work(connection: Connection) -> None:
        held_earlier.put(
            connection,
            place_of(series, account),
            held=held_id,
            content=held.to_text(),
            expires=inst.clock() + HELD_FOR,
        )

    inst.database.write(work)


def held_survey(inst: Installation, series: Series, *, account: str) -> Held | None:
    """What the account holds for the series; None if there is none, or its hour is over."""
    with foreign_errors():
        found = held_earlier.find(inst.database.read(), place_of(series, account), now=inst.clock())
    return None if found is None else Held(found[0], held_from_text(found[1]))


def change_held(
    inst: Installation, series: Series, held: Held, *, account: str, survey: HeldSurvey
) -> None:
    """It is held so from now on; NotAllowed if the account has uploaded another file since."""

    def work(connection: Connection) -> None:
        if not held_earlier.set_content(
            connection, place_of(series, account), held=held.id, content=survey.to_text()
        ):
            raise NotAllowed(
                problem("Diese Datei ist nicht mehr da. Laden Sie sie noch einmal hoch.")
            )

    inst.database.write(work)


def drop_held(inst: Installation, series: Series, *, account: str) -> None:
    """Nothing is held any longer."""
    inst.database.write(lambda c: held_earlier.delete(c, place_of(series, account)))


def delete_expired_surveys(inst: Installation) -> int:
    """How many had been held for their hour and are gone."""
    return inst.database.write(lambda c: held_earlier.delete_expired(c, inst.clock()))


def place_of(series: Series, account: str) -> Place:
    """Where it lies: one survey for each series and account."""
    return Place(series.owner, series.name, account)
