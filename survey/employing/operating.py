"""Use case: whoever runs the machine looks after accounts: the way back in when nobody else can open the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.employing.colleagues import forget_second_factor, subject_of, write_invitation
from survey.employing.joining import make_link
from survey.errors import NotFound
from survey.model.workplace import OneTimePurpose, Organisation
from survey.storage import accounts, organisations, sign_ins
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.workplace import Account, Role
    from survey.storage.connection import Connection


def new_account(inst: Installation, address: str, *, organisation: str, role: Role) -> str:
    """A one-time link with which that person begins to work for the organisation."""
    found = organisations.find(inst.database.read(), organisation)
    if found is None:
        raise NotFound("organisation", organisation)
    made = write_invitation(inst, found, address=address, role=role, language="de")
    return make_link(inst, OneTimePurpose.INVITATION, subject_of(made))


def way_back_in(inst: Installation, address: str) -> str:
    """A one-time link with which that person sets a password; their second factor is chosen anew."""
    account = _account(inst, address)
    now = inst.clock()

    def work(connection: Connection) -> None:
        forget_second_factor(connection, account.id)
        write_deed(
            connection, "second factor reset", at=now, edition="", facts={"colleague": account.id}
        )

    inst.database.write(work)
    return make_link(inst, OneTimePurpose.NEW_PASSWORD, account.id)


def disable(inst: Installation, address: str) -> None:
    """That person can sign in no more."""
    _set_disabled(inst, address, is_disabled=True, deed="account disabled")


def enable(inst: Installation, address: str) -> None:
    """That person can sign in again."""
    _set_disabled(inst, address, is_disabled=False, deed="account enabled")


def everybody(
    inst: Installation,
) -> tuple[tuple[Account, tuple[tuple[Organisation, Role], ...]], ...]:
    """Every account with what it is in which organisation."""
    connection = inst.database.read()
    found = []
    for account in accounts.everybody(connection):
        roles = [
            (organisation, role)
            for organisation in accounts.organisations_of(connection, account.id)
            if (role := accounts.role(connection, account.id, organisation=organisation.id))
        ]
        found.append((account, tuple(roles)))
    return tuple(found)


def new_organisation(inst: Installation, name: str) -> Organisation:
    """A further tenant: nobody of another one sees anything of it."""
    organisation = Organisation(inst.random_bytes(4).hex(), name)
    now = inst.clock()

    def work(connection: Connection) -> None:
        organisations.insert(connection, organisation)
        write_deed(
            connection,
            "organisation made",
            at=now,
            edition="",
            facts={"organisation": organisation.id},
        )

    inst.database.write(work)
    return organisation


def _set_disabled(inst: Installation, address: str, *, is_disabled: bool, deed: str) -> None:
    account = _account(inst, address)
    now = inst.clock()

    def work(connection: Connection) -> None:
        accounts.set_disabled(connection, account.id, is_disabled=is_disabled)
        sign_ins.end_all(connection, account.id)
        write_deed(connection, deed, at=now, edition="", facts={"colleague": account.id})

    inst.database.write(work)


def _account(inst: Installation, address: str) -> Account:
    account = accounts.find_by_address(inst.database.read(), address)
    if account is None:
        raise NotFound("account", address)
    return account
