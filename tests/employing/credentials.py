"""Passwords and apps for the workplace's cast, hashed cheaply: what a hash costs stands in the hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from survey.access.app_codes import recovery_hash, seal_secret
from survey.factors import APP_KEY
from survey.storage import credentials

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.workplace import Account

SECRET = b"01234567890123456789"
RECOVERY_CODES = ("abcd-efgh-jkmn-pqrs", "bcde-fghj-kmnp-qrst")


def has_password(inst: Installation, account: Account, password: str) -> None:
    """The person has that password."""
    hashed = Argon2id(
        salt=b"0123456789abcdef", length=32, iterations=1, lanes=1, memory_cost=8
    ).derive_phc_encoded(password.encode())
    inst.database.write(
        lambda connection: credentials.set_password(connection, account.id, hashed=hashed)
    )


def has_app(inst: Installation, account: Account) -> None:
    """The person's app holds `SECRET`, and the recovery codes count."""
    sealed = seal_secret(
        SECRET, key=inst.keys.key_for(APP_KEY), account=account.id, nonce=inst.random_bytes(12)
    )
    inst.database.write(
        lambda connection: credentials.set_second_factor(
            connection, account.id, second_factor="app", app_secret=sealed
        )
    )
    has_recovery_codes(inst, account)


def has_chosen_mail(inst: Installation, account: Account) -> None:
    """The person's second factor is a link by mail, and the recovery codes count."""
    inst.database.write(
        lambda connection: credentials.set_second_factor(
            connection, account.id, second_factor="mail"
        )
    )
    has_recovery_codes(inst, account)


def has_chosen_nothing(inst: Installation, account: Account) -> None:
    """The person has no second factor yet."""
    inst.database.write(
        lambda connection: credentials.set_second_factor(connection, account.id, second_factor="")
    )


def has_recovery_codes(inst: Installation, account: Account) -> None:
    """Those recovery codes count."""
    hashes = [recovery_hash(account.id, code) for code in RECOVERY_CODES]
    inst.database.write(
        lambda connection: credentials.replace_recovery_codes(connection, account.id, hashes)
    )
