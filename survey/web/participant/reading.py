"""Pages to read: start, help, privacy notice, how the promise is kept, accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from survey import asking_openly, housekeeping, preparing, scheduling
from survey.language.catalogue import catalogue
from survey.model.event import Edition, EditionRecord, EditionState
from survey.model.schedule import Act, EntryState
from survey.model.ways_in import PERSONAL_ONLY, OpenLink
from survey.web.drawing import about, draw, in_language, same_for_all
from survey.web.participant.accessibility_report import read_report
from survey.web.privacy_notice import BACKUP_DAYS, PrivacyNotice

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.language.wording import Language
    from survey.web.site import Visit


@dataclass(frozen=True, slots=True)
class Contact:
    """Who helps with one event."""

    title: str
    organisation: str
    address: str


def start(visit: Visit) -> Response:
    """The start page of an installation."""
    return _page(visit, "participant/start.html", None, query=in_language("", visit.language))


def help_page(visit: Visit) -> Response:
    """How to answer, and who helps."""
    record = _record(visit)
    return _page(
        visit,
        "participant/help.html",
        record,
        contacts=_contacts(visit, record),
        video=housekeeping.profile_behind(visit.inst, record).sign_language_video if record else "",
        query=in_language("", visit.language),
    )


def accessibility(visit: Visit) -> Response:
    """The accessibility statement."""
    contacts = _contacts(visit, None)
    return _page(
        visit, "participant/accessibility.html", None, report=read_report(), contacts=contacts
    )


def promise(visit: Visit) -> Response:
    """How the promise is kept, and what it does not cover."""
    record = _record(visit)
    edition = record.edition if record else None
    ways = asking_openly.ways_of(visit.inst, record) if record else PERSONAL_ONLY
    return _page(
        visit,
        "participant/promise.html",
        record,
        few=edition.disclosure_threshold if edition else _usual("disclosure_threshold"),
        many=edition.cell_threshold if edition else _usual("cell_threshold"),
        counts_together=edition is not None and bool(edition.breakdown or edition.pairs),
        privacy_address=about("datenschutz", edition, visit.language),
        ways=ways,
        has_open_link=ways.link is not OpenLink.OFF,
    )


def privacy(visit: Visit) -> Response:
    """The privacy notice of an edition; without one, the list of notices."""
    record = _record(visit)
    if record is None:
        notices = tuple(
            (about("datenschutz", r.edition, visit.language), r.edition.title)
            for r in _public(visit)
        )
        return _page(visit, "participant/notices.html", None, notices=notices)
    notice = privacy_notice(visit, record, visit.language)
    return _page(visit, "participant/privacy.html", record, notice=notice)


def privacy_notice(visit: Visit, record: EditionRecord, language: Language) -> PrivacyNotice:
    """The notice's facts."""
    edition = record.edition
    total = edition.retention_days + BACKUP_DAYS
    deleted = ""
    if record.closes is not None:
        local = record.closes.astimezone(visit.inst.settings.zone).date()
        deleted = catalogue(language).day(local + timedelta(days=total))
    return PrivacyNotice(
        edition.contact,
        edition.contact_name,
        edition.text_readers or edition.organisation,
        edition.legal_basis,
        edition.processors,
        edition.data_protection_contact,
        edition.disclosure_threshold,
        edition.cell_threshold,
        edition.retention_days,
        total,
        deleted,
        about("versprechen", edition, language),
        asking_openly.ways_of(visit.inst, record),
        has_results_mail=_has_results_mail(visit, record),
        reads_returned_mails=_reads_returned_mails(visit),
    )


def _reads_returned_mails(visit: Visit) -> bool:
    from survey.mail_checking import own_mailbox  # noqa: PLC0415 -- forms do without all that mails need

    return bool(own_mailbox(visit.inst))


def _has_results_mail(visit: Visit, record: EditionRecord) -> bool:
    entry = scheduling.schedule_of(visit.inst, record).entry(Act.RESULTS)
    return entry.is_to_come or entry.state is EntryState.DONE


def _page(visit: Visit, template: str, record: EditionRecord | None, **values: object) -> Response:
    html = draw(
        visit.site.style,
        template,
        language=visit.language,
        edition=record.edition if record else None,
        **values,
    )
    reply = same_for_all(html, visit.request, language=visit.language)
    reply.headers["Cache-Control"] = "no-cache"
    return reply


def _record(visit: Visit) -> EditionRecord | None:
    name = visit.request.path_params.get("edition")
    return None if name is None else preparing.find_edition(visit.inst, name)


def _public(visit: Visit) -> tuple[EditionRecord, ...]:
    now = visit.inst.clock()
    return tuple(
        record
        for record in preparing.list_editions(visit.inst)
        if record.state(now) is not EditionState.PLANNED
    )


def _contacts(visit: Visit, record: EditionRecord | None) -> tuple[Contact, ...]:
    records = (record,) if record else _public(visit)
    return tuple(
        Contact(r.edition.title, r.edition.organisation, r.edition.contact) for r in records
    )


def _usual(name: str) -> object:
    return next(field.default for field in fields(Edition) if field.name == name)
