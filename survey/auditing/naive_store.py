"""The control that every attack by copies must pass: a store that keeps names and answers merely apart."""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import TYPE_CHECKING

from survey.auditing.attacks import canary, people_in
from survey.storage import naive_store
from survey.storage.connection import open_connection

if TYPE_CHECKING:
    from pathlib import Path


def attack_naive_store(path: Path, *, people: int) -> frozenset[int]:
    """People linked by comparing copies from before and after each answer."""
    linked = set()
    with closing(open_connection(path)) as connection:
        naive_store.create(connection, people)
        answered, seen = naive_store.who_answered(connection), _seen(path)
        for person in range(people):
            naive_store.answer(
                connection,
                person,
                answer_id=secrets.token_hex(8),
                text=canary(person, place="naiv"),
            )
            now_answered, now_seen = naive_store.who_answered(connection), _seen(path)
            if now_answered - answered == now_seen - seen == {person}:
                linked.add(person)
            answered, seen = now_answered, now_seen
    return frozenset(linked)


def _seen(path: Path) -> frozenset[int]:
    log = path.with_name(path.name + "-wal")
    return people_in(path.read_bytes() + (log.read_bytes() if log.exists() else b""))
