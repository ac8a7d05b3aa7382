"""Use case: somebody who has not answered opens the form, as thousands do in the hour after the invitations.

All that decides what they see is read at once, and what follows from it is remembered. Whatever is out of the ordinary
is left to `collecting.open_form`, which says what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.access.links import link_hash
from survey.errors import NachklangError
from survey.model.event import EditionRecord, EditionState
from survey.model.personal_form import asked_sessions
from survey.storage import standings
from survey.storage.connection import foreign_errors
from survey.storage.edition_text import edition_from_text
from survey.storage.moments import text_to_moment

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.profile import Logo
    from survey.storage.connection import Connection
    from survey.storage.standings import Standing

MOST_REMEMBERED = 1024


@dataclass(frozen=True, slots=True, eq=False)
class FreshForm:
    """What a fresh link opens. The same object for as long as it is remembered, so that it can be looked up."""

    record: EditionRecord
    booked: frozenset[str]
    """The booked sessions that shape the form."""
    accent: str
    logo: Logo | None


@dataclass(slots=True)
class FreshLinks:
    """What fresh links opened last; safe to share between threads."""

    _editions: dict[str, str] = field(default_factory=dict)
    _forms: dict[Standing, FreshForm] = field(default_factory=dict)

    def find(self, inst: Installation, token: str) -> FreshForm | None:
        """What the link opens now; None unless it is genuine and fresh, and its form open and whole."""
        try:
            link = inst.links.read_personal_token(token)
            with foreign_errors():
                connection = inst.database.read()
                standing = self._standing(connection, link.edition_name, link.secret)
                if standing is None:
                    return None
                found = self._forms.get(standing) or self._remember(connection, standing)
            if found is None or found.record.state(inst.clock()) is not EditionState.OPEN:
                return None
            inst.keys.require(found.record.id, found.record.public_key)
        except NachklangError:
            return None  # it comes again on the ordinary way, and is told there
        return found

    def _standing(self, connection: Connection, name: str, secret: bytes) -> Standing | None:
        edition_id = self._editions.get(name)
        if edition_id is not None:
            found = standings.of_link(
                connection, edition_id, link_hash(edition_id, secret), name=name
            )
            if found is not None:
                return found
        # Not known yet; or gone meanwhile, and another edition has its name.
        current = standings.edition_named(connection, name)
        if current is None or current == edition_id:
            return None
        if len(self._editions) >= MOST_REMEMBERED:
            self._editions.clear()
        self._editions[name] = current
        return standings.of_link(connection, current, link_hash(current, secret), name=name)

    def _remember(self, connection: Connection, standing: Standing) -> FreshForm | None:
        definition = standings.definition(connection, standing)
        if definition is None:
            return None
        record = EditionRecord(
            id=standing.edition,
            owner=standing.owner,
            edition=edition_from_text(definition),
            revision=standing.revision,
            public_key=standing.public_key,
            opens=text_to_moment(standing.opens),
            closes=text_to_moment(standing.closes),
            count_started=text_to_moment(standing.count_started),
            counted=text_to_moment(standing.counted),
            passed=text_to_moment(standing.passed),
        )
        sessions = frozenset(standing.sessions.split("|") if standing.sessions else ())
        form = FreshForm(
            record,
            asked_sessions(record.edition, sessions),
            standing.accent or "",
            standing.logo,
        )
        if len(self._forms) >= MOST_REMEMBERED:
            self._forms.clear()
        self._forms[standing] = form
        return form
