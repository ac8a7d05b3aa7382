"""Use case: who works for an organisation: invited, given a role, helped back in, and removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.model.workplace import OneTimePurpose, Role
from survey.notifying import post
from survey.storage import (
    accounts,
    begun_sign_ins,
    credentials,
    house_subjects,
    invitations,
    one_time_links,
    sign_ins,
)
from survey.storage.deeds import write_deed
from survey.storage.invitations import Invitation

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.workplace import Account, Organisation, WorkLanguage
    from survey.storage.connection import Connection
    from survey.storage.credentials import SecondFactor


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works for the organisation."""

    account: Account
    role: Role
    second_factor: SecondFactor
    is_pinned: bool = False
    """True if the account belongs to one person at the house's own sign-in."""


@dataclass(frozen=True, slots=True)
class People:
    """Who works for an organisation, and who is invited."""

    colleagues: tuple[Colleague, ...]
    invitations: tuple[Invitation, ...]

    @property
    def organisers(self) -> int:
        """How many may do everything."""
        return sum(c.role is Role.ORGANISER and not c.account.is_disabled for c in self.colleagues)


def people(inst: Installation, organisation: str) -> People:
    """Everybody of the organisation."""
    connection = inst.database.read()
    return People(
        tuple(
            Colleague(
                account,
                role,
                credentials.find(connection, account.id).second_factor,
                house_subjects.is_pinned(connection, account.id),
            )
            for account, role in accounts.of_organisation(connection, organisation)
        ),
        invitations.of_organisation(connection, organisation),
    )


def colleague(inst: Installation, organisation: str, account: str) -> Colleague:
    """The organisation's colleague with that id; NotFound for anybody else's."""
    found = next(
        (c for c in people(inst, organisation).colleagues if c.account.id == account), None
    )
    if found is None:
        raise NotFound("colleague", account)
    return found


def invitation(inst: Installation, organisation: str, name: str) -> Invitation:
    """The organisation's invitation with that id; NotFound for anybody else's."""
    found = invitations.find(inst.database.read(), organisation, name)
    if found is None:
        raise NotFound("invitation", name)
    return found


def invite(
    inst: Installation,
    organisation: Organisation,
    *,
    address: str,
    role: Role,
    language: WorkLanguage,
) -> Invitation:
    """A link to come and work here goes to the address; NotAllowed if they do already."""
    made = _invitation(inst, organisation, address=address, role=role, language=language)

    def work(connection: Connection) -> None:
        _insert(connection, made)
        _post_invitation(connection, made, made.invited)

    inst.database.write(work)
    return made


def write_invitation(
    inst: Installation,
    organisation: Organisation,
    *,
    address: str,
    role: Role,
    language: WorkLanguage,
) -> Invitation:
    """The address is invited, without a mail; NotAllowed if they work here already."""
    made = _invitation(inst, organisation, address=address, role=role, language=language)
    inst.database.write(lambda connection: _insert(connection, made))
    return made


def invite_again(inst: Installation, organisation: str, name: str) -> Invitation:
    """A fresh link goes to somebody who is invited; earlier ones end when they are used."""
    found = invitation(inst, organisation, name)
    now = inst.clock()
    inst.database.write(lambda connection: _post_invitation(connection, found, now))
    return found


def take_back_invitation(inst: Installation, organisation: str, name: str) -> Invitation:
    """The invitation counts no more."""
    found = invitation(inst, organisation, name)
    now = inst.clock()

    def work(connection: Connection) -> None:
        invitations.delete(connection, organisation, invitation=name)
        one_time_links.end_all(connection, subject_of(found), purpose=OneTimePurpose.INVITATION)
        write_deed(
            connection,
            "invitation taken back",
            at=now,
            edition="",
            facts={"address": found.address},
        )

    inst.database.write(work)
    return found


def change_role(inst: Installation, organisation: str, account: str, *, role: Role) -> None:
    """The colleague has another role; NotAllowed for the last one who organises."""
    colleague(inst, organisation, account)
    now = inst.clock()

    def work(connection: Connection) -> None:
        if role is not Role.ORGANISER:
            _require_another_organiser(connection, organisation, account)
        accounts.set_role(connection, account, organisation=organisation, role=role)
        write_deed(
            connection,
            "role changed",
            at=now,
            edition="",
            facts={"colleague": account, "role": role.value},
        )

    inst.database.write(work)


