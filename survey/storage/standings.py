"""Standings: in one row, everything that decides which form the link of somebody who has not answered opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from survey.model.profile import Logo

if TYPE_CHECKING:
    from survey.model.profile import LogoKind
    from survey.storage.connection import Connection


class Standing(NamedTuple):
    """As it is stored. People for whom it is equal see equal forms, so it names nobody.

    A tuple, since one is made and looked up whenever somebody opens a form.
    """

    edition: str
    owner: str
    revision: int
    public_key: bytes
    opens: str | None
    closes: str | None
    count_started: str | None
    counted: str | None
    passed: str | None
    sessions: str | None
    """Codes of the booked sessions, with bars between them."""
    accent: str | None
    logo_hash: str | None
    """None without a picture; what follows is empty then."""
    logo_kind: LogoKind
    logo_alternative: str
    logo_width: int
    logo_height: int

    @property
    def logo(self) -> Logo | None:
        """The organisation's picture."""
        if self.logo_hash is None:
            return None
        return Logo(
            self.logo_hash,
            self.logo_kind,
            self.logo_alternative,
            self.logo_width,
            self.logo_height,
        )


def of_link(connection: Connection, edition_id: str, hashed: str, *, name: str) -> Standing | None:
    """What the link with that hash opens, of a person who is registered and has not answered.

    None for every other link, and where the edition has another name by now.
    """
    row = connection.execute(
        """
        SELECT edition.id, edition.owner, edition.revision, edition.public_key, edition.opens,
               edition.closes, edition.count_started, edition.counted, edition.passed,
               (SELECT string_agg(session, '|') FROM booking
                WHERE booking.edition = participant.edition
                  AND booking.participant = participant.id) AS sessions,
               profile.accent, logo.hash, logo.kind, logo.alternative, logo.width, logo.height
        FROM link
        JOIN participant ON participant.edition = link.edition AND participant.id = link.participant
        JOIN edition ON edition.id = link.edition
        LEFT JOIN profile ON profile.organisation = edition.owner
        LEFT JOIN logo ON logo.organisation = edition.owner
        WHERE link.edition = :edition AND link.hash = :hash AND edition.name = :name
          AND participant.has_answered = 0 AND participant.is_withdrawn = 0
        """,
        {"edition": edition_id, "hash": hashed, "name": name},
    ).fetchone()
    if row is None:
        return None
    # In the order of the columns: by name, each of them would be searched for. A row of one driver iterates over its
    # values, a row of the other is a dictionary.
    return Standing(*(row.values() if isinstance(row, dict) else row))


def edition_named(connection: Connection, name: str) -> str | None:
    """The id of the edition with that short name."""
    row = connection.execute("SELECT id FROM edition WHERE name = :name", {"name": name}).fetchone()
    return None if row is None else str(row["id"])


def definition(connection: Connection, standing: Standing) -> str | None:
    """The definition that the standing's revision has; None if there is a later one."""
    row = connection.execute(
        "SELECT definition FROM edition WHERE id = :edition AND revision = :revision",
        {"edition": standing.edition, "revision": standing.revision},
    ).fetchone()
    return None if row is None else str(row["definition"])
