"""Steps about one person that are confirmed before they are done: each says first what will happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import correcting, registering
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.installation import Installation
    from survey.web.workplace.desk import Desk


def _(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, what it does, and how it is done."""

    heading: str
    consequences: tuple[str, ...]
    button: str
    done: str
    do: Callable[[Installation, str, str], None]


WITHDRAW = Step(
    _("%(who)s abmelden"),
    (
        _("Die Person bekommt keine Mails mehr zu dieser Veranstaltung."),
        _("Sie zählt nicht mehr zu den Befragten."),
        _("Eine schon abgegebene Antwort bleibt in der Urne. Niemand erfährt, ob es eine gibt."),
        _("Sie können die Person später wieder anmelden."),
    ),
    _("Person abmelden"),
    _("%(who)s ist abgemeldet."),
    registering.withdraw,
)
REGISTER_AGAIN = Step(
    _("%(who)s wieder anmelden"),
    (
        _("Die Person zählt wieder zu den Befragten."),
        _("Sie bekommt die Mails, die von jetzt an gesendet werden."),
    ),
    _("Wieder anmelden"),
    _("%(who)s ist wieder angemeldet."),
    correcting.register_again,
)
NO_SHOW = Step(
    _("%(who)s war nicht da"),
    (
        _("Die Person bekommt keine Mails mehr zu dieser Veranstaltung."),
        _("Sie zählt nicht mehr zu den Befragten."),
        _("Eine schon abgegebene Antwort bleibt in der Urne. Niemand erfährt, ob es eine gibt."),
    ),
    _("Als nicht erschienen vermerken"),
    _("Vermerkt: %(who)s war nicht da."),
    correcting.note_no_show,
)
ATTENDED = Step(
    _("%(who)s war doch da"),
    (
        _("Die Person zählt wieder zu den Befragten."),
        _("Sie bekommt die Mails, die von jetzt an gesendet werden."),
    ),
    _("Als erschienen vermerken"),
    _("Vermerkt: %(who)s war da."),
    correcting.note_attended,
)
NO_MAILS = Step(
    _("Keine Mails mehr an %(who)s"),
    (
        _("Die Person bekommt keine Mails mehr zu dieser Veranstaltung."),
        _("Sie bleibt angemeldet und kann mit ihrem Link weiter antworten."),
        _("Rückgängig machen lässt sich das nicht: Es ist der Wille dieser Person."),
    ),
    _("Keine Mails mehr senden"),
    _("%(who)s bekommt keine Mails mehr."),
    correcting.note_opt_out,
)
STEPS = {
    "abmelden": WITHDRAW,
    "anmelden": REGISTER_AGAIN,
    "nicht-da": NO_SHOW,
    "doch-da": ATTENDED,
    "keine-mails": NO_MAILS,
}
"""By the last part of their address."""


def show_step(desk: Desk) -> Response:
    """What the step will do."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    step = STEPS[_last_part(desk)]
    say = desk.words.gettext
    return desk.draw(
        "workplace/participants/step.html",
        edition=record,
        someone=person,
        heading=say(step.heading) % {"who": person.called},
        consequences=[say(text) for text in step.consequences],
        button=say(step.button),
        back=edition_address(record, "teilnehmende", person.id),
    )


def take_step(desk: Desk) -> Response:
    """The step is done."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    step = STEPS[_last_part(desk)]
    step.do(desk.inst, record.name, person.id)
    notice = desk.words.gettext(step.done) % {"who": person.called}
    return desk.go(edition_address(record, "teilnehmende", person.id), notice=notice)


def show_deletion(desk: Desk) -> Response:
    """What deleting a person means."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    return desk.draw(
        "workplace/participants/deletion.html",
        edition=record,
        someone=person,
        back=edition_address(record, "teilnehmende", person.id),
    )


def delete_person(desk: Desk) -> Response:
    """Everything held on the person is deleted."""
    record = desk.edition()
    person = correcting.known_person(desk.inst, record.name, desk.part("person"))
    if desk.fields.get("never_again"):
        registering.delete_and_suppress(desk.inst, record.name, person.id)
    else:
        registering.delete(desk.inst, record.name, person.id)
    return desk.go(
        edition_address(record, "teilnehmende"),
        notice=desk.words.gettext("Alle Angaben zu dieser Person sind gelöscht."),
    )


def _last_part(desk: Desk) -> str:
    return desk.visit.request.url.path.rstrip("/").rpartition("/")[2]
