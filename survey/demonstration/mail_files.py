"""Reading the demonstration's mails, as their readers would."""

from __future__ import annotations

import email
import email.policy
import re
from typing import TYPE_CHECKING

from survey.demonstration.story import OPEN_NAME
from survey.model.invitation import Campaign

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

_FORM_LINK = re.compile(r"https?://\S+/f/[^\s?]+")


def personal_links(folder: Path, name: str, campaign: Campaign) -> dict[str, str]:
    """The personal links of one campaign by addressee."""
    links: dict[str, str] = {}
    for file in sorted(folder.glob(f"{name}-{campaign}-*.eml")):
        message = read_mail(file)
        links[str(message["To"])] = _form_link(message)
    return links


def example_link(folder: Path) -> str | None:
    """The personal link of the last example person invited to the open edition; None without mails."""
    files = sorted(folder.glob(f"{OPEN_NAME}-{Campaign.INVITATION}-*.eml"))
    return _form_link(read_mail(files[-1])) if files else None


def read_mail(file: Path) -> EmailMessage:
    """The mail in a file."""
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def plain_text(message: EmailMessage) -> str:
    """The plain part of a mail."""
    part = message.get_body(("plain",))
    return "" if part is None else str(part.get_content())


def _form_link(message: EmailMessage) -> str:
    found = _FORM_LINK.search(plain_text(message))
    if found is None:
        msg = f"no personal link in the mail to {message['To']}"
        raise ValueError(msg)
    return found[0]
