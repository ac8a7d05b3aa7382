"""The organiser's own words of an edition's mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.invitation import Campaign
from survey.model.mail_words import OwnWords

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.storage.connection import Connection


def of_edition(connection: Connection, edition: str) -> dict[tuple[Campaign, Language], OwnWords]:
    """What was written for the edition, by kind of mail and language."""
    rows = connection.execute(
        "SELECT campaign, language, subject, text FROM mail_text WHERE edition = :edition",
        {"edition": edition},
    )
    return {
        (Campaign(row["campaign"]), row["language"]): OwnWords(row["subject"], row["text"])
        for row in rows
    }


def put(
    connection: Connection, edition: str, *, campaign: Campaign, language: Language, words: OwnWords
) -> None:
    """These words stand in the mail from now on."""
    connection.execute(
        """
        INSERT INTO mail_text (edition, campaign, language, subject, text)
        VALUES (:edition, :campaign, :language, :subject, :text)
        ON CONFLICT (edition, campaign, language)
        DO UPDATE SET subject = excluded.subject, text = excluded.text
        """,
        {
            "edition": edition,
            "campaign": campaign.value,
            "language": language,
            "subject": words.subject,
            "text": words.text,
        },
    )


def remove(connection: Connection, edition: str, *, campaign: Campaign, language: Language) -> None:
    """The words that come with the service stand in the mail again."""
    connection.execute(
        """
        DELETE FROM mail_text
        WHERE edition = :edition AND campaign = :campaign AND language = :language
        """,
        {"edition": edition, "campaign": campaign.value, "language": language},
    )


def copy_texts(connection: Connection, source: str, target: str) -> None:
    """An edition's mails say what another's say; both are ids."""
    connection.execute("DELETE FROM mail_text WHERE edition = :target", {"target": target})
    connection.execute(
        """
        INSERT INTO mail_text (edition, campaign, language, subject, text)
        SELECT :target, campaign, language, subject, text FROM mail_text WHERE edition = :source
        """,
        {"source": source, "target": target},
    )
