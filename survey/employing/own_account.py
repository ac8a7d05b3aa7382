"""Use case: a person looks after their own account: name, password, second factor, signed-in browsers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import factors, proving
from survey.access.app_codes import (
    NONCE_BYTES,
    RECOVERY_BYTES,
    RECOVERY_CODES,
    SECRET_BYTES,
    matching_step,
    open_secret,
    recovery_code,
    recovery_hash,
    seal_secret,
)
from survey.access.one_time_links import hash_of_token
from survey.access.passwords import SALT_BYTES, hash_password, why_refused
from survey.errors import LinkForged, LinkUnknown, NotAllowed, NotFound, problem
from survey.model.workplace import Actor, OneTimePurpose
from survey.notifying import post
from survey.storage import accounts, begun_sign_ins, credentials, one_time_links, sign_ins
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.workplace import Account, Organisation, SignIn, WorkLanguage
    from survey.storage.connection import Connection
    from survey.storage.credentials import SecondFactor


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that is signed in."""

    began: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What a person sees of their own account."""

    has_password: bool
    second_factor: SecondFactor
    recovery_codes: int
    browsers: tuple[Browser, ...]
    organisations: tuple[Organisation, ...]


def own_account(inst: Installation, sign_in: SignIn) -> OwnAccount:
    """The account of whoever is signed in."""
    connection = inst.database.read()
    account = sign_in.account.id
    credential = credentials.find(connection, account)
    return OwnAccount(
        bool(credential.password),
        credential.second_factor,
        credentials.count_recovery_codes(connection, account),
        tuple(
            Browser(began, hashed == sign_in.hash)
            for hashed, began in sign_ins.of_account(connection, account)
        ),
        accounts.organisations_of(connection, account),
    )


def describe(inst: Installation, account: Account, *, name: str, language: WorkLanguage) -> None:
    """The person's name and language."""
    inst.database.write(
        lambda connection: accounts.describe(connection, account.id, name=name, language=language)
    )


def change_password(inst: Installation, sign_in: SignIn, *, old: str, new: str, known: str) -> None:
    """The person has another password, and other browsers are signed out; NotAllowed says what is wrong."""
    account = sign_in.account
    _require_good(account, new, sign_in.organisation.name)
    if not factors.is_password_right(inst, account, password=old, known=known):
        raise NotAllowed(problem("Das bisherige Passwort stimmt nicht.", place="old"))
    hashed = hash_password(new, salt=inst.random_bytes(SALT_BYTES))
    now = inst.clock()

    def work(connection: Connection) -> None:
        credentials.set_password(connection, account.id, hashed=hashed)
        sign_ins.end_others(connection, account.id, than=sign_in.hash)
        begun_sign_ins.end_all(connection, account.id)
        _tell_of_password(connection, account, sign_in.organisation.id, now)

    inst.database.write(work)
    proving.renew_proof(inst, sign_in)


def needs_code_for_new_password(inst: Installation, account: Account) -> bool:
    """True if a link by mail is not enough to set a password: the mailbox alone must open nothing."""
    return credentials.find(inst.database.read(), account.id).second_factor != ""


def set_new_password(inst: Installation, token: str, *, new: str, code: str, known: str) -> Account:
    """Whose password is set by a link from a mail; every browser is signed out. NotAllowed says what is wrong."""
    purpose = OneTimePurpose.NEW_PASSWORD
    account = proving.whose_link(inst, token, purpose=purpose)
    organisation = accounts.organisations_of(inst.database.read(), account.id)[0]
    _require_good(account, new, organisation.name)
    if needs_code_for_new_password(inst, account) and not factors.is_code_right(
        inst, account, code=code, known=known
    ):
        raise NotAllowed(problem("Der Code stimmt nicht.", place="code"))
    hashed = hash_password(new, salt=inst.random_bytes(SALT_BYTES))
    now = inst.clock()

    def work(connection: Connection) -> None:
        if not one_time_links.use(connection, hash_of_token(purpose, token)):
            raise LinkUnknown
        one_time_links.end_all(connection, account.id, purpose=purpose)
        one_time_links.end_all(connection, account.id, purpose=OneTimePurpose.SIGN_IN)
        credentials.set_password(connection, account.id, hashed=hashed)
        sign_ins.end_all(connection, account.id)
        begun_sign_ins.end_all(connection, account.id)
        _tell_of_password(connection, account, organisation.id, now)

    inst.database.write_for(Actor(account.id, organisation.id), work)
    return account


