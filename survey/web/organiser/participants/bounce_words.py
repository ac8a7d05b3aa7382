"""What another mail server said, in plain German, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass


def _(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class BounceWords:
    """Why a mail did not arrive, and what helps."""

    why: str
    what_to_do: str


_CODE = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b", re.ASCII)
_ASK = _(
    "Fragen Sie nach der richtigen Adresse, und berichtigen Sie sie. Oder melden Sie die Person ab."
)
_LATER = _(
    "Senden Sie die Einladung in ein paar Tagen noch einmal, oder fragen Sie nach einer anderen Adresse."
)
_OURS = _(
    "An der Adresse liegt es wohl nicht. Bitten Sie Ihre Technik, beim Mailserver nachzusehen, und senden Sie dann "
    "noch einmal."
)
_BY_DETAIL = {
    "1.0": (_("Mit dieser Adresse stimmt etwas nicht."), _ASK),
    "1.1": (_("Diese Adresse gibt es dort nicht."), _ASK),
    "1.2": (_("Den Mailserver hinter dem @ gibt es nicht."), _ASK),
    "1.3": (_("Die Adresse ist falsch geschrieben."), _ASK),
    "1.6": (_("Das Postfach ist umgezogen."), _ASK),
    "1.10": (_("Diese Adresse nimmt keine Mails an."), _ASK),
    "2.0": (_("Mit diesem Postfach stimmt etwas nicht."), _LATER),
    "2.1": (_("Das Postfach ist abgeschaltet."), _ASK),
    "2.2": (_("Das Postfach ist voll."), _LATER),
    "2.3": (_("Die Mail war diesem Postfach zu groß."), _OURS),
    "2.4": (_("Die Adresse ist ein Verteiler, der sich nicht auflösen lässt."), _ASK),
    "3.4": (_("Die Mail war dem Mailserver zu groß."), _OURS),
    "4.1": (_("Der Mailserver war zu lange nicht zu erreichen."), _LATER),
    "4.4": (_("Zu dieser Adresse gibt es keinen Mailserver."), _ASK),
    "4.7": (_("Der Mailserver hat die Mail zu lange nicht angenommen."), _LATER),
}
"""By subject and detail of the enhanced status code (RFC 3463)."""
_BY_SUBJECT = {
    "1": (_("Mit dieser Adresse stimmt etwas nicht."), _ASK),
    "2": (_("Mit diesem Postfach stimmt etwas nicht."), _LATER),
    "3": (_("Der Mailserver konnte die Mail nicht annehmen."), _LATER),
    "4": (_("Die Mail fand keinen Weg zum Mailserver."), _LATER),
    "5": (_("Die Mailserver haben sich nicht verstanden."), _OURS),
    "6": (_("Der Mailserver konnte den Inhalt der Mail nicht verarbeiten."), _OURS),
    "7": (_("Der Mailserver nimmt von uns keine Mails an."), _OURS),
}
_UNKNOWN = (_("Der Mailserver hat die Mail abgelehnt und nicht gesagt, warum."), _ASK)


def bounce_words(reason: str) -> BounceWords:
    """The words for codes like ``550 5.1.1``; for none or unknown ones, that nothing is known."""
    found = _CODE.search(reason)
    if found is None:
        return BounceWords(*_UNKNOWN)
    _class, subject, detail = found.group().split(".")
    return BounceWords(
        *(_BY_DETAIL.get(f"{subject}.{detail}") or _BY_SUBJECT.get(subject, _UNKNOWN))
    )
