"""A whole edition of made-up people on a throwaway installation: the real service behind a logging proxy."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.asking_openly import choose_ways, open_address
from survey.auditing.acting import Stage, act, answer_openly, scan
from survey.auditing.browser import Browser
from survey.auditing.cast import FEW, Cast, Conduct, Person, make_cast
from survey.auditing.logging_proxy import proxying
from survey.auditing.moments import real_time
from survey.auditing.rehearsed_edition import (
    NAME,
    address_of,
    registrations,
    rehearsed_edition,
)
from survey.auditing.service_process import serving
from survey.auditing.watching import COMMITS, DATABASE, LOG, SHARED_MEMORY, Onlooker, Place, Seen
from survey.counting import count_edition
from survey.installation import make_installation
from survey.inviting import invite
from survey.keeping.backup import make_backup
from survey.keeping.founding import found
from survey.model.event import GRACE
from survey.model.ways_in import OpenLink, WaysIn
from survey.preparing import create_edition, find_edition
from survey.registering import apply_import, plan_import
from survey.sending import send_mails
from survey.urn.keys import HOST_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from random import Random

    from survey.installation import Installation
    from survey.settings import Settings

BACKUPS_WHILE_OPEN = 3
STRANGERS_LENGTH = 47
_FAST = 1000.0
_BETWEEN = timedelta(minutes=7)
_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True, slots=True)
class Grounds:
    """The folders of one rehearsal."""

    work: Path

    @property
    def journal(self) -> Path:
        """What the service itself says."""
        return self.work / "logs" / "service.log"

    @property
    def proxy_log(self) -> Path:
        """What the proxy writes."""
        return self.work / "proxy" / "proxy.log"

    @property
    def temporary(self) -> Path:
        """The service's temporary files."""
        return self.work / "temporary"

    @property
    def mails(self) -> Path:
        """All mails."""
        return self.work / "mails"

    @property
    def left_key(self) -> Path:
        """A copy of the key that somebody made outside the service: for a control only."""
        return self.work / "outside"

    def of(self, data: Path) -> Place:
        """What the onlooker can copy: everything but keys and the host's secrets."""
        folders = (
            data,
            self.work / "backups",
            self.mails,
            self.journal.parent,
            self.proxy_log.parent,
            self.temporary,
        )
        return Place(folders, without=(data / "keys",))


@dataclass(slots=True)
class Evidence:
    """What there is to attack, and what is needed to judge the attack."""

    cast: Cast
    grounds: Grounds
    inst: Installation
    seen: Seen
    edition_id: str = ""
    public_key: bytes = b""
    private_key: bytes = b""
    """Kept only for the controls that must succeed with it."""
    mails: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By person: everything in the mail that might be made into a key."""
    tokens: dict[int, str] = field(default_factory=dict)
    moments: dict[int, datetime] = field(default_factory=dict)
    """When each person answered, as the proxy wrote it down."""
    real_spans: dict[int, tuple[float, float]] = field(default_factory=dict)
    """When each person began and ended by the machine's own clock, which the service must not write down either."""
    bare_lengths: dict[int, int] = field(default_factory=dict)
    """How long the page to be checked would have been without padding."""
    changed_by_scanners: set[int] = field(default_factory=set)
    last_copy: bytes = b""
    """Of the database, before the count."""
    stranger: int = 0
    """Number of the one who came by the open link."""

    def boxes(self) -> dict[int, tuple[str, bytes]]:
        """The last box of each person, as copies from before and after show."""
        return {
            person.number: self.seen.boxes[address_of(person.number)][-1]
            for person in self.cast.people
            if address_of(person.number) in self.seen.boxes
        }

    def all_boxes(self) -> dict[int, tuple[tuple[str, bytes], ...]]:
        """Everything each person ever had stored: boxes that were overwritten or taken back, and drafts, too."""
        seen = self.seen
        found = {
            person.number: (
                *seen.boxes.get(address_of(person.number), ()),
                *seen.drafts_of.get(address_of(person.number), ()),
            )
            for person in self.cast.people
        }
        return {person: boxes for person, boxes in found.items() if boxes}

    def earlier_boxes(self) -> dict[int, tuple[tuple[str, bytes], ...]]:
        """The same without the last box of each person."""
        last = self.boxes()
        found = {
            person: tuple(box for box in boxes if box != last.get(person))
            for person, boxes in self.all_boxes().items()
        }
        return {person: boxes for person, boxes in found.items() if boxes}

    def boxes_in_log(self) -> dict[int, tuple[str, bytes]]:
        """A box of each person, as the write-ahead log shows by itself."""
        found = self.seen.boxes_in_log
        return {
            person.number: found[address_of(person.number)]
            for person in self.cast.people
            if address_of(person.number) in found
        }


class StageClock:
    """A clock that is set by hand, for this process and for the service: both read the same file."""

    def __init__(self, file: Path, now: datetime) -> None:
        self._file = file
        self.set(now)

    def __call__(self) -> datetime:
        """The moment it is set to."""
        return self.now

    def set(self, moment: datetime) -> None:
        """From now on it is that moment."""
        self.now = moment
        self._file.write_text(moment.isoformat(), encoding="ascii")


