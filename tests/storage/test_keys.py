"""Everything that grows is keyed by its edition first: whoever shards the server can distribute by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.storage.connection import open_connection

if TYPE_CHECKING:
    from pathlib import Path

import pytest

from tests.people import empty_database

OF_THE_HOUSE = "a few rows per organisation or person who works with the service"
WHOLE_EVERYWHERE = {
    "account": OF_THE_HOUSE,
    "backup_order": "one row at most",
    "begun_sign_in": OF_THE_HOUSE,
    "credential": OF_THE_HOUSE,
    "deed": "one chain over everything, a few rows per edition",
    "domain_rest": "gone after two hours",
    "earlier_edition": "one row per edition from elsewhere; its `id` is the edition",
    "earlier_mapping": OF_THE_HOUSE,
    "edition": "one row per edition; its `id` is the edition",
    "held_earlier": "gone within the hour",
    "house_subject": OF_THE_HOUSE,
    "interface_token": OF_THE_HOUSE,
    "invitation": OF_THE_HOUSE,
    "logo": OF_THE_HOUSE,
    "look": "one row per act that is due",
    "mail_check": OF_THE_HOUSE,
    "membership": OF_THE_HOUSE,
    "migration": "one row per version of the schema",
    "missed_attempt": OF_THE_HOUSE,
    "notice_sent": "a few rows per edition, without anybody's answers",
    "one_time_link": OF_THE_HOUSE,
    "organisation": OF_THE_HOUSE,
    "profile": OF_THE_HOUSE,
    "recovery_code": OF_THE_HOUSE,
    "sign_in": OF_THE_HOUSE,
    "staff_mail": OF_THE_HOUSE,
    "suppression": "asked across all editions of an organisation",
    "theme": "a codebook lasts over the editions of a series",
    "topic": "topics last over the editions of a series",
}
"""Tables that every shard holds whole, and why they stay small."""


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, tuple[str, ...]]:
    """The primary key of each table."""
    path = tmp_path / "nachklang.db"
    path.write_bytes(empty_database())
    connection = open_connection(path)
    rows = connection.execute(
        """
        SELECT tables.name AS name, columns.name AS column_name
        FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.pk > 0
        ORDER BY tables.name, columns.pk
        """
    ).fetchall()
    connection.close()
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row["name"]] = (*found.get(row["name"], ()), row["column_name"])
    return found


def test_what_grows_is_keyed_by_its_edition_first(keys: dict[str, tuple[str, ...]]) -> None:
    others = {name for name, columns in keys.items() if columns[0] != "edition"}

    assert others == set(WHOLE_EVERYWHERE)


def test_everything_about_answers_and_people_is_keyed_by_its_edition(
    keys: dict[str, tuple[str, ...]],
) -> None:
    about = ("participant", "booking", "link", "urn", "draft", "tally", "text", "outbox")

    assert {name: keys[name][0] for name in about} == dict.fromkeys(about, "edition")
