"""The forms of an organisation's settings, one for each page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from wtforms import FileField, StringField, TextAreaField

from forms.typed_number import typed_number
from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.model.colour import is_colour
from survey.model.profile import LEAST_CELL, LEAST_DISCLOSURE, LONGEST_RETENTION

if TYPE_CHECKING:
    from wtforms import Form

MOST_SHORT = 150
MOST_LONG = 1000
MOST_ADDRESS = 500
LARGEST_THRESHOLD = 100


def in_one_line(text: str | None) -> str:
    """The text without line breaks, spare space or characters nobody sees."""
    visible = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text or ""
    )
    return " ".join(visible.split())


class MailAddress:
    """An address that mail can leave from and come back to."""

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse what is no address, and the made-up ones of examples."""
        del form
        if not field.data:
            return
        try:
            found = validate_email(field.data, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise Refused(
                problem("„%(value)s“ ist keine gültige E-Mail-Adresse.", value=field.data[:100])
            ) from error
        if f".{found.ascii_domain or ''}".endswith(".example"):
            raise Refused(
                problem(
                    "„%(value)s“ ist eine erfundene Adresse aus einem Beispiel. Von dort kommt keine Mail an. "
                    "Nehmen Sie eine Adresse Ihres Hauses.",
                    value=field.data[:100],
                )
            )
        field.data = found.normalized


class Whole:
    """A whole number between two others."""

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse anything else."""
        del form
        number = typed_number(str(field.data or "").strip())
        if number is None or not self.least <= number <= self.most:
            raise Refused(
                problem(
                    "Hier gehört eine ganze Zahl von %(least)d bis %(most)d hin.",
                    least=self.least,
                    most=self.most,
                )
            )


class SecureAddress:
    """The address of a page, reached over TLS."""

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse anything else."""
        del form
        if not field.data:
            return
        try:
            parts = urlsplit(field.data)
            sound = parts.scheme == "https" and "." in (parts.hostname or "")
        except ValueError:
            sound = False
        else:
            sound = sound and parts.username is None and " " not in field.data
        if not sound:
            raise Refused(problem("Hier gehört eine Adresse wie https://www.stadt.de/video hin."))


class Colour:
    """``#0a4a80``, with or without the sign, in any case."""

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Bring it into one form; refuse anything else."""
        del form
        if not field.data:
            return
        written = f"#{field.data.lower().removeprefix('#')}"
        if not is_colour(written):
            raise Refused(
                problem("Eine Farbe schreiben Sie mit # und sechs Zeichen, zum Beispiel #0a4a80.")
            )
        field.data = written


def _short(label: str, *more: object, description: str = "", **options: object) -> Any:  # noqa: ANN401 -- WTForms has no types
    most = AtMost(
        MOST_SHORT, problem("Das ist zu lang. Es passen %(most)d Zeichen.", most=MOST_SHORT)
    )
    return StringField(
        label, [most, *more], filters=[in_one_line], description=description, **options
    )


def _long(label: str, *, description: str) -> Any:  # noqa: ANN401 -- WTForms has no types
    most = AtMost(
        MOST_LONG, problem("Das ist zu lang. Es passen %(most)d Zeichen.", most=MOST_LONG)
    )
    return TextAreaField(label, [most], filters=[in_one_line], description=description)


class NameForm(WorkplaceForm):
    """Who asks."""

    name = _short(
        _("Name der Organisation"),
        Filled(problem("Bitte geben Sie den Namen ein.")),
        description=_("So steht er über jeder Seite, in Mails und auf Berichten."),
    )


class SenderForm(WorkplaceForm):
    """Who writes, and who answers questions."""

    sender_name = _short(
        _("Name des Absenders"),
        description=_("Zum Beispiel: Kongressbüro der Stadt. Ohne ihn steht nur die Adresse da."),
    )
    sender = _short(
        _("Adresse des Absenders"),
        Filled(problem("Bitte geben Sie die Adresse ein, von der Mails kommen.")),
        MailAddress(),
        description=_("Von hier kommen Einladungen. Ihr Mailserver muss dafür senden dürfen."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    contact_name = _short(
        _("Name für Fragen"), description=_("Ein Mensch oder ein Team, das Fragen beantwortet.")
    )
    contact = _short(
        _("Adresse für Fragen"),
        Filled(problem("Bitte geben Sie die Adresse ein, an die Menschen Fragen schreiben.")),
        MailAddress(),
        description=_("Antworten auf Mails gehen dorthin. Sie steht auch auf der Hilfeseite."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    text_readers = _short(
        _("Wer liest freie Texte?"),
        description=_(
            "So steht es im Fragebogen über jedem Textfeld, zum Beispiel: zwei Personen im Kongressbüro."
        ),
    )


class DataProtectionForm(WorkplaceForm):
    """What the privacy notice says about this organisation."""

    legal_basis = _long(
        _("Rechtsgrundlage"),
        description=_(
            "Ohne Angabe steht dort Artikel 6 Absatz 1 Buchstabe e der Datenschutz-Grundverordnung: "
            "die Planung öffentlicher Veranstaltungen."
        ),
    )
    processors = _long(
        _("Wer arbeitet in Ihrem Auftrag?"),
        description=_("Zum Beispiel das Rechenzentrum und der Mailserver, mit Name und Ort."),
    )
    data_protection_contact = _long(
        _("So ist die oder der Datenschutzbeauftragte zu erreichen"),
        description=_("Name oder Stelle, Adresse, Telefon."),
    )


class SignLanguageForm(WorkplaceForm):
    """The house's own video in sign language."""

    sign_language_video = StringField(
        _("Adresse des Videos"),
        [
            AtMost(
                MOST_ADDRESS,
                problem("Das ist zu lang. Es passen %(most)d Zeichen.", most=MOST_ADDRESS),
            ),
            SecureAddress(),
        ],
        filters=[in_one_line],
        description=_("Beginnt mit https://. Leer, wenn es kein Video gibt."),
        render_kw={"autocomplete": "off", "inputmode": "url"},
    )


class LimitsForm(WorkplaceForm):
    """How long addresses stay, and how many people a result needs."""

    retention_days = StringField(
        _("Adressen löschen nach so vielen Tagen"),
        [Filled(problem("Bitte geben Sie eine Zahl ein.")), Whole(1, LONGEST_RETENTION)],
        description=_("Gezählt vom Ende der Befragung. Üblich sind 14, höchstens 90."),
        render_kw={"inputmode": "numeric"},
    )
    disclosure_threshold = StringField(
        _("Ergebnisse zeigen ab so vielen Antworten"),
        [
            Filled(problem("Bitte geben Sie eine Zahl ein.")),
            Whole(LEAST_DISCLOSURE, LARGEST_THRESHOLD),
        ],
        description=_("Mindestens 5. Diese Zahl lässt sich später nur erhöhen."),
        render_kw={"inputmode": "numeric"},
    )
    cell_threshold = StringField(
        _("Aufteilungen und Zitate zeigen ab so vielen Antworten"),
        [Filled(problem("Bitte geben Sie eine Zahl ein.")), Whole(LEAST_CELL, LARGEST_THRESHOLD)],
        description=_("Mindestens 10. Auch diese Zahl lässt sich später nur erhöhen."),
        render_kw={"inputmode": "numeric"},
    )


class ColourForm(WorkplaceForm):
    """The colour of participants' pages and reports."""

    accent = StringField(
        _("Farbe"),
        [Colour()],
        filters=[in_one_line],
        description=_(
            "Mit # und sechs Zeichen, zum Beispiel #0a4a80. Leer für die Farbe des Dienstes."
        ),
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": "9"},
    )


class LogoForm(WorkplaceForm):
    """The picture at the head of participants' pages."""

    picture = FileField(_("Bild"), description=_("PNG oder JPEG, höchstens 200 KiB."))
    alternative = _short(
        _("Was sagt das Bild?"),
        Filled(problem("Bitte schreiben Sie, was das Bild sagt.")),
        description=_("Für Menschen, die es nicht sehen. Zum Beispiel: Wappen der Stadt Neustadt."),
    )


class TokenForm(WorkplaceForm):
    """A token for another program."""

    purpose = _short(
        _("Wofür ist der Schlüssel?"),
        Filled(problem("Bitte schreiben Sie, welches Programm ihn benutzt.")),
        description=_("Damit Sie später wissen, welchen Sie widerrufen."),
    )
