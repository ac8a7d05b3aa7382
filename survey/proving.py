"""Use case: a person proves who they are, with two of three factors: password, code, link by mail.

Who organises anything, or has set up an app, needs two of them; in one browser, within a quarter of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from survey import signing_in
from survey.access.one_time_links import hash_of_token
from survey.access.passwords import is_password
from survey.access.sign_in_cookies import SECRET_BYTES, hash_of
from survey.errors import LinkUnknown
from survey.factors import (
    about_password,
    folded,
    is_code_right,
    is_password_right,
    require_no_wait,
)
from survey.model.workplace import Actor, OneTimePurpose, Role
from survey.notifying import post
from survey.storage import (
    accounts,
    begun_sign_ins,
    credentials,
    house_subjects,
    missed_attempts,
    one_time_links,
    sign_ins,
)
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.workplace import Account, SignIn
    from survey.storage.begun_sign_ins import BegunSignIn, FirstFactor
    from survey.storage.connection import Connection

LONGEST_BETWEEN = timedelta(minutes=15)
MISSES_PER_BEGINNING = 5
"""After so many wrong codes one begins with the password again."""
LINKS_AT_ONCE = 5
PAUSE_BETWEEN_LINKS = (timedelta(minutes=1), timedelta(minutes=10))
"""At first, and when many were asked for. A link lives longer: the last one is always good."""
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """The person is signed in."""

    account: Account
    cookie: str = field(repr=False)
    known: str = field(repr=False)
    """Cookie of a browser that the person signs in with."""
    needs_set_up: bool
    """True for somebody who needs a second factor and has not chosen one."""


@dataclass(frozen=True, slots=True)
class HalfWay:
    """One factor is proven; another one is missing."""

    cookie: str = field(repr=False)
    ways: Ways


@dataclass(frozen=True, slots=True)
class Ways:
    """With what the person can go on."""

    proven: FirstFactor | Literal[""]
    has_app: bool
    has_password: bool
    has_recovery_codes: bool


def with_password(
    inst: Installation, address: str, *, password: str, known: str
) -> Passed | HalfWay | None:
    """Where the password leads; None if address and password do not belong together.

    TooManyAttempts while guesses from unknown browsers cost time. `known` is that cookie: a browser that the person has
    signed in with before is counted by itself.
    """
    account = accounts.find_by_address(inst.database.read(), address)
    device = inst.cookies.known_device(known, account.id) if account else ""
    about = about_password(inst, address, device)
    require_no_wait(inst, about)
    credential = credentials.find(inst.database.read(), account.id if account else "")
    is_right = is_password(password, credential.password)
    if not is_right or account is None or not _may_sign_in(inst, account):
        now = inst.clock()
        inst.database.write(lambda connection: missed_attempts.add(connection, about, at=now))
        return None
    inst.database.write(lambda connection: missed_attempts.forget(connection, about))
    return _one_factor(inst, account, "password", known=known)


def ask_for_link(inst: Installation, address: str) -> None:
    """A link to sign in goes to the address if somebody has it; whoever asks is not told."""
    _post_link(inst, address, purpose=OneTimePurpose.SIGN_IN, kind="sign_in")


def ask_for_new_password(inst: Installation, address: str) -> None:
    """A link to set a new password goes to the address if somebody has it; whoever asks is not told."""
    _post_link(inst, address, purpose=OneTimePurpose.NEW_PASSWORD, kind="new_password")


def whose_link(inst: Installation, token: str, *, purpose: OneTimePurpose) -> Account:
    """Whom the link is for; LinkUnknown if it was used, has ended, or its account is gone. Nothing is spent."""
    hashed = hash_of_token(purpose, token)
    connection = inst.database.read()
    subject = one_time_links.subject_of(connection, hashed, purpose=purpose, at=inst.clock())
    account = accounts.find(connection, subject) if subject is not None else None
    if account is None or not _may_sign_in(inst, account):
        raise LinkUnknown
    return account


def with_link(inst: Installation, token: str, *, begun: str, known: str) -> Passed | HalfWay:
    """Where the link leads, once; LinkUnknown if it was used or has ended."""
    account = whose_link(inst, token, purpose=OneTimePurpose.SIGN_IN)
    hashed = hash_of_token(OneTimePurpose.SIGN_IN, token)
    half = begun_with(inst, begun)

    def work(connection: Connection) -> None:
        if not one_time_links.use(connection, hashed):
            raise LinkUnknown
        one_time_links.end_all(connection, account.id, purpose=OneTimePurpose.SIGN_IN)

    inst.database.write(work)
    if half is not None and half.account == account.id and half.proven == "password":
        return _pass(inst, account, half, how="password, mail", known=known)
    return _one_factor(inst, account, "mail", known=known)


def again_with_link(inst: Installation, token: str, sign_in: SignIn) -> bool:
    """True, and the sign-in counts as proven now, if the link is this very person's."""
    if whose_link(inst, token, purpose=OneTimePurpose.SIGN_IN).id != sign_in.account.id:
        return False
    hashed = hash_of_token(OneTimePurpose.SIGN_IN, token)
    if not inst.database.write(lambda connection: one_time_links.use(connection, hashed)):
        raise LinkUnknown
    renew_proof(inst, sign_in)
    return True


