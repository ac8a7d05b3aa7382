"""Sign-ins: browsers that are signed in, known by the hash of their secret."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from survey.model.workplace import Account, Organisation, Role, SignIn
from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def insert(
    connection: Connection, *, hashed: str, account: str, organisation: str, at: datetime
) -> None:
    """Keep a fresh sign-in."""
    connection.execute(
        """
        INSERT INTO sign_in (hash, account, organisation, began, proven)
        VALUES (:hash, :account, :organisation, :at, :at)
        """,
        {
            "hash": hashed,
            "account": account,
            "organisation": organisation,
            "at": moment_to_text(at),
        },
    )


def find(connection: Connection, hashed: str) -> SignIn | None:
    """The sign-in, with the role in force now; None if it ended, or the account or its role is gone."""
    row = connection.execute(
        """
        SELECT sign_in.hash, sign_in.began, sign_in.proven, account.id, account.address,
               account.name, account.language, organisation.id AS organisation,
               organisation.name AS organisation_name, membership.role
        FROM sign_in
        JOIN account ON account.id = sign_in.account
        JOIN organisation ON organisation.id = sign_in.organisation
        JOIN membership ON membership.organisation = sign_in.organisation
                       AND membership.account = sign_in.account
        WHERE sign_in.hash = :hash AND account.is_disabled = 0
        """,
        {"hash": hashed},
    ).fetchone()
    if row is None:
        return None
    began, proven = text_to_moment(row["began"]), text_to_moment(row["proven"])
    assert began is not None  # noqa: S101 -- NOT NULL in the schema
    assert proven is not None  # noqa: S101 -- NOT NULL in the schema
    return SignIn(
        hash=row["hash"],
        account=Account(row["id"], row["address"], row["name"], row["language"]),
        organisation=Organisation(row["organisation"], row["organisation_name"]),
        role=Role(row["role"]),
        began=began,
        proven=proven,
    )


def prove(connection: Connection, hashed: str, *, at: datetime) -> None:
    """The person has just proved again who they are."""
    connection.execute(
        "UPDATE sign_in SET proven = :at WHERE hash = :hash",
        {"hash": hashed, "at": moment_to_text(at)},
    )


def move(connection: Connection, hashed: str, *, organisation: str) -> None:
    """The browser works for another organisation from now on."""
    connection.execute(
        "UPDATE sign_in SET organisation = :organisation WHERE hash = :hash",
        {"hash": hashed, "organisation": organisation},
    )


def end(connection: Connection, hashed: str) -> None:
    """The browser is signed out."""
    connection.execute("DELETE FROM sign_in WHERE hash = :hash", {"hash": hashed})


def end_all(connection: Connection, account: str) -> None:
    """Every browser of the person is signed out."""
    connection.execute("DELETE FROM sign_in WHERE account = :account", {"account": account})


def end_others(connection: Connection, account: str, *, than: str) -> None:
    """Every browser of the person but that one is signed out."""
    connection.execute(
        "DELETE FROM sign_in WHERE account = :account AND hash <> :than",
        {"account": account, "than": than},
    )


def of_account(connection: Connection, account: str) -> tuple[tuple[str, datetime], ...]:
    """Hash and beginning of each of the person's sign-ins, newest first."""
    rows = connection.execute(
        "SELECT hash, began FROM sign_in WHERE account = :account ORDER BY began DESC, hash",
        {"account": account},
    ).fetchall()
    return tuple((row["hash"], datetime.fromisoformat(row["began"])) for row in rows)


def delete_older(connection: Connection, *, than: datetime) -> None:
    """Sign-ins that began before that moment are gone."""
    connection.execute("DELETE FROM sign_in WHERE began < :than", {"than": moment_to_text(than)})
