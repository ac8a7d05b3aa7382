"""Use case: an organisation lets programs of its own read its results, and stops them."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.storage import interface_tokens
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed
from survey.storage.interface_tokens import InterfaceToken

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.storage.connection import Connection

MOST_TOKENS = 20
BEGINNING = "nk_"
"""Scanners for leaked secrets know tokens by their beginning."""
_SECRET_BYTES = 32
_ID_BYTES = 8


def make_token(inst: Installation, organisation: str, *, purpose: str) -> str:
    """A fresh token, to be shown once: only its hash is kept. NotAllowed if there are many already."""
    secret = base64.urlsafe_b64encode(inst.random_bytes(_SECRET_BYTES)).rstrip(b"=").decode("ascii")
    text = BEGINNING + secret
    now = inst.clock()
    token = InterfaceToken(organisation, inst.random_bytes(_ID_BYTES).hex(), purpose, now)

    def work(connection: Connection) -> None:
        if len(interface_tokens.of_organisation(connection, organisation)) >= MOST_TOKENS:
            raise NotAllowed(
                problem(
                    "Es gibt schon %(most)d Schlüssel. Widerrufen Sie zuerst einen, den niemand mehr braucht.",
                    most=MOST_TOKENS,
                )
            )
        interface_tokens.insert(connection, token, hashed=_hash(text))
        facts = {"purpose": purpose}
        write_deed(connection, "interface token made", at=now, edition="", facts=facts)

    inst.database.write(work)
    return text


def tokens_of(inst: Installation, organisation: str) -> tuple[InterfaceToken, ...]:
    """The organisation's tokens, without their secrets, the oldest first."""
    with foreign_errors():
        return interface_tokens.of_organisation(inst.database.read(), organisation)


def token_of(inst: Installation, organisation: str, token: str) -> InterfaceToken:
    """The organisation's token with that id; NotFound also for another organisation's."""
    for known in tokens_of(inst, organisation):
        if known.id == token:
            return known
    raise NotFound("token", token)


def revoke_token(inst: Installation, organisation: str, token: str) -> None:
    """The token opens nothing from now on; NotFound also for another organisation's."""
    known = token_of(inst, organisation, token)

    def work(connection: Connection) -> None:
        if not interface_tokens.delete(connection, organisation, token):
            raise NotFound("token", token)
        facts = {"purpose": known.purpose}
        write_deed(connection, "interface token revoked", at=inst.clock(), edition="", facts=facts)

    inst.database.write(work)


def holder_of(inst: Installation, text: str) -> InterfaceToken | None:
    """Whose token that is; None if it is nobody's, or revoked."""
    if not text.startswith(BEGINNING):
        return None
    with foreign_errors():
        return interface_tokens.find_by_hash(inst.database.read(), _hash(text))


def _hash(text: str) -> str:
    # The token holds 256 random bits: a plain digest is as good as a slow one.
    return hashlib.sha256(b"interface-token/v1" + text.encode()).hexdigest()
