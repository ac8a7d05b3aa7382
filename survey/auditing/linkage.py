"""The linkage attack: everything a patient watcher could try, on a rehearsal with the product's own code."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import TYPE_CHECKING

from survey.auditing.attacks import (
    columns_with_time,
    guesses_by_length,
    guesses_by_order,
    people_in,
)
from survey.auditing.naive_store import attack_naive_store
from survey.auditing.protocol import Attack, AuditProtocol, Control
from survey.auditing.rehearsal import rehearse
from survey.auditing.rehearsed_edition import answers_of, written_length
from survey.errors import LinkForged, problem
from survey.model.items import Answer
from survey.model.response import Response, decode_response
from survey.storage import upkeep
from survey.storage.connection import open_connection
from survey.urn.sealing import OVERHEAD, BoxUnopenable, open_box, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from survey.auditing.rehearsal import Evidence
    from survey.installation import Installation
    from survey.settings import Settings

PERSONAL_TABLES = (
    "participant",
    "booking",
    "link",
    "urn",
    "draft",
    "text",
    "tally",
    "session_total",
    "remembered",
    "soft_bounce",
)


def audit_linkage(
    settings: Settings,
    work: Path,
    *,
    people: int,
    now: datetime,
    progress: Callable[[int, int], None],
) -> AuditProtocol:
    """What the attack finds on a throwaway installation in the empty directory `work`."""
    evidence = rehearse(settings, work, people=people, now=now, progress=progress)
    return AuditProtocol(
        people=people,
        attacks=_attacks(evidence),
        controls=(
            Control(
                problem("Ein Speicher ohne Urne: Namen und Antworten getrennt, ohne Zeiten"),
                len(attack_naive_store(work / "naive.db", people=people)),
                people,
            ),
            Control(
                problem("Umschläge, die nicht auf eine Länge gebracht sind"),
                len(_attack_without_padding(evidence)),
                people,
            ),
            Control(
                problem("Die Urne, dem Angreifer zusammen mit dem Schlüssel übergeben"),
                len(_open_boxes(evidence, [evidence.private_key])),
                people,
            ),
        ),
        schema_faults=columns_with_time(evidence.columns, personal=PERSONAL_TABLES),
    )


def audit_schema(inst: Installation) -> tuple[str, ...]:
    """Columns of this installation's own database that keep a time of something a person did."""
    with closing(open_connection(inst.settings.database)) as connection:
        return columns_with_time(upkeep.table_columns(connection), personal=PERSONAL_TABLES)


def _attacks(evidence: Evidence) -> tuple[Attack, ...]:
    written = {p: written_length(p, people=evidence.people) for p in range(evidence.people)}
    submitted = range(evidence.people)
    box_sizes = {person: len(box) for person, (_, box) in evidence.boxes.items()}
    doubled = frozenset(p for row in evidence.rows if len(row) > 1 for p in row)
    lonely = frozenset({evidence.people - 1} if evidence.left_of_lonely else ())
    return (
        Attack(
            problem("Antworten im Klartext in Kopien, Protokollen, Sicherungen und Mails"),
            evidence.seen_while_open,
        ),
        Attack(
            problem("Umschläge mit allem zu öffnen, was in den Mails steht"),
            _open_boxes(evidence, _keys_out_of_mails(evidence)),
        ),
        Attack(problem("Längen der Umschläge"), guesses_by_length(box_sizes, written)),
        Attack(
            problem("Längen der Prüfseite, die die Antworten zeigt"),
            guesses_by_length(evidence.check_sizes, written),
        ),
        Attack(problem("Längen der Dankseite"), guesses_by_length(evidence.thanks_sizes, written)),
        Attack(
            problem("Längen von Seiten mit Fehlern, Entwürfen und geänderten Antworten"),
            frozenset(range(evidence.people))
            if len(evidence.rare_sizes | set(evidence.check_sizes.values())) > 1
            else frozenset(),
        ),
        Attack(
            problem("Persönliche Links in Datenbank, Protokollen und Sicherungen"),
            evidence.tokens_leaked,
        ),
        Attack(
            problem("Reihenfolge der Texte nach der Auszählung"),
            frozenset().union(
                *(guesses_by_order(order, submitted) for order in evidence.orders.values())
            ),
        ),
        Attack(problem("Zwei Texte eines Menschen in einer Zeile"), doubled),
        Attack(problem("Text aus einem Workshop mit nur einer Antwort"), lonely),
        Attack(
            problem("Reste des Schlüssels nach der Auszählung"),
            frozenset(range(evidence.people)) if evidence.key_left else frozenset(),
        ),
    )


def _open_boxes(evidence: Evidence, keys: list[bytes]) -> frozenset[int]:
    """People whose own canary comes out of the box that appeared while they answered."""
    linked = set()
    for person, (slot, box) in evidence.boxes.items():
        for key in keys:
            try:
                plain = open_box(key, evidence.edition_id, slot, box)
            except (BoxUnopenable, ValueError):
                continue
            if people_in(plain) == {person} and decode_response(plain).answers:
                linked.add(person)
    return frozenset(linked)


def _keys_out_of_mails(evidence: Evidence) -> list[bytes]:
    """Every key of the right length that somebody might make from the links of all mails."""
    keys = []
    for token in evidence.tokens.values():
        parts = token.split(".")
        if len(parts) < 3:  # noqa: PLR2004 -- edition, secret, signature
            raise LinkForged
        for text in (token, parts[1], parts[2]):
            keys.append(hashlib.sha256(text.encode()).digest())
            keys.append(text.encode()[:32].ljust(32, b"\0"))
    return keys


def _attack_without_padding(evidence: Evidence) -> frozenset[int]:
    """The same answers in boxes that are each as long as their content."""
    lengths = {}
    for person in range(evidence.people):
        fields = answers_of(person, people=evidence.people)
        plain = Response({key: Answer(text=value) for key, value in fields.items()}).encode()
        size = len(plain) + OVERHEAD
        slot = hashlib.sha256(str(person).encode()).hexdigest()
        lengths[person] = len(seal(evidence.public_key, evidence.edition_id, slot, plain, size))
    written = {p: written_length(p, people=evidence.people) for p in range(evidence.people)}
    return guesses_by_length(lengths, written)
