"""Use case: people answer without a personal link, by an open link or on paper; their number is entered.

Such a form carries a fresh secret made when it is drawn. Its box lies in the same urn and is counted among the
edition's open boxes; no row of a person knows of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.access.links import SECRET_BYTES, open_slot_of, secret_to_text, text_to_secret
from survey.collecting import OpenForm, require_open, too_long, write_watched
from survey.errors import (
    AlreadyClosed,
    LinkForged,
    NotAllowed,
    NotYetOpen,
    OpenLinkUnknown,
    StorageUnavailable,
    problem,
)
from survey.model.event import EditionState
from survey.model.personal_form import personal_form
from survey.model.ways_in import OpenLink, WaysIn
from survey.preparing import find_edition, opened_for_answers
from survey.storage import boxes, editions, participants, ways_in
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed
from survey.urn.sealing import TooLargeForBox, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.response import Response
    from survey.storage.connection import Connection

MOST_OPEN_BOXES = 20_000
"""In one edition: whoever sends forms without end fills no disk."""
NO_OTHER_WAY = problem(
    "Ohne offenen Link und ohne Papierbogen kommt niemand zum Fragebogen. "
    "Diese Ausgabe öffnet mit der Einladung."
)
_NOBODY_BOOKED: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OpenWay:
    """The way by which an answer comes: the open link, or paper that somebody types in."""

    record: EditionRecord
    ways: WaysIn


def ways_of(inst: Installation, record: EditionRecord) -> WaysIn:
    """How people without a personal link come in."""
    with foreign_errors():
        return ways_in.of_edition(inst.database.read(), record.id)


def open_address(inst: Installation, record: EditionRecord) -> str:
    """The open link, whole."""
    return f"{inst.settings.base_url}/o/{inst.links.open_token(record.name)}"


def choose_ways(inst: Installation, name: str, chosen: WaysIn) -> None:
    """Ways are on or off from now on; NotAllowed once the edition has opened, but for the names on the sheet.

    Chosen before opening, since reminders and thanks then go to everybody.
    """

    def work(connection: Connection) -> None:
        record = editions.require(connection, name)
        now = ways_in.of_edition(connection, record.id)
        wanted = replace(chosen, attended=now.attended)
        if record.opens is not None and (wanted.link, wanted.takes_paper) != (
            now.link,
            now.takes_paper,
        ):
            raise NotAllowed(
                problem(
                    "Weitere Zugänge werden vor dem Öffnen gewählt. Diese Ausgabe ist schon geöffnet."
                )
            )
        if wanted == now:
            return
        ways_in.keep(connection, record.id, wanted)
        facts = {"link": wanted.link.value, "paper": int(wanted.takes_paper)}
        write_deed(connection, "ways in chosen", at=inst.clock(), edition=record.id, facts=facts)

    inst.database.write(work)


def end_link(inst: Installation, name: str) -> None:
    """The open link takes no answers any more; those it took stay. NotAllowed if it is not on."""

    def work(connection: Connection) -> None:
        record = editions.require(connection, name)
        ways = ways_in.of_edition(connection, record.id)
        if ways.link is not OpenLink.ON or record.opens is None:
            raise NotAllowed(problem("Der offene Link nimmt keine Antworten an."))
        ways_in.keep(connection, record.id, replace(ways, link=OpenLink.ENDED))
        write_deed(connection, "open link ended", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def note_attendance(inst: Installation, name: str, attended: int | None) -> None:
    """So many people were there; None if nobody knows."""

    def work(connection: Connection) -> None:
        record = editions.require(connection, name)
        ways = ways_in.of_edition(connection, record.id)
        ways_in.keep(connection, record.id, replace(ways, attended=attended))
        facts = {"people": attended or 0}
        write_deed(connection, "attendance noted", at=inst.clock(), edition=record.id, facts=facts)

    inst.database.write(work)


def open_without_mail(inst: Installation, name: str) -> EditionRecord:
    """The edition opens now, without a mail.

    NotAllowed if there is no other way in, its deadline has passed, or its questionnaire is not fit to be sent.
    """
    from survey.checking import questionnaire_review  # noqa: PLC0415 -- answering does without all that is checked

    if questionnaire_review(inst, find_edition(inst, name)).errors:
        raise NotAllowed(
            problem(
                "Die Prüfung vor dem Versand hat etwas gefunden, das zuerst behoben werden muss.",
                place="pruefung",
            )
        )

    def work(connection: Connection) -> EditionRecord:
        record = editions.require(connection, name)
        if not ways_in.of_edition(connection, record.id).is_any:
            raise NotAllowed(NO_OTHER_WAY)
        invited = participants.count(connection, record.id)
        return opened_for_answers(connection, record, inst.clock(), invited=invited)

    return inst.database.write(work)


def fresh_secret(inst: Installation) -> str:
    """The secret of a form that is drawn now."""
    return secret_to_text(inst.random_bytes(SECRET_BYTES))


def open_form_for_everybody(inst: Installation, token: str) -> OpenForm:
    """The form behind an open link, to be filled in.

    OpenLinkUnknown, NotYetOpen, AlreadyClosed or KeyMissing if there is none.
    """
    way = _by_link(inst, token)
    _require_link(way, inst.clock())
    closes = way.record.closes
    if closes is not None and way.record.state(inst.clock()) is not EditionState.OPEN:
        raise AlreadyClosed(closes)
    inst.keys.require(way.record.id, way.record.public_key)
    return _form(inst, way.record, token, secret="")


def open_sent_form_for_everybody(inst: Installation, token: str, secret: str) -> OpenForm:
    """The form that somebody sends: for one unannounced hour after the deadline, too."""
    way = _by_link(inst, token)
    _require_link(way, inst.clock())
    inst.keys.require(way.record.id, way.record.public_key)
    return _form(inst, way.record, token, secret=secret)


def submit_openly(inst: Installation, token: str, secret: str, response: Response) -> None:
    """The answers lie durably in the urn, in place of those this form sent before."""
    way = _by_link(inst, token)
    _submit(inst, way.record, text_to_secret(secret), response, require=_require_link)


def take_back_openly(inst: Installation, token: str, secret: str) -> None:
    """What this form sent is out of the urn; nothing happens if it sent nothing."""
    way = _by_link(inst, token)
    _take_back(inst, way.record, text_to_secret(secret), require=_require_link)


def open_form_for_typing(inst: Installation, name: str, secret: str) -> OpenForm:
    """The form into which somebody types a sheet of paper; KeyMissing if nothing could be stored."""
    opened = open_sent_form_for_typing(inst, name, secret)
    inst.keys.require(opened.record.id, opened.record.public_key)
    return opened


def open_sent_form_for_typing(inst: Installation, name: str, secret: str) -> OpenForm:
    """The form that somebody has typed into: without its key too, so that nothing typed is lost."""
    record = find_edition(inst, name)
    _require_paper(OpenWay(record, ways_of(inst, record)), inst.clock())
    return _form(inst, record, "", secret=secret)


def submit_typed(inst: Installation, name: str, secret: str, response: Response) -> None:
    """What a sheet says lies durably in the urn, in place of what this form sent before."""
    record = find_edition(inst, name)
    _submit(inst, record, text_to_secret(secret), response, require=_require_paper)


def take_back_typed(inst: Installation, name: str, secret: str) -> None:
    """The sheet that was typed into this form is out of the urn."""
    record = find_edition(inst, name)
    _take_back(inst, record, text_to_secret(secret), require=_require_paper)


def _by_link(inst: Installation, token: str) -> OpenWay:
    try:
        name = inst.links.read_open_token(token)
    except LinkForged as error:
        raise OpenLinkUnknown from error
    with foreign_errors():
        record = editions.find(inst.database.read(), name)
    if record is None:
        raise OpenLinkUnknown
    return OpenWay(record, ways_of(inst, record))


def _require_link(way: OpenWay, now: datetime) -> None:
    match way.ways.link:
        case OpenLink.ON:
            require_open(way.record, now)
        case OpenLink.OFF | OpenLink.ENDED:
            raise OpenLinkUnknown


def _require_paper(way: OpenWay, now: datetime) -> None:
    if not way.ways.takes_paper:
        raise NotAllowed(problem("Für diese Ausgabe sind keine Papierbogen vorgesehen."))
    try:
        require_open(way.record, now)
    except NotYetOpen as error:
        raise NotAllowed(problem("Eintippen können Sie, sobald die Ausgabe offen ist.")) from error
    except AlreadyClosed as error:
        raise NotAllowed(
            problem(
                "Die Ausgabe ist geschlossen. Öffnen Sie sie wieder, um weitere Bogen einzutippen."
            )
        ) from error


def _form(inst: Installation, record: EditionRecord, token: str, *, secret: str) -> OpenForm:
    has_answered = False
    if secret:
        slot = open_slot_of(record.id, text_to_secret(secret))
        with foreign_errors():
            has_answered = boxes.has(inst.database.read(), record.id, slot)
    return OpenForm(
        record=record,
        form=personal_form(record.edition, _NOBODY_BOOKED),
        booked=_NOBODY_BOOKED,
        has_answered=has_answered,
        answers_with_this_link=has_answered,
        other_campaigns=(),
        token=token,
    )


def _submit(
    inst: Installation,
    record: EditionRecord,
    secret: bytes,
    response: Response,
    *,
    require: Callable[[OpenWay, datetime], None],
) -> None:
    inst.keys.require(record.id, record.public_key)
    slot = open_slot_of(record.id, secret)
    try:
        box = seal(record.public_key, record.id, slot, response.encode(), record.edition.box_size)
    except TooLargeForBox as error:
        raise too_long() from error

    def work(connection: Connection) -> None:
        now_stored = editions.require(connection, record.name)
        require(OpenWay(now_stored, ways_in.of_edition(connection, record.id)), inst.clock())
        if boxes.replace(connection, record.id, slot, box):
            return
        if now_stored.open_boxes >= MOST_OPEN_BOXES:
            raise StorageUnavailable
        boxes.insert(connection, record.id, slot, box)
        ways_in.count_box(connection, record.id)

    write_watched(inst, record, work)


def _take_back(
    inst: Installation,
    record: EditionRecord,
    secret: bytes,
    *,
    require: Callable[[OpenWay, datetime], None],
) -> None:
    witness = inst.witness()

    def work(connection: Connection) -> None:
        now_stored = editions.require(connection, record.name)
        require(OpenWay(now_stored, ways_in.of_edition(connection, record.id)), inst.clock())
        if not boxes.delete(connection, record.id, open_slot_of(record.id, secret)):
            return
        ways_in.discount_box(connection, record.id)
        try:
            witness.lower(record.id)
        except OSError as error:
            raise StorageUnavailable(str(error)) from error

    write_watched(inst, record, work)
