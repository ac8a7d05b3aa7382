"""Everybody who is registered for an edition: counted, searched, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.typed_number import typed_number
from survey import correcting
from survey.web.organiser.participants.remarks import remarks
from survey.web.workplace.desk import edition_address
from survey.web.workplace.navigation import NavigationEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.model.known_person import KnownPerson
    from survey.web.workplace.desk import Desk

PEOPLE_PER_PAGE = 50
LONGEST_SEARCH = 200


def show_people(desk: Desk) -> Response:
    """The people, as far as they fit the search."""
    record = desk.edition()
    text = desk.asked("suche").strip()[:LONGEST_SEARCH]
    everybody = correcting.known_people(desk.inst, record.name)
    found = correcting.matching(everybody, text)
    pages = max(1, -(-len(found) // PEOPLE_PER_PAGE))
    page = min(pages, max(1, typed_number(desk.asked("seite")) or 1))
    shown = found[(page - 1) * PEOPLE_PER_PAGE : page * PEOPLE_PER_PAGE]
    return desk.draw(
        "workplace/participants/people.html",
        edition=record,
        counts=correcting.people_counts(desk.inst, record.name, everybody),
        people=[_row(desk, record, person) for person in shown],
        found=len(found),
        first=(page - 1) * PEOPLE_PER_PAGE + 1,
        last=(page - 1) * PEOPLE_PER_PAGE + len(shown),
        text=text,
        pages=_pages(desk, record, text, page=page, pages=pages),
        here=edition_address(record, "teilnehmende"),
        is_fixed=record.count_started is not None or record.counted is not None,
        are_deleted=record.addresses_deleted is not None,
    )


def _row(desk: Desk, record: EditionRecord, person: KnownPerson) -> dict[str, object]:
    programme = record.edition.programme
    titles = [s.title for s in programme.sessions if s.code in person.sessions]
    return {
        "address": edition_address(record, "teilnehmende", person.id),
        "person": person,
        "sessions": titles,
        "remarks": remarks(desk.words, person),
    }


def _pages(
    desk: Desk, record: EditionRecord, text: str, *, page: int, pages: int
) -> Sequence[NavigationEntry]:
    if pages == 1:
        return ()
    say = desk.words.gettext
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    query = {"suche": text} if text else {}
    return [
        NavigationEntry(
            edition_address(record, "teilnehmende", **query, seite=str(number)),
            say("Seite %(n)s") % {"n": number},
            number == page,
        )
        for number in near
    ]
