"""Large congresses as a count leaves them, in an installation of any size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from bench.large_congress import SEED, large_congress, made_up_response, workshops
from survey.model.tally import KeptText, SessionTotal
from survey.reporting.publish import publish_first_version
from survey.statistics.tallying import tally_responses
from survey.storage import editions, tallies, texts, totals
from tests.people import store_edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.model.response import Response
    from survey.statistics.tallying import Tallying
    from survey.storage.connection import Connection

INVITED_PER_ANSWER = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """What so many made-up people answered, and what the count left of it."""

    responses: tuple[Response, ...]
    tallying: Tallying


def counted(people: int, *, seed: int) -> Counted:
    """The answers of so many people, tallied; each seed has people of its own."""
    edition, chance = large_congress(), Random(SEED + seed)
    first, second = workshops(edition)
    responses = tuple(
        made_up_response(edition, (chance.choice(first), chance.choice(second)), chance)
        for _ in range(people)
    )
    return Counted(responses, tally_responses(edition, responses))


def congress_number(number: int) -> Edition:
    """The large congress, year after year, in series of ten."""
    edition = large_congress(f"kk{number}")
    starts = edition.starts.replace(year=1990 + number % 10)
    return replace(
        edition,
        series=f"Kongress {number // 10}",
        starts=starts,
        ends=starts,
        deadline=edition.deadline.replace(year=starts.year),
    )


def store_counted(inst: Installation, edition: Edition, found: Tallying) -> None:
    """The edition after its count and the first version of its report."""
    record = store_edition(inst, edition)
    invited = INVITED_PER_ANSWER * found.responses
    each = invited * 2 // len(edition.programme.sessions)

    def work(connection: Connection) -> None:
        editions.open_for_answers(
            connection,
            record.id,
            opens=edition.deadline - timedelta(days=14),
            closes=edition.deadline,
            size_class="large",
        )
        editions.start_count(connection, record.id, edition.deadline + timedelta(hours=2))
        editions.set_tallied(
            connection, record.id, invited=invited, answered=found.responses, unopenable=0
        )
        editions.set_counted(connection, record.id, edition.deadline + timedelta(hours=3))
        tallies.insert(connection, record.id, found.rows)
        totals.insert(
            connection,
            record.id,
            {
                code: SessionTotal(max(each, told.answered), told.absent, 0, told.answered)
                for code, told in found.attendance.items()
            },
        )
        texts.insert(connection, record.id, _kept(inst, found))

    inst.database.write(work)
    publish_first_version(inst, edition.name)


def _kept(inst: Installation, found: Tallying) -> Iterable[KeptText]:
    return (
        KeptText(inst.random_bytes(16).hex(), one.session, one.item, one.text)
        for one in found.texts
    )
