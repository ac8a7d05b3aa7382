"""Texts about data protection, made from the settings in force: to read, to print, to hand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from forms.workplace_form import marked as _
from survey import housekeeping
from survey.errors import NotFound
from survey.keeping.retention import BACKUPS_KEPT, TEXTS_KEPT
from survey.mail_checking import own_mailbox
from survey.web.organiser.settings.sections import START
from survey.web.privacy_notice import BACKUP_DAYS, PrivacyNotice

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.profile import Profile
    from survey.web.workplace.desk import Desk

DOCUMENTS = {
    "hinweise": _("Datenschutzhinweise"),
    "verzeichnis": _("Verzeichnis der Verarbeitungstätigkeiten"),
    "massnahmen": _("Technische und organisatorische Maßnahmen"),
    "loeschkonzept": _("Löschkonzept"),
}
_DAYS_IN_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Facts:
    """What the texts say beyond the profile."""

    host: str
    has_tls: bool
    relay: str
    """Host of the mail server; empty where mails are files."""
    has_relay_tls: bool
    """False only for a mail server on this very machine."""
    house: str
    """Name of the house's own sign-in; empty without one."""
    backup_days: int
    text_months: int
    total_days: int
    today: str


def show_document(desk: Desk) -> Response:
    """One text."""
    name = desk.part("document")
    if name not in DOCUMENTS:
        raise NotFound("document", name)
    profile = housekeeping.profile_of(desk.inst, desk.organisation.id)
    return desk.draw(
        f"workplace/settings/documents/{name}.html",
        document_heading=DOCUMENTS[name],
        profile=profile,
        facts=_facts(desk, profile),
        privacy_notice=_notice(desk, profile),
        start=START,
    )


def _facts(desk: Desk, profile: Profile) -> Facts:
    settings = desk.inst.settings
    return Facts(
        host=urlsplit(settings.base_url).hostname or settings.base_url,
        has_tls=settings.base_url.startswith("https:"),
        relay=settings.smtp.host if settings.smtp else "",
        has_relay_tls=settings.smtp is not None and settings.smtp.security != "none",
        house=settings.house.name if settings.house else "",
        backup_days=BACKUPS_KEPT.days,
        text_months=round(TEXTS_KEPT.days / _DAYS_IN_A_MONTH),
        total_days=profile.retention_days + BACKUPS_KEPT.days,
        today=desk.words.day(desk.inst.clock().astimezone(settings.zone).date()),
    )


def _notice(desk: Desk, profile: Profile) -> PrivacyNotice:
    return PrivacyNotice(
        contact=profile.contact,
        contact_name=profile.contact_name,
        text_readers=profile.text_readers or profile.name,
        legal_basis=profile.legal_basis,
        processors=profile.processors,
        data_protection_contact=profile.data_protection_contact,
        few=profile.disclosure_threshold,
        many=profile.cell_threshold,
        days=profile.retention_days,
        total_days=profile.retention_days + BACKUP_DAYS,
        deleted="",
        promise="/versprechen",
        reads_returned_mails=bool(own_mailbox(desk.inst)),
    )
