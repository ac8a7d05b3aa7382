"""Who works at the demonstration's organisation: made-up people whose password everybody may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.access.passwords import SALT_BYTES, hash_password
from survey.housekeeping import change_profile, profile_of
from survey.model.workplace import MAIN_ORGANISATION, Account, Role
from survey.storage import accounts, credentials

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.profile import Profile
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody whom a visitor of the demonstration can be."""

    account: Account
    role: Role


EMPLOYEES = (
    Employee(Account("olga-ohm", "olga.ohm@kommunalkongress.example", "Olga Ohm"), Role.ORGANISER),
    Employee(Account("paul-pohl", "paul.pohl@kommunalkongress.example", "Paul Pohl"), Role.PLANNER),
)
PASSWORD = "apfelkuchen am rhein"  # noqa: S105 -- the start page tells it to everybody
"""Of all of them."""
_ORGANISATION = "Ministerium des Innern und für Sport Rheinland-Pfalz"


def employ(inst: Installation) -> None:
    """The organisation has a name and its settings, and people work there."""
    profile = profile_of(inst, MAIN_ORGANISATION)
    change_profile(inst, MAIN_ORGANISATION, _filled_in, revision=profile.revision)
    hashed = hash_password(PASSWORD, salt=inst.random_bytes(SALT_BYTES))

    def work(connection: Connection) -> None:
        for employee in EMPLOYEES:
            account = employee.account
            accounts.insert(connection, account)
            accounts.set_role(
                connection, account.id, organisation=MAIN_ORGANISATION, role=employee.role
            )
            credentials.set_password(connection, account.id, hashed=hashed)
            credentials.set_second_factor(connection, account.id, second_factor="mail")

    inst.database.write(work)


def _filled_in(profile: Profile) -> Profile:
    return replace(
        profile,
        name=_ORGANISATION,
        sender="rueckmeldung@kommunalkongress.example",
        sender_name="Kommunalkongress Rheinland-Pfalz",
        contact="kontakt@kommunalkongress.example",
        contact_name="Team Kommunalkongress",
        text_readers="zwei Personen im Team Kommunalkongress",
        legal_basis="Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit § 3 LDSG (Beispiel)",
        processors="Rechenzentrum Musterland, Hosting (Beispiel)",
        data_protection_contact="datenschutz@kommunalkongress.example",
    )
