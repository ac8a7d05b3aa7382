"""How people prove who they are: password hashes, sealed secrets of apps, hashes of recovery codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.storage.connection import Connection

SecondFactor = Literal["", "mail", "app"]


@dataclass(frozen=True, slots=True)
class Credential:
    """What a person has set up."""

    password: str = field(default="", repr=False)
    """Its argon2id hash; empty where none was ever set."""
    second_factor: SecondFactor = ""
    """Empty as long as nothing was chosen, or after a reset."""
    app_secret: str = field(default="", repr=False)
    last_step: int = 0
    """The step of the last code that was used: it and earlier ones count no more."""

    @property
    def has_app(self) -> bool:
        """True if an app shows codes for this person."""
        return self.second_factor == "app"


def find(connection: Connection, account: str) -> Credential:
    """What the person has set up; nothing, where there is no such account."""
    row = connection.execute(
        """
        SELECT password, second_factor, app_secret, last_step FROM credential
        WHERE account = :account
        """,
        {"account": account},
    ).fetchone()
    if row is None:
        return Credential()
    return Credential(
        row["password"],
        cast("SecondFactor", row["second_factor"]),
        row["app_secret"],
        row["last_step"],
    )


def set_password(connection: Connection, account: str, *, hashed: str) -> None:
    """From now on this is the person's password."""
    connection.execute(
        """
        INSERT INTO credential (account, password) VALUES (:account, :password)
        ON CONFLICT (account) DO UPDATE SET password = excluded.password
        """,
        {"account": account, "password": hashed},
    )


def set_second_factor(
    connection: Connection,
    account: str,
    *,
    second_factor: SecondFactor,
    app_secret: str = "",
    last_step: int = 0,
) -> None:
    """From now on this is the person's second factor."""
    connection.execute(
        """
        INSERT INTO credential (account, second_factor, app_secret, last_step)
        VALUES (:account, :second_factor, :app_secret, :last_step)
        ON CONFLICT (account) DO UPDATE SET second_factor = excluded.second_factor,
            app_secret = excluded.app_secret, last_step = excluded.last_step
        """,
        {
            "account": account,
            "second_factor": second_factor,
            "app_secret": app_secret,
            "last_step": last_step,
        },
    )


def use_step(connection: Connection, account: str, *, step: int) -> bool:
    """The app's code of that step is used; True for exactly one of those who try."""
    used = connection.execute(
        "UPDATE credential SET last_step = :step WHERE account = :account AND last_step < :step",
        {"account": account, "step": step},
    )
    return bool(used.rowcount == 1)


def replace_recovery_codes(connection: Connection, account: str, hashes: Iterable[str]) -> None:
    """These recovery codes count, and no earlier ones."""
    connection.execute("DELETE FROM recovery_code WHERE account = :account", {"account": account})
    connection.executemany(
        "INSERT INTO recovery_code (account, hash) VALUES (:account, :hash)",
        [{"account": account, "hash": hashed} for hashed in hashes],
    )


def use_recovery_code(connection: Connection, account: str, *, hashed: str) -> bool:
    """The recovery code is spent; True for exactly one of those who try."""
    spent = connection.execute(
        "DELETE FROM recovery_code WHERE account = :account AND hash = :hash",
        {"account": account, "hash": hashed},
    )
    return bool(spent.rowcount == 1)


def count_recovery_codes(connection: Connection, account: str) -> int:
    """How many recovery codes are left."""
    row = connection.execute(
        "SELECT COUNT(*) AS n FROM recovery_code WHERE account = :account", {"account": account}
    ).fetchone()
    return int(row["n"])
