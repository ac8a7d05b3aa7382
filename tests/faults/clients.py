"""Browsers that answer over HTTP, and a book of what they were thanked for."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey.access.links import slot_of
from survey.model.response import decode_response
from survey.storage import boxes
from survey.urn.sealing import open_box
from tests.events import QUALITY, congress
from tests.faults.hands import Hand
from tests.people import add_person, open_edition, store_edition

if TYPE_CHECKING:
    from random import Random

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.faults.hands import Count

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
THANKS = 303
NOT_NOW = 503


@dataclass(slots=True)
class Book:
    """What is still to be sent, and what the senders were thanked for."""

    todo: list[tuple[str, str]]
    """Tokens with the choice to send."""
    thanked: dict[str, str] = field(default_factory=dict)
    """By token, the choice that was thanked for last."""
    unsure: dict[str, set[str]] = field(default_factory=dict)
    """By token, choices whose reply was lost since: they may or may not have been stored."""
    flying: set[str] = field(default_factory=set)
    """Tokens that somebody is sending with just now: a person has one browser."""
    thanks: int = 0
    turned_away: int = 0
    """Replies that asked to come back later."""
    seconds: list[float] = field(default_factory=list)
    """How long each reply took."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_over: threading.Event = field(default_factory=threading.Event)


def make_book(tokens: list[str], times: int, chance: Random) -> Book:
    """So many answers to send, of people and with choices as they come."""
    return Book([(chance.choice(tokens), chance.choice(QUALITY).code) for _ in range(times)])


def invite_people(inst: Installation, number: int) -> tuple[EditionRecord, list[str]]:
    """An open congress, and the tokens of so many people."""
    record = open_edition(inst, store_edition(inst, congress()))
    return record, [add_person(inst, record, f"P{n} P").token for n in range(number)]


def send_all(port: int, book: Book, count: Count) -> None:
    """One browser: sends until nothing is left, or the service or the trial is gone; counts what it is thanked for."""
    while not book.is_over.is_set():
        with book.lock:
            free = next((one for one in reversed(book.todo) if one[0] not in book.flying), None)
            if free is None:
                return
            token, choice = free
            book.todo.remove(free)
            book.flying.add(token)
            book.unsure.setdefault(token, set()).add(choice)
        began = time.monotonic()
        status = post(port, token, choice)
        with book.lock:
            book.seconds.append(time.monotonic() - began)
            book.flying.discard(token)
            if status == THANKS:
                count()
                book.thanks += 1
                book.thanked[token] = choice
                del book.unsure[token]
                continue
            book.todo.append((token, choice))
            if status is None:
                return
            book.turned_away += 1
            assert status == NOT_NOW, status


def post(port: int, token: str, choice: str) -> int | None:
    """The status of one answer sent; None if there was no reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = urlencode({"overall": choice, "_action": "submit"})
        connection.request("POST", f"/f/{token}", body, FORM)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def lost_of(book: Book, inst: Installation, record: EditionRecord) -> int:
    """How many answers that were thanked for are not in the urn, cannot be opened, or lie there twice."""
    key = inst.keys.private_key(record.id)
    stored = dict(boxes.of_edition(inst.database.read(), record.id))
    lost = 0
    for token in book.thanked.keys() | book.unsure.keys():
        slot = slot_of(record.id, inst.links.read_personal_token(token).secret)
        box = stored.pop(slot, None)
        found = None
        if box is not None:
            # One that cannot be opened ends the trial: half an answer is worse than none.
            response = decode_response(open_box(key, record.id, slot, box))
            found = response.answers["overall"].choices[0]
        lost += found not in {book.thanked.get(token)} | book.unsure.get(token, set())
    state = boxes.state(inst.database.read(), record.id)
    return lost + len(stored) + (0 if state.agrees else 1)


def run_clients(port: int, book: Book, number: int) -> list[Hand]:
    """So many browsers, sending."""
    clients = [Hand(partial(send_all, port, book)) for _ in range(number)]
    for client in clients:
        client.start()
    return clients
