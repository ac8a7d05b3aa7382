"""Digests of what the count has left, and of what was published: another one whenever a row is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.model.published_table import PublishedTable
from survey.model.tally import TallyRow
from survey.storage import published_groups, tallies
from tests.events import congress
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.storage.connection import Connection

ROWS = (TallyRow("", "", "overall", "good", 7), TallyRow("ws01", "", "rating", "good", 11))
TABLES = (
    PublishedTable("", "", "overall", 7, (3, 4)),
    PublishedTable("ws01", "", "rating", 11, ()),
)


@pytest.mark.parametrize(
    ("statement", "is_seen"),
    [
        ("UPDATE tally SET n = 8 WHERE item = 'overall'", True),
        ("UPDATE tally SET n = 18 - n", True),
        ("UPDATE tally SET value = 'bad' WHERE item = 'rating'", True),
        ("UPDATE tally SET grouping = 'size:1' WHERE item = 'rating'", True),
        ("DELETE FROM tally WHERE item = 'rating'", True),
        ("DELETE FROM tally", True),
        ("UPDATE tally SET n = n", False),
    ],
)
def test_other_tallies_have_another_digest(
    either: Installation, statement: str, *, is_seen: bool
) -> None:
    edition = store_edition(either, congress()).id
    either.database.write(lambda connection: tallies.insert(connection, edition, ROWS))
    before = tallies.digest(either.database.read(), edition)

    either.database.write(lambda connection: connection.execute(statement, {}))

    assert (tallies.digest(either.database.read(), edition) != before) is is_seen


@pytest.mark.parametrize(
    ("statement", "is_seen"),
    [
        ("UPDATE published_group SET counts = '4 3' WHERE item = 'overall'", True),
        ("UPDATE published_group SET n = 8 WHERE item = 'overall'", True),
        ("UPDATE published_group SET entry = 2 WHERE item = 'rating'", True),
        ("DELETE FROM published_group WHERE item = 'rating'", True),
        ("DELETE FROM published_group", True),
        ("UPDATE published_group SET n = n", False),
    ],
)
def test_another_log_has_another_digest(
    either: Installation, statement: str, *, is_seen: bool
) -> None:
    edition = store_edition(either, congress()).id

    def publish(connection: Connection) -> None:
        published_groups.insert(connection, edition, TABLES, at=either.clock())

    either.database.write(publish)
    before = published_groups.digest(either.database.read(), edition)

    either.database.write(lambda connection: connection.execute(statement, {}))

    assert (published_groups.digest(either.database.read(), edition) != before) is is_seen


def test_another_edition_has_its_own_digest(either: Installation) -> None:
    one, other = (store_edition(either, congress(name)).id for name in ("kk2020", "kk2021"))
    either.database.write(lambda connection: tallies.insert(connection, one, ROWS))
    read = either.database.read()

    assert tallies.digest(read, one) != tallies.digest(read, other)
    assert tallies.digest(read, other) == tallies.digest(read, "nobody knows it")
