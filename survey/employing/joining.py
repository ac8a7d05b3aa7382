"""Use case: somebody comes to work here: the first person of all, and colleagues who were invited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import signing_in
from survey.access.one_time_links import (
    LASTS,
    SECRET_BYTES,
    hash_of_token,
    one_time_address,
    one_time_hash,
)
from survey.access.passwords import SALT_BYTES, hash_password, why_refused
from survey.errors import LinkUnknown, NotAllowed, StorageUnavailable
from survey.model.workplace import (
    MAIN_ORGANISATION,
    Account,
    Actor,
    OneTimePurpose,
    Organisation,
    Role,
)
from survey.storage import accounts, credentials, invitations, one_time_links, organisations
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.workplace import SignIn, WorkLanguage
    from survey.storage.connection import Connection
    from survey.storage.invitations import Invitation

FIRST = "first"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who an invitation is for."""

    address: str
    organisation: Organisation
    role: Role
    language: WorkLanguage
    account: Account | None
    """Their account, if they work here already, for another organisation."""


def first_start_link(inst: Installation) -> str:
    """A fresh link that makes the first account, in place of earlier ones.

    Empty once there is an account, and while nothing can be written: pages are served nevertheless.
    """
    if accounts.count(inst.database.read()):
        return ""
    try:
        return make_link(inst, OneTimePurpose.FIRST_START, FIRST)
    except StorageUnavailable:
        return ""


def make_link(inst: Installation, purpose: OneTimePurpose, subject: str) -> str:
    """A fresh one-time link, for whoever runs the service to hand on; earlier ones of its kind end."""
    secret = inst.random_bytes(SECRET_BYTES)
    now = inst.clock()

    def work(connection: Connection) -> None:
        one_time_links.end_all(connection, subject, purpose=purpose)
        one_time_links.insert(
            connection,
            hashed=one_time_hash(purpose, secret),
            purpose=purpose,
            subject=subject,
            ends=now + LASTS[purpose],
        )

    inst.database.write(work)
    return one_time_address(inst.settings.base_url, purpose, secret)


def require_first_start(inst: Installation, token: str) -> None:
    """LinkUnknown unless that link may make the first account now."""
    _subject(inst, token, OneTimePurpose.FIRST_START)
    if accounts.count(inst.database.read()):
        raise LinkUnknown


def start(
    inst: Installation,
    token: str,
    *,
    organisation: str,
    name: str,
    address: str,
    password: str,
    language: WorkLanguage,
) -> str:
    """The cookie of the first person, who organises from now on; NotAllowed names a password's fault."""
    require_first_start(inst, token)
    hashed = _hashed(inst, password, (address, name, organisation))
    account = Account(inst.random_bytes(8).hex(), address.strip().lower(), name, language)
    now = inst.clock()

    def work(connection: Connection) -> None:
        _spend(connection, token, OneTimePurpose.FIRST_START)
        if accounts.count(connection):
            raise LinkUnknown
        organisations.rename(connection, MAIN_ORGANISATION, name=organisation)
        accounts.insert(connection, account)
        accounts.set_role(
            connection, account.id, organisation=MAIN_ORGANISATION, role=Role.ORGANISER
        )
        credentials.set_password(connection, account.id, hashed=hashed)
        write_deed(connection, "first account made", at=now, edition="")

    inst.database.write_for(Actor(account.id, MAIN_ORGANISATION), work)
    return signing_in.begin(inst, account.id, MAIN_ORGANISATION)


def newcomer(inst: Installation, token: str) -> Newcomer:
    """Whom the invitation is for; LinkUnknown if it was taken back, accepted, or has ended."""
    invitation = _invitation(inst, token)
    connection = inst.database.read()
    organisation = organisations.find(connection, invitation.organisation)
    account = accounts.find_by_address(connection, invitation.address)
    if organisation is None or (account is not None and account.is_disabled):
        raise LinkUnknown
    if account is not None and not accounts.organisations_of(connection, account.id):
        account = None  # worked here once: begins anew
    return Newcomer(invitation.address, organisation, invitation.role, invitation.language, account)


def join(
    inst: Installation, token: str, *, name: str, password: str, language: WorkLanguage
) -> str:
    """The cookie of a colleague who has just come; NotAllowed names a password's fault."""
    who = newcomer(inst, token)
    invitation = _invitation(inst, token)
    if who.account is not None:
        raise LinkUnknown
    hashed = _hashed(inst, password, (who.address, name, who.organisation.name))
    fresh = Account(inst.random_bytes(8).hex(), who.address, name, language)

    def work(connection: Connection) -> Account:
        known = accounts.find_by_address(connection, who.address)
        account = known or fresh
        if known is None:
            accounts.insert(connection, fresh)
        else:
            accounts.describe(connection, known.id, name=name, language=language)
        credentials.set_password(connection, account.id, hashed=hashed)
        credentials.set_second_factor(connection, account.id, second_factor="")
        credentials.replace_recovery_codes(connection, account.id, ())
        _accept(connection, inst, token, invitation, account=account.id)
        return account

    known = accounts.find_by_address(inst.database.read(), who.address)
    actor = Actor((known or fresh).id, invitation.organisation)
    account = inst.database.write_for(actor, work)
    return signing_in.begin(inst, account.id, invitation.organisation)


def join_too(inst: Installation, token: str, sign_in: SignIn) -> str:
    """Somebody who works here already works for that organisation as well: the cookie of a fresh sign-in."""
    who = newcomer(inst, token)
    invitation = _invitation(inst, token)
    if who.account is None or who.account.id != sign_in.account.id:
        raise LinkUnknown

    def work(connection: Connection) -> None:
        _accept(connection, inst, token, invitation, account=sign_in.account.id)

    inst.database.write_for(Actor(sign_in.account.id, invitation.organisation), work)
    signing_in.end(inst, sign_in)
    return signing_in.begin(inst, sign_in.account.id, invitation.organisation)


def _accept(
    connection: Connection,
    inst: Installation,
    token: str,
    invitation: Invitation,
    *,
    account: str,
) -> None:
    _spend(connection, token, OneTimePurpose.INVITATION)
    if not invitations.delete(connection, invitation.organisation, invitation=invitation.id):
        raise LinkUnknown
    accounts.set_role(
        connection, account, organisation=invitation.organisation, role=invitation.role
    )
    write_deed(
        connection,
        "invitation accepted",
        at=inst.clock(),
        edition="",
        facts={"colleague": account, "role": invitation.role.value},
    )


def _invitation(inst: Installation, token: str) -> Invitation:
    organisation, _, invitation = _subject(inst, token, OneTimePurpose.INVITATION).partition("/")
    found = invitations.find(inst.database.read(), organisation, invitation)
    if found is None:
        raise LinkUnknown
    return found


def _subject(inst: Installation, token: str, purpose: OneTimePurpose) -> str:
    hashed = hash_of_token(purpose, token)
    subject = one_time_links.subject_of(
        inst.database.read(), hashed, purpose=purpose, at=inst.clock()
    )
    if subject is None:
        raise LinkUnknown
    return subject


def _spend(connection: Connection, token: str, purpose: OneTimePurpose) -> None:
    if not one_time_links.use(connection, hash_of_token(purpose, token)):
        raise LinkUnknown


def _hashed(inst: Installation, password: str, about: tuple[str, ...]) -> str:
    why = why_refused(password, about=about)
    if why is not None:
        raise NotAllowed(why)
    return hash_password(password, salt=inst.random_bytes(SALT_BYTES))
