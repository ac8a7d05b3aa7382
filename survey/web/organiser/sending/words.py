"""What acts and mails are called on the pages about sending, and in their addresses; texts are German msgids."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from forms.workplace_form import marked as _
from survey.errors import NotFound
from survey.model.invitation import Campaign
from survey.model.schedule import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

Named = TypeVar("Named", Act, Campaign)

ACT_NAMES = {
    Act.INVITATION: _("Einladung"),
    Act.REMINDER_1: _("Erste Erinnerung"),
    Act.REMINDER_2: _("Zweite Erinnerung"),
    Act.CLOSING: _("Ende der Befragung"),
    Act.THANKS: _("Dank"),
    Act.COUNT: _("Auszählung"),
    Act.RESULTS: _("Mail zu den Ergebnissen"),
    Act.DELETION: _("Löschen der Adressen"),
}
ACT_TEXTS = {
    Act.INVITATION: _("An alle Angemeldeten. Mit der ersten Einladung öffnet die Befragung."),
    Act.REMINDER_1: _(
        "An alle, die noch nicht geantwortet haben. Bei weniger als 30 Eingeladenen an alle."
    ),
    Act.REMINDER_2: _("Wie die erste, und die letzte."),
    Act.CLOSING: _("Danach nimmt das Formular nichts mehr an. Das Datum steht in allen Mails."),
    Act.THANKS: _(
        "An alle Eingeladenen, mit Aufzeichnungen und dem nächsten Termin, falls es sie gibt."
    ),
    Act.COUNT: _(
        "Von selbst einen Tag nach dem Ende. Von Hand geht es ab einer Stunde nach dem Ende."
    ),
    Act.RESULTS: _("An alle Eingeladenen, sobald die Ergebnisse veröffentlicht sind."),
    Act.DELETION: _(
        "Adressen, Namen und Links sind dann weg. Aus Sicherungen verschwinden sie nach 30 weiteren Tagen."
    ),
}
ACTS = {
    "einladung": Act.INVITATION,
    "erste-erinnerung": Act.REMINDER_1,
    "zweite-erinnerung": Act.REMINDER_2,
    "ende": Act.CLOSING,
    "dank": Act.THANKS,
    "auszaehlung": Act.COUNT,
    "ergebnisse": Act.RESULTS,
    "loeschen": Act.DELETION,
}
CAMPAIGNS = {
    "einladung": Campaign.INVITATION,
    "erste-erinnerung": Campaign.REMINDER_1,
    "zweite-erinnerung": Campaign.REMINDER_2,
    "dank": Campaign.THANKS,
    "ergebnisse": Campaign.RESULTS,
}
CAMPAIGN_NAMES = {
    Campaign.INVITATION: _("Einladung"),
    Campaign.REMINDER_1: _("Erste Erinnerung"),
    Campaign.REMINDER_2: _("Zweite Erinnerung"),
    Campaign.THANKS: _("Dank"),
    Campaign.LINK_REQUEST: _("Angeforderte Links"),
    Campaign.RESULTS: _("Mail zu den Ergebnissen"),
}
LANGUAGE_NAMES = {"de": _("Deutsch"), "easy": _("Einfache Sprache"), "en": _("Englisch")}


def named(names: Mapping[str, Named], word: str) -> Named:
    """What that word of an address stands for; NotFound if nothing."""
    if word not in names:
        raise NotFound("word", word)
    return names[word]


def word_for(names: Mapping[str, Named], meant: Named) -> str:
    """The word of the address that stands for it."""
    return next(word for word, thing in names.items() if thing is meant)
