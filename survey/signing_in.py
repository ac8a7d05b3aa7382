"""Use case: a person signs in to the workplace, and the browser stays signed in for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.access.sign_in_cookies import LONGEST, LONGEST_IDLE, SECRET_BYTES, hash_of
from survey.storage import sign_ins
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.workplace import SignIn

FRESH = timedelta(minutes=15)
"""Sending, deleting and publishing ask for a proof no older than this."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the browser, and the cookie for its next request."""

    sign_in: SignIn
    cookie: str
    is_fresh: bool
    """True while nobody needs to prove again who they are."""


def begin(inst: Installation, account: str, organisation: str) -> str:
    """The cookie of a browser that is signed in from now on; who it is has been proven."""
    secret = inst.random_bytes(SECRET_BYTES)
    now = inst.clock()
    inst.database.write(
        lambda connection: sign_ins.insert(
            connection,
            hashed=hash_of(secret),
            account=account,
            organisation=organisation,
            at=now,
        )
    )
    return inst.cookies.cookie(secret, now)


def signed_in(inst: Installation, cookie: str) -> SignedIn | None:
    """Who is signed in with that cookie; None if nobody is, or is no longer."""
    used = inst.cookies.read(cookie)
    now = inst.clock()
    if used is None or now - used.used > LONGEST_IDLE:
        return None
    with foreign_errors():
        sign_in = sign_ins.find(inst.database.read(), used.hash)
    if sign_in is None or now - sign_in.began > LONGEST:
        return None
    is_fresh = now - sign_in.proven <= FRESH
    return SignedIn(sign_in, inst.cookies.cookie(used.secret, now), is_fresh)


def end(inst: Installation, sign_in: SignIn) -> None:
    """The browser is signed out, on the server too."""
    inst.database.write(lambda connection: sign_ins.end(connection, sign_in.hash))
