"""Use case: one session's results are shown to its speakers, by a link that expires and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.errors import LinkUnknown, NotAllowed, NotFound, problem
from survey.language.catalogue import catalogue
from survey.notifying import post
from survey.preparing import find_edition
from survey.reporting.published import published_summary
from survey.storage import shares
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed
from survey.storage.shares import Share

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.summary import EditionSummary
    from survey.storage.connection import Connection

USUAL_DAYS = 30
MOST_DAYS = 90
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link as the organisers see it."""

    id: str
    session: str
    address: str
    expires: datetime
    has_expired: bool


@dataclass(frozen=True, slots=True)
class SharedSession:
    """What the link of a speaker shows: one session of a published summary."""

    record: EditionRecord
    summary: EditionSummary
    session: str
    expires: datetime


def share_session(
    inst: Installation,
    record: EditionRecord,
    session: str,
    *,
    days: int = USUAL_DAYS,
    address: str = "",
) -> SharedLink:
    """A new link to that session's results, by mail too where an address is given.

    NotFound if the session was not asked about, NotAllowed before the count.
    """
    if not 1 <= days <= MOST_DAYS:
        raise NotAllowed(
            problem("Ein Link gilt mindestens einen und höchstens %(most)d Tage.", most=MOST_DAYS)
        )
    require_session(published_summary(inst, record.name), session)
    expires = inst.clock() + timedelta(days=days)
    share = Share(inst.random_bytes(_ID_BYTES).hex(), session, expires)
    link = _link(inst, record, share)

    def work(connection: Connection) -> None:
        shares.insert(connection, record.id, share)
        facts: dict[str, str | int] = {"session": session, "days": days}
        write_deed(connection, "session shared", at=inst.clock(), edition=record.id, facts=facts)
        if address:
            _post(inst, connection, record, link, to=address)

    inst.database.write(work)
    return link


def links_of(inst: Installation, record: EditionRecord, session: str) -> tuple[SharedLink, ...]:
    """Every link to that session's results, the expired ones too."""
    with foreign_errors():
        found = shares.of_edition(inst.database.read(), record.id)
    return tuple(_link(inst, record, share) for share in found if share.session == session)


def withdraw_link(inst: Installation, record: EditionRecord, session: str, share_id: str) -> None:
    """The link shows nothing any longer; NotFound if the session has no such link."""
    if share_id not in {link.id for link in links_of(inst, record, session)}:
        raise NotFound("share", share_id)

    def work(connection: Connection) -> None:
        shares.delete(connection, record.id, share_id)
        facts = {"session": session}
        write_deed(
            connection, "session share withdrawn", at=inst.clock(), edition=record.id, facts=facts
        )

    inst.database.write(work)


def open_share(inst: Installation, token: str) -> SharedSession:
    """What the link shows; LinkForged if it is not ours, LinkUnknown if it was withdrawn or has expired."""
    link = inst.links.read_share_token(token)
    try:
        record = find_edition(inst, link.edition_name)
    except NotFound as error:
        raise LinkUnknown from error
    with foreign_errors():
        found = shares.of_edition(inst.database.read(), record.id)
    share = next((s for s in found if s.id == link.share_id), None)
    if share is None or share.expires <= inst.clock():
        raise LinkUnknown
    summary = published_summary(inst, record.name)
    require_session(summary, share.session)
    return SharedSession(record, summary, share.session, share.expires)


def require_session(summary: EditionSummary, session: str) -> None:
    """NotFound if the summary has no such session, or nobody was asked about it."""
    for found in summary.sessions:
        if found.session.code == session and found.suppressed != "never_asked":
            return
    raise NotFound("session", session)


def _post(
    inst: Installation, connection: Connection, record: EditionRecord, link: SharedLink, *, to: str
) -> None:
    post(
        connection,
        organisation=record.owner,
        account_or_address=to,
        kind="session_shared",
        values={
            "title": record.edition.programme.session(link.session).title.de,
            "event": record.edition.title,
            "address": link.address,
            "until": catalogue("de").moment(link.expires, inst.settings.zone),
        },
        at=inst.clock(),
    )


def _link(inst: Installation, record: EditionRecord, share: Share) -> SharedLink:
    token = inst.links.share_token(record.name, share.id)
    return SharedLink(
        share.id,
        share.session,
        f"{inst.settings.base_url}/geteilt/{token}",
        share.expires,
        share.expires <= inst.clock(),
    )
