"""The controls: the very same attacks where they must succeed, or they are blind."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.access.links import slot_of
from survey.auditing import aftermath, attacks
from survey.auditing.acting import scan
from survey.auditing.browser import Browser
from survey.auditing.canaries import canary, order_of_people, people_in
from survey.auditing.careless_service import careless_service
from survey.auditing.cast import Conduct
from survey.auditing.findings import Finding
from survey.auditing.guessing import hits_by_strategy
from survey.auditing.moments import on_stage, people_at, real_time
from survey.auditing.rehearsed_edition import GENERAL, PLACES, address_of
from survey.auditing.schema_lint import columns_with_time, tables_in_order_of_coming
from survey.auditing.watching import (
    DATABASE,
    LOG,
    SHARED_MEMORY,
    Onlooker,
    Place,
    boxes_in_log,
    values_in,
)
from survey.errors import problem
from survey.model.items import Answer
from survey.model.response import Response
from survey.storage import naive_store
from survey.storage.connection import open_connection
from survey.storage.copied import every_row, table_definitions
from survey.storage.upkeep import table_columns
from survey.urn.sealing import OVERHEAD, public_key_of, seal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from survey.auditing.cast import Person
    from survey.auditing.logging_proxy import Line
    from survey.auditing.rehearsal import Evidence

_OK = 200
_OF_THE_DATABASE = frozenset({DATABASE, LOG, SHARED_MEMORY})
_FORWARDS = "list / submission / forwards"


@dataclass(frozen=True, slots=True)
class WeakEdition:
    """The same answers, sealed for an edition whose private key the service has made from the secret of a link."""

    public_key: bytes
    boxes: Mapping[int, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Mailed:
    """What comes of the mails."""

    weak: WeakEdition
    keys: frozenset[bytes]
    """Keys made from the mails that belong to the edition or to the weak one."""


def weak_edition(evidence: Evidence) -> WeakEdition:
    """Derived the way the service derives, not the way the attack does."""
    token = evidence.tokens[evidence.cast.people[0].number]
    secret = base64.urlsafe_b64decode(token.split(".")[1] + "==")
    public_key = public_key_of(bytes.fromhex(slot_of(evidence.edition_id, secret)))
    return WeakEdition(
        public_key,
        {person.number: _bare_box(evidence, public_key, person) for person in evidence.cast.people},
    )


def controls(
    evidence: Evidence, lines: tuple[Line, ...], mailed: Mailed, work: Path
) -> tuple[Finding, ...]:
    """How many each of them links of those whom it must link: all."""
    naive = work / "naive"
    naive.mkdir()
    return (
        *_naive(evidence, naive),
        _with_links_that_store(evidence, work / "careless"),
        _without_padding(evidence),
        _with_bare_pages(evidence, lines),
        _with_a_copy_from_before(evidence),
        _with_boxes_beside_each_other(evidence, work / "beside"),
        _with_the_key(evidence),
        _with_a_key_from_a_link(evidence, mailed),
        _with_a_key_left_behind(evidence),
        _with_a_log_of_paths(evidence, lines),
        _with_texts_in_order(evidence, work / "ordered"),
    )


def _naive(evidence: Evidence, folder: Path) -> tuple[Finding, ...]:
    people = evidence.cast.people
    addresses = tuple(address_of(person.number) for person in people)
    path = folder / DATABASE
    with closing(open_connection(path)) as connection:
        naive_store.create(connection, addresses)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA wal_autocheckpoint=0")  # the log keeps all transactions
        before = path.read_bytes()
        seen_last = folder / "seen last"
        seen_last.mkdir()
        for address in addresses:
            (seen_last / address).touch()
        onlooker = Onlooker(Place((folder,)), folder, folder.parent / "naive-scratch")
        onlooker.look()
        touched: dict[str, set[str]] = {}
        spans: dict[int, tuple[float, float]] = {}
        for person, address in zip(people, addresses, strict=True):
            texts = [
                canary(person.number, place=place, length=person.length)
                for place in PLACES.values()
            ]
            naive_store.answer(
                connection, address, slot=secrets.token_hex(32), content=texts[0].encode()
            )
            moment = evidence.moments[person.number]
            began = real_time()
            naive_store.note_change(connection, address, at=real_time())
            spans[person.number] = (began, real_time())
            os.utime(seen_last / address, (moment.timestamp(), moment.timestamp()))
            known = set(onlooker.seen.touched)
            onlooker.look_after_storing(address, allowed=_OF_THE_DATABASE)
            touched[address] = onlooker.seen.touched - known
            naive_store.keep_row(connection, moment, first=texts[0], second=texts[1])
        log = (folder / LOG).read_bytes()
        naive_store.forget_changes(connection)
        rows = tuple(every_row(connection))
        left = values_in(connection)
        listed = "\n".join(naive_store.texts_as_kept(connection)).encode()
        lint = (
            columns_with_time(table_columns(connection), personal=("answer",)),
            tables_in_order_of_coming(table_definitions(connection)),
        )
    by_copies = {a: box for a, boxes in onlooker.seen.boxes.items() for _, box in boxes}
    in_log = boxes_in_log(before, log, scratch=folder.parent / "naive-scratch" / "log.db")
    by_log = {address: box for address, (_, box) in in_log.items()}
    zone = evidence.inst.settings.zone
    timed = people_at(left, on_stage(evidence.moments), zone=zone)
    changed = people_at(onlooker.seen.values, spans, zone=zone)
    has_forgotten = not people_at(left, spans, zone=zone)
    submitted = {"submission": tuple(person.number for person in people)}
    order = {"list": order_of_people(listed, place=PLACES[GENERAL])}
    has_lint = lint == (("answer.answered_at",), ("answer", "sqlite_sequence"))
    of = len(people)
    return (
        Finding(
            problem("Namen und Antworten getrennt gespeichert, ohne Zeiten: Kopien verglichen"),
            len(_read(by_copies)),
            of,
        ),
        Finding(
            problem("dasselbe, aus dem Datenbankprotokoll einer einzigen Kopie"),
            len(_read(by_log)),
            of,
        ),
        Finding(
            problem("Antworten im Klartext in der Datei"),
            len({person for person, _ in onlooker.seen.answers_in_copies}),
            of,
        ),
        Finding(
            problem("eine Datei je Mensch, deren Änderungszeit sagt, wann er geantwortet hat"),
            sum(files == {address} for address, files in touched.items()),
            of,
        ),
        Finding(problem("eine Spalte mit Zeiten"), len(timed) if has_lint else 0, of),
        Finding(
            problem(
                "eine Spalte mit Zeiten nach der Uhr des Rechners, die die Auszählung löscht: Kopien der offenen "
                "Tage"
            ),
            len(changed) if has_forgotten else 0,
            of,
        ),
        Finding(
            problem("Texte in der Reihenfolge, in der sie kamen"),
            len(hits_by_strategy(order, submitted)[_FORWARDS]),
            of,
        ),
        Finding(
            problem("beide Texte eines Menschen in einer Zeile"), len(attacks.joined_rows(rows)), of
        ),
    )


def _with_links_that_store(evidence: Evidence, folder: Path) -> Finding:
    """Every mail is scanned, and the service takes each link that is fetched for an answer."""
    addresses = tuple(address_of(person.number) for person in evidence.cast.people)
    folder.mkdir()
    with closing(open_connection(folder / DATABASE)) as connection:
        naive_store.create(connection, addresses)
        connection.execute("PRAGMA wal_autocheckpoint=0")  # the log grows each time
        onlooker = Onlooker(Place((folder,)), folder, folder.parent / "careless-scratch")
        onlooker.look()

        def store(path: str) -> None:
            address, slot = path.rpartition("/")[2], secrets.token_hex(32)
            naive_store.answer(connection, address, slot=slot, content=b"")

        told = 0
        with careless_service(store) as port:
            for address in addresses:
                scan(Browser(port), (f"/f/{address}",))
                told += onlooker.sees_storing()
    what = problem(
        "Link-Prüfer vor einem Dienst, der schon beim Abrufen eines Links etwas speichert"
    )
    return Finding(what, told, len(addresses))


def _read(boxes: dict[str, bytes]) -> frozenset[str]:
    """Addresses whose own canary lies in what was laid beside them."""
    return frozenset(
        address
        for address, box in boxes.items()
        if {address_of(person) for person in people_in(box)} == {address}
    )


def _without_padding(evidence: Evidence) -> Finding:
    lengths: dict[int, int] = {}
    for person in evidence.cast.people:
        if person.leaves_texts:
            _, box = _bare_box(evidence, evidence.public_key, person)
            lengths[person.number] = len(box)
    told = attacks.told_by_lengths(lengths, evidence.cast.written, all_seen=())
    return Finding(
        problem("Umschläge, die nicht auf eine Länge gebracht sind"),
        len(told),
        len(evidence.cast.writers),
    )


def _bare_box(evidence: Evidence, public_key: bytes, person: Person) -> tuple[str, bytes]:
    """A slot, and what the person typed sealed for it: as long as it is."""
    fields = person.fields()
    plain = Response({key: Answer(text=text) for key, text in fields.items()}).encode()
    slot = hashlib.sha256(plain).hexdigest()
    return slot, seal(public_key, evidence.edition_id, slot, plain, len(plain) + OVERHEAD)


def _with_bare_pages(evidence: Evidence, lines: tuple[Line, ...]) -> Finding:
    """What the proxy would have written down, had the pages been as long as what is in them."""
    like = next(line for line in lines if line.method == "POST" and line.status == _OK)
    bare = tuple(
        replace(like, path=f"/f/{evidence.tokens[person]}", reply_bytes=length)
        for person, length in evidence.bare_lengths.items()
        if person in evidence.cast.written
    )
    told = attacks.told_by_replies(bare, evidence.tokens, evidence.cast.written)
    return Finding(
        problem("Prüfseiten, die nicht auf eine Länge gebracht sind"),
        len(told),
        len(evidence.cast.writers),
    )


def _with_a_copy_from_before(evidence: Evidence) -> Finding:
    last = {person: (box,) for person, box in evidence.boxes().items()}
    left = attacks.boxes_left([evidence.last_copy], last)
    gone = sum(person.conduct is Conduct.GONE for person in evidence.cast.people)
    what = problem("Umschläge in der letzten Kopie vor der Auszählung")
    return Finding(what, len(left), len(evidence.cast.people) - gone)


def _with_boxes_beside_each_other(evidence: Evidence, folder: Path) -> Finding:
    """A store that lays a new box beside the old one; all but the last of each person are looked for."""
    earlier = evidence.earlier_boxes()
    folder.mkdir()
    with closing(open_connection(folder / DATABASE)) as connection:
        naive_store.create(connection, ())
        for boxes in evidence.all_boxes().values():
            naive_store.lay_beside(connection, boxes)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = attacks.boxes_left([(folder / DATABASE).read_bytes()], earlier)
    what = problem("ein Speicher, der überschriebene Umschläge und abgeschickte Entwürfe behält")
    return Finding(what, len(left), len(earlier))


def _with_a_key_from_a_link(evidence: Evidence, mailed: Mailed) -> Finding:
    opened = attacks.opened_boxes(
        mailed.weak.boxes,
        mailed.keys,
        edition_id=evidence.edition_id,
        public_key=mailed.weak.public_key,
    )
    what = problem("eine Ausgabe, deren Schlüssel aus dem Geheimnis eines Links abgeleitet ist")
    return Finding(what, len(opened), len(evidence.cast.people))


def _with_the_key(evidence: Evidence) -> Finding:
    opened = attacks.opened_boxes(
        evidence.boxes(),
        [evidence.private_key],
        edition_id=evidence.edition_id,
        public_key=evidence.public_key,
    )
    what = problem("die Kopien aus der offenen Zeit, dem Angreifer mitsamt dem Schlüssel übergeben")
    return Finding(what, len(opened), len(evidence.cast.people))


def _with_a_key_left_behind(evidence: Evidence) -> Finding:
    keys = attacks.keys_left([evidence.grounds.left_key], evidence.edition_id, evidence.private_key)
    opened = attacks.opened_boxes(
        evidence.boxes(), keys, edition_id=evidence.edition_id, public_key=evidence.public_key
    )
    what = problem("ein Schlüssel, von dem jemand außerhalb des Dienstes eine Kopie behalten hat")
    return Finding(what, len(opened), len(evidence.cast.people))


def _with_a_log_of_paths(evidence: Evidence, lines: tuple[Line, ...]) -> Finding:
    paths = [line.path for line in lines]
    told = attacks.tokens_in((path.encode() for path in paths), evidence.tokens)
    drafts = attacks.opened_drafts(
        evidence.seen.drafts, attacks.codes_in_log(paths), edition_id=evidence.edition_id
    )
    all_drafts = 0 < len(drafts) == len(evidence.seen.drafts)
    what = problem("ein Log, das Pfade aufschreibt: Links und Entwürfe")
    return Finding(what, len(told) if all_drafts else 0, len(evidence.cast.people))


def _with_texts_in_order(evidence: Evidence, folder: Path) -> Finding:
    """On a copy of what the count has left; where too few have answered, it has left no texts."""
    what = problem(
        "die Auszählung ohne Mischen: alle Listen und Dateien in der Reihenfolge der Antworten"
    )
    folder.mkdir()
    inst = aftermath.with_texts_in_order(evidence, folder)
    try:
        orders = aftermath.orders_in(aftermath.files_of(inst))
    finally:
        inst.database.close()
    found = orders.of(PLACES[GENERAL], among=evidence.cast.writers)
    known = {"submission": tuple(person.number for person in evidence.cast.people)}
    hits = hits_by_strategy(found, known)
    shown = ("list of texts", "JSON", "report")
    told = [hits[f"{source} / submission / forwards"] for source in shown if source in found]
    linked = min((len(one) for one in told), default=0)
    return Finding(what, linked, len(evidence.cast.writers) if found else 0)
