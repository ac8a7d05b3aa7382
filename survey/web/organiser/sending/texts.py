"""What the mails say: the list of them, and one mail in one language with its preview and a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.sending_forms import WordsForm
from survey import mail_writing
from survey.errors import MailRefused, NotFound, RelayUnreachable
from survey.language.wording import HTML_LANGUAGE, LANGUAGES
from survey.model.mail_words import EDITABLE, places_of
from survey.web.organiser.sending.words import (
    CAMPAIGN_NAMES,
    CAMPAIGNS,
    LANGUAGE_NAMES,
    named,
    word_for,
)
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.language.wording import Language
    from survey.mail_writing import MailPreview
    from survey.model.event import EditionRecord
    from survey.model.invitation import Campaign
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422
UNAVAILABLE = 503


def list_texts(desk: Desk) -> Response:
    """Every mail in every language, and which were written anew."""
    record = desk.edition()
    own = mail_writing.own_words_of(desk.inst, record)
    say = desk.words.gettext
    rows = [
        (
            say(CAMPAIGN_NAMES[campaign]),
            [
                (
                    say(LANGUAGE_NAMES[language]),
                    _address(record, campaign, language),
                    (campaign, language) in own,
                )
                for language in LANGUAGES
            ],
        )
        for campaign in EDITABLE
    ]
    return desk.draw(
        "workplace/sending/texts.html",
        edition=record,
        rows=rows,
        back=edition_address(record, "versand"),
    )


def show_text(desk: Desk) -> Response:
    """One mail in one language, with its preview."""
    record, campaign, language = _asked(desk)
    found = mail_writing.words_of(desk.inst, record, campaign=campaign, language=language)
    form = WordsForm(data={"subject": found.words.subject, "text": found.words.text})
    return _draw(desk, form)


def receive_text(desk: Desk) -> Response:
    """The words are shown, kept, given up, or sent to oneself, as the button says."""
    record, campaign, language = _asked(desk)
    say = desk.words.gettext
    form: WordsForm = WordsForm.typed(desk.fields)
    here = _address(record, campaign, language)
    if desk.own.get("action") == "restore":
        mail_writing.restore_words(desk.inst, record, campaign=campaign, language=language)
        return desk.go(here, notice=say("Die Mail hat wieder ihren mitgelieferten Text."))
    if not form.accepts(campaign):
        return _draw(desk, form, status=UNPROCESSABLE)
    if desk.own.get("action") == "preview":
        return _draw(desk, form, is_changed=True)
    mail_writing.change_words(
        desk.inst, record, campaign=campaign, language=language, words=form.words()
    )
    return desk.go(here, notice=say("Der Text ist gespeichert."))


def send_test(desk: Desk) -> Response:
    """The mail as it is kept goes to the person who asks for it."""
    record, campaign, language = _asked(desk)
    say = desk.words.gettext
    try:
        mail_writing.send_test(
            desk.inst, record, campaign=campaign, language=language, to=desk.person
        )
    except (RelayUnreachable, MailRefused) as error:
        why = error.why if isinstance(error, RelayUnreachable) else str(error)
        found = mail_writing.words_of(desk.inst, record, campaign=campaign, language=language)
        form = WordsForm(data={"subject": found.words.subject, "text": found.words.text})
        return _draw(desk, form, trouble=why, status=UNAVAILABLE)
    notice = say("Die Testmail ist unterwegs an %(address)s.") % {"address": desk.person.address}
    return desk.go(_address(record, campaign, language), notice=notice)


def _asked(desk: Desk) -> tuple[EditionRecord, Campaign, Language]:
    record = desk.edition()
    campaign = named(CAMPAIGNS, desk.part("campaign"))
    asked = desk.asked("fassung") or "de"
    for language in LANGUAGES:
        if language == asked:
            return record, campaign, language
    raise NotFound("language", asked)


def _draw(
    desk: Desk,
    form: WordsForm,
    *,
    status: int = 200,
    is_changed: bool = False,
    trouble: str = "",
) -> Response:
    record, campaign, language = _asked(desk)
    found = mail_writing.words_of(desk.inst, record, campaign=campaign, language=language)
    shown: MailPreview | None = None
    if not form.errors:
        words = form.words() if is_changed else found.words if found.is_own else None
        shown = mail_writing.preview(
            desk.inst, record, campaign=campaign, language=language, words=words
        )
    say = desk.words.gettext
    return desk.draw(
        "workplace/sending/text.html",
        status=status,
        edition=record,
        form=form,
        name=say(CAMPAIGN_NAMES[campaign]),
        language_name=say(LANGUAGE_NAMES[language]),
        html_language_of_mail=HTML_LANGUAGE[language],
        languages_of_mail=[
            (say(LANGUAGE_NAMES[one]), _address(record, campaign, one), one == language)
            for one in LANGUAGES
        ],
        places=[f"{{{place}}}" for place in places_of(campaign)],
        shown=shown,
        is_own=found.is_own,
        is_changed=is_changed,
        trouble=trouble,
        test_address=edition_address(
            record, "versand", "testmail", word_for(CAMPAIGNS, campaign), fassung=language
        ),
        address_of_person=desk.person.address,
        back=edition_address(record, "versand", "texte"),
    )


def _address(record: EditionRecord, campaign: Campaign, language: Language) -> str:
    return edition_address(
        record, "versand", "texte", word_for(CAMPAIGNS, campaign), fassung=language
    )
