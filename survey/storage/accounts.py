"""Accounts and their roles in organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.model.workplace import Account, Organisation, Role

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def insert(connection: Connection, account: Account) -> None:
    """Keep a new account."""
    connection.execute(
        """
        INSERT INTO account (id, address, name, language, is_disabled)
        VALUES (:id, :address, :name, :language, :is_disabled)
        """,
        {
            "id": account.id,
            "address": account.address.lower(),
            "name": account.name,
            "language": account.language,
            "is_disabled": int(account.is_disabled),
        },
    )


def find(connection: Connection, account: str) -> Account | None:
    """The account with that id."""
    row = connection.execute(
        "SELECT id, address, name, language, is_disabled FROM account WHERE id = :id",
        {"id": account},
    ).fetchone()
    return None if row is None else _account(row)


def find_by_address(connection: Connection, address: str) -> Account | None:
    """The account with that address, whatever its case."""
    row = connection.execute(
        "SELECT id, address, name, language, is_disabled FROM account WHERE address = :address",
        {"address": address.strip().lower()},
    ).fetchone()
    return None if row is None else _account(row)


def count(connection: Connection) -> int:
    """How many accounts there are."""
    return int(connection.execute("SELECT COUNT(*) AS n FROM account").fetchone()["n"])


def describe(connection: Connection, account: str, *, name: str, language: str) -> None:
    """The person's name and language."""
    connection.execute(
        "UPDATE account SET name = :name, language = :language WHERE id = :id",
        {"id": account, "name": name, "language": language},
    )


def set_disabled(connection: Connection, account: str, *, is_disabled: bool) -> None:
    """The person can sign in no more, or again."""
    connection.execute(
        "UPDATE account SET is_disabled = :is_disabled WHERE id = :id",
        {"id": account, "is_disabled": int(is_disabled)},
    )


def everybody(connection: Connection) -> tuple[Account, ...]:
    """Every account, by address."""
    rows = connection.execute(
        "SELECT id, address, name, language, is_disabled FROM account ORDER BY address"
    ).fetchall()
    return tuple(_account(row) for row in rows)


def set_role(connection: Connection, account: str, *, organisation: str, role: Role) -> None:
    """The person has this role in the organisation, and no other."""
    connection.execute(
        """
        INSERT INTO membership (organisation, account, role)
        VALUES (:organisation, :account, :role)
        ON CONFLICT (organisation, account) DO UPDATE SET role = excluded.role
        """,
        {"organisation": organisation, "account": account, "role": role.value},
    )


def remove_role(connection: Connection, account: str, *, organisation: str) -> bool:
    """The person has no role in the organisation any more; False if there was none."""
    removed = connection.execute(
        "DELETE FROM membership WHERE organisation = :organisation AND account = :account",
        {"organisation": organisation, "account": account},
    )
    return bool(removed.rowcount == 1)


def role(connection: Connection, account: str, *, organisation: str) -> Role | None:
    """The person's role in the organisation."""
    row = connection.execute(
        "SELECT role FROM membership WHERE organisation = :organisation AND account = :account",
        {"organisation": organisation, "account": account},
    ).fetchone()
    return None if row is None else Role(row["role"])


def organisations_of(connection: Connection, account: str) -> tuple[Organisation, ...]:
    """The organisations the person works for, by name."""
    rows = connection.execute(
        """
        SELECT organisation.id, organisation.name
        FROM membership JOIN organisation ON organisation.id = membership.organisation
        WHERE membership.account = :account
        ORDER BY organisation.name, organisation.id
        """,
        {"account": account},
    ).fetchall()
    return tuple(Organisation(row["id"], row["name"]) for row in rows)


def of_organisation(connection: Connection, organisation: str) -> tuple[tuple[Account, Role], ...]:
    """Everybody who works for the organisation, with their role, by name."""
    rows = connection.execute(
        """
        SELECT account.id, account.address, account.name, account.language, account.is_disabled,
               membership.role
        FROM membership JOIN account ON account.id = membership.account
        WHERE membership.organisation = :organisation
        ORDER BY account.name, account.address
        """,
        {"organisation": organisation},
    ).fetchall()
    return tuple((_account(row), Role(row["role"])) for row in rows)


def _account(row: Any) -> Account:  # noqa: ANN401 -- driver's row
    return Account(
        row["id"], row["address"], row["name"], row["language"], bool(row["is_disabled"])
    )
