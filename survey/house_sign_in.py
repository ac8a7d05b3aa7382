"""Use case: somebody signs in where the whole house signs in; its second factor is the house's matter.

It makes no accounts: it finds one by the address that the house has verified, and from then on by who that is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import signing_in
from survey.access import house_provider
from survey.access.house_provider import RoundTripCookies
from survey.errors import HouseSignInRefused, NotFound, problem
from survey.model.workplace import Actor
from survey.proving import Passed
from survey.storage import accounts, house_subjects
from survey.storage.connection import CONSTRAINT_BROKEN
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.access.house_provider import HousePerson
    from survey.installation import Installation
    from survey.model.workplace import Account
    from survey.settings import House
    from survey.storage.connection import Connection

CALLBACK = "/arbeit/anmelden/haus/zurueck"
_DEVICE_BYTES = 16


def begin(inst: Installation, *, back: str) -> tuple[str, str]:
    """The house's address to send the browser to, and the cookie it has to bring back."""
    house = _house(inst)
    address, trip = house_provider.begin(
        house,
        inst.clock(),
        redirect_uri=_callback(inst),
        back=back,
        random_bytes=inst.random_bytes,
    )
    return address, _cookies(inst).cookie(trip)


def finish(
    inst: Installation, cookie: str, *, brought: Mapping[str, str], known: str
) -> tuple[Passed, str]:
    """The person is signed in, and where they were going; HouseSignInRefused if anything does not fit.

    `known` is the cookie of a browser that somebody has signed in with before.
    """
    house = _house(inst)
    trip = _cookies(inst).read(cookie, inst.clock())
    if trip is None:
        raise HouseSignInRefused(
            problem("Diese Anmeldung wurde in einem anderen Browser begonnen, oder sie ist zu alt.")
        )
    person = house_provider.finish(
        house, inst.clock(), redirect_uri=_callback(inst), trip=trip, brought=brought
    )
    account = _account_of(inst, person)
    return _pass(inst, account, known=known), trip.back


def _account_of(inst: Installation, person: HousePerson) -> Account:
    def work(connection: Connection) -> Account:
        pinned = house_subjects.find(connection, person.issuer, subject=person.subject)
        account = (
            accounts.find(connection, pinned)
            if pinned is not None
            else accounts.find_by_address(connection, person.address)
        )
        if account is None or account.is_disabled:
            raise _nobody(person)
        organisations = accounts.organisations_of(connection, account.id)
        if not organisations:
            raise _nobody(person)
        if pinned is None:
            house_subjects.pin(
                connection, person.issuer, subject=person.subject, account=account.id
            )
            connection.actor = Actor(account.id, organisations[0].id)
            write_deed(connection, "house sign-in pinned", at=inst.clock(), edition="")
        return account

    try:
        return inst.database.write(work)
    except CONSTRAINT_BROKEN as error:
        # The address belongs to somebody else in the house now: an address can be given away, a subject cannot.
        raise _nobody(person) from error


def _pass(inst: Installation, account: Account, *, known: str) -> Passed:
    organisation = accounts.organisations_of(inst.database.read(), account.id)[0]
    inst.database.write_for(
        Actor(account.id, organisation.id),
        lambda connection: write_deed(
            connection, "signed in", at=inst.clock(), edition="", facts={"with": "house"}
        ),
    )
    device = inst.cookies.known_device(known, account.id) or inst.random_bytes(_DEVICE_BYTES).hex()
    return Passed(
        account=account,
        cookie=signing_in.begin(inst, account.id, organisation.id),
        known=inst.cookies.known_cookie(account.id, device),
        needs_set_up=False,
    )


def _nobody(person: HousePerson) -> HouseSignInRefused:
    return HouseSignInRefused(
        problem(
            "Für %(address)s gibt es hier kein Konto. Lassen Sie sich von den Organisierenden einladen.",
            address=person.address,
        )
    )


def _house(inst: Installation) -> House:
    if inst.settings.house is None:
        raise NotFound("page", CALLBACK)
    return inst.settings.house


def _callback(inst: Installation) -> str:
    return inst.settings.base_url + CALLBACK


def _cookies(inst: Installation) -> RoundTripCookies:
    return RoundTripCookies(inst.keys.signing_key())
