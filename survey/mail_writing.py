"""Use case: what an edition's mails say: read, changed in one's own words, previewed, and sent to oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import MailRefused, NotAllowed
from survey.mail.compose import Letter, compose, starting_words
from survey.mail.delivery import delivery_of
from survey.mail.reading import Block, read_mail
from survey.model.duration import minutes_to_answer
from survey.model.invitation import Campaign, Delivery
from survey.model.mail_words import ASKING, EDITABLE, what_is_wrong
from survey.model.personal_form import asked_sessions, personal_form
from survey.storage import mail_texts
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.model.mail_words import OwnWords
    from survey.model.workplace import Account
    from survey.storage.connection import Connection

__all__ = ["EDITABLE", "Block"]

SAMPLE_NAME = "Erika Muster"
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class MailWords:
    """What a mail says in one language."""

    words: OwnWords
    is_own: bool
    """False for the words that come with the service."""


@dataclass(frozen=True, slots=True)
class MailPreview:
    """A mail as its readers see it."""

    subject: str
    sender: str
    text: str
    """The plain part."""
    blocks: tuple[Block, ...]
    """The HTML part, paragraph by paragraph."""


def words_of(
    inst: Installation, record: EditionRecord, *, campaign: Campaign, language: Language
) -> MailWords:
    """What the mail says now."""
    with foreign_errors():
        own = mail_texts.of_edition(inst.database.read(), record.id).get((campaign, language))
    if own is not None:
        return MailWords(own, is_own=True)
    return MailWords(starting_words(campaign, language), is_own=False)


def own_words_of(inst: Installation, record: EditionRecord) -> frozenset[tuple[Campaign, Language]]:
    """Which mails somebody has written anew, and in which languages."""
    with foreign_errors():
        return frozenset(mail_texts.of_edition(inst.database.read(), record.id))


def change_words(
    inst: Installation,
    record: EditionRecord,
    *,
    campaign: Campaign,
    language: Language,
    words: OwnWords,
) -> None:
    """The mail says this from now on, also where it waits to leave; NotAllowed if it cannot be sent so."""
    for wrong in what_is_wrong(words, campaign):
        raise NotAllowed(wrong)

    def work(connection: Connection) -> None:
        mail_texts.put(connection, record.id, campaign=campaign, language=language, words=words)
        _write_deed(connection, inst, record, "mail text changed", campaign, language)

    inst.database.write(work)


def restore_words(
    inst: Installation, record: EditionRecord, *, campaign: Campaign, language: Language
) -> None:
    """The mail says again what comes with the service."""

    def work(connection: Connection) -> None:
        mail_texts.remove(connection, record.id, campaign=campaign, language=language)
        _write_deed(connection, inst, record, "mail text restored", campaign, language)

    inst.database.write(work)


def take_words_along(inst: Installation, source: EditionRecord, target: EditionRecord) -> None:
    """The mails of the new edition say what those of the earlier one say."""
    inst.database.write(lambda connection: mail_texts.copy_texts(connection, source.id, target.id))


def preview(
    inst: Installation,
    record: EditionRecord,
    *,
    campaign: Campaign,
    language: Language,
    words: OwnWords | None,
) -> MailPreview:
    """The mail with these words (None: those that come with the service), written to a made-up person."""
    letter = _letter(inst, record, campaign, language, words)
    read = read_mail(compose(letter).content)
    return MailPreview(read.subject, read.sender, read.text, read.blocks)


def send_test(
    inst: Installation,
    record: EditionRecord,
    *,
    campaign: Campaign,
    language: Language,
    to: Account,
) -> None:
    """The real mail, marked as a test, is on its way to that person; its link leads to the preview.

    RelayUnreachable if nothing can leave now, MailRefused if the relay does not take this mail.
    """
    own = words_of(inst, record, campaign=campaign, language=language)
    letter = _letter(
        inst, record, campaign, language, own.words if own.is_own else None, test_for=to
    )
    delivery = delivery_of(inst.settings)
    try:
        outcome = delivery.send(compose(letter))
        delivery.settle()
    finally:
        delivery.close()
    if outcome.state is not Delivery.HANDED_OVER:
        raise MailRefused(outcome.code, outcome.enhanced)


def _letter(  # noqa: PLR0917 -- what a letter is made of
    inst: Installation,
    record: EditionRecord,
    campaign: Campaign,
    language: Language,
    words: OwnWords | None,
    test_for: Account | None = None,
) -> Letter:
    edition, base = record.edition, inst.settings.base_url
    form = personal_form(edition, asked_sessions(edition, frozenset()))
    domain = edition.sender.rpartition("@")[2].encode("idna").decode("ascii")
    here = f"{base}/arbeit/ausgaben/{record.name}"
    return Letter(
        campaign=campaign,
        edition=edition,
        closes=record.closes or edition.deadline,
        address=test_for.address if test_for else edition.sender,
        name=test_for.name if test_for else SAMPLE_NAME,
        language=language,
        minutes=minutes_to_answer(form),
        form_link=f"{here}/fragebogen/vorschau" if campaign in ASKING else "",
        opt_out_link=f"{here}/versand",
        privacy_link=f"{base}/datenschutz/{record.name}",
        results_link=f"{base}/ergebnis/{record.name}" if campaign is Campaign.RESULTS else "",
        message_id=f"<{inst.random_bytes(_ID_BYTES).hex()}@{domain}>",
        written=inst.clock(),
        zone=inst.settings.zone,
        own_words=words,
        is_test=test_for is not None,
    )


def _write_deed(  # noqa: PLR0917 -- what every deed of this room says
    connection: Connection,
    inst: Installation,
    record: EditionRecord,
    deed: str,
    campaign: Campaign,
    language: Language,
) -> None:
    facts = {"campaign": campaign.value, "language": language}
    write_deed(connection, deed, at=inst.clock(), edition=record.id, facts=facts)
