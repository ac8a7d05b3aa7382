"""Forms about an edition's mails: when they leave, what they say, and what somebody answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import BooleanField, StringField, TextAreaField

from forms.day_fields import MomentField
from forms.workplace_form import AtMost, Filled, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.model.mail_words import OwnWords, what_is_wrong

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.model.invitation import Campaign

MOST_HEADERS = 50_000


class MomentForm(WorkplaceForm):
    """When something happens."""

    moment = MomentField(
        _("Wann?"),
        missing=problem("Geben Sie Tag und Uhrzeit ein."),
        wrong=problem(
            "Diesen Tag oder diese Uhrzeit gibt es nicht. Schreiben Sie zum Beispiel 25, 9, 2026 und 18:00."
        ),
    )

    def typed_moment(self, zone: ZoneInfo) -> datetime:
        """The moment typed, in that time zone."""
        typed: datetime = self.moment.data
        return typed.replace(tzinfo=zone)


class WordsForm(WorkplaceForm):
    """Subject and text of one mail in one language."""

    subject = StringField(_("Betreff"), [Filled(problem("Geben Sie einen Betreff ein."))])
    text = TextAreaField(_("Text"), [Filled(problem("Geben Sie einen Text ein."))])

    def words(self) -> OwnWords:
        """What was typed."""
        return OwnWords(
            (self.subject.data or "").strip(" \t"),
            (self.text.data or "").replace("\r\n", "\n").replace("\r", "\n").strip(),
        )

    def accepts(self, campaign: Campaign) -> bool:
        """Whether a mail of that kind can be sent with what was typed; each problem stands at its field."""
        if not self.validate():
            return False
        for wrong in what_is_wrong(self.words(), campaign):
            field = self[wrong.place]
            field.errors = [*field.errors, wrong]
        return not self.errors


class AnswerForm(WorkplaceForm):
    """Somebody answers for sending without a mail check that passed."""

    without_check = BooleanField(
        _("Ich sende ohne bestandene Mailprüfung."),
        [Filled(problem("Bestätigen Sie, dass Sie ohne bestandene Mailprüfung senden."))],
    )


class HeadersForm(WorkplaceForm):
    """The headers of a mail, copied out of a mail program."""

    headers = TextAreaField(
        _("Kopfzeilen der Prüfmail"),
        [
            Filled(problem("Fügen Sie die Kopfzeilen der Prüfmail ein.")),
            AtMost(MOST_HEADERS, problem("Das ist zu lang. Fügen Sie nur die Kopfzeilen ein.")),
        ],
    )