def remove(inst: Installation, organisation: str, account: str) -> None:
    """The colleague works for this organisation no more; NotAllowed for the last one who organises."""
    colleague(inst, organisation, account)
    now = inst.clock()

    def work(connection: Connection) -> None:
        _require_another_organiser(connection, organisation, account)
        accounts.remove_role(connection, account, organisation=organisation)
        sign_ins.end_all(connection, account)
        write_deed(
            connection, "colleague removed", at=now, edition="", facts={"colleague": account}
        )

    inst.database.write(work)


def reset_second_factor(inst: Installation, organisation: str, account: str) -> None:
    """The colleague chooses a second factor anew; every browser of theirs is signed out, and they are told."""
    found = colleague(inst, organisation, account)
    now = inst.clock()

    def work(connection: Connection) -> None:
        _require_only_ours(connection, organisation, account)
        forget_second_factor(connection, account)
        write_deed(
            connection, "second factor reset", at=now, edition="", facts={"colleague": account}
        )
        post(
            connection,
            organisation=organisation,
            account_or_address=found.account,
            kind="second_factor_reset",
            values={},
            at=now,
        )

    inst.database.write(work)


def lift_house_sign_in(inst: Installation, organisation: str, account: str) -> None:
    """Whoever next comes from the house's sign-in with the colleague's address is the colleague.

    Every browser of theirs is signed out; NotFound if the account was pinned to nobody.
    """
    colleague(inst, organisation, account)
    now = inst.clock()

    def work(connection: Connection) -> None:
        _require_only_ours(connection, organisation, account)
        if not house_subjects.lift(connection, account):
            raise NotFound("house sign-in", account)
        sign_ins.end_all(connection, account)
        begun_sign_ins.end_all(connection, account)
        write_deed(
            connection, "house sign-in lifted", at=now, edition="", facts={"colleague": account}
        )

    inst.database.write(work)


def _require_only_ours(connection: Connection, organisation: str, account: str) -> None:
    # Whoever weakens the way in to one organisation weakens it for all that the person works for.
    if any(o.id != organisation for o in accounts.organisations_of(connection, account)):
        raise NotAllowed(
            problem(
                "Diese Person arbeitet auch für eine andere Organisation. Das kann nur die Technik "
                "(„nachklang account link“)."
            )
        )


def forget_second_factor(connection: Connection, account: str) -> None:
    """Nothing is set up any more, and every browser is signed out."""
    credentials.set_second_factor(connection, account, second_factor="")
    credentials.replace_recovery_codes(connection, account, ())
    sign_ins.end_all(connection, account)
    begun_sign_ins.end_all(connection, account)


def subject_of(made: Invitation) -> str:
    """What the link of an invitation is for."""
    return f"{made.organisation}/{made.id}"


def _invitation(
    inst: Installation,
    organisation: Organisation,
    *,
    address: str,
    role: Role,
    language: WorkLanguage,
) -> Invitation:
    folded = address.strip().lower()
    connection = inst.database.read()
    known = accounts.find_by_address(connection, folded)
    if known is not None and accounts.role(connection, known.id, organisation=organisation.id):
        raise NotAllowed(
            problem(
                "%(address)s arbeitet schon für diese Organisation.",
                place="address",
                address=folded,
            )
        )
    name = inst.random_bytes(8).hex()
    return Invitation(organisation.id, name, folded, role, language, inst.clock())


def _insert(connection: Connection, made: Invitation) -> None:
    invitations.insert(connection, made)
    write_deed(
        connection,
        "colleague invited",
        at=made.invited,
        edition="",
        facts={"address": made.address, "role": made.role.value},
    )


def _post_invitation(connection: Connection, made: Invitation, now: datetime) -> None:
    post(
        connection,
        organisation=made.organisation,
        account_or_address=made.address,
        kind="invitation",
        values={},
        at=now,
        language=made.language,
        opens=OneTimePurpose.INVITATION,
        opens_for=subject_of(made),
    )


def _require_another_organiser(connection: Connection, organisation: str, account: str) -> None:
    others = [
        known.id
        for known, role in accounts.of_organisation(connection, organisation)
        if role is Role.ORGANISER and known.id != account and not known.is_disabled
    ]
    if not others and accounts.role(connection, account, organisation=organisation) is (
        Role.ORGANISER
    ):
        raise NotAllowed(
            problem(
                "Eine Person mit der Rolle „Organisation“ muss bleiben. Laden Sie erst eine andere ein."
            )
        )
