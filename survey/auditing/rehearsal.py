"""A whole edition of made-up people on a throwaway installation, watched by somebody who copies everything."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.application import make_application
from survey.auditing.attacks import canary, order_of_people, people_in
from survey.auditing.loopback_service import Reply, ask, bound_port, serving
from survey.auditing.rehearsed_edition import (
    GENERAL,
    NAME,
    answers_of,
    registrations,
    rehearsed_edition,
)
from survey.counting import count_edition
from survey.installation import make_installation
from survey.inviting import invite
from survey.keeping.backup import make_backup
from survey.keeping.founding import found
from survey.model.event import GRACE
from survey.preparing import create_edition
from survey.registering import apply_import, plan_import
from survey.sending import send_mails
from survey.storage import boxes, texts, upkeep
from survey.storage.connection import open_connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from survey.installation import Installation
    from survey.settings import Settings

_LINK = re.compile(r"/f/([\w.-]+)")
_DATABASE_FILES = ("nachklang.db", "nachklang.db-wal", "nachklang.db-shm")


@dataclass(slots=True)
class Evidence:
    """What the watcher has got hold of."""

    people: int
    edition_id: str = ""
    tokens: dict[int, str] = field(default_factory=dict)
    """From the mails."""
    boxes: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    """The box that appeared while each person answered."""
    seen_while_open: frozenset[int] = frozenset()
    check_sizes: dict[int, int] = field(default_factory=dict)
    thanks_sizes: dict[int, int] = field(default_factory=dict)
    rare_sizes: set[int] = field(default_factory=set)
    """Of pages that echo answers which were overwritten or refused."""
    public_key: bytes = b""
    private_key: bytes = b""
    """Kept only for the control that must succeed with it."""
    tokens_leaked: frozenset[int] = frozenset()
    orders: dict[str, tuple[int, ...]] = field(default_factory=dict)
    rows: tuple[frozenset[int], ...] = ()
    """After the count: whose canaries stand in each row of a text."""
    left_of_lonely: bool = False
    key_left: bool = False
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


def rehearse(
    settings: Settings,
    work: Path,
    *,
    people: int,
    now: datetime,
    progress: Callable[[int, int], None],
) -> Evidence:
    """Everything a watcher gathers from the first mail to the end of the count; `work` must be empty."""
    clock = _Clock(now)
    evidence = Evidence(people)
    with bound_port() as listening:
        port = listening.getsockname()[1]
        inst = _installation(settings, work, port, clock)
        record = create_edition(inst, rehearsed_edition(now))
        evidence.edition_id = record.id
        apply_import(inst, NAME, plan_import(inst, NAME, registrations(people), add_only=False))
        invite(inst, NAME)
        send_mails(inst, progress=lambda _done, _all: None)
        evidence.tokens = _tokens(inst, people)
        log = inst.settings.data / "service.log"
        with serving(make_application(inst), listening, log=log):
            for person in range(people):
                _answer(port, evidence, person)
                _watch(inst, evidence, person, work / "copy")
                progress(person + 1, people)
    make_backup(inst)
    evidence.public_key = record.public_key
    evidence.private_key = inst.keys.private_key(record.id)
    evidence.seen_while_open |= people_in(_everything(work))
    clock.now = rehearsed_edition(now).deadline + GRACE + timedelta(minutes=1)
    count_edition(inst, NAME, by_hand=True, progress=lambda _step: None)
    _look_after_count(inst, evidence, work)
    inst.database.close()
    return evidence


def _installation(settings: Settings, work: Path, port: int, clock: _Clock) -> Installation:
    own = replace(
        settings,
        data=work / "data",
        base_url=f"http://127.0.0.1:{port}",
        secret_directory=work / "secret",
        backup_directory=work / "backups",
        mail_folder=work / "mails",
        smtp=None,
    )
    found(own)
    return replace(make_installation(own), clock=clock)


def _tokens(inst: Installation, people: int) -> dict[int, str]:
    found_tokens: dict[int, str] = {}
    folder = inst.settings.mail_folder
    assert folder is not None  # noqa: S101 -- set above
    for path in folder.glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = mail.get_body(("plain",))
        link = _LINK.search(body.get_content() if body is not None else "")
        number = re.search(r"p(\d+)@", str(mail["To"]))
        if link and number:
            found_tokens[int(number.group(1))] = link.group(1)
    if len(found_tokens) != people:
        raise RuntimeError(f"{len(found_tokens)} links in the mails of {people} people")
    return found_tokens


def _answer(port: int, evidence: Evidence, person: int) -> None:
    """One person answers; a few send something wrong first, keep a draft, or change their answer."""
    path = f"/f/{evidence.tokens[person]}"
    fields = answers_of(person, people=evidence.people)
    _expect(ask(port, path), 200)
    if person % 5 == 1:
        wrong = ask(port, path, {**fields, "overall": "off the scale"})
        evidence.rare_sizes.add(len(_expect(wrong, 422).body))
    if person % 5 == 2:  # noqa: PLR2004 -- every fifth
        evidence.rare_sizes.add(
            len(_expect(ask(port, path, {**fields, "_action": "draft"}), 200).body)
        )
    checked = _expect(ask(port, path, fields), 200)
    evidence.check_sizes[person] = len(checked.body)
    if person % 5 == 0:
        first = {**fields, GENERAL: canary(person, place="erstens")}
        _expect(ask(port, path, {**first, "_action": "submit"}), 303)
    evidence.thanks_sizes[person] = _expect(
        ask(port, path, {**fields, "_action": "submit"}), 303
    ).size - len(path)


def _expect(reply: Reply, status: int) -> Reply:
    if reply.status != status:
        raise RuntimeError(f"{reply.status} instead of {status}: {reply.body[:2000]!r}")
    return reply


def _watch(inst: Installation, evidence: Evidence, person: int, copy: Path) -> None:
    """Copy database, log and shared memory, and see which box is new."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in _DATABASE_FILES:
        source = inst.settings.data / name
        if source.exists():
            content = source.read_bytes()
            (copy / name).write_bytes(content)
            evidence.seen_while_open |= people_in(content)
    with closing(open_connection(copy / _DATABASE_FILES[0])) as connection:
        known = {slot for slot, _ in evidence.boxes.values()}
        new = [b for b in boxes.of_edition(connection, evidence.edition_id) if b[0] not in known]
        if len(new) == 1:
            evidence.boxes[person] = new[0]
        evidence.columns = upkeep.table_columns(connection)
    shutil.rmtree(copy)


