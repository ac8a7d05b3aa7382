"""The mail check: does our mail arrive as ours, and what to tell the people who run the mail server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.sending_forms import HeadersForm
from forms.workplace_form import marked as _
from survey import mail_checking
from survey.errors import MailRefused, NotAllowed, RelayUnreachable

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.mail_checking import MailCheck
    from survey.web.workplace.desk import Desk

HERE = "/arbeit/mailpruefung"
UNPROCESSABLE = 422
UNAVAILABLE = 503
TESTS = ("dkim", "spf", "dmarc", "tls")
MEANINGS = {
    "dkim": _("Unterschrift des Mailservers (DKIM)"),
    "spf": _("Erlaubnis, für diese Adresse zu senden (SPF)"),
    "dmarc": _("Regel der Absender-Domain (DMARC)"),
    "tls": _("Verschlüsselter Weg (TLS)"),
}
FOR_THE_IT = {
    ("dkim", "failed"): _(
        "Bitten Sie die IT: Der Mailserver soll Mails dieser Absender-Domain mit DKIM unterschreiben, "
        "auch die Zeilen List-Unsubscribe und List-Unsubscribe-Post."
    ),
    ("dkim", "missing"): _(
        "Die Mail trägt keine Unterschrift. Bitten Sie die IT, DKIM für diese Absender-Domain einzuschalten."
    ),
    ("spf", "failed"): _(
        "Bitten Sie die IT, den Mailserver in den SPF-Eintrag dieser Absender-Domain aufzunehmen."
    ),
    ("spf", "missing"): _("Bitten Sie die IT um einen SPF-Eintrag für diese Absender-Domain."),
    ("dmarc", "failed"): _(
        "Absender-Domain und Unterschrift passen nicht zusammen. Bitten Sie die IT, DKIM oder SPF "
        "auf dieselbe Domain einzurichten, und prüfen Sie noch einmal."
    ),
    ("dmarc", "missing"): _(
        "Bitten Sie die IT um einen DMARC-Eintrag für diese Absender-Domain. „p=none“ genügt für den Anfang."
    ),
    ("tls", "failed"): _(
        "Ein Teil des Weges war unverschlüsselt. Bitten Sie die IT, zwischen den Mailservern TLS einzuschalten."
    ),
    ("tls", "missing"): _(
        "Der empfangende Mailserver sagt nichts über den Weg. Fragen Sie die IT, ob TLS eingeschaltet ist."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One test of one address."""

    meaning: str
    verdict: str
    advice: str


def show_checks(desk: Desk) -> Response:
    """Each address with its last check."""
    return _draw(desk, HeadersForm())


def send_check(desk: Desk) -> Response:
    """A mail is on its way to ourselves."""
    sender = (desk.fields.get("sender") or ("",))[0]
    to = mail_checking.own_mailbox(desk.inst) or desk.person.address
    try:
        mail_checking.send_mail_check(desk.inst, desk.organisation.id, sender=sender, to=to)
    except RelayUnreachable as error:
        return _draw(desk, HeadersForm(), trouble=error.why, status=UNAVAILABLE)
    except MailRefused as error:
        return _draw(desk, HeadersForm(), trouble=str(error), status=UNAVAILABLE)
    say = desk.words.gettext
    return desk.go(HERE, notice=say("Die Prüfmail ist unterwegs an %(to)s.") % {"to": to})


def read_headers(desk: Desk) -> Response:
    """The headers that somebody copied are read."""
    sender = (desk.fields.get("sender") or ("",))[0]
    form: HeadersForm = HeadersForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, form, asked=sender, status=UNPROCESSABLE)
    try:
        mail_checking.read_pasted_headers(
            desk.inst, desk.organisation.id, sender=sender, text=form.headers.data
        )
    except NotAllowed as refused:
        form.headers.errors = [refused.why]
        return _draw(desk, form, asked=sender, status=UNPROCESSABLE)
    say = desk.words.gettext
    return desk.go(HERE, notice=say("Die Prüfmail ist gelesen."))


def _draw(
    desk: Desk, form: HeadersForm, *, asked: str = "", trouble: str = "", status: int = 200
) -> Response:
    checks = mail_checking.mail_checks_of(desk.inst, desk.organisation.id)
    waiting = [c for c in checks if c.sent is not None and c.findings is None and not c.is_lost]
    pasted_for = next((c.sender for c in waiting if asked in {"", c.sender}), "")
    return desk.draw(
        "workplace/sending/mail_check.html",
        status=status,
        checks=[(check, _lines(desk, check)) for check in checks],
        form=form if pasted_for or form.errors else None,
        pasted_for=pasted_for,
        mailbox=mail_checking.own_mailbox(desk.inst),
        has_relay=desk.inst.settings.smtp is not None,
        trouble=trouble,
        many=mail_checking.MANY,
        here=HERE,
    )


def _lines(desk: Desk, check: MailCheck) -> list[Line]:
    if check.findings is None:
        return []
    say = desk.words.gettext
    verdicts = {test: str(getattr(check.findings, test)) for test in TESTS}
    return [
        Line(say(MEANINGS[test]), verdict, say(FOR_THE_IT.get((test, verdict), "")))
        for test, verdict in verdicts.items()
    ]