@contextmanager
def rehearsing(
    settings: Settings,
    work: Path,
    *,
    people: int,
    now: datetime,
    chance: Random,
    progress: Callable[[int, int], None],
) -> Iterator[tuple[Evidence, Browser]]:
    """Everything an onlooker gathers from the first mail to the end of the count, the service still running.

    `work` must not exist.
    """
    grounds = Grounds(work)
    for folder in (grounds.journal.parent, grounds.proxy_log.parent, grounds.temporary):
        folder.mkdir(parents=True, mode=0o700)
    grounds.journal.touch()
    clock = StageClock(work / "clock", now)
    cast = make_cast(people, chance=chance)
    with proxying(grounds.proxy_log, clock) as proxy:
        inst = _installation(settings, grounds, proxy.port, clock)
        evidence = _invite(inst, grounds, cast, now)
        service = serving(inst.settings, journal=grounds.journal, temporary=grounds.temporary)
        with service as proxy.upstream:
            browser = Browser(proxy.port)
            _let_answer(evidence, browser, clock, progress)
            clock.set(rehearsed_edition(now).deadline + GRACE + timedelta(minutes=1))
            count_edition(inst, NAME, by_hand=True, progress=lambda _step: None)
            yield evidence, browser
    inst.database.close()


def _installation(
    settings: Settings, grounds: Grounds, port: int, clock: StageClock
) -> Installation:
    own = replace(
        settings,
        data=grounds.work / "data",
        base_url=f"http://127.0.0.1:{port}",
        secret_directory=grounds.work / "secret",
        backup_directory=grounds.work / "backups",
        mail_folder=grounds.mails,
        smtp=None,
        mails_per_second=_FAST,
        mails_per_second_and_domain=_FAST,
        clock=str(grounds.work / "clock"),
        bounce_maildir=None,
        bounce_imap=None,
        house=None,
    )
    found(own)
    return replace(make_installation(own), clock=clock)


def _invite(inst: Installation, grounds: Grounds, cast: Cast, now: datetime) -> Evidence:
    record = create_edition(inst, rehearsed_edition(now))
    choose_ways(inst, NAME, WaysIn(link=OpenLink.ON))
    people = registrations(cast.listed, lonely=cast.lonely)
    apply_import(inst, NAME, plan_import(inst, NAME, people, add_only=False))
    invite(inst, NAME)
    send_mails(inst, progress=lambda _done, _all: None)
    evidence = Evidence(cast, grounds, inst, Seen(), record.id, record.public_key)
    evidence.private_key = inst.keys.private_key(record.id)
    evidence.stranger = len(people)
    for path in grounds.mails.glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = mail.get_body(("plain",))
        links = tuple(dict.fromkeys(_LINK.findall(body.get_content() if body else "")))
        number = int(re.findall(r"\d+", str(mail["To"]))[-1])
        evidence.mails[number] = (*links, str(mail["Message-ID"]).strip("<>"), str(mail["To"]))
        evidence.tokens[number] = next(
            urlsplit(link).path.rpartition("/")[2] for link in links if "/f/" in link
        )
    return evidence


def _let_answer(
    evidence: Evidence, browser: Browser, clock: StageClock, progress: Callable[[int, int], None]
) -> None:
    inst, cast, grounds = evidence.inst, evidence.cast, evidence.grounds
    onlooker = Onlooker(
        grounds.of(inst.settings.data), inst.settings.data, grounds.work / "scratch"
    )
    evidence.seen = onlooker.seen
    witness = f"{evidence.edition_id}.witness"
    allowed = frozenset({DATABASE, LOG, SHARED_MEMORY, COMMITS, witness, grounds.proxy_log.name})

    def stored(person: Person) -> None:
        onlooker.look_after_storing(address_of(person.number), allowed=allowed)

    stage = Stage(browser, inst.settings.keys / f"{evidence.edition_id}.key", stored)
    make_backup(inst)
    onlooker.look()
    size = len(cast.people)
    for rank, person in enumerate(cast.people):
        clock.set(clock.now + _BETWEEN)
        if person.is_scanned:
            links = (one for one in evidence.mails[person.number] if one.startswith("http"))
            scan(browser, tuple(link.partition(str(inst.settings.base_url))[2] for link in links))
            if onlooker.sees_storing():
                evidence.changed_by_scanners.add(person.number)
        evidence.moments[person.number] = clock.now
        began = real_time()
        evidence.bare_lengths[person.number] = act(stage, person, evidence.tokens[person.number])
        evidence.real_spans[person.number] = (began, real_time())
        if _has_backup(rank, size):
            clock.set(clock.now + _BETWEEN)
            make_backup(inst)
            onlooker.look()
        progress(rank + 1, size)
    clock.set(clock.now + _BETWEEN)
    stranger = Person(
        evidence.stranger, Conduct.PLAIN, STRANGERS_LENGTH, is_lonely=False, is_scanned=False
    )
    answer_openly(stage, stranger, urlsplit(open_address(inst, find_edition(inst, NAME))).path)
    onlooker.read_last_log()
    evidence.last_copy = onlooker.last_copy()
    grounds.left_key.mkdir()
    for path in (stage.key, inst.settings.secret_directory / HOST_SECRET):
        shutil.copy(path, grounds.left_key)


def _has_backup(rank: int, people: int) -> bool:
    """After everybody's answer among few; among many a few times."""
    return people <= FEW or rank % -(-people // BACKUPS_WHILE_OPEN) == 0