def begun_with(inst: Installation, cookie: str) -> BegunSignIn | None:
    """What the browser has proved so far; None if nothing, or too long ago, or after too many wrong codes."""
    hashed = inst.cookies.read_begun(cookie)
    if hashed is None:
        return None
    since = inst.clock() - LONGEST_BETWEEN
    half = begun_sign_ins.find(inst.database.read(), hashed, since=since)
    return None if half is None or half.misses >= MISSES_PER_BEGINNING else half


def ways_on(inst: Installation, half: BegunSignIn) -> Ways:
    """With what that person can go on."""
    return _ways(inst, half.account, half.proven)


def ways_of(inst: Installation, account: Account) -> Ways:
    """With what the person can prove again who they are."""
    return _ways(inst, account.id, "")


def ask_for_second_link(inst: Installation, half: BegunSignIn) -> None:
    """A link goes to the person whose password is proven, to be opened in the same browser."""
    account = accounts.find(inst.database.read(), half.account)
    if account is not None:
        ask_for_link(inst, account.address)


def with_code(inst: Installation, begun: str, *, code: str, known: str) -> Passed | None:
    """Signed in, if the code of the app or a recovery code is right; None if not."""
    half = begun_with(inst, begun)
    account = accounts.find(inst.database.read(), half.account) if half else None
    if half is None or account is None or not _may_sign_in(inst, account):
        raise LinkUnknown
    if not is_code_right(inst, account, code=code, known=known):
        inst.database.write(lambda connection: begun_sign_ins.miss(connection, half.hash))
        return None
    return _pass(inst, account, half, how=f"{half.proven}, code", known=known)


def with_second_password(
    inst: Installation, begun: str, *, password: str, known: str
) -> Passed | None:
    """Signed in, if the password is right after a link; None if not."""
    half = begun_with(inst, begun)
    account = accounts.find(inst.database.read(), half.account) if half else None
    if half is None or half.proven != "mail" or account is None or not _may_sign_in(inst, account):
        raise LinkUnknown
    if not is_password_right(inst, account, password=password, known=known):
        inst.database.write(lambda connection: begun_sign_ins.miss(connection, half.hash))
        return None
    return _pass(inst, account, half, how="mail, password", known=known)


def prove_again(
    inst: Installation, sign_in: SignIn, *, password: str, code: str, known: str
) -> bool:
    """True, and the sign-in counts as proven now, if the password or else the code is right."""
    account = sign_in.account
    is_right = (
        is_password_right(inst, account, password=password, known=known)
        if password
        else is_code_right(inst, account, code=code, known=known)
    )
    if is_right:
        renew_proof(inst, sign_in)
    return is_right


def renew_proof(inst: Installation, sign_in: SignIn) -> None:
    """The person has just proved again who they are."""
    now = inst.clock()
    inst.database.write(lambda connection: sign_ins.prove(connection, sign_in.hash, at=now))


def needs_two(inst: Installation, account: Account) -> bool:
    """True for those who organise anything, and whoever has set up an app."""
    return credentials.find(inst.database.read(), account.id).has_app or is_organiser_somewhere(
        inst, account
    )