def fresh_app_secret(inst: Installation, account: Account) -> str:
    """A secret for an app, sealed, so that the page can carry it; nothing is stored yet."""
    return seal_secret(
        inst.random_bytes(SECRET_BYTES),
        key=inst.keys.key_for(factors.APP_KEY),
        account=account.id,
        nonce=inst.random_bytes(NONCE_BYTES),
    )


def opened_app_secret(inst: Installation, account: Account, sealed: str) -> bytes:
    """The secret that a page carried; NotFound if it was not made for this person."""
    try:
        return open_secret(sealed, key=inst.keys.key_for(factors.APP_KEY), account=account.id)
    except LinkForged as error:
        raise NotFound("app secret", "") from error


def set_up_app(inst: Installation, sign_in: SignIn, *, sealed: str, code: str) -> tuple[str, ...]:
    """Fresh recovery codes, to be shown once, now that the app shows codes; NotAllowed if its code is wrong."""
    account = sign_in.account
    secret = opened_app_secret(inst, account, sealed)
    step = matching_step(secret, code, at=inst.clock(), after=0)
    if step is None:
        raise NotAllowed(
            problem(
                "Der Code passt nicht. Nehmen Sie den, den die App gerade zeigt, und prüfen Sie die Uhr des Telefons.",
                place="code",
            )
        )
    return _set_second_factor(inst, sign_in, "app", app_secret=sealed, last_step=step)


def choose_mail(inst: Installation, sign_in: SignIn) -> tuple[str, ...]:
    """Fresh recovery codes, to be shown once, now that a link by mail is the second factor."""
    return _set_second_factor(inst, sign_in, "mail")


def fresh_recovery_codes(inst: Installation, sign_in: SignIn) -> tuple[str, ...]:
    """Ten recovery codes, to be shown once; earlier ones count no more."""
    account = sign_in.account.id
    codes = _codes(inst)
    now = inst.clock()

    def work(connection: Connection) -> None:
        credentials.replace_recovery_codes(connection, account, _hashes(account, codes))
        write_deed(connection, "recovery codes made", at=now, edition="")

    inst.database.write(work)
    return codes


def sign_out_others(inst: Installation, sign_in: SignIn) -> None:
    """Every other browser of the person is signed out."""
    account = sign_in.account.id
    now = inst.clock()

    def work(connection: Connection) -> None:
        sign_ins.end_others(connection, account, than=sign_in.hash)
        write_deed(connection, "other browsers signed out", at=now, edition="")

    inst.database.write(work)


def work_for(inst: Installation, sign_in: SignIn, organisation: str) -> None:
    """The browser works for another of the person's organisations; NotFound for any other one."""
    if accounts.role(inst.database.read(), sign_in.account.id, organisation=organisation) is None:
        raise NotFound("organisation", organisation)
    inst.database.write(
        lambda connection: sign_ins.move(connection, sign_in.hash, organisation=organisation)
    )


def _set_second_factor(
    inst: Installation,
    sign_in: SignIn,
    second_factor: SecondFactor,
    *,
    app_secret: str = "",
    last_step: int = 0,
) -> tuple[str, ...]:
    account = sign_in.account
    codes = _codes(inst)
    now = inst.clock()

    def work(connection: Connection) -> None:
        credentials.set_second_factor(
            connection,
            account.id,
            second_factor=second_factor,
            app_secret=app_secret,
            last_step=last_step,
        )
        credentials.replace_recovery_codes(connection, account.id, _hashes(account.id, codes))
        sign_ins.end_others(connection, account.id, than=sign_in.hash)
        begun_sign_ins.end_all(connection, account.id)
        write_deed(
            connection, "second factor chosen", at=now, edition="", facts={"way": second_factor}
        )
        post(
            connection,
            organisation=sign_in.organisation.id,
            account_or_address=account,
            kind="second_factor_changed",
            values={},
            at=now,
        )

    inst.database.write(work)
    return codes


def _tell_of_password(
    connection: Connection, account: Account, organisation: str, now: datetime
) -> None:
    write_deed(connection, "password changed", at=now, edition="")
    post(
        connection,
        organisation=organisation,
        account_or_address=account,
        kind="password_changed",
        values={},
        at=now,
    )


def _require_good(account: Account, password: str, organisation: str) -> None:
    why = why_refused(password, about=(account.address, account.name, organisation))
    if why is not None:
        raise NotAllowed(why)


def _codes(inst: Installation) -> tuple[str, ...]:
    return tuple(recovery_code(inst.random_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def _hashes(account: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(recovery_hash(account, code) for code in codes)