def _everything(work: Path, *, mails: bool = True) -> bytes:
    return b"\n".join(
        path.read_bytes()
        for path in sorted(work.rglob("*"))
        if path.is_file() and (mails or path.suffix != ".eml")
    )


def _look_after_count(inst: Installation, evidence: Evidence, work: Path) -> None:
    without_mails = _everything(work, mails=False)
    evidence.tokens_leaked = frozenset(
        person
        for person, token in evidence.tokens.items()
        if token.split(".")[1].encode() in without_mails
    )
    kept = texts.of_edition(inst.database.read(), evidence.edition_id)
    evidence.rows = tuple(people_in(text.text.encode()) for text in kept)
    listed = "\n".join(text.text for text in kept).encode()
    database = inst.settings.database.read_bytes()
    for place in (GENERAL, "remark"):
        evidence.orders[f"list {place}"] = order_of_people(listed, place=place)
        evidence.orders[f"file {place}"] = order_of_people(database, place=place)
    lonely = evidence.people - 1
    needle = canary(lonely, place="remark").encode()
    after = [inst.settings.data, max(inst.settings.backup_directory.iterdir())]
    evidence.left_of_lonely = any(needle in _everything(place) for place in after)
    everything = _everything(work)
    evidence.key_left = (
        evidence.private_key in everything
        or evidence.private_key.hex().encode() in everything
        or bool(list(work.rglob(f"{evidence.edition_id}.key")))
    )
