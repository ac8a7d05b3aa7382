"""Sending now: what will happen, then what a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.sending_forms import AnswerForm
from survey import checking, inviting, mail_checking, registering, sending
from survey.errors import NotAllowed
from survey.model.event import SMALL_EDITION, EditionState
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def ask_invitation(desk: Desk) -> Response:
    """To how many invitations go, from where, and what it means."""
    return _draw_invitation(desk, desk.edition(), AnswerForm())


def invite(desk: Desk) -> Response:
    """The invitations are queued, and the first one opens the form."""
    record = desk.edition()
    form: AnswerForm = AnswerForm.typed(desk.fields)
    try:
        checking.require_send_off(desk.inst, record)
        if mail_checking.needs_mail_check(desk.inst, record):
            if not form.validate():
                return _draw_invitation(desk, record, form, status=UNPROCESSABLE)
            mail_checking.answer_for_mail_check(desk.inst, record)
        queued = sending.send_invitations_now(desk.inst, record)
    except NotAllowed as refused:
        return _draw_invitation(desk, record, form, refused.why, status=UNPROCESSABLE)
    words = desk.words
    return desk.go(
        edition_address(record, "versand", "stand"),
        notice=words.ngettext(
            "%(n)s Einladung geht jetzt hinaus.", "%(n)s Einladungen gehen jetzt hinaus.", queued
        )
        % {"n": words.number(queued)},
    )


def ask_reminder(desk: Desk) -> Response:
    """Who is reminded."""
    return _draw_reminder(desk, desk.edition())


def remind(desk: Desk) -> Response:
    """The reminders are queued; who gets one is decided when it is sent."""
    record = desk.edition()
    say = desk.words.gettext
    return _do(
        desk,
        record,
        inviting.remind,
        lambda why: _draw_reminder(desk, record, why, status=UNPROCESSABLE),
        notice=say("Die Erinnerungen gehen jetzt hinaus."),
    )


def ask_thanks(desk: Desk) -> Response:
    """Who is thanked."""
    return _draw_last(desk, desk.edition(), "thanks")


def thank(desk: Desk) -> Response:
    """The thanks are queued."""
    record = desk.edition()
    say = desk.words.gettext
    return _do(
        desk,
        record,
        inviting.thank,
        lambda why: _draw_last(desk, record, "thanks", why, status=UNPROCESSABLE),
        notice=say("Der Dank geht jetzt hinaus."),
    )


def ask_results(desk: Desk) -> Response:
    """Who learns of the results."""
    return _draw_last(desk, desk.edition(), "results")


def tell_results(desk: Desk) -> Response:
    """The mails about the results are queued."""
    record = desk.edition()
    say = desk.words.gettext
    return _do(
        desk,
        record,
        inviting.tell_results,
        lambda why: _draw_last(desk, record, "results", why, status=UNPROCESSABLE),
        notice=say("Die Mails zu den Ergebnissen gehen jetzt hinaus."),
    )


def _do(
    desk: Desk,
    record: EditionRecord,
    act: Callable[..., int],
    refuse: Callable[[Problem], Response],
    *,
    notice: str,
) -> Response:
    try:
        act(desk.inst, record.name)
    except NotAllowed as refused:
        return refuse(refused.why)
    return desk.go(edition_address(record, "versand", "stand"), notice=notice)


def _draw_invitation(
    desk: Desk,
    record: EditionRecord,
    form: AnswerForm,
    refused: Problem | None = None,
    *,
    status: int = 200,
) -> Response:
    words, edition = desk.words, record.edition
    people = inviting.to_be_invited(desk.inst, record)
    sentences = [
        words.ngettext(
            "%(n)s Mail geht hinaus, von %(sender)s.",
            "%(n)s Mails gehen hinaus, von %(sender)s.",
            people,
        )
        % {"n": words.number(people), "sender": edition.sender}
    ]
    if desk.inst.settings.smtp is None:
        sentences.append(
            words.gettext(
                "Es ist kein Mailserver eingestellt: Jede Mail wird nur als Datei abgelegt und erreicht niemanden."
            )
        )
    if record.opens is None:
        closes = words.moment(edition.deadline, desk.inst.settings.zone)
        sentences += [
            words.gettext("Das Formular öffnet sofort. Antworten sind möglich bis %(closes)s.")
            % {"closes": closes},
            words.gettext("Fragen und Antwortskalen stehen dann fest."),
            words.gettext(
                "Erinnerungen und Dank gehen nach dem Zeitplan von selbst hinaus. Sie können jeden Termin ändern."
            ),
        ]
    return desk.draw(
        "workplace/sending/invitation.html",
        status=status,
        edition=record,
        form=form if mail_checking.needs_mail_check(desk.inst, record) else None,
        refused=refused,
        sentences=sentences,
        people=people,
        is_first=record.opens is None,
        recently=sending.recently_mailed(desk.inst, record),
        check=edition_address(record, "pruefung"),
        texts=edition_address(record, "versand", "texte", "einladung"),
        participants=edition_address(record, "teilnehmende"),
        back=edition_address(record, "versand"),
    )


def _draw_reminder(
    desk: Desk, record: EditionRecord, refused: Problem | None = None, *, status: int = 200
) -> Response:
    return desk.draw(
        "workplace/sending/reminder.html",
        status=status,
        edition=record,
        refused=refused,
        is_small=record.size_class == "small",
        smallest=SMALL_EDITION,
        is_open=record.state(desk.inst.clock()) is EditionState.OPEN,
        back=edition_address(record, "versand"),
    )


def _draw_last(
    desk: Desk,
    record: EditionRecord,
    kind: str,
    refused: Problem | None = None,
    *,
    status: int = 200,
) -> Response:
    people = (
        0
        if record.addresses_deleted is not None
        else len(registering.list_participants(desk.inst, record.name))
    )
    return desk.draw(
        "workplace/sending/last_mail.html",
        status=status,
        edition=record,
        refused=refused,
        is_thanks=kind == "thanks",
        people=people,
        back=edition_address(record, "versand"),
    )
