"""Parts of the programme as addresses name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import NotFound
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from survey.model.event import EditionRecord
    from survey.model.programme import Round, Session
    from survey.web.workplace.desk import Desk


def session_of(desk: Desk, record: EditionRecord) -> Session:
    """The session in the address; NotFound if the edition has none such."""
    code = desk.part("session")
    for session in record.edition.programme.sessions:
        if session.code == code:
            return session
    raise NotFound("session", code)


def round_of(desk: Desk, record: EditionRecord) -> Round:
    """The round in the address; NotFound if the edition has none such."""
    code = desk.part("round")
    for round_ in record.edition.programme.rounds:
        if round_.code == code:
            return round_
    raise NotFound("round", code)


def programme_address(record: EditionRecord, anchor: str = "") -> str:
    """The programme's page, at that place of it."""
    address = edition_address(record, "programm")
    return f"{address}#{anchor}" if anchor else address
