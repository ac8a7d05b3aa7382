"""Use case: a person opens the form by its link, sends answers, changes them, takes them back.

No time of answering is stored anywhere, and no stored answer is ever shown again.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.access.links import link_hash, slot_of
from survey.errors import (
    AlreadyClosed,
    AnsweredWithOtherLink,
    AnswerRefused,
    LinkForged,
    LinkUnknown,
    NotYetOpen,
    StorageUnavailable,
    WitnessMismatch,
    problem,
)
from survey.model.event import EditionState
from survey.model.invitation import Campaign
from survey.model.personal_form import asked_sessions, personal_form
from survey.storage import boxes, drafts, editions, links, participants
from survey.storage.connection import foreign_errors
from survey.urn.sealing import (
    TooLargeForBox,
    draft_slot,
    open_draft_box,
    seal,
    seal_draft,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from survey.access.links import PersonalLink
    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
    from survey.model.invitation import Participant
    from survey.model.personal_form import PersonalForm
    from survey.model.response import Response
    from survey.storage.connection import Connection
    from survey.urn.witness import Witness

RESUME_CODE_BYTES = 16
MOST_FORMS = 1024
_FORMS: dict[tuple[str, int, frozenset[str]], tuple[Edition, PersonalForm]] = {}
MOST_DRAFTS_PER_PERSON = 5
"""On average: drafts are nobody's, so only all of an edition together can be limited."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form of one person, and what can be said about answers sent before."""

    record: EditionRecord
    form: PersonalForm
    booked: frozenset[str]
    """The booked sessions that shape the form."""
    has_answered: bool
    answers_with_this_link: bool
    """True if this link can change or take back the answer."""
    other_campaigns: tuple[Campaign, ...]
    """If another link answered: the mails whose links can change it, as far as is known."""
    token: str


@dataclass(frozen=True, slots=True)
class UrnWatch:
    """The witness around each transaction that fills or empties one edition's urn."""

    edition_id: str
    witness: Witness = field(compare=False)

    def __call__(self, connection: Connection, /) -> AbstractContextManager[None]:
        """Boxes are compared when the transaction starts and witnessed when it is committed."""
        return self.witness.watching(
            self.edition_id, lambda: boxes.count(connection, self.edition_id)
        )


def open_form(inst: Installation, token: str) -> OpenForm:
    """The form behind a link, to be filled in.

    LinkForged, LinkUnknown, NotYetOpen, AlreadyClosed or KeyMissing if there is none.
    """
    form = open_sent_form(inst, token)
    closes = form.record.closes
    if closes is not None and form.record.state(inst.clock()) is not EditionState.OPEN:
        raise AlreadyClosed(closes)
    return form


def open_sent_form(inst: Installation, token: str) -> OpenForm:
    """The form that somebody sends: for one unannounced hour after the deadline, too."""
    link = inst.links.read_personal_token(token)
    with foreign_errors():
        connection = inst.database.read()
        record, participant = _behind(connection, link)
        require_open(record, inst.clock())
        answered_here = participant.has_answered and boxes.has(
            connection, record.id, slot_of(record.id, link.secret)
        )
        others: tuple[Campaign, ...] = ()
        if participant.has_answered and not answered_here:
            own = link_hash(record.id, link.secret)
            known = links.of_participant(connection, record.id, participant.id)
            campaigns = {other.campaign for other in known if other.hash != own}
            others = tuple(campaign for campaign in Campaign if campaign in campaigns)
    inst.keys.require(record.id, record.public_key)
    booked = asked_sessions(record.edition, frozenset(participant.sessions))
    return OpenForm(
        record=record,
        form=_form_of(record, booked),
        booked=booked,
        has_answered=participant.has_answered,
        answers_with_this_link=answered_here,
        other_campaigns=others,
        token=token,
    )


def submit(
    inst: Installation,
    token: str,
    response: Response,
    *,
    resume_code: str | None = None,
    opened: OpenForm | None = None,
) -> None:
    """The answers lie durably in the urn, in place of those this link sent before; its draft is gone.

    What the link opened just now need not be read again: the transaction looks at everything itself.
    AnsweredWithOtherLink, AlreadyClosed, StorageUnavailable and what `open_form` raises: then nothing was stored.
    """
    link = inst.links.read_personal_token(token)
    if opened is None:
        with foreign_errors():
            record, _ = _behind(inst.database.read(), link)
    else:
        record = opened.record
    require_open(record, inst.clock())
    inst.keys.require(record.id, record.public_key)
    slot = slot_of(record.id, link.secret)
    try:
        box = seal(record.public_key, record.id, slot, response.encode(), record.edition.box_size)
    except TooLargeForBox as error:
        raise too_long() from error

    def work(connection: Connection) -> None:
        now_stored, participant = _behind(connection, link)
        require_open(now_stored, inst.clock())
        if participants.mark_answered(connection, record.id, participant.id):
            boxes.insert(connection, record.id, slot, box)
        elif not boxes.replace(connection, record.id, slot, box):
            raise AnsweredWithOtherLink
        if resume_code is not None:
            drafts.delete(connection, record.id, draft_slot(record.id, _code(resume_code)))

    write_watched(inst, record, work)


