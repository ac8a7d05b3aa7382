"""Information and deletion: of one person, and of an address in all editions of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from exports.personal_data import personal_data_json, personal_data_text
from survey import informing
from survey.errors import NotFound
from survey.web.attachment import SANDBOX
from survey.web.organiser.participants.held_words import held_in_words, why_no_answers
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.informing import HeldOnPerson
    from survey.web.workplace.desk import Desk

LONGEST_ADDRESS = 254


def show_information(desk: Desk) -> Response:
    """What the edition holds on the person."""
    record = desk.edition()
    held = informing.held_on(desk.inst, record.name, desk.part("person"))
    here = edition_address(record, "teilnehmende", held.person.id)
    return desk.draw(
        "workplace/participants/information.html",
        edition=record,
        heading_of=held.person.called,
        parts=_parts(desk, (held,)),
        notes=why_no_answers(desk.words),
        text_file=f"{here}/auskunft.txt",
        json_file=f"{here}/auskunft.json",
        back=here,
    )


def hand_over_text(desk: Desk) -> Response:
    """The same as a text file."""
    record = desk.edition()
    return _text_file(desk, (informing.held_on(desk.inst, record.name, desk.part("person")),))


def hand_over_json(desk: Desk) -> Response:
    """The same as JSON."""
    record = desk.edition()
    return _json_file(desk, (informing.held_on(desk.inst, record.name, desk.part("person")),))


def show_address(desk: Desk) -> Response:
    """What all editions hold at an address."""
    record = desk.edition()
    address = desk.asked("adresse").strip()[:LONGEST_ADDRESS]
    held = informing.held_at(desk.inst, desk.organisation.id, address) if address else ()
    here = edition_address(record, "teilnehmende", "auskunft")
    return desk.draw(
        "workplace/participants/address.html",
        edition=record,
        address=address,
        parts=_parts(desk, held),
        notes=why_no_answers(desk.words),
        here=here,
        text_file=edition_address(record, "teilnehmende", "auskunft.txt", adresse=address),
        json_file=edition_address(record, "teilnehmende", "auskunft.json", adresse=address),
        deletion=edition_address(record, "teilnehmende", "auskunft", "loeschen", adresse=address),
        back=edition_address(record, "teilnehmende"),
    )


def hand_over_address_text(desk: Desk) -> Response:
    """The same as a text file."""
    desk.edition()
    return _text_file(desk, _held_at(desk))


def hand_over_address_json(desk: Desk) -> Response:
    """The same as JSON."""
    desk.edition()
    return _json_file(desk, _held_at(desk))


def show_address_deletion(desk: Desk) -> Response:
    """What deleting an address everywhere means."""
    record = desk.edition()
    held = _held_at(desk)
    address = desk.asked("adresse").strip()
    return desk.draw(
        "workplace/participants/address_deletion.html",
        edition=record,
        address=address,
        people=[(part.record.edition.title, part.person.called) for part in held],
        back=edition_address(record, "teilnehmende", "auskunft", adresse=address),
    )


def delete_address(desk: Desk) -> Response:
    """Everybody with that address is deleted from all editions of the organisation."""
    record = desk.edition()
    address = desk.asked("adresse").strip()
    if desk.fields.get("never_again"):
        informing.delete_and_suppress_at(desk.inst, desk.organisation.id, address)
    else:
        informing.delete_at(desk.inst, desk.organisation.id, address)
    return desk.go(
        edition_address(record, "teilnehmende"),
        notice=desk.words.gettext("Alle Angaben zu dieser Adresse sind gelöscht."),
    )


def _held_at(desk: Desk) -> tuple[HeldOnPerson, ...]:
    held = informing.held_at(desk.inst, desk.organisation.id, desk.asked("adresse"))
    if not held:
        raise NotFound("participant", "")
    return held


def _parts(
    desk: Desk, held: Sequence[HeldOnPerson]
) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    told = (held_in_words(each, desk.words, desk.inst.settings.zone) for each in held)
    return [(each.title, each.facts) for each in told]


def _text_file(desk: Desk, held: Sequence[HeldOnPerson]) -> Response:
    heading = desk.words.gettext("Auskunft nach Artikel 15 DSGVO")
    content = personal_data_text(heading, _parts(desk, held), why_no_answers(desk.words))
    return _attachment(content, "auskunft.txt", "text/plain; charset=utf-8")


def _json_file(desk: Desk, held: Sequence[HeldOnPerson]) -> Response:
    content = personal_data_json(_parts(desk, held), why_no_answers(desk.words))
    return _attachment(content, "auskunft.json", "application/json")


def _attachment(content: bytes, file_name: str, kind: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Content-Security-Policy": SANDBOX,
        "Content-Type": kind,
    }
    return Response(content, headers=headers)