def needs_set_up(inst: Installation, account: Account) -> bool:
    """True for those who organise anything and have neither chosen a second factor nor the house's sign-in."""
    connection = inst.database.read()
    if credentials.find(connection, account.id).second_factor:
        return False
    if inst.settings.house is not None and house_subjects.is_pinned(connection, account.id):
        return False  # the second factor is the house's matter
    return is_organiser_somewhere(inst, account)


def is_organiser_somewhere(inst: Installation, account: Account) -> bool:
    """True if the person may do everything for some organisation."""
    connection = inst.database.read()
    return any(
        accounts.role(connection, account.id, organisation=o.id) is Role.ORGANISER
        for o in accounts.organisations_of(connection, account.id)
    )


def forget_old_attempts(inst: Installation) -> None:
    """What was tried or begun a day ago is forgotten, and sign-ins that have ended."""
    now = inst.clock()

    def work(connection: Connection) -> None:
        missed_attempts.delete_older(connection, than=now - KEPT)
        begun_sign_ins.delete_older(connection, than=now - LONGEST_BETWEEN)
        sign_ins.delete_older(connection, than=now - KEPT)

    inst.database.write(work)


def _one_factor(
    inst: Installation, account: Account, proven: FirstFactor, *, known: str
) -> Passed | HalfWay:
    if not needs_two(inst, account):
        return _pass(inst, account, None, how=proven, known=known)
    secret = inst.random_bytes(SECRET_BYTES)
    now = inst.clock()
    hashed = hash_of(secret)
    inst.database.write(
        lambda connection: begun_sign_ins.insert(
            connection, hashed=hashed, account=account.id, proven=proven, at=now
        )
    )
    return HalfWay(inst.cookies.begun_cookie(secret), _ways(inst, account.id, proven))


def _pass(
    inst: Installation, account: Account, half: BegunSignIn | None, *, how: str, known: str
) -> Passed:
    organisation = accounts.organisations_of(inst.database.read(), account.id)[0]
    now = inst.clock()

    def work(connection: Connection) -> None:
        if half is not None and not begun_sign_ins.end(connection, half.hash):
            raise LinkUnknown
        write_deed(connection, "signed in", at=now, edition="", facts={"with": how})

    inst.database.write_for(Actor(account.id, organisation.id), work)
    cookie = signing_in.begin(inst, account.id, organisation.id)
    device = inst.cookies.known_device(known, account.id) or inst.random_bytes(16).hex()
    return Passed(
        account=account,
        cookie=cookie,
        known=inst.cookies.known_cookie(account.id, device),
        needs_set_up=needs_set_up(inst, account),
    )


def _post_link(inst: Installation, address: str, *, purpose: OneTimePurpose, kind: str) -> None:
    about = inst.cookies.missed_key(kind, folded(address))
    account = accounts.find_by_address(inst.database.read(), address)
    is_wanted = account is not None and _may_sign_in(inst, account)
    now = inst.clock()

    def work(connection: Connection) -> None:
        asked = missed_attempts.find(connection, about)
        if asked is not None and now < asked.last + _pause(asked.n):
            return
        missed_attempts.add(connection, about, at=now)
        if is_wanted and account is not None:
            organisation = accounts.organisations_of(connection, account.id)[0]
            post(
                connection,
                organisation=organisation.id,
                account_or_address=account,
                kind=kind,
                values={},
                at=now,
                opens=purpose,
                opens_for=account.id,
            )

    inst.database.write(work)


def _pause(asked: int) -> timedelta:
    return PAUSE_BETWEEN_LINKS[asked >= LINKS_AT_ONCE]


def _may_sign_in(inst: Installation, account: Account) -> bool:
    return not account.is_disabled and bool(
        accounts.organisations_of(inst.database.read(), account.id)
    )


def _ways(inst: Installation, account: str, proven: FirstFactor | Literal[""]) -> Ways:
    connection = inst.database.read()
    credential = credentials.find(connection, account)
    return Ways(
        proven,
        credential.has_app,
        bool(credential.password),
        credentials.count_recovery_codes(connection, account) > 0,
    )
