"""One person: what is known, corrected, and where to go on from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.participant_form import participant_form
from survey import correcting, inviting
from survey.errors import NotAllowed
from survey.model.event import EditionState
from survey.model.invitation import Delivery
from survey.web.organiser.participants.remarks import invitation_sentence, remarks
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from forms.participant_form import ParticipantForm
    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.known_person import KnownPerson
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422
CONFLICT = 409


def show_person(desk: Desk) -> Response:
    """The person's page."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    return _page(
        desk, record, person, participant_form(record.edition, words=desk.words, person=person)
    )


def correct_person(desk: Desk) -> Response:
    """What was typed is stored; refused with everything typed."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    form = participant_form(record.edition, desk.fields, words=desk.words, person=person)
    registration = form.registration(record.edition)
    if registration is None:
        return _page(desk, record, person, form, status=UNPROCESSABLE)
    try:
        correcting.correct(
            desk.inst,
            record.name,
            person.id,
            registration=registration,
            seen=desk.own.get("revision", ""),
        )
    except NotAllowed as error:
        # The form now carries what is stored since: pressing again is a decision, not an accident.
        return _page(desk, record, person, form, status=CONFLICT, others=(error.why,))
    say = desk.words.gettext
    notice = say("Die Angaben sind gespeichert.")
    if registration.address != person.address and _can_be_invited(desk, record):
        notice = say(
            "Die neue Adresse ist gespeichert. Senden Sie die Einladung jetzt an die neue Adresse."
        )
    return desk.go(edition_address(record, "teilnehmende", person.id), notice=notice)


def invite_person_again(desk: Desk) -> Response:
    """The invitation is queued once more."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    inviting.invite_again(desk.inst, record.name, person.id)
    say = desk.words.gettext
    notice = say("Die Einladung geht gleich mit einem neuen Link an %(address)s.")
    back = "unzustellbar" if desk.own.get("back") == "unzustellbar" else person.id
    return desk.go(
        edition_address(record, "teilnehmende", back),
        notice=notice % {"address": person.address},
    )


def show_late_registration(desk: Desk) -> Response:
    """The empty form for somebody who comes in alone."""
    record = desk.edition()
    return _late_page(desk, record, participant_form(record.edition, words=desk.words))


def register_late(desk: Desk) -> Response:
    """Somebody comes in alone, and is invited alone while the edition is open."""
    record = desk.edition()
    form = participant_form(record.edition, desk.fields, words=desk.words)
    registration = form.registration(record.edition)
    if registration is None:
        return _late_page(desk, record, form, status=UNPROCESSABLE)
    try:
        person_id = correcting.register_late(desk.inst, record.name, registration)
    except NotAllowed as error:
        return _late_page(desk, record, form, status=UNPROCESSABLE, others=(error.why,))
    say = desk.words.gettext
    notice = (
        say("Die Person ist angemeldet. Ihre Einladung geht gleich hinaus.")
        if _can_be_invited(desk, record)
        else say("Die Person ist angemeldet.")
    )
    return desk.go(edition_address(record, "teilnehmende", person_id), notice=notice)


def _page(
    desk: Desk,
    record: EditionRecord,
    person: KnownPerson,
    form: ParticipantForm,
    *,
    status: int = 200,
    others: tuple[Problem, ...] = (),
) -> Response:
    is_under_way = person.invitation in {
        Delivery.QUEUED,
        Delivery.LEASED,
        Delivery.DEFERRED,
        Delivery.UNKNOWN,
    }
    return desk.draw(
        "workplace/participants/person.html",
        status=status,
        edition=record,
        someone=person,
        form=form,
        others=others,
        is_changeable=_is_changeable(record),
        can_be_invited=_can_be_invited(desk, record) and person.may_get_mail and not is_under_way,
        remarks=remarks(desk.words, person),
        invitation=invitation_sentence(desk.words, person),
        stop=correcting.mail_stop(desk.inst, record.name, person),
        here=edition_address(record, "teilnehmende", person.id),
        everybody=edition_address(record, "teilnehmende"),
    )


def _late_page(
    desk: Desk,
    record: EditionRecord,
    form: ParticipantForm,
    *,
    status: int = 200,
    others: tuple[Problem, ...] = (),
) -> Response:
    return desk.draw(
        "workplace/participants/late.html",
        status=status,
        edition=record,
        form=form,
        others=others,
        is_changeable=_is_changeable(record),
        is_open=_can_be_invited(desk, record),
        everybody=edition_address(record, "teilnehmende"),
    )


def _is_changeable(record: EditionRecord) -> bool:
    return (record.count_started or record.counted or record.addresses_deleted) is None


def _can_be_invited(desk: Desk, record: EditionRecord) -> bool:
    return record.state(desk.inst.clock()) is EditionState.OPEN
