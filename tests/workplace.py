"""The workplace's cast: Olga organises, Paul plans, Frieda organises for another town."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.counting import count_edition
from survey.model.event import GRACE
from survey.model.workplace import MAIN_ORGANISATION, Account, Organisation, Role
from survey.signing_in import begin
from survey.storage import accounts, credentials, organisations
from tests.accessibility.client import AccessibleClient
from tests.counting.ballots import be_silent, people_answer
from tests.events import DEADLINE, congress, network_call
from tests.people import add_person, open_edition, store_edition, stored_record
from tests.prepared import prepared

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock

OLGA = Account("olga", "olga@stadt.example", "Olga Ohm")
PAUL = Account("paul", "paul@stadt.example", "Paul Pohl")
FRIEDA = Account("frieda", "frieda@fern.example", "Frieda Fern")
FOREIGN = Organisation("fern", "Stadt Fern")


COUNTED = "kk2019"


@dataclass(frozen=True, slots=True)
class Workplace:
    """An installation with two organisations, and a browser for everybody."""

    inst: Installation
    olga: AccessibleClient
    paul: AccessibleClient
    frieda: AccessibleClient
    stranger: AccessibleClient


def employ(inst: Installation, account: Account, role: Role, *, organisation: str) -> None:
    """The person has an account and that role."""

    def work(connection: object) -> None:
        accounts.insert(connection, account)  # type: ignore[arg-type]
        accounts.set_role(connection, account.id, organisation=organisation, role=role)  # type: ignore[arg-type]
        if role is Role.ORGANISER:  # who organises comes to no page without
            credentials.set_second_factor(connection, account.id, second_factor="mail")  # type: ignore[arg-type]

    inst.database.write(work)


def signed_in_client(
    inst: Installation,
    account: Account,
    *,
    organisation: str = MAIN_ORGANISATION,
    application: Starlette | None = None,
) -> AccessibleClient:
    """A browser in which that person is signed in."""
    client = AccessibleClient(application or make_application(inst))
    client.set_cookie("__Host-nachklang", begin(inst, account.id, organisation))
    return client


def furnish(inst: Installation, clock: StoppedClock, *, answers: int = 12) -> None:
    """Editions in three states: `kk2020` open, `ikone2` planned, `kk2019` counted; the clock stands where it stood."""
    now = clock()
    last_year = replace(
        congress(),
        name=COUNTED,
        title="Kommunalkongress 2019",
        starts=congress().starts - timedelta(days=364),
        ends=congress().ends - timedelta(days=364),
        deadline=DEADLINE - timedelta(days=364),
    )
    clock.set(now - timedelta(days=364))
    record = open_edition(inst, store_edition(inst, last_year))
    people_answer(inst, record, answers)
    clock.set(last_year.deadline + GRACE)
    count_edition(inst, COUNTED, by_hand=True, progress=be_silent)
    clock.set(now)
    record = open_edition(inst, store_edition(inst, congress()))
    people_answer(inst, record, 8, silent=10)
    planned = store_edition(inst, network_call())
    for name in ("Emil Ernst", "Fatma Feld", "Gabi Groß"):
        add_person(inst, planned, name)


@prepared
def furnished(inst: Installation, clock: StoppedClock) -> None:
    """The same, made beforehand."""
    furnish(inst, clock)


@prepared
def last_year(inst: Installation, clock: StoppedClock) -> EditionRecord:
    """The same, and of it the congress that is counted."""
    furnish(inst, clock)
    return stored_record(inst, COUNTED)


@pytest.fixture
def workplace(inst: Installation) -> Workplace:
    """Everybody is signed in, and nothing is there yet."""
    inst.database.write(
        lambda connection: organisations.rename(
            connection, MAIN_ORGANISATION, name="Stadt Musterstadt"
        )
    )
    inst.database.write(lambda connection: organisations.insert(connection, FOREIGN))
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    employ(inst, PAUL, Role.PLANNER, organisation=MAIN_ORGANISATION)
    employ(inst, FRIEDA, Role.ORGANISER, organisation=FOREIGN.id)
    application = make_application(inst)
    return Workplace(
        inst,
        signed_in_client(inst, OLGA, application=application),
        signed_in_client(inst, PAUL, application=application),
        signed_in_client(inst, FRIEDA, organisation=FOREIGN.id, application=application),
        AccessibleClient(application),
    )