def take_back(inst: Installation, token: str) -> None:
    """The answer this link sent is out of the urn, and its person may answer afresh.

    Nothing happens if the person has not answered; AnsweredWithOtherLink if another link did.
    """
    link = inst.links.read_personal_token(token)
    with foreign_errors():
        record, _ = _behind(inst.database.read(), link)
    require_open(record, inst.clock())
    witness = inst.witness()

    def work(connection: Connection) -> None:
        now_stored, participant = _behind(connection, link)
        require_open(now_stored, inst.clock())
        if not participants.unmark_answered(connection, record.id, participant.id):
            return
        if not boxes.delete(connection, record.id, slot_of(record.id, link.secret)):
            raise AnsweredWithOtherLink
        try:
            witness.lower(record.id)
        except OSError as error:
            raise StorageUnavailable(str(error)) from error

    write_watched(inst, record, work)


def keep_draft(
    inst: Installation,
    token: str,
    fields: Mapping[str, Sequence[str]],
    *,
    resume_code: str | None = None,
) -> str:
    """The resume code that alone opens the draft, to be shown once.

    With the code of an earlier draft, that one is kept afresh under the same code.
    """
    link = inst.links.read_personal_token(token)
    with foreign_errors():
        record, _ = _behind(inst.database.read(), link)
    require_open(record, inst.clock())
    code = inst.random_bytes(RESUME_CODE_BYTES) if resume_code is None else _code(resume_code)
    rows = [[name, list(values)] for name, values in sorted(fields.items())]
    plain = zlib.compress(json.dumps(rows, ensure_ascii=False).encode())
    try:
        box = seal_draft(
            record.id,
            code,
            plain=plain,
            box_size=record.edition.box_size,
            random_bytes=inst.random_bytes,
        )
    except TooLargeForBox as error:
        raise too_long() from error
    slot = draft_slot(record.id, code)

    def work(connection: Connection) -> None:
        now_stored, _ = _behind(connection, link)
        require_open(now_stored, inst.clock())
        most = MOST_DRAFTS_PER_PERSON * participants.count(connection, record.id)
        is_new = drafts.find(connection, record.id, slot) is None
        if is_new and drafts.count(connection, record.id) >= most:
            raise StorageUnavailable
        drafts.keep(connection, record.id, slot, box)

    inst.database.write(work)
    return _code_text(code)


def open_draft(
    inst: Installation, token: str, resume_code: str
) -> dict[str, tuple[str, ...]] | None:
    """The fields as they were kept; None if that code keeps no draft (any more)."""
    link = inst.links.read_personal_token(token)
    try:
        code = _code(resume_code)
    except LinkForged:
        return None
    with foreign_errors():
        connection = inst.database.read()
        record, _ = _behind(connection, link)
        box = drafts.find(connection, record.id, draft_slot(record.id, code))
    if box is None:
        return None
    rows = json.loads(zlib.decompress(open_draft_box(record.id, code, box)))
    return {name: tuple(values) for name, values in rows}


def delete_old_drafts(inst: Installation) -> int:
    """Drafts of editions that take no answers any more are gone; how many there were."""

    def work(connection: Connection) -> int:
        now = inst.clock()
        return sum(
            drafts.delete_of_edition(connection, record.id)
            for record in editions.with_keys(connection)
            # A clock that jumps ahead and back costs nobody what they have typed.
            if not record.takes_answers(now) and (record.opens is None or record.is_surely_closed)
        )

    return inst.database.write(work)


def write_watched(
    inst: Installation, record: EditionRecord, work: Callable[[Connection], None]
) -> None:
    """The urn is changed under the eyes of its witness; StorageUnavailable where that refuses."""
    try:
        inst.database.write(work, watch=UrnWatch(record.id, inst.witness()))
    except WitnessMismatch as mismatch:
        # For whoever answers the urn is simply not available; `check_urns` tells the organiser why.
        raise StorageUnavailable(str(mismatch)) from mismatch


def _form_of(record: EditionRecord, booked: frozenset[str]) -> PersonalForm:
    """The form for these sessions, made once: people send the same few hundred forms again and again."""
    key = (record.id, record.revision, booked)
    edition, form = _FORMS.get(key, (None, None))
    if form is None or edition is not record.edition:
        form = personal_form(record.edition, booked)
        if len(_FORMS) >= MOST_FORMS:
            _FORMS.clear()
        _FORMS[key] = (record.edition, form)
    return form


def _behind(connection: Connection, link: PersonalLink) -> tuple[EditionRecord, Participant]:
    record = editions.find(connection, link.edition_name)
    if record is None:
        raise LinkUnknown
    participant = participants.of_link(connection, record.id, link_hash(record.id, link.secret))
    if participant is None or (participant.is_withdrawn and not participant.has_answered):
        raise LinkUnknown
    return record, participant


def require_open(record: EditionRecord, now: datetime) -> None:
    """Nothing if the edition takes answers now; else NotYetOpen or AlreadyClosed."""
    if record.takes_answers(now):
        return
    if record.closes is None or record.state(now) is EditionState.PLANNED:
        raise NotYetOpen(record.opens)
    raise AlreadyClosed(record.closes)


def too_long() -> AnswerRefused:
    """The answers do not fit into a box."""
    return AnswerRefused((problem("Ihre Texte sind zusammen zu lang. Kürzen Sie sie bitte."),))


def _code(text: str) -> bytes:
    try:
        code = base64.urlsafe_b64decode(text + "==")
    except (binascii.Error, ValueError) as error:
        raise LinkForged from error
    if len(code) != RESUME_CODE_BYTES or _code_text(code) != text:
        raise LinkForged
    return code


def _code_text(code: bytes) -> str:
    return base64.urlsafe_b64encode(code).rstrip(b"=").decode("ascii")
