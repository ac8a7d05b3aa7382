"""the mails of a rehearsal: where they go, and reading them as their readers would."""

from __future__ import annotations

import email
import email.policy
import re
from typing import TYPE_CHECKING

from survey.mail.delivery import FolderDelivery, Outcome
from survey.mail.mail_folder import file_name
from survey.model.invitation import Campaign, Delivery

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from survey.mail.compose import ComposedMail


class RehearsalFolder(FolderDelivery):
    """A mail folder that does not wait for the disk: thousands of made-up mails may be lost with the power."""

    def send(self, mail: ComposedMail) -> Outcome:
        """Handed over once written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / file_name(mail.edition, mail.campaign, mail.message_id)).write_bytes(
            mail.content
        )
        return Outcome(Delivery.HANDED_OVER)


_FORM_LINK = re.compile(r"https?://\S+/f/[^\s?]+")


def personal_links(folder: Path, name: str, campaign: Campaign) -> dict[str, str]:
    """The personal links of one campaign by addressee."""
    links: dict[str, str] = {}
    for file in sorted(folder.glob(f"{name}-{campaign}-*.eml")):
        addressee, text = _header_and_text(file)
        links[addressee] = _form_link(text)
    return links


def last_link(folder: Path, name: str, campaign: Campaign) -> str | None:
    """The personal link of the last mail of a campaign, by file name; None without mails."""
    files = sorted(folder.glob(f"{name}-{campaign}-*.eml"))
    return _form_link(_header_and_text(files[-1])[1]) if files else None


def read_mail(file: Path) -> EmailMessage:
    """The mail in a file."""
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def plain_text(message: EmailMessage) -> str:
    """The plain part of a mail."""
    part = message.get_body(("plain",))
    return "" if part is None else str(part.get_content())


def _header_and_text(file: Path) -> tuple[str, str]:
    """To whom, and the first part's text; the older reader is ten times quicker for thousands of mails."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.compat32)
    part = next(p for p in message.walk() if p.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    return str(message["To"]), content.decode() if isinstance(content, bytes) else ""


def _form_link(text: str) -> str:
    found = _FORM_LINK.search(text)
    if found is None:
        msg = "no personal link in a mail"
        raise ValueError(msg)
    return found[0]
